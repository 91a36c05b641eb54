/** Whether a kNN classifier gives a row its own word. */
import { paddedPoints, squaresApart, type PaddedPoints } from '../../math/distances';
import { firstAtLeast } from '../../math/first-at-least';
import { dot } from '../../math/linear-algebra';

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
  const line = widestLine(points);
  const places = alongLine(points, line);
  const askedPlaces = unknown === null ? places : alongLine(asked, line);
  const order = Uint32Array.from(places.keys()).sort((a, b) => (places[a] ?? 0) - (places[b] ?? 0));
  const sorted = Float64Array.from(order, (row) => places[row] ?? 0);
  const slack = ROUNDING * Math.max(Math.abs(sorted[0] ?? 0), Math.abs(sorted.at(-1) ?? 0));
  const nearest = new Nearest(Math.max(...classes) + 1);
  return Uint8Array.from(labels, (label, row) => {
    nearest.clear();
    const place = askedPlaces[row] ?? 0;
    // From where the row lies on the line, to both sides: two points are no nearer than their places.
    let above = firstAtLeast(sorted, place);
    let below = above - 1;
    for (;;) {
      const up = above < sorted.length ? (sorted[above] ?? 0) - place : Infinity;
      const down = below >= 0 ? place - (sorted[below] ?? 0) : Infinity;
      const away = Math.min(up, down) - slack;
      if (away === Infinity || (away > 0 && away * away > nearest.farthest)) break;
      const other = order[up < down ? above++ : below--] ?? 0;
      if (unknown === null && other === row) continue;
      const squares = squaresApart(asked, row, points, other, nearest.farthest);
      nearest.take(squares, other, known.labels[other] ?? 0);
    }
    return Number(nearest.winner() === label);
  });
}

/** Share of the largest place by which rounding could move one, and much more. */
const ROUNDING = 1e-9;
/** Turns towards the line of the largest variance; any line does, but this one parts most points. */
const TURNS = 4;

/** Points that the line is told from, at most about so many. */
const LINED = 128;

/** Unit vector near the points' first principal component, [stride]. */
function widestLine({ values, stride }: PaddedPoints): Float64Array {
  const rows = values.length / stride;
  const step = Math.ceil(rows / LINED);
  const some = new Float64Array(Math.ceil(rows / step) * stride);
  const middle = new Float64Array(stride);
  for (let row = 0, to = 0; row < rows; row += step) {
    for (let i = row * stride; i < (row + 1) * stride; i++) some[to++] = values[i] ?? 0;
  }
  const count = some.length / stride;
  for (let from = 0; from < some.length; from += stride) {
    for (let i = 0; i < stride; i++) middle[i] = (middle[i] ?? 0) + (some[from + i] ?? 0) / count;
  }
  let line = new Float64Array(stride).fill(1 / Math.sqrt(stride));
  for (let turn = 0; turn < TURNS; turn++) {
    const places = alongLine({ values: some, stride }, line);
    const at = dot(middle, line);
    const turned = new Float64Array(stride);
    for (let row = 0; row < count; row++) {
      const share = (places[row] ?? 0) - at;
      const from = row * stride;
      for (let i = 0; i < stride; i++) {
        turned[i] = (turned[i] ?? 0) + share * ((some[from + i] ?? 0) - (middle[i] ?? 0));
      }
    }
    const length = Math.sqrt(dot(turned, turned));
    if (!(length > 0)) break;
    line = turned.map((value) => value / length);
  }
  return line;
}

/** Where each point lies along a line, [rows]. */
function alongLine({ values, stride }: PaddedPoints, line: Float64Array): Float64Array {
  const places = new Float64Array(values.length / stride);
  for (let row = 0; row < places.length; row++) {
    let place = 0;
    for (let i = 0; i < stride; i++) place += (values[row * stride + i] ?? 0) * (line[i] ?? 0);
    places[row] = place;
  }
  return places;
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

/** The nearest rows met so far, the nearest first; of equally near ones the one of lower number. */
class Nearest {
  readonly #squares = new Float64Array(NEIGHBOURS);
  readonly #rows = new Uint32Array(NEIGHBOURS);
  readonly #labels = new Int32Array(NEIGHBOURS);
  readonly #votes: Int32Array;
  readonly #distances: Float64Array;
  #count = 0;
  /** What a row must not be farther than, squared, to be among them. */
  farthest = Infinity;

  constructor(classes: number) {
    this.#votes = new Int32Array(classes);
    this.#distances = new Float64Array(classes);
  }

  clear(): void {
    this.#count = 0;
    this.farthest = Infinity;
  }

  /** Takes a row in, if it is among the nearest. */
  take(squares: number, row: number, label: number): void {
    if (squares > this.farthest) return;
    let at = this.#count;
    while (at > 0 && this.#isAfter(at - 1, squares, row)) at--;
    if (at === NEIGHBOURS) return;
    if (this.#count < NEIGHBOURS) this.#count++;
    for (let i = this.#count - 1; i > at; i--) {
      this.#squares[i] = this.#squares[i - 1] ?? 0;
      this.#rows[i] = this.#rows[i - 1] ?? 0;
      this.#labels[i] = this.#labels[i - 1] ?? 0;
    }
    this.#squares[at] = squares;
    this.#rows[at] = row;
    this.#labels[at] = label;
    if (this.#count === NEIGHBOURS) this.farthest = this.#squares[NEIGHBOURS - 1] ?? 0;
  }

  #isAfter(at: number, squares: number, row: number): boolean {
    const other = this.#squares[at] ?? 0;
    return other > squares || (other === squares && (this.#rows[at] ?? 0) > row);
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
