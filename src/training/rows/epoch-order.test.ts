import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { epochOrder } from './epoch-order';

/** 60 rows of word 0, 6 of word 1, 15 of word 2, then 10 without a word. */
const labels = Int32Array.from({ length: 91 }, (_, i) =>
  i < 60 ? 0 : i < 66 ? 1 : i < 81 ? 2 : -1,
);

const countOf = (order: Uint32Array, label: number): number =>
  order.filter((row) => labels[row] === label).length;

describe('epochOrder', () => {
  it('has every row once, in another order each epoch, where rows are shuffled', () => {
    const recipe = { sampling: 'shuffled', seed: 3 } as const;
    const first = epochOrder(labels, recipe, 1);
    expect([...first].sort((a, b) => a - b)).toEqual([...labels.keys()]);
    expect(epochOrder(labels, recipe, 2)).not.toEqual(first);
    expect(epochOrder(labels, recipe, 1)).toEqual(first);
  });

  it('has as many rows, all words equally often, and rows without a word once', () => {
    const recipe = { sampling: 'balanced', seed: 3 } as const;
    const order = epochOrder(labels, recipe, 1);
    expect(order).toHaveLength(91);
    expect([0, 1, 2, -1].map((label) => countOf(order, label))).toEqual([27, 27, 27, 10]);
    const times = Array.from(labels, (_, row) => order.filter((of) => of === row).length);
    // A rare word's rows come 4 or 5 times, a frequent one's at most once.
    expect(new Set(times.slice(60, 66))).toEqual(new Set([4, 5]));
    expect(new Set(times.slice(0, 60))).toEqual(new Set([0, 1]));
    expect(new Set(times.slice(81))).toEqual(new Set([1]));
    // Spread over the epoch, not one word after the other.
    const firstHalf = order.slice(0, 45).filter((row) => labels[row] === 1).length;
    expect(firstHalf).toBeGreaterThan(5);
    expect(firstHalf).toBeLessThan(22);
  });

  it('takes other rows of a frequent word in each epoch', () => {
    const seen = new Set<number>();
    for (let epoch = 1; epoch <= 12; epoch++) {
      for (const row of epochOrder(labels, { sampling: 'balanced', seed: 3 }, epoch)) seen.add(row);
    }
    expect(seen.size).toBe(91);
  });

  it('always has the words within one row of each other', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -1, max: 4 }), { maxLength: 60 }),
        fc.nat(),
        (list, seed) => {
          const of = Int32Array.from(list);
          const order = epochOrder(of, { sampling: 'balanced', seed }, 1);
          expect(order).toHaveLength(of.length);
          const counts = new Map<number, number>();
          for (const row of order) {
            const label = of[row] ?? -1;
            if (label >= 0) counts.set(label, (counts.get(label) ?? 0) + 1);
          }
          const values = [...counts.values()];
          if (values.length > 0) expect(Math.max(...values) - Math.min(...values)).toBeLessThan(2);
        },
      ),
    );
  });
});
