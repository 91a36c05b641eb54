import { describe, expect, it } from 'vitest';
import fc from '../testing/fast-check';
import { logTicks, roundTicks } from './ticks';

it.each([
  [0, 150, [0, 50, 100, 150]],
  [0.31, 0.92, [0.2, 0.4, 0.6, 0.8, 1]],
  [-12, 12, [-20, -10, 0, 10, 20]],
  [3, 3, [3, 4]],
  [0, 0, [0, 0.5]],
])('puts %d to %d on round numbers', (low, high, ticks) => {
  expect(roundTicks(low, high)).toEqual(ticks);
});

it('holds any range in few numbers that all differ', () => {
  const value = fc.double({ min: -1e90, max: 1e90, noNaN: true });
  fc.assert(
    fc.property(value, value, (a, b) => {
      const [low, high] = [Math.min(a, b), Math.max(a, b)];
      // Ranges beyond all measure, where numbers themselves have no digits left.
      fc.pre(high === 0 || Math.abs(high) > 1e-90);
      fc.pre(high === low || high - low > 1e-90);
      const ticks = roundTicks(low, high);
      const slack = 1e-9 * Math.max(Math.abs(low), Math.abs(high));
      expect(ticks[0]).toBeLessThanOrEqual(low + slack);
      expect(ticks.at(-1)).toBeGreaterThanOrEqual(high - slack);
      expect(new Set(ticks).size).toBe(ticks.length);
      expect(ticks.length).toBeGreaterThan(1);
      expect(ticks.length).toBeLessThan(8);
    }),
  );
});

describe('logTicks', () => {
  it.each([
    [0.3, 4, [0.2, 0.5, 1, 2, 5]],
    [1, 10, [1, 2, 5, 10]],
    [7, 7, [5, 10]],
    [10, 10, [10, 20]],
    [3, 40_000, [1, 10, 100, 1000, 10_000, 100_000]],
    [0.001, 1000, [0.001, 0.01, 0.1, 1, 10, 100, 1000]],
  ])('holds %d to %d', (low, high, ticks) => {
    expect(logTicks(low, high)).toEqual(ticks);
  });
});
