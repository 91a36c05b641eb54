import { describe, expect, it } from 'vitest';
import { CARDS, LAUNCH_SECONDS, predict, remedies, seedDispatches, WAIT_SECONDS } from './roofline';
import { PROFILES } from '../src/engines/webgpu/profiles';
import { REDUCTIONS } from '../src/engines/webgpu/step-cost';
import { cardTable, dispatchTable, remedyTable } from './roofline-tables';

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

describe('remedies', () => {
  it('never save more than there is', () => {
    for (const card of CARDS) {
      const { least, most, memoryLeast, memoryMost, waits } = predict(card, seedDispatches());
      const { halves, eight } = remedies(card);
      expect(halves[0]).toBeGreaterThan(0);
      expect(halves[0]).toBeLessThanOrEqual(memoryLeast / 2 + 1e-12);
      expect(halves[1]).toBeLessThanOrEqual(memoryMost / 2 + 1e-12);
      expect(eight / waits).toBeCloseTo(0.5, 1);
      expect(halves[0]).toBeLessThan(least);
      expect(halves[1] + eight).toBeLessThan(most);
    }
  });

  it('leave half of the waits where eight products come at once, but for the last few', () => {
    const waitsOf = (together: number): number =>
      seedDispatches({ ...PROFILES.hardware, together }).reduce((sum, { trips }) => sum + trips, 0);
    expect(waitsOf(8) / waitsOf(4)).toBeGreaterThanOrEqual(0.5);
    expect(waitsOf(8) / waitsOf(4)).toBeLessThan(0.6);
  });

  it('spare each sum over a workgroup of two subgroups five of its eight barriers', () => {
    const [card] = CARDS;
    if (card === undefined) throw new Error('There is no card.');
    const barriersOf = (lanes: number): number =>
      seedDispatches({ ...PROFILES.hardware, lanes }).reduce(
        (all, { barriers }) => all + barriers,
        0,
      );
    // Half as many invocations spare each sum one barrier.
    const sums = barriersOf(64) - barriersOf(32);
    expect(sums).toBeGreaterThan(REDUCTIONS.similarity ?? Infinity);
    expect(remedies(card).barriers).toBe(5 * sums);
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
    for (const table of [cardTable(), remedyTable()]) {
      expect(table.map(([name]) => name)).toEqual(['card', ...CARDS.map(({ name }) => name)]);
      expect(new Set(table.map(({ length }) => length)).size).toBe(1);
    }
  });
});
