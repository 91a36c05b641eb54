import { describe, expect, it } from 'vitest';
import { CARDS, LAUNCH_SECONDS, predict, seedDispatches, WAIT_SECONDS } from './roofline';
import { cardTable, dispatchTable } from './roofline-tables';

/** A card of round numbers. */
const card = { name: 'a card', flops: 1e12, bandwidth: 1e11, source: 'none' };

describe('predict', () => {
  it('takes whichever roof is lower for each dispatch, and adds launches and waits', () => {
    const common = { workgroups: 1, barriers: 0 } as const;
    const dispatches = [
      // 1 µs of arithmetic, 0.1 to 0.5 µs of memory.
      { ...common, phase: 'forward', flop: 1e6, leastBytes: 1e4, bytes: 5e4, trips: 10 },
      // 0.1 µs of arithmetic, 2 to 3 µs of memory.
      { ...common, phase: 'update', flop: 1e5, leastBytes: 2e5, bytes: 3e5, trips: 20 },
    ] as const;
    const { least, most, launches, waits } = predict(card, dispatches);
    expect(launches).toBe(2 * LAUNCH_SECONDS);
    expect(waits).toBeCloseTo(30 * WAIT_SECONDS, 12);
    expect(least).toBeCloseTo(launches + 1e-6 + 2e-6, 12);
    expect(most).toBeCloseTo(launches + 1e-6 + 3e-6 + waits, 12);
  });

  it('expects nothing of a larger card that a smaller one does better', () => {
    const steps = CARDS.map((its) => predict(its, seedDispatches()));
    for (const [i, { least, most }] of steps.entries()) {
      expect(least).toBeLessThanOrEqual(most);
      expect(least).toBeLessThanOrEqual(steps[i - 1]?.least ?? Infinity);
      expect(most).toBeLessThanOrEqual(steps[i - 1]?.most ?? Infinity);
    }
  });
});

describe('the tables', () => {
  it('have four dispatches and their sum, and a row for each card', () => {
    const dispatches = dispatchTable();
    expect(dispatches.map(([name]) => name)).toEqual([
      'dispatch',
      ...['forward', 'contrastive', 'backward', 'update'],
      'a step: 4 dispatches',
    ]);
    expect(new Set(dispatches.map(({ length }) => length))).toEqual(new Set([7]));
    expect(cardTable().map(([name]) => name)).toEqual(['card', ...CARDS.map(({ name }) => name)]);
  });
});
