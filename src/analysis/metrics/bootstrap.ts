/** How far a figure might move on other people of the same kind. */
import { randomBits, Stream } from '../../math/threefry';

/** [low, high] */
export type Interval = [number, number];

/** Resamples: enough for the ends of a 95 % interval to be steady to about a tenth of its width. */
const RESAMPLES = 500;

/**
 * Groups an interval needs: three can be drawn in ten ways only, and the ends of a 95 % interval of
 * two would be the two.
 */
const FEWEST_GROUPS = 4;

/**
 * Resamples of rows by whole groups: settings of one person are alike, so that drawing row by row
 * would promise more than so few people can tell.
 *
 * Source: A. C. Davison, D. V. Hinkley, "Bootstrap Methods and their Application", 1997, § 3.8
 * (groups drawn with replacement, each with all its rows).
 */
export class Resamples {
  readonly #groups: number;
  /** Each row's group, 0, 1, 2 …, [rows]. */
  readonly #groupOf: Int32Array;
  /** How often each resample has each group, [resamples, groups]. */
  readonly #counts: Uint16Array;
  readonly #weights: Uint16Array;

  /** @param groups each row's group, any numbers, [rows] */
  constructor(groups: readonly number[]) {
    const numbers = new Map<number, number>();
    this.#groupOf = Int32Array.from(groups, (group) => {
      const number = numbers.get(group) ?? numbers.size;
      numbers.set(group, number);
      return number;
    });
    this.#groups = numbers.size;
    this.#counts = new Uint16Array(RESAMPLES * this.#groups);
    for (let resample = 0; resample < RESAMPLES; resample++) {
      for (let draw = 0; draw < this.#groups; draw++) {
        const drawn = randomBits(0, Stream.bootstrap, resample, draw) % this.#groups;
        const at = resample * this.#groups + drawn;
        this.#counts[at] = (this.#counts[at] ?? 0) + 1;
      }
    }
    this.#weights = new Uint16Array(groups.length);
  }

  /**
   * The percentile bootstrap's 95 % interval of a statistic.
   *
   * Source: B. Efron, R. J. Tibshirani, "An Introduction to the Bootstrap", 1993, § 13.3.
   *
   * @param statistic of the rows, given how often each is there, [rows], an array that is used again
   * @returns null with fewer than four groups, of which nothing can be told
   */
  interval(statistic: (weights: Uint16Array) => number): Interval | null {
    if (this.#groups < FEWEST_GROUPS) return null;
    const statistics = Float64Array.from({ length: RESAMPLES }, (_, resample) => {
      const start = resample * this.#groups;
      for (let row = 0; row < this.#weights.length; row++) {
        this.#weights[row] = this.#counts[start + (this.#groupOf[row] ?? 0)] ?? 0;
      }
      return statistic(this.#weights);
    }).sort();
    const at = (share: number): number => statistics[Math.round(share * (RESAMPLES - 1))] ?? 0;
    return [at(0.025), at(0.975)];
  }
}

/** Mean of values, each as often as its weight says, [rows]. */
export function weightedMean(values: Float64Array, weights: ArrayLike<number>): number {
  let sum = 0;
  let count = 0;
  for (let row = 0; row < values.length; row++) {
    const weight = weights[row] ?? 0;
    sum += weight * (values[row] ?? 0);
    count += weight;
  }
  return sum / count;
}

/** Values in their order, so that many medians of them are soon told. */
export class Median {
  readonly #values: Float64Array;
  readonly #order: Uint32Array;

  /** @param values at least one */
  constructor(values: Float64Array) {
    this.#values = values;
    this.#order = Uint32Array.from(values.keys()).sort(
      (a, b) => (values[a] ?? 0) - (values[b] ?? 0),
    );
  }

  /**
   * Of the values, each as often as its weight says: the middle one, or the mean of the two.
   *
   * @param weights [rows], not all 0
   */
  of(weights: ArrayLike<number>): number {
    let count = 0;
    for (let row = 0; row < this.#values.length; row++) count += weights[row] ?? 0;
    let before = 0;
    let lower: number | null = null;
    for (const row of this.#order) {
      before += weights[row] ?? 0;
      const value = this.#values[row] ?? 0;
      if (lower !== null && before > count / 2) return (lower + value) / 2;
      if (before > count / 2) return value;
      if (before === count / 2) lower ??= value;
    }
    return Number.NaN;
  }
}
