import { describe, expect, it } from 'vitest';
import type { TrainerEvent } from './messages';
import { MeasuringEvents } from './measuring-events';

function setUp() {
  const clock = { now: 5000 };
  const shares: unknown[] = [];
  const emit = (event: TrainerEvent): void => {
    if (event.type === 'measuring') shares.push(event.share);
  };
  return { clock, shares, events: new MeasuringEvents(emit, () => clock.now) };
}

describe('events of how far figures are', () => {
  it('are none of figures that take a moment', () => {
    const { clock, shares, events } = setUp();
    events.announce();
    events.onShare(0);
    clock.now += 999;
    events.onShare(0.9);
    events.onShare(1);
    expect(shares).toEqual([]);
  });

  it('come four times a second at most of those that take longer, and at the end', () => {
    const { clock, shares, events } = setUp();
    events.onShare(0);
    for (let step = 1; step < 20; step++) {
      clock.now += 100;
      events.onShare(step / 20);
    }
    events.onShare(1);
    expect(shares).toEqual([0.5, 0.65, 0.8, 0.95, null]);
  });

  it('say that figures are given up until they are wanted again', () => {
    const { clock, shares, events } = setUp();
    events.onShare(0);
    clock.now += 1500;
    events.onShare(0.5);
    events.cancel();
    // What is given up ends, too.
    events.onShare(1);
    events.announce();
    expect(events.cancelled).toBe(true);
    events.resume();
    events.onShare(0);
    events.onShare(1);
    expect(shares).toEqual([0.5, 'cancelled', 'cancelled', 0, null]);
  });
});
