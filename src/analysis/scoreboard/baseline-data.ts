/** What baselines and figures need to know of a training set; it depends on no model, so it is computed once. */
import type { TrainingSet } from '../../data/rows';
import type { EqSetting } from '../../eq/parameters';
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

/** The part of a training set that figures are of. */
export type MeasuredSet = Pick<TrainingSet, 'words' | 'rows' | 'labels' | 'heldOut'>;

/** The rows of one side of the split. */
export interface Side {
  /** Indices into the set's rows, [rows]. */
  readonly rows: readonly number[];
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

/** A word's rows, and held-out people's curves of it to measure by. */
export interface WordBaselines {
  readonly rows: number;
  readonly contributors: number;
  readonly heldOutRows: number;
  readonly heldOutContributors: number;
  /** null without rows on one side of the split. */
  readonly references: WordReferences | null;
}

export interface BaselineData {
  readonly training: Side;
  /** null where none are held out; nothing is compared then. */
  readonly heldOut: HeldOutSide | null;
  /** In label order. */
  readonly words: readonly WordBaselines[];
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
        setting.every((value, i) => value === other.setting[i])
      );
    })
  );
}

function measured(set: MeasuredSet): BaselineData {
  const all = [...set.rows.keys()];
  const training = sideOf(
    set,
    all.filter((row) => set.heldOut[row] !== 1),
  );
  const held = all.filter((row) => set.heldOut[row] === 1);
  if (held.length === 0) {
    return { training, heldOut: null, words: set.words.map((_, at) => wordOf(at, training, null)) };
  }
  const heldOut = sideOf(set, held);
  const byCurves = (side: Side) => ({
    points: neighbourCurves(side.curves),
    labels: side.labels,
  });
  const [known, unknown] = [byCurves(training), byCurves(heldOut)];
  return {
    training: { ...training, correct: classifiedByNeighbours(known, null, NEIGHBOUR_POINTS) },
    heldOut: {
      ...heldOut,
      correct: classifiedByNeighbours(known, unknown, NEIGHBOUR_POINTS),
      resamples: new Resamples(heldOut.people),
    },
    words: set.words.map((_, at) => wordOf(at, training, heldOut)),
  };
}

function sideOf(set: MeasuredSet, rows: readonly number[]): Side {
  const own = rows.flatMap((row) => set.rows.slice(row, row + 1));
  const settings = own.map(({ setting }) => setting);
  const curves = curvesOf(settings);
  return {
    rows,
    settings,
    labels: Int32Array.from(rows, (row) => set.labels[row] ?? 0),
    people: own.map(({ contributor }) => contributor),
    curves,
    flat: meanSquares(curves, new Float64Array(curves.length)),
    correct: null,
  };
}

function wordOf(label: number, training: Side, heldOut: Side | null): WordBaselines {
  const trained = ofWord(training, label);
  const judging = heldOut === null ? null : ofWord(heldOut, label);
  const held = judging?.people ?? [];
  return {
    rows: trained.people.length + held.length,
    contributors: new Set([...trained.people, ...held]).size,
    heldOutRows: held.length,
    heldOutContributors: new Set(held).size,
    references:
      judging === null || held.length === 0 || trained.people.length === 0
        ? null
        : wordReferences(trained.curves, judging.curves, held),
  };
}

/** A word's curves and the people who gave them. */
function ofWord(
  { labels, curves, people }: Side,
  label: number,
): { curves: Float64Array; people: number[] } {
  const rows = [...labels.keys()].filter((row) => labels[row] === label);
  const own = new Float64Array(rows.length * CURVE_POINTS);
  rows.forEach((row, i) => {
    own.set(curves.subarray(row * CURVE_POINTS, (row + 1) * CURVE_POINTS), i * CURVE_POINTS);
  });
  return { curves: own, people: rows.map((row) => people[row] ?? 0) };
}

/** Balanced accuracy of neighbours by level-free curves; null where they cannot tell. */
export function curveAccuracy({ correct, labels }: Side): number | null {
  return correct === null ? null : balancedAccuracy(correct, labels);
}
