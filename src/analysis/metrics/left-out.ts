/** Whether anything that anyone could do comes nearer to people who are left out than a flat curve. */
import { distancesBetween } from '../../math/distances';
import { mean } from '../../math/mean';
import { Resamples, weightedMean, type Interval } from './bootstrap';

/**
 * 95 % intervals of how much nearer than a flat curve, in dB, the mean and the medoid of the others'
 * curves are to the curves of a person who is left out, each person counting once; null where fewer
 * than four people gave the curves.
 */
export interface LeftOutGains {
  readonly mean: Interval | null;
  readonly medoid: Interval | null;
}

/**
 * Leaves out each person in turn.
 *
 * @param curves of one word, in dB, [rows, width]
 * @param people who gave each curve, [rows]
 */
export function leftOutGains(curves: Float64Array, people: readonly number[]): LeftOutGains {
  const persons = [...new Set(people)];
  if (persons.length < 2) return { mean: null, medoid: null };
  const rows = people.length;
  const width = curves.length / rows;
  const distances = distancesBetween(curves, width);
  const curve = (row: number): Float64Array => curves.subarray(row * width, (row + 1) * width);
  const flat = new Float64Array(width);
  const all = sumOf(
    people.map((_, row) => curve(row)),
    width,
  );
  const toAll = people.map((_, row) => sum(distances.subarray(row * rows, (row + 1) * rows)));
  const gains = persons.map((person) => {
    const own = people.flatMap((of, row) => (of === person ? [row] : []));
    const ownSum = sumOf(own.map(curve), width);
    const others = rows - own.length;
    const meanCurve = all.map((total, i) => (total - (ownSum[i] ?? 0)) / others);
    const medoid = medoidWithout(own, people, person, distances, toAll);
    const gain = (nearer: (row: number) => number): number =>
      mean(own.map((row) => distance(flat, curve(row)) - nearer(row)));
    return {
      mean: gain((row) => distance(meanCurve, curve(row))),
      medoid: gain((row) => distances[medoid * rows + row] ?? 0),
    };
  });
  const resamples = new Resamples(persons);
  const intervalOf = (of: (gain: { mean: number; medoid: number }) => number): Interval | null => {
    const values = Float64Array.from(gains, of);
    return resamples.interval((weights) => weightedMean(values, weights));
  };
  return { mean: intervalOf((gain) => gain.mean), medoid: intervalOf((gain) => gain.medoid) };
}

/** The row of another person with the least sum of distances to other people's rows. */
function medoidWithout(
  own: readonly number[],
  people: readonly number[],
  person: number,
  distances: Float64Array,
  toAll: readonly number[],
): number {
  let [best, least] = [0, Infinity];
  people.forEach((of, row) => {
    if (of === person) return;
    const toOwn = own.reduce(
      (total, other) => total + (distances[row * people.length + other] ?? 0),
      0,
    );
    const toOthers = (toAll[row] ?? 0) - toOwn;
    if (toOthers < least) [best, least] = [row, toOthers];
  });
  return best;
}

function sumOf(curves: readonly Float64Array[], width: number): Float64Array {
  return Float64Array.from({ length: width }, (_, i) =>
    curves.reduce((total, curve) => total + (curve[i] ?? 0), 0),
  );
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}

function distance(a: Float64Array, b: Float64Array): number {
  return Math.sqrt(mean(a.map((value, i) => (value - (b[i] ?? 0)) ** 2)));
}
