/** Which rows are held out, and which of the others early stopping listens to. */
import { groupBy } from '../base/group-by';
import { InputError } from '../base/input-error';
import { rowsWhere } from '../math/pick-rows';
import { randomPermutation, Stream } from '../math/threefry';
import type { Recipe } from '../recipe/recipe';
import type { SafeRow } from './rows';

/** The part of a recipe that fixes the split; see Recipe for what each means. */
export type SplitSettings = Pick<Recipe, 'holdout' | 'seed'> &
  Partial<Pick<Recipe, 'split' | 'folds' | 'fold' | 'validation'>>;

/**
 * The held-out rows:
 *
 * - `contributor`: whole contributors, close to the wanted share of the rows; see
 *   {@link chooseContributors};
 * - `row`: that share of each word's rows, whoever gave them, but never a word's last one;
 * - `folds`: the contributors of one part; see {@link dealContributors}.
 *
 * @returns [rows], 1 where held out
 * @throws InputError where there is no such fold, or nobody in it
 */
export function chooseHeldOut(
  rows: readonly SafeRow[],
  { split = 'contributor', holdout, seed, folds = 5, fold = 1 }: SplitSettings,
): Uint8Array {
  switch (split) {
    case 'contributor':
      return rowsOf(rows, chooseContributors(rows, holdout, seed, Stream.split));
    case 'row':
      return chooseRows(rows, holdout, seed, Stream.splitRows);
    case 'folds': {
      if (fold > folds) {
        throw new InputError(
          `Fold ${String(fold)} cannot be held out: there are ${String(folds)} folds.`,
        );
      }
      const part = dealContributors(rows, folds, seed)[fold - 1] ?? new Set();
      if (part.size === 0) {
        throw new InputError(
          `Fold ${String(fold)} of ${String(folds)} is empty: too few people gave the chosen words.`,
        );
      }
      return rowsOf(rows, part);
    }
  }
}

/**
 * The rows that are kept from training for early stopping to listen to, chosen from those not held
 * out: by whole contributors, or, where rows are split by row, by row.
 *
 * @returns [rows], 1 where chosen
 */
export function chooseValidation(
  rows: readonly SafeRow[],
  heldOut: Uint8Array,
  { split, validation = 0, seed }: SplitSettings,
): Uint8Array {
  const places = rowsWhere(heldOut, 0);
  const training = rows.filter((_, row) => heldOut[row] === 0);
  const chosen =
    split === 'row'
      ? chooseRows(training, validation, seed, Stream.validation)
      : rowsOf(training, chooseContributors(training, validation, seed, Stream.validation));
  const flags = new Uint8Array(rows.length);
  places.forEach((row, i) => {
    flags[row] = chosen[i] ?? 0;
  });
  return flags;
}

/**
 * Chooses contributors, close to the wanted share of rows:
 *
 * 1. Contributors are walked in a seeded random order. One is chosen when that stays within
 *    the wanted number of rows, so that one person with a third of the rows does not blow up the
 *    held-out part, and when no word loses more than twice the wanted share of its rows, nor its
 *    last row to train on: rare words, which many people with few rows gave, would else be used
 *    up to make good for the large contributors passed over.
 * 2. Of those passed over for their size, the one that brings the number closest to the wanted
 *    one, if any does, is chosen too: else a file of a few large contributors could have none.
 *
 * No contributor at all is chosen where the words would not survive it, as in a file that knows of
 * one contributor only.
 */
function chooseContributors(
  rows: readonly SafeRow[],
  share: number,
  seed: number,
  stream: number,
): ReadonlySet<number> {
  const people = peopleOf(rows);
  const walk = shuffled([...people.keys()], seed, stream);
  const wanted = Math.round(share * rows.length);
  const training = countByWord(rows);
  const needed = new Map(
    [...training].map(([word, count]) => [word, Math.max(1, Math.round((1 - 2 * share) * count))]),
  );
  const chosen = new Set<number>();
  let held = 0;

  const ownRows = (contributor: number): readonly SafeRow[] => people.get(contributor) ?? [];
  const everyWordKeepsEnough = (contributor: number): boolean =>
    [...countByWord(ownRows(contributor))].every(
      ([word, count]) => (training.get(word) ?? 0) - count >= (needed.get(word) ?? 0),
    );
  const heldWith = (contributor: number): number => held + ownRows(contributor).length;
  const holdOut = (contributor: number): void => {
    held = heldWith(contributor);
    chosen.add(contributor);
    for (const { word } of ownRows(contributor)) training.set(word, (training.get(word) ?? 0) - 1);
  };

  for (const contributor of walk) {
    if (heldWith(contributor) <= wanted && everyWordKeepsEnough(contributor)) holdOut(contributor);
  }
  const distance = (contributor: number): number => Math.abs(heldWith(contributor) - wanted);
  const [closest] = walk
    .filter((contributor) => !chosen.has(contributor) && everyWordKeepsEnough(contributor))
    .sort((a, b) => distance(a) - distance(b));
  if (closest !== undefined && distance(closest) < wanted - held) holdOut(closest);
  return chosen;
}

