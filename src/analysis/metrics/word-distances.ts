/** How near a word's curve comes to what other people meant by the word. */
import { mean } from '../../math/mean';
import { Median, Resamples, type Interval } from './bootstrap';
import { CURVE_POINTS, logSpectralDistance } from './curves';

/** Distances in dB (log-spectral, 20 Hz–20 kHz) to held-out people's curves of one word. */
export interface WordDistances {
  /** Median over the held-out curves, of each candidate. */
  readonly medians: Readonly<Record<Candidate, number>>;
  /** 95 % interval of the model's median; null where fewer than four people gave the curves. */
  readonly modelInterval: Interval | null;
  /** 95 % interval of how much nearer than a flat curve the model's is: difference of the medians. */
  readonly nearerThanFlat: Interval | null;
  /** Median over people of the median distance of their curve to the others'; null for one curve. */
  readonly person: number | null;
}

type Candidate = 'model' | 'flat' | 'mean' | 'medoid';

/** What of a word's distances needs no model. */
export interface WordReferences {
  /** Held-out curves, each [256]. */
  readonly curves: readonly Float64Array[];
  /** Distances of a flat curve to them. */
  readonly flat: Median;
  readonly medians: Readonly<Record<Exclude<Candidate, 'model'>, number>>;
  readonly person: number | null;
  /** By the people who gave the curves. */
  readonly resamples: Resamples;
}

/**
 * @param training the word's training curves, [rows, 256], at least one
 * @param heldOut  the word's held-out curves, [rows, 256], at least one
 * @param people   who gave each held-out curve, [rows]
 */
export function wordReferences(
  training: Float64Array,
  heldOut: Float64Array,
  people: readonly number[],
): WordReferences {
  const curves = rowsOf(heldOut);
  const known = rowsOf(training);
  const flat = distancesTo(curves, new Float64Array(CURVE_POINTS));
  return {
    curves,
    flat: new Median(flat),
    medians: {
      flat: median([...flat]),
      mean: median([...distancesTo(curves, meanCurve(known))]),
      medoid: median([...distancesTo(curves, medoid(known))]),
    },
    person: medianPerson(curves),
    resamples: new Resamples(people),
  };
}

/** @param model the word's curve as the model has it, [256] */
export function wordDistances(references: WordReferences, model: Float64Array): WordDistances {
  const { curves, flat, medians, person, resamples } = references;
  const distances = distancesTo(curves, model);
  const ofModel = new Median(distances);
  return {
    medians: { model: median([...distances]), ...medians },
    modelInterval: resamples.interval((weights) => ofModel.of(weights)),
    nearerThanFlat: resamples.interval((weights) => flat.of(weights) - ofModel.of(weights)),
    person,
  };
}

/** Mean distance of the held-out curves to the nearest of several. */
export function coverage(curves: readonly Float64Array[], heldOut: Float64Array): number {
  const references = rowsOf(heldOut);
  return mean(
    references.map((scorer) =>
      curves.reduce((best, curve) => Math.min(best, logSpectralDistance(curve, scorer)), Infinity),
    ),
  );
}

/** Of several numbers, at least one. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

/** Distances of one curve to several, [rows]. */
function distancesTo(curves: readonly Float64Array[], curve: Float64Array): Float64Array {
  return Float64Array.from(curves, (other) => logSpectralDistance(curve, other));
}

/** The curve with the smallest sum of distances to all. */
function medoid(curves: readonly Float64Array[]): Float64Array {
  const sums = new Float64Array(curves.length);
  curves.forEach((curve, i) => {
    for (let j = 0; j < i; j++) {
      const distance = logSpectralDistance(curve, curves[j] ?? curve);
      sums[i] = (sums[i] ?? 0) + distance;
      sums[j] = (sums[j] ?? 0) + distance;
    }
  });
  const best = sums.reduce((least, sum, i) => (sum < (sums[least] ?? Infinity) ? i : least), 0);
  return curves[best] ?? new Float64Array(CURVE_POINTS);
}

export function meanCurve(curves: readonly Float64Array[]): Float64Array {
  return Float64Array.from(
    { length: CURVE_POINTS },
    (_, i) => curves.reduce((sum, curve) => sum + (curve[i] ?? 0), 0) / curves.length,
  );
}

function medianPerson(references: readonly Float64Array[]): number | null {
  if (references.length < 2) return null;
  return median(
    references.map((scorer, i) =>
      median(
        references.filter((_, j) => j !== i).map((other) => logSpectralDistance(scorer, other)),
      ),
    ),
  );
}

function rowsOf(curves: Float64Array): Float64Array[] {
  return Array.from({ length: curves.length / CURVE_POINTS }, (_, row) =>
    curves.subarray(row * CURVE_POINTS, (row + 1) * CURVE_POINTS),
  );
}
