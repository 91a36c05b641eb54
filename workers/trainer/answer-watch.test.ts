import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AnswerWatch, LONGEST_SILENCE_MS } from './answer-watch';

describe('a watch over a worker', () => {
  let silences = 0;
  let watch: AnswerWatch;
  beforeEach(() => {
    vi.useFakeTimers();
    silences = 0;
    watch = new AnswerWatch(() => silences++);
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('says once that a command has not been served', () => {
    watch.asked();
    vi.advanceTimersByTime(LONGEST_SILENCE_MS - 1);
    expect(silences).toBe(0);
    vi.advanceTimersByTime(10 * LONGEST_SILENCE_MS);
    expect(silences).toBe(1);
    watch.heard();
    vi.advanceTimersByTime(LONGEST_SILENCE_MS);
    expect(silences).toBe(2);
  });

  it('is at rest once all commands are served', () => {
    watch.asked();
    watch.asked();
    watch.heard({ served: true });
    vi.advanceTimersByTime(LONGEST_SILENCE_MS - 1);
    watch.heard({ served: true });
    vi.advanceTimersByTime(10 * LONGEST_SILENCE_MS);
    expect(silences).toBe(0);
  });

  it('says that a run under way is silent, and waits as long as it is heard of', () => {
    watch.heard({ working: true });
    for (let epoch = 0; epoch < 5; epoch++) {
      vi.advanceTimersByTime(LONGEST_SILENCE_MS - 1);
      watch.heard();
    }
    expect(silences).toBe(0);
    vi.advanceTimersByTime(LONGEST_SILENCE_MS);
    expect(silences).toBe(1);
    watch.heard({ working: false });
    vi.advanceTimersByTime(10 * LONGEST_SILENCE_MS);
    expect(silences).toBe(1);
  });

  it('does not take the sleep of the machine for silence', () => {
    watch.asked();
    vi.setSystemTime(Date.now() + 3_600_000);
    vi.advanceTimersByTime(LONGEST_SILENCE_MS);
    expect(silences).toBe(0);
    vi.advanceTimersByTime(LONGEST_SILENCE_MS);
    expect(silences).toBe(1);
  });

  it('asks nothing of a worker that took the place of another', () => {
    watch.asked();
    watch.heard({ working: true });
    watch.reset();
    vi.advanceTimersByTime(10 * LONGEST_SILENCE_MS);
    expect(silences).toBe(0);
  });
});
