/** In which order an epoch goes through the rows. */
import { groupBy } from '../../base/group-by';
import { randomPermutation, Stream } from '../../math/threefry';
import type { Recipe } from '../../recipe/recipe';

/**
 * A seeded order of an epoch's rows. `shuffled` has every row once. `balanced` has as many rows, but
 * all words equally often, as nearly as the count divides: of a frequent word's rows some, others in
 * each epoch, and a rare word's several times. Rows without a word come once either way.
 *
 * @param labels index of each row's word, [rows]; −1 for a row without one
 * @param epoch  from 1
 * @returns row numbers, [rows]
 */
export function epochOrder(
  labels: Int32Array,
  { sampling, seed }: Pick<Recipe, 'sampling' | 'seed'>,
  epoch: number,
): Uint32Array {
  const order = randomPermutation(seed, Stream.shuffle, epoch, labels.length);
  if (sampling === 'shuffled') return order;
  const rows = balancedRows(labels, seed, epoch);
  return order.map((place) => rows[place] ?? 0);
}

function balancedRows(labels: Int32Array, seed: number, epoch: number): number[] {
  const labelOf = (row: number): number => labels[row] ?? -1;
  const walk = Array.from(randomPermutation(seed, Stream.sampling, epoch, labels.length));
  const unnamed = walk.filter((row) => labelOf(row) < 0);
  /** Rows by word, words in the order in which a shuffled walk comes upon them. */
  const words = groupBy(
    walk.filter((row) => labelOf(row) >= 0),
    labelOf,
  );
  const named = labels.length - unnamed.length;
  const share = Math.floor(named / words.size);
  // The words that were come upon first have the rows that do not divide.
  const drawn = [...words.values()].flatMap((rows, i) =>
    Array.from(
      { length: share + (i < named % words.size ? 1 : 0) },
      (_, draw) => rows[draw % rows.length] ?? 0,
    ),
  );
  return [...drawn, ...unnamed];
}
