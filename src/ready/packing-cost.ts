/** What a model loses by being packed: how much its outputs differ, in dB that a listener would hear. */
import { curvesOf, meanSquares } from '../analysis/metrics/curves';
import type { TrainingSet } from '../data/rows';
import { mean } from '../math/mean';
import { encodeSettings } from '../model/encode-settings';
import { decodeRows } from '../model/inference';
import type { Model } from '../model/model';
import { denormalise } from '../model/normaliser';
import { wordSettings } from '../model/word-settings';

export interface PackingCost {
  /** Response error on the rows measured: held-out ones, or all where none are held out. */
  readonly responseErrorDb: { readonly before: number; readonly after: number };
  /** The largest difference of a word's curve, anywhere from 20 Hz to 20 kHz. */
  readonly wordCurvesDb: number;
}

/** The most that packing may cost: far below what a listener hears, and what people differ by. */
export const MOST_COST = { responseErrorDb: 0.05, wordCurvesDb: 0.1 } as const;

/**
 * @param model  as it was trained
 * @param packed the same, packed and unpacked
 */
export function packingCost(
  model: Model,
  packed: Model,
  { rows, heldOut }: Pick<TrainingSet, 'rows' | 'heldOut'>,
): PackingCost {
  const held = rows.filter((_, row) => heldOut[row] === 1);
  const settings = (held.length > 0 ? held : rows).map(({ setting }) => setting);
  const curves = curvesOf(settings);
  const errorOf = (one: Model): number => {
    const { spec, normaliser } = one.document;
    const decoded = decodeRows(spec, one.weights, encodeSettings(one, settings));
    const own = curvesOf(settings.map((_, row) => denormalise(decoded, normaliser, row)));
    return Math.sqrt(mean(meanSquares(own, curves)));
  };
  const wordCurves = curvesOf(wordSettings(model).map(({ setting }) => setting));
  const packedCurves = curvesOf(wordSettings(packed).map(({ setting }) => setting));
  return {
    responseErrorDb: { before: errorOf(model), after: errorOf(packed) },
    wordCurvesDb: wordCurves.reduce(
      (most, db, i) => Math.max(most, Math.abs(db - (packedCurves[i] ?? 0))),
      0,
    ),
  };
}

/** Whether packing costs no more than it may. */
export function isCheap({ responseErrorDb, wordCurvesDb }: PackingCost): boolean {
  return (
    responseErrorDb.after - responseErrorDb.before < MOST_COST.responseErrorDb &&
    wordCurvesDb < MOST_COST.wordCurvesDb
  );
}
