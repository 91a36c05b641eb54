import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Throttle } from './throttle';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** How many frames a second are drawn, where an epoch and a frame take so many milliseconds. */
async function frameRate(epochMs: number, frameMs: number): Promise<number> {
  const throttle = Throttle.ofFrames();
  const start = performance.now();
  let frames = 0;
  while (performance.now() - start < 10_000) {
    vi.advanceTimersByTime(epochMs);
    await throttle.attempt(() => {
      vi.advanceTimersByTime(frameMs);
      frames++;
      return Promise.resolve();
    });
  }
  return frames / 10;
}

describe('frames of a run', () => {
  it('are drawn after every epoch where there are up to 20 epochs a second', async () => {
    expect(await frameRate(60, 8)).toBeCloseTo(1000 / 68, 0);
    expect(await frameRate(60, 20)).toBeGreaterThan(10);
  });

  it('are no more than 30 a second, however short the epochs', async () => {
    expect(await frameRate(1, 1)).toBeGreaterThan(25);
    expect(await frameRate(1, 1)).toBeLessThanOrEqual(30);
  });

  it('take a quarter of the time at most', async () => {
    const cost = 100;
    expect((await frameRate(5, cost)) * cost).toBeLessThanOrEqual(250);
  });
});
