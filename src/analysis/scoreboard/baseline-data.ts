/** What baselines and figures need to know of a training set; it depends on no model, so it is computed once. */
import { sameSetting, type EqSetting } from '../../eq/parameters';
import { pickRows, rowsWhere } from '../../math/pick-rows';
import { Resamples } from '../metrics/bootstrap';
import {
  curvesOf,
  CURVE_POINTS,
  meanSquares,
  NEIGHBOUR_POINTS,
  neighbourCurves,
} from '../metrics/curves';
import { balancedAccuracy, classifiedByNeighbours } from '../metrics/nearest-neighbours';
import { wordReferences, type WordReferences } from '../metrics/word-distances';
import { measuredSample, type MeasuredSample, type MeasuredSet } from './measured-sample';

/** The rows of one side of the split. */
export interface Side {
  /** Indices into the sample's rows, [rows]. */
  readonly rows: readonly number[];
  /** How many there are in all, where these are some of them. */
  readonly outOf: number;
  readonly settings: readonly EqSetting[];
  /** [rows] */
  readonly labels: Int32Array;
  /** [rows] */
  readonly people: readonly number[];
  /** Response curves in dB, [rows, 256]. */
  readonly curves: Float64Array;
  /** Mean squares of the curves, [rows]: the squared error of a flat one. */
  readonly flat: Float64Array;
  /** [rows], 1 where the kNN classifier on level-free curves gives the row's own word; null where there are too few rows. */
  readonly correct: Uint8Array | null;
}

export interface BaselineData {
  /** The rows that all the rest is of. */
  readonly sample: MeasuredSample;
  readonly training: Side;
  /** null where none are held out; nothing is compared then. */
  readonly heldOut: HeldOutSide | null;
  /**
   * Held-out people's curves of each word to measure by, in label order; null without rows on one
   * side of the split.
   */
  readonly words: readonly (WordReferences | null)[];
}

export interface HeldOutSide extends Side {
  /** By the people who gave the rows. */
  readonly resamples: Resamples;
}

/** Run after run is set up on the same rows, in a sweep's threads on copies of them. */
let last: { readonly set: MeasuredSet; readonly baselineData: BaselineData } | null = null;

/** Expensive, so the result for the last set is kept. */
export function baselineDataOf(set: MeasuredSet): BaselineData {
  if (last === null || !alike(last.set, set)) last = { set, baselineData: measured(set) };
  return last.baselineData;
}

/** Whether two sets have the same rows on the same sides. */
export function alike(a: MeasuredSet, b: MeasuredSet): boolean {
  if (a.rows === b.rows && a.heldOut === b.heldOut) return true;
  return (
    a.rows.length === b.rows.length &&
    a.words.length === b.words.length &&
    a.rows.every(({ contributor, setting }, row) => {
      const other = b.rows[row];
      return (
        a.labels[row] === b.labels[row] &&
        a.heldOut[row] === b.heldOut[row] &&
        contributor === other?.contributor &&
        sameSetting(setting, other.setting)
      );
    })
  );
}

function measured(whole: MeasuredSet): BaselineData {
  const sample = measuredSample(whole);
  const { set } = sample;
  const training = sideOf(set, rowsWhere(set.heldOut, 0), sample.trainingRows);
  const held = rowsWhere(set.heldOut, 1);
  if (held.length === 0)
    return { sample, training, heldOut: null, words: set.words.map(() => null) };
  const heldOut = sideOf(set, held, sample.heldOutRows);
  const byCurves = (side: Side) => ({
    points: neighbourCurves(side.curves),
    labels: side.labels,
  });
  const [known, unknown] = [byCurves(training), byCurves(heldOut)];
  return {
    sample,
    training: { ...training, correct: classifiedByNeighbours(known, null, NEIGHBOUR_POINTS) },
    heldOut: {
      ...heldOut,
      correct: classifiedByNeighbours(known, unknown, NEIGHBOUR_POINTS),
      resamples: new Resamples(heldOut.people),
    },
    words: set.words.map((_, label) => {
      const trained = ofWord(training, label);
      const judging = ofWord(heldOut, label);
      return judging.people.length === 0 || trained.people.length === 0
        ? null
        : wordReferences(trained.curves, judging.curves, judging.people);
    }),
  };
}

function sideOf(set: MeasuredSet, rows: readonly number[], outOf: number): Side {
  const own = rows.flatMap((row) => set.rows.slice(row, row + 1));
  const settings = own.map(({ setting }) => setting);
  const curves = curvesOf(settings);
  return {
    rows,
    outOf,
    settings,
    labels: Int32Array.from(rows, (row) => set.labels[row] ?? 0),
    people: own.map(({ contributor }) => contributor),
    curves,
    flat: meanSquares(curves, new Float64Array(curves.length)),
    correct: null,
  };
}

/** A word's curves and the people who gave them. */
function ofWord(
  { labels, curves, people }: Side,
  label: number,
): { curves: Float64Array; people: number[] } {
  const rows = rowsWhere(labels, label);
  return {
    curves: pickRows(curves, CURVE_POINTS, rows),
    people: rows.map((row) => people[row] ?? 0),
  };
}

/** Balanced accuracy of neighbours by level-free curves; null where they cannot tell. */
export function curveAccuracy({ correct, labels }: Side): number | null {
  return correct === null ? null : balancedAccuracy(correct, labels);
}
