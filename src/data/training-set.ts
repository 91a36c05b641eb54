/** Chosen words to labelled rows, some of them held out. */
import { InputError } from '../base/input-error';
import type { Recipe } from '../recipe/recipe';
import type { SafeData, SafeRow, TrainingSet } from './rows';
import { sha256Hex } from '../base/sha256';
import { chooseHeldOut, chooseValidation, splitOwner, type SplitSettings } from './split';

const MIN_TRAINING_ROWS = 8;

/**
 * The rows of the chosen words, labelled, and which of them are held out or kept for validation;
 * see {@link chooseHeldOut} for the rules. Equal data, words and options give an equal split.
 *
 * @param words   at least two words of the data, in any order
 * @param options the recipe's, or those that matter here: shares of rows are from 0 to below 1, the
 *   seed is an unsigned 32-bit integer
 * @throws InputError when there are fewer than two words, a word has no row, there is no such
 *   fold, or fewer than 8 rows are left to train on
 */
export async function makeTrainingSet(
  data: SafeData,
  words: readonly string[],
  options: SplitSettings & Partial<Pick<Recipe, 'otherRows'>>,
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

  const heldOut = chooseHeldOut(rows, options);
  const validation = chooseValidation(rows, heldOut, options);
  const linesOf = (flags: Uint8Array): number[] =>
    rows.filter((_, row) => flags[row] === 1).map(({ line }) => line);
  const heldOutLines = linesOf(heldOut);
  const validationLines = linesOf(validation);
  const trainingRows = rows.length - heldOutLines.length - validationLines.length;
  if (trainingRows < MIN_TRAINING_ROWS) {
    throw new InputError(
      `The chosen words leave ${String(trainingRows)} rows to train on; at least ${String(MIN_TRAINING_ROWS)} are needed.`,
    );
  }
  const split = [chosen, heldOutLines, ...(validationLines.length > 0 ? [validationLines] : [])];
  const kept = rows.filter((_, row) => heldOut[row] === 1 || validation[row] === 1);
  return {
    words: chosen,
    rows,
    labels: Int32Array.from(labels),
    heldOut,
    validation,
    others:
      options.otherRows === true
        ? otherRows(
            data.rows.filter(({ word }) => !labelOf.has(word)),
            kept,
            options.split === 'row',
          )
        : [],
    splitHash: await sha256Hex(new TextEncoder().encode(JSON.stringify(split))),
  };
}

/**
 * The rows of other words that may be learnt from: none of a contributor who is kept from training,
 * or, where contributors are on both sides, none with a setting that is.
 */
function otherRows(
  rows: readonly SafeRow[],
  kept: readonly SafeRow[],
  byRow: boolean,
): readonly SafeRow[] {
  const keyOf = (row: SafeRow): string => (byRow ? row.setting.join(' ') : String(splitOwner(row)));
  const keys = new Set(kept.map(keyOf));
  return rows.filter((row) => !keys.has(keyOf(row)));
}
