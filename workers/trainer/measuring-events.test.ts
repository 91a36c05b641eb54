import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LONGEST_SILENCE_MS } from './answer-watch';
import type { TrainerEvent } from './messages';
import { MeasuringEvents } from './measuring-events';

function setUp() {
  const shares: unknown[] = [];
  const silent = vi.fn();
  const emit = (event: TrainerEvent): void => {
    if (event.type === 'measuring') shares.push(event.share);
  };
  return { shares, silent, events: new MeasuringEvents(emit, silent) };
}

describe('events of how far figures are', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('are none of figures that take a moment', () => {
    const { shares, events } = setUp();
    events.announce();
    events.onShare(0);
    vi.advanceTimersByTime(999);
    events.onShare(0.9);
    events.onShare(1);
    expect(shares).toEqual([]);
    expect(events.shown).toBe(false);
  });

  it('are of those that take longer, to their end', () => {
    const { shares, events } = setUp();
    events.onShare(0);
    vi.advanceTimersByTime(1500);
    expect(events.shown).toBe(true);
    events.onShare(0.5);
    events.onShare(1);
    expect(shares).toEqual([0, 0.5, null]);
  });

  it('say that figures are given up until they are wanted again', () => {
    const { shares, events } = setUp();
    events.onShare(0);
    vi.advanceTimersByTime(1500);
    events.onShare(0.5);
    events.cancel();
    // What is given up ends, too.
    events.onShare(1);
    events.announce();
    vi.advanceTimersByTime(10_000);
    expect(events.cancelled).toBe(true);
    events.resume();
    events.onShare(0);
    events.onShare(1);
    expect(shares).toEqual([0, 0.5, 'cancelled', 'cancelled', 0, null]);
  });

  it('notice that figures make no progress', () => {
    const { silent, events } = setUp();
    events.onShare(0);
    vi.advanceTimersByTime(LONGEST_SILENCE_MS - 1);
    events.onShare(0.2);
    vi.advanceTimersByTime(LONGEST_SILENCE_MS - 1);
    expect(silent).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(silent).toHaveBeenCalledOnce();
  });

  it.each(['end', 'cancel'] as const)('expect no progress after the %s', (way) => {
    const { silent, events } = setUp();
    events.onShare(0);
    events.onShare(0.2);
    if (way === 'cancel') events.cancel();
    events.onShare(1);
    vi.advanceTimersByTime(10 * LONGEST_SILENCE_MS);
    expect(silent).not.toHaveBeenCalled();
  });
});
