/** In which order an epoch goes through the rows. */
import { groupBy } from '../../base/group-by';
import { randomPermutation, Stream } from '../../math/threefry';
import type { Recipe } from '../../recipe/recipe';
import { countAugmented } from './augmented-rows';
import type { LearntRows } from './learnt-rows';

/**
 * The rows that an epoch trains on: all of people, and as many augmented ones as the recipe says; where
 * there are several sets of them, the next set in each epoch.
 *
 * @param epoch from 1
 * @returns row numbers, in no order of use
 */
function epochRows(
  { labels, people }: Pick<LearntRows, 'labels' | 'people'>,
  { madeUp, seed }: Pick<Recipe, 'madeUp' | 'seed'>,
  epoch: number,
): Uint32Array {
  const augmented = countAugmented(people, madeUp);
  const made = labels.length - people;
  // In the order of their making, neighbours have most bands in common.
  const mixed = augmented < made ? randomPermutation(seed, Stream.sets, 0, made) : null;
  return Uint32Array.from({ length: people + augmented }, (_, i) => {
    if (i < people || mixed === null) return i;
    const place = (epoch - 1) * augmented + i - people;
    return people + (mixed[place % made] ?? 0);
  });
}

/**
 * A seeded order of an epoch's rows. `shuffled` has every row of the epoch once. `balanced` has as many
 * rows, but all words equally often, as nearly as the count divides: of a frequent word's rows some,
 * others in each epoch, and a rare word's several times. Rows without a word come once either way.
 *
 * @param epoch from 1
 * @returns row numbers, [rows of an epoch]
 */
export function epochOrder(
  learnt: Pick<LearntRows, 'labels' | 'people'>,
  recipe: Pick<Recipe, 'sampling' | 'seed' | 'madeUp'>,
  epoch: number,
): Uint32Array {
  const present = epochRows(learnt, recipe, epoch);
  const order = randomPermutation(recipe.seed, Stream.shuffle, epoch, present.length);
  const rowAt = (place: number): number => present[place] ?? 0;
  if (recipe.sampling === 'shuffled') return order.map(rowAt);
  const labels = Int32Array.from(present, (row) => learnt.labels[row] ?? -1);
  const rows = balancedRows(labels, recipe.seed, epoch);
  return order.map((place) => rowAt(rows[place] ?? 0));
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
