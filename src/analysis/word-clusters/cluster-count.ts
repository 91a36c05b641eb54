/** How many clusters a word has. */
import { mean } from '../../math/mean';
import { nearestDistances, pointsAt, type Points } from './centres';
import { groupedFolds, clusterCentres, without } from './practice';

/** More than so many nobody could tell apart by name. */
export const MOST_CLUSTERS = 4;
/** Fewer rows, or people, are no ground to tell several practices from chance. */
const LEAST_ROWS = 12;
const LEAST_PEOPLE = 4;
const FOLDS = 5;
/** Fewer than for the clusters themselves: they are placed twenty times here. */
const STARTS = 3;

/** What a further cluster must be worth, in dB: one cloud, cut in two, is always a little nearer. */
const LEAST_GAIN_DB = 0.15;

/**
 * The number of clusters, from 1 to 4, by cross-validation with whole contributors left out and the
 * one-standard-error rule: the fewest clusters that no greater number beats. A number beats another
 * when its clusters lie nearer to the people left out by more than one standard error of the
 * difference, and by more than 0.15 dB for every cluster it has more. The error is clustered by
 * contributor, since a person's rows resemble each other. A word of fewer than 12 rows or 4 people
 * has one cluster.
 *
 * Source of the rule: L. Breiman, J. Friedman, R. Olshen, C. Stone, "Classification and regression
 * trees", 1984, § 3.4.3.
 *
 * @param points       the word's training curves
 * @param contributors of the rows, [rows]
 */
export function countClusters(
  points: Points,
  contributors: readonly number[],
  seed: number,
): number {
  const rows = contributors.length;
  if (rows < LEAST_ROWS || new Set(contributors).size < LEAST_PEOPLE) return 1;
  const counts = Array.from({ length: MOST_CLUSTERS }, (_, i) => i + 1);
  const distances = counts.map(() => new Float64Array(rows));
  for (const fold of groupedFolds(contributors, FOLDS)) {
    const { points: known, contributors: people } = without(points, contributors, fold);
    const left = pointsAt(points, fold);
    for (const [i, count] of counts.entries()) {
      if (people.length < count) continue;
      const { curves } = clusterCentres(known, people, { count, starts: STARTS, seed });
      nearestDistances(left, curves).forEach((distance, row) => {
        const of = distances[i];
        if (of !== undefined) of[fold[row] ?? 0] = distance;
      });
    }
  }
  const enough = counts.find((count) =>
    counts.slice(count).every((more) => {
      const [few, many] = [distances[count - 1], distances[more - 1]];
      if (few === undefined || many === undefined) return true;
      const gains = few.map((distance, row) => distance - (many[row] ?? 0));
      const least = LEAST_GAIN_DB * (more - count);
      return mean(gains) <= Math.max(least, clusteredError(gains, contributors));
    }),
  );
  return enough ?? MOST_CLUSTERS;
}

/** Standard error of a mean over rows that come in clusters: √(Σ over clusters (Σ deviations)²) / n. */
export function clusteredError(values: Float64Array, clusters: readonly number[]): number {
  const middle = mean(values);
  const sums = new Map<number, number>();
  values.forEach((value, row) => {
    const cluster = clusters[row] ?? 0;
    sums.set(cluster, (sums.get(cluster) ?? 0) + value - middle);
  });
  return Math.sqrt([...sums.values()].reduce((sum, own) => sum + own * own, 0)) / values.length;
}
