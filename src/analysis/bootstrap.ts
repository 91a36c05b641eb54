/** How far a figure might move on other rows of the same kind. */
import { randomBits, Stream } from '../random/threefry';

/** [low, high] */
export type Interval = readonly [number, number];

/** Resamples: enough for the ends of a 95 % interval to be steady to about a tenth of its width. */
const RESAMPLES = 500;

/**
 * The percentile bootstrap's 95 % interval of a statistic.
 *
 * Source: B. Efron, R. J. Tibshirani, "An Introduction to the Bootstrap", 1993, § 13.3.
 *
 * @param values    one of each row, at least one
 * @param statistic of as many values
 */
export function interval(
  values: readonly number[],
  statistic: (values: readonly number[]) => number,
): Interval {
  const statistics = Array.from({ length: RESAMPLES }, (_, resample) =>
    statistic(
      values.map(
        (_, i) =>
          values[randomBits(0, Stream.bootstrap, resample, i) % values.length] ?? Number.NaN,
      ),
    ),
  ).sort((a, b) => a - b);
  const at = (share: number): number =>
    statistics[Math.round(share * (RESAMPLES - 1))] ?? Number.NaN;
  return [at(0.025), at(0.975)];
}
