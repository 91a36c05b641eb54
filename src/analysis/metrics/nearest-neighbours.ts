/** Whether a kNN classifier gives a row its own word. */
import { paddedPoints, squaresApart } from '../../math/distances';

/** Neighbours asked. */
const NEIGHBOURS = 15;

/** Points with a class each. */
export interface Labelled {
  /** [rows, dimensions] */
  readonly points: Float32Array | Float64Array;
  /** 0, 1, 2 …, [rows] */
  readonly labels: Int32Array;
}

/**
 * Of each row whether its 15 nearest neighbours, Euclidean, tell its class: the class with most
 * votes wins, of equal ones the one whose neighbours are nearer in sum.
 *
 * Source: T. Cover, P. Hart, "Nearest neighbor pattern classification", IEEE Trans. Inf. Theory
 * 13, 1967.
 *
 * @param known      rows whose classes are known
 * @param unknown    rows to be told; null: each of the known ones by all others (leave-one-out)
 * @param dimensions of the points
 * @returns [rows], 1 where told right; null where there is nothing to tell or fewer than two
 *   classes to choose among
 */
export function classifiedByNeighbours(
  known: Labelled,
  unknown: Labelled | null,
  dimensions: number,
): Uint8Array | null {
  const { labels } = unknown ?? known;
  const classes = new Set(known.labels);
  if (classes.size < 2 || labels.length === 0) return null;
  const points = paddedPoints(known.points, dimensions);
  const asked = unknown === null ? points : paddedPoints(unknown.points, dimensions);
  const nearest = new Nearest(Math.max(...classes) + 1);
  return Uint8Array.from(labels, (label, row) => {
    nearest.clear();
    for (let other = 0; other < known.labels.length; other++) {
      if (unknown === null && other === row) continue;
      const squares = squaresApart(asked, row, points, other, nearest.farthest);
      if (squares < nearest.farthest) nearest.take(squares, known.labels[other] ?? 0);
    }
    return Number(nearest.winner() === label);
  });
}

/**
 * The share of rows told right, of each class, and of these shares the mean, so that guessing the
 * most frequent class gains nothing.
 *
 * @param right   [rows], 1 where told right
 * @param labels  [rows]
 * @param weights how often each row counts, [rows]; once when left out
 * @returns 0–1; null without a row
 */
export function balancedAccuracy(
  right: Uint8Array,
  labels: Int32Array,
  weights?: ArrayLike<number>,
): number | null {
  const classes = labels.reduce((most, label) => Math.max(most, label + 1), 0);
  const correct = new Float64Array(classes);
  const rows = new Float64Array(classes);
  labels.forEach((label, row) => {
    const weight = weights?.[row] ?? 1;
    rows[label] = (rows[label] ?? 0) + weight;
    correct[label] = (correct[label] ?? 0) + weight * (right[row] ?? 0);
  });
  let shares = 0;
  let present = 0;
  rows.forEach((count, label) => {
    if (count === 0) return;
    shares += (correct[label] ?? 0) / count;
    present++;
  });
  return present === 0 ? null : shares / present;
}

/** The nearest rows met so far, the nearest first; of equally near ones the first met. */
class Nearest {
  readonly #squares = new Float64Array(NEIGHBOURS);
  readonly #labels = new Int32Array(NEIGHBOURS);
  readonly #votes: Int32Array;
  readonly #distances: Float64Array;
  #count = 0;
  /** What a row must be nearer than, squared, to be among them. */
  farthest = Infinity;

  constructor(classes: number) {
    this.#votes = new Int32Array(classes);
    this.#distances = new Float64Array(classes);
  }

  clear(): void {
    this.#count = 0;
    this.farthest = Infinity;
  }

  take(squares: number, label: number): void {
    let at = Math.min(this.#count, NEIGHBOURS - 1);
    for (; at > 0 && (this.#squares[at - 1] ?? 0) > squares; at--) {
      this.#squares[at] = this.#squares[at - 1] ?? 0;
      this.#labels[at] = this.#labels[at - 1] ?? 0;
    }
    this.#squares[at] = squares;
    this.#labels[at] = label;
    this.#count = Math.min(this.#count + 1, NEIGHBOURS);
    if (this.#count === NEIGHBOURS) this.farthest = this.#squares[NEIGHBOURS - 1] ?? 0;
  }

  winner(): number {
    this.#votes.fill(0);
    this.#distances.fill(0);
    for (let i = 0; i < this.#count; i++) {
      const label = this.#labels[i] ?? 0;
      this.#votes[label] = (this.#votes[label] ?? 0) + 1;
      this.#distances[label] = (this.#distances[label] ?? 0) + Math.sqrt(this.#squares[i] ?? 0);
    }
    let best = 0;
    this.#votes.forEach((votes, label) => {
      const ahead = votes - (this.#votes[best] ?? 0);
      const nearer = (this.#distances[label] ?? 0) < (this.#distances[best] ?? 0);
      if (ahead > 0 || (ahead === 0 && nearer)) best = label;
    });
    return best;
  }
}
