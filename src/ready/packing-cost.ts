/** What a model loses by being packed: how much its outputs differ, in dB that a listener would hear. */
import { curvesOf, meanSquares } from '../analysis/metrics/curves';
import type { SafeRow } from '../data/rows';
import type { EqSetting } from '../eq/parameters';
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

/** Rows that a model is measured on. */
export interface MeasuredRows {
  readonly rows: readonly Pick<SafeRow, 'setting'>[];
  /** [rows], 1 where held out. */
  readonly heldOut: Uint8Array;
}

/**
 * @param model  as it was trained
 * @param packed the same, packed and unpacked
 */
export function packingCost(
  model: Model,
  packed: Model,
  { rows, heldOut }: MeasuredRows,
): PackingCost {
  const held = rows.filter((_, row) => heldOut[row] === 1);
  const settings = (held.length > 0 ? held : rows).map(({ setting }) => setting);
  const curves = curvesOf(settings);
  const errorOf = (one: Model): number => rms(curvesThrough(one, settings), curves);
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

/**
 * How far packing moves what the model makes of settings: root of the mean square over settings and
 * points, in dB. A response error says less of it the larger it was before.
 */
export function curvesMovedDb(model: Model, packed: Model, settings: readonly EqSetting[]): number {
  return rms(curvesThrough(packed, settings), curvesThrough(model, settings));
}

/** Curves of what the model makes of settings, [rows, 256]. */
function curvesThrough(model: Model, settings: readonly EqSetting[]): Float64Array {
  const { spec, normaliser } = model.document;
  const decoded = decodeRows(spec, model.weights, encodeSettings(model, settings));
  return curvesOf(settings.map((_, row) => denormalise(decoded, normaliser, row)));
}

function rms(curves: Float64Array, others: Float64Array): number {
  return Math.sqrt(mean(meanSquares(curves, others)));
}

/** Whether packing costs no more than it may. */
export function isCheap({ responseErrorDb, wordCurvesDb }: PackingCost): boolean {
  return (
    responseErrorDb.after - responseErrorDb.before < MOST_COST.responseErrorDb &&
    wordCurvesDb < MOST_COST.wordCurvesDb
  );
}
