/** Whether a row's neighbours tell its word. */

/** Neighbours asked. */
const NEIGHBOURS = 15;

/** Points with a class each. */
export interface Labelled {
  /** [rows, dimensions] */
  readonly points: ArrayLike<number>;
  /** [rows] */
  readonly labels: ArrayLike<number>;
}

/**
 * Balanced accuracy of 15 nearest neighbours, Euclidean: the share of rows told right, of each
 * class, and of these shares the mean, so that guessing the most frequent class gains nothing. The
 * class with most votes wins, of equal ones the one whose neighbours are nearer in sum.
 *
 * Source: T. Cover, P. Hart, "Nearest neighbor pattern classification", IEEE Trans. Inf. Theory
 * 13, 1967.
 *
 * @param known      rows whose classes are known
 * @param unknown    rows to be told
 * @param dimensions of the points
 * @returns 0–1; null where there is nothing to tell or fewer than two classes to choose among
 */
export function neighbourAccuracy(
  known: Labelled,
  unknown: Labelled,
  dimensions: number,
): number | null {
  const classes = new Set(Array.from(known.labels));
  if (classes.size < 2 || unknown.labels.length === 0) return null;
  const tallies = new Map<number, { right: number; rows: number }>();
  for (let row = 0; row < unknown.labels.length; row++) {
    const label = unknown.labels[row] ?? 0;
    const tally = tallies.get(label) ?? { right: 0, rows: 0 };
    tally.rows++;
    if (classOf(unknown.points, row, known, dimensions) === label) tally.right++;
    tallies.set(label, tally);
  }
  const shares = Array.from(tallies.values(), ({ right, rows }) => right / rows);
  return shares.reduce((sum, share) => sum + share, 0) / shares.length;
}

function classOf(
  points: ArrayLike<number>,
  row: number,
  known: Labelled,
  dimensions: number,
): number {
  const distances = Float64Array.from({ length: known.labels.length }, (_, other) => {
    let squares = 0;
    for (let d = 0; d < dimensions; d++) {
      squares +=
        ((points[row * dimensions + d] ?? 0) - (known.points[other * dimensions + d] ?? 0)) ** 2;
    }
    return Math.sqrt(squares);
  });
  const nearest = Array.from(distances.keys())
    .sort((a, b) => (distances[a] ?? 0) - (distances[b] ?? 0))
    .slice(0, NEIGHBOURS);
  const votes = new Map<number, { count: number; distance: number }>();
  for (const other of nearest) {
    const label = known.labels[other] ?? 0;
    const vote = votes.get(label) ?? { count: 0, distance: 0 };
    vote.count++;
    vote.distance += distances[other] ?? 0;
    votes.set(label, vote);
  }
  const [winner] = [...votes].sort(([, a], [, b]) => b.count - a.count || a.distance - b.distance);
  return winner?.[0] ?? 0;
}
