/** Chosen words to labelled rows, with whole contributors held out. */
import { InputError } from '../input-error';
import { randomPermutation, Stream } from '../random/threefry';
import type { SafeData, SafeRow, TrainingSet } from './rows';
import { sha256Hex } from './sha256';

const MIN_TRAINING_ROWS = 8;

/**
 * The rows of the chosen words, labelled, and which contributors are held out. See
 * {@link chooseHeldOut} for the rule; equal data, words, share and seed give an equal split.
 *
 * @param words           at least two words of the data, in any order
 * @param options.holdout share of the rows to hold out, 0 to below 1
 * @param options.seed    an unsigned 32-bit integer
 * @throws InputError when there are fewer than two words, a word has no row, or fewer than
 *   8 rows are left to train on
 */
export async function makeTrainingSet(
  data: SafeData,
  words: readonly string[],
  options: { holdout: number; seed: number },
): Promise<TrainingSet> {
  // Order of code units: the same on every machine, and that of the reference model's labels.
  const chosen = [...new Set(words)].sort();
  if (chosen.length < 2) {
    throw new InputError('Choose at least two words to train on: a model learns how they differ.');
  }
  const labelOf = new Map(chosen.map((word, label) => [word, label]));
  const rows: SafeRow[] = [];
  const labels: number[] = [];
  for (const row of data.rows) {
    const label = labelOf.get(row.word);
    if (label === undefined) continue;
    rows.push(row);
    labels.push(label);
  }
  const present = new Set(labels);
  const absent = chosen.find((_, label) => !present.has(label));
  if (absent !== undefined) throw new InputError(`The data has no row of the word “${absent}”.`);

  const heldOutContributors = chooseHeldOut(rows, options);
  const heldOut = Uint8Array.from(rows, (row) => Number(heldOutContributors.has(row.contributor)));
  const heldOutLines = rows.filter((_, i) => heldOut[i] === 1).map((row) => row.line);
  const trainingRows = rows.length - heldOutLines.length;
  if (trainingRows < MIN_TRAINING_ROWS) {
    throw new InputError(
      `The chosen words leave ${String(trainingRows)} rows to train on; at least ${String(MIN_TRAINING_ROWS)} are needed.`,
    );
  }
  const split = new TextEncoder().encode(JSON.stringify([chosen, heldOutLines]));
  return {
    words: chosen,
    rows,
    labels: Int32Array.from(labels),
    heldOut,
    splitHash: await sha256Hex(split),
  };
}

/**
 * Chooses the contributors to hold out, close to the wanted share of rows:
 *
 * 1. Contributors are walked in a seeded random order. One is held out when that stays within
 *    the wanted number of rows, so that one person with a third of the rows does not blow up the
 *    held-out part, and when no word loses more than twice the wanted share of its rows, nor its
 *    last row to train on: rare words, which many people with few rows gave, would else be used
 *    up to make good for the large contributors passed over.
 * 2. Of those passed over for their size, the one that brings the number closest to the wanted
 *    one, if any does, is held out too: else a file of a few large contributors could have none.
 *
 * No contributor at all is held out where the words would not survive it, as in a file that
 * knows of one contributor only.
 */
function chooseHeldOut(
  rows: readonly SafeRow[],
  { holdout, seed }: { holdout: number; seed: number },
): ReadonlySet<number> {
  const rowsOf = new Map<number, SafeRow[]>();
  for (const row of rows) {
    const own = rowsOf.get(row.contributor);
    if (own === undefined) rowsOf.set(row.contributor, [row]);
    else own.push(row);
  }
  // By number, so that the order of the rows of different people does not matter.
  const contributors = [...rowsOf.keys()].sort((a, b) => a - b);
  const order = randomPermutation(seed, Stream.split, 0, contributors.length);
  const wanted = Math.round(holdout * rows.length);
  const training = countByWord(rows);
  const needed = new Map(
    [...training].map(([word, count]) => [
      word,
      Math.max(1, Math.round((1 - 2 * holdout) * count)),
    ]),
  );
  const heldOut = new Set<number>();
  let held = 0;

  const ownRows = (contributor: number): readonly SafeRow[] => rowsOf.get(contributor) ?? [];
  const everyWordKeepsEnough = (contributor: number): boolean =>
    [...countByWord(ownRows(contributor))].every(
      ([word, count]) => (training.get(word) ?? 0) - count >= (needed.get(word) ?? 0),
    );
  const heldWith = (contributor: number): number => held + ownRows(contributor).length;
  const holdOut = (contributor: number): void => {
    held = heldWith(contributor);
    heldOut.add(contributor);
    for (const { word } of ownRows(contributor)) training.set(word, (training.get(word) ?? 0) - 1);
  };

  const walk = Array.from(order, (position) => contributors[position] ?? 0);
  for (const contributor of walk) {
    if (heldWith(contributor) <= wanted && everyWordKeepsEnough(contributor)) holdOut(contributor);
  }
  const distance = (contributor: number): number => Math.abs(heldWith(contributor) - wanted);
  const [closest] = walk
    .filter((contributor) => !heldOut.has(contributor) && everyWordKeepsEnough(contributor))
    .sort((a, b) => distance(a) - distance(b));
  if (closest !== undefined && distance(closest) < wanted - held) holdOut(closest);
  return heldOut;
}

function countByWord(rows: readonly SafeRow[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { word } of rows) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}