/** Chooses a share of each word's rows in a seeded random order, and never all of them. */
function chooseRows(
  rows: readonly SafeRow[],
  share: number,
  seed: number,
  stream: number,
): Uint8Array {
  const left = new Map(
    [...countByWord(rows)].map(([word, count]) => [
      word,
      Math.min(Math.round(share * count), count - 1),
    ]),
  );
  const flags = new Uint8Array(rows.length);
  for (const row of randomPermutation(seed, stream, 0, rows.length)) {
    const word = rows[row]?.word ?? '';
    const wanted = left.get(word) ?? 0;
    if (wanted === 0) continue;
    left.set(word, wanted - 1);
    flags[row] = 1;
  }
  return flags;
}

/**
 * Deals contributors into parts of nearly equal rows, over which each word is spread: those with
 * most rows first, equal ones in a seeded random order, each to the part where the sum over parts
 * and words of (rows of the word in the part)² / (rows of the word), with the rows as a whole
 * counted like one word more, grows least.
 *
 * A part never gets all rows of a word. Who alone has given a word is in no part: held out, that
 * person would leave the word without a row to train on.
 *
 * @returns contributors by part, [folds]
 */
function dealContributors(
  rows: readonly SafeRow[],
  folds: number,
  seed: number,
): ReadonlySet<number>[] {
  const people = peopleOf(rows);
  const size = (contributor: number): number => people.get(contributor)?.length ?? 0;
  const walk = shuffled([...people.keys()], seed, Stream.split).sort((a, b) => size(b) - size(a));
  const totals = countByWord(rows);
  const parts = Array.from({ length: folds }, () => ({
    people: new Set<number>(),
    rows: 0,
    words: new Map<string, number>(),
  }));
  for (const contributor of walk) {
    const own = size(contributor);
    const words = [...countByWord(people.get(contributor) ?? [])].map(([word, count]) => ({
      word,
      count,
      total: totals.get(word) ?? 0,
    }));
    const cost = (part: (typeof parts)[number]): number =>
      words.reduce(
        (sum, { word, count, total }) => sum + growth(part.words.get(word) ?? 0, count, total),
        growth(part.rows, own, rows.length),
      );
    const [best] = parts
      .filter((part) =>
        words.every(({ word, count, total }) => (part.words.get(word) ?? 0) + count < total),
      )
      .map((part) => ({ part, cost: cost(part) }))
      .sort((a, b) => a.cost - b.cost);
    if (best === undefined) continue;
    const { part } = best;
    part.people.add(contributor);
    part.rows += own;
    for (const { word, count } of words) part.words.set(word, (part.words.get(word) ?? 0) + count);
  }
  return parts.map((part) => part.people);
}

/** What (rows)² / total grows by when a part that has `before` rows gets more. */
function growth(before: number, more: number, total: number): number {
  return (2 * before * more + more ** 2) / total;
}

/** Whose side of a split a row is on: its contributor's, or that of the person it repeats. */
export function splitOwner({ contributor, joinedTo = contributor }: SafeRow): number {
  return joinedTo;
}

/** Each contributor's rows, by number, so that the order of the rows of different people is no matter. */
function peopleOf(rows: readonly SafeRow[]): ReadonlyMap<number, readonly SafeRow[]> {
  const people = groupBy(rows, splitOwner);
  return new Map([...people].sort(([a], [b]) => a - b));
}

function shuffled(values: readonly number[], seed: number, stream: number): number[] {
  const order = randomPermutation(seed, stream, 0, values.length);
  return Array.from(order, (position) => values[position] ?? 0);
}

function rowsOf(rows: readonly SafeRow[], contributors: ReadonlySet<number>): Uint8Array {
  return Uint8Array.from(rows, (row) => Number(contributors.has(splitOwner(row))));
}

function countByWord(rows: readonly SafeRow[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { word } of rows) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}
