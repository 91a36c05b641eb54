import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PacedShare } from './paced-share';

describe('what is said of how far work is', () => {
  let said: (number | null)[] = [];
  let shares: PacedShare;
  beforeEach(() => {
    vi.useFakeTimers();
    said = [];
    shares = new PacedShare((share) => said.push(share));
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('is nothing where it takes a moment', () => {
    shares.update(0);
    vi.advanceTimersByTime(999);
    shares.update(0.9);
    shares.update(1);
    vi.advanceTimersByTime(10_000);
    expect(said).toEqual([]);
  });

  it('comes after a second, four times a second at most, and at the end', () => {
    shares.update(0);
    for (let step = 1; step < 20; step++) {
      vi.advanceTimersByTime(100);
      shares.update(step / 20);
    }
    shares.update(1);
    expect(said).toEqual([0.45, 0.65, 0.8, 0.95, null]);
  });

  it('comes after a second of silence, too', () => {
    shares.update(0);
    vi.advanceTimersByTime(5000);
    expect(said).toEqual([0]);
  });

  it('goes on with work that begins in the place of other work, and ends once', () => {
    shares.update(0);
    vi.advanceTimersByTime(1500);
    shares.update(0.5);
    shares.update(0);
    shares.end();
    shares.end();
    expect(said).toEqual([0, 0.5, 0, null]);
  });
});
