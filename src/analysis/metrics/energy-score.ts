/** How good it is to foretell a curve by several others, or by one. */
import { distancesBetween } from '../../math/distances';
import { mean } from '../../math/mean';
import { CURVE_POINTS } from './curves';

/** Log-spectral distances of rows' curves in dB, each to each. */
export class CurveDistances {
  readonly #rows: number;
  readonly #distances: Float64Array;

  /** @param curves [rows, 256] */
  constructor(curves: Float64Array) {
    this.#rows = curves.length / CURVE_POINTS;
    this.#distances = distancesBetween(curves, CURVE_POINTS);
  }

  /** Of one row to several. */
  from(row: number, others: readonly number[]): Float64Array {
    const start = row * this.#rows;
    return Float64Array.from(others, (other) => this.#distances[start + other] ?? Number.NaN);
  }

  /** The member of a group whose distances to the others add up to least. */
  medoid(group: readonly number[]): number {
    const sums = group.map((row) => mean(this.from(row, group)));
    return group[sums.indexOf(Math.min(...sums))] ?? Number.NaN;
  }

  /** Mean distance of two members of a group drawn one after the other, so that both may be one. */
  within(group: readonly number[]): number {
    return mean(group.map((row) => mean(this.from(row, group))));
  }
}

/**
 * The energy score of a forecast: E‖X − y‖ − ½ E‖X − X′‖, X and X′ drawn from the forecast, y what
 * came; the smaller the better, and in the mean smallest for who forecasts by the distribution that
 * y is drawn from. Of a forecast that is one curve it is the distance.
 *
 * Source: T. Gneiting, A. E. Raftery, "Strictly proper scoring rules, prediction, and estimation",
 * J. Am. Stat. Assoc. 102, 2007, § 4.3 (with its sign turned).
 *
 * @param toOutcome distances of all that may be drawn, each as likely, to y
 * @param within    mean distance of two drawn
 */
export function energyScore(toOutcome: Float64Array, within: number): number {
  return mean(toOutcome) - within / 2;
}

/**
 * The chance that a draw from a forecast comes nearer to what came than a draw from another does,
 * equal distances counted half.
 *
 * @param own    distances of all that may be drawn, each as likely, to what came
 * @param others the same of the other forecast
 */
export function winRate(own: Float64Array, others: Float64Array): number {
  const sorted = others.toSorted();
  return mean(
    own.map((distance) => {
      const nearer = countBelow(sorted, (other) => other < distance);
      const notFarther = countBelow(sorted, (other) => other <= distance);
      return 1 - (nearer + notFarther) / (2 * sorted.length);
    }),
  );
}

/** How many of ascending values are below a bound. */
function countBelow(values: Float64Array, isBelow: (value: number) => boolean): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isBelow(values[middle] ?? Infinity)) low = middle + 1;
    else high = middle;
  }
  return low;
}
