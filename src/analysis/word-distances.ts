/** How near a word's curve comes to what other people meant by the word. */
import { CURVE_POINTS, logSpectralDistance } from './curves';
import { interval, type Interval } from './bootstrap';

/** Distances in dB (log-spectral, 20 Hz–20 kHz) to held-out people's curves of one word. */
export interface WordDistances {
  /** Curves it was measured on. */
  readonly rows: number;
  /** Median over the held-out curves, of each candidate. */
  readonly medians: Readonly<Record<Candidate, number>>;
  /** 95 % interval of the model's median. */
  readonly modelInterval: Interval;
  /** Median over people of the median distance of their curve to the others'; null for one curve. */
  readonly person: number | null;
}

type Candidate = 'model' | 'flat' | 'mean' | 'medoid';

/**
 * @param model    the word's curve as the model has it, [256]
 * @param training the word's training curves, [rows, 256], at least one
 * @param heldOut  the word's held-out curves, [rows, 256], at least one
 */
export function wordDistances(
  model: Float64Array,
  training: Float64Array,
  heldOut: Float64Array,
): WordDistances {
  const judges = rowsOf(heldOut);
  const known = rowsOf(training);
  const distancesOf = (curve: Float64Array): number[] =>
    judges.map((judge) => logSpectralDistance(curve, judge));
  const curves: Readonly<Record<Candidate, Float64Array>> = {
    model,
    flat: new Float64Array(CURVE_POINTS),
    mean: meanCurve(known),
    medoid: medoid(known),
  };
  const medianOf = (name: Candidate): number => median(distancesOf(curves[name]));
  return {
    rows: judges.length,
    medians: {
      model: medianOf('model'),
      flat: medianOf('flat'),
      mean: medianOf('mean'),
      medoid: medianOf('medoid'),
    },
    modelInterval: interval(distancesOf(model), median),
    person: medianPerson(judges),
  };
}

/** Mean distance of the held-out curves to the nearest of several. */
export function coverage(curves: readonly Float64Array[], heldOut: Float64Array): number {
  const judges = rowsOf(heldOut);
  const nearest = judges.map((judge) =>
    curves.reduce((best, curve) => Math.min(best, logSpectralDistance(curve, judge)), Infinity),
  );
  return nearest.reduce((sum, distance) => sum + distance, 0) / judges.length;
}

/** Of several numbers, at least one. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

/** The curve with the smallest sum of distances to all. */
function medoid(curves: readonly Float64Array[]): Float64Array {
  const sums = curves.map((curve) =>
    curves.reduce((sum, other) => sum + logSpectralDistance(curve, other), 0),
  );
  const best = sums.reduce((least, sum, i) => (sum < (sums[least] ?? Infinity) ? i : least), 0);
  return curves[best] ?? new Float64Array(CURVE_POINTS);
}

function meanCurve(curves: readonly Float64Array[]): Float64Array {
  return Float64Array.from(
    { length: CURVE_POINTS },
    (_, i) => curves.reduce((sum, curve) => sum + (curve[i] ?? 0), 0) / curves.length,
  );
}

function medianPerson(judges: readonly Float64Array[]): number | null {
  if (judges.length < 2) return null;
  return median(
    judges.map((judge, i) =>
      median(judges.filter((_, j) => j !== i).map((other) => logSpectralDistance(judge, other))),
    ),
  );
}

function rowsOf(curves: Float64Array): Float64Array[] {
  return Array.from({ length: curves.length / CURVE_POINTS }, (_, row) =>
    curves.subarray(row * CURVE_POINTS, (row + 1) * CURVE_POINTS),
  );
}
