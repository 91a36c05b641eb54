/** What people set when they meant a word: the rows that its clusters are found in. */
import { groupBy } from '../../base/group-by';
import type { EqSetting } from '../../eq/parameters';
import { CURVE_POINTS, curvesOf } from '../metrics/curves';
import { centresOf, distanceUpTo, pointsAt, type Centres, type Points } from './centres';

/** Rows of one word. */
export interface Practice {
  readonly settings: readonly EqSetting[];
  /** Number of each row's contributor, [rows]. */
  readonly contributors: readonly number[];
  /** The settings' curves, [rows, 256], where they have been worked out. */
  readonly curves?: Points;
}

/** Curves of the rows' settings, [rows, 256]. */
export function practiceCurves({
  settings,
  curves,
}: Pick<Practice, 'settings' | 'curves'>): Points {
  return curves ?? { values: curvesOf(settings), width: CURVE_POINTS };
}

/**
 * A row farther than this from every cluster is of none when clusters are placed: it would drag one
 * away from those who agree. The value is the best of 4, 5, 6, 7 and none by cross-validation on
 * training contributors of the real data's two large words.
 */
const FAR_DB = 6;

/**
 * A contributor's rows count together as the number of rows to this power: between 1, where the few
 * who gave hundreds speak for all, and 0, where a single row speaks as loud as hundreds. Chosen
 * like {@link FAR_DB}, of 1, 3/4 and 1/2.
 */
const SPEAKING_POWER = 0.75;

const CLUSTER_LOSS = distanceUpTo(FAR_DB);

/** Neighbouring points of a curve say nearly the same: every fourth will do for distances. */
const STRIDE = 4;

/** The curves with a quarter of their points, [rows, 64]. */
export function coarseCurves(practice: Pick<Practice, 'settings' | 'curves'>): Points {
  return everyNth(practiceCurves(practice), STRIDE);
}

/** The same rows with every n-th of their numbers, from the first. */
export function everyNth({ values, width }: Points, n: number): Points {
  // A row's width is a multiple of n, so that the numbers can be counted through.
  const fewer = new Float64Array(values.length / n);
  for (let i = 0; i < fewer.length; i++) fewer[i] = values[i * n] ?? 0;
  return { values: fewer, width: width / n };
}

/**
 * How much each row counts, [rows].
 *
 * @param power to which the number of a contributor's rows is taken
 */
export function weightsOf(
  contributors: readonly number[],
  power: number = SPEAKING_POWER,
): Float64Array {
  const rows = new Map<number, number>();
  for (const contributor of contributors) {
    rows.set(contributor, (rows.get(contributor) ?? 0) + 1);
  }
  return Float64Array.from(
    contributors,
    (contributor) => (rows.get(contributor) ?? 1) ** (power - 1),
  );
}

/** Centres of so many clusters among the rows. */
export function clusterCentres(
  points: Points,
  contributors: readonly number[],
  options: { count: number; starts: number; seed: number },
): Centres {
  return centresOf(points, weightsOf(contributors), { ...options, loss: CLUSTER_LOSS });
}

/**
 * Row numbers in parts of about equal size, every contributor in one of them: those with most rows
 * first, each to the smallest part so far.
 *
 * @param parts how many there are at most; none is empty
 */
export function groupedFolds(contributors: readonly number[], parts: number): number[][] {
  const rowsOf = groupBy(contributors.keys(), (row) => contributors[row] ?? 0);
  const folds: number[][] = Array.from({ length: Math.min(parts, rowsOf.size) }, () => []);
  const bySize = [...rowsOf].sort(([a, rows], [b, others]) => others.length - rows.length || a - b);
  for (const [, rows] of bySize) {
    const smallest = folds.reduce<number[] | undefined>(
      (least, fold) => (least === undefined || fold.length < least.length ? fold : least),
      undefined,
    );
    smallest?.push(...rows);
  }
  return folds;
}

/** Rows and contributors outside a part. */
export function without(
  points: Points,
  contributors: readonly number[],
  part: readonly number[],
): { points: Points; contributors: readonly number[] } {
  const out = new Set(part);
  const rows = contributors.map((_, row) => row).filter((row) => !out.has(row));
  return {
    points: pointsAt(points, rows),
    contributors: rows.map((row) => contributors[row] ?? 0),
  };
}
