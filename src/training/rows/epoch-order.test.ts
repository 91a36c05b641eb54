import { describe, expect, it } from 'vitest';
import fc from '../../testing/fast-check';
import { epochOrder } from './epoch-order';

/** 60 rows of word 0, 6 of word 1, 15 of word 2, then 10 without a word. */
const labels = Int32Array.from({ length: 91 }, (_, i) =>
  i < 60 ? 0 : i < 66 ? 1 : i < 81 ? 2 : -1,
);

const countOf = (order: Uint32Array, label: number): number =>
  order.filter((row) => labels[row] === label).length;

describe('epochOrder', () => {
  it('has every row once, in another order each epoch, where rows are shuffled', () => {
    const recipe = { sampling: 'shuffled', seed: 3, madeUp: 0 } as const;
    const first = epochOrder({ labels, people: labels.length }, recipe, 1);
    expect([...first].sort((a, b) => a - b)).toEqual([...labels.keys()]);
    expect(epochOrder({ labels, people: labels.length }, recipe, 2)).not.toEqual(first);
    expect(epochOrder({ labels, people: labels.length }, recipe, 1)).toEqual(first);
  });

  it('has as many rows, all words equally often, and rows without a word once', () => {
    const recipe = { sampling: 'balanced', seed: 3, madeUp: 0 } as const;
    const order = epochOrder({ labels, people: labels.length }, recipe, 1);
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
      for (const row of epochOrder(
        { labels, people: labels.length },
        { sampling: 'balanced', seed: 3, madeUp: 0 },
        epoch,
      ))
        seen.add(row);
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
          const order = epochOrder(
            { labels: of, people: of.length },
            { sampling: 'balanced', seed, madeUp: 0 },
            1,
          );
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

  it('has all of people’s rows, and in each epoch the next of several sets of augmented ones', () => {
    const people = 20;
    const rows = { labels: new Int32Array(people + 3 * 40).fill(-1), people };
    const recipe = { sampling: 'shuffled', seed: 3, madeUp: 2 } as const;
    const orders = [1, 2, 3, 4].map((epoch) => Array.from(epochOrder(rows, recipe, epoch)));
    for (const order of orders) {
      expect(order).toHaveLength(60);
      expect(order.filter((row) => row < people).toSorted((a, b) => a - b)).toEqual([
        ...Array.from({ length: people }).keys(),
      ]);
    }
    const augmented = orders.map((order) => order.filter((row) => row >= people));
    expect(new Set(augmented.slice(0, 3).flat()).size).toBe(120);
    expect(new Set(augmented[3])).toEqual(new Set(augmented[0]));
    // Of each row of people some in each set: they were made one row after another.
    expect(
      new Set(augmented[0]?.map((row) => Math.floor((row - people) / 6))).size,
    ).toBeGreaterThan(15);
  });
});
