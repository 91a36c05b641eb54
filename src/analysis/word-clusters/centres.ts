/** A few curves that stand for many. */
import { pickRows } from '../../math/pick-rows';
import { randomUniform, Stream } from '../../math/threefry';
import { findNearest, nearestRows, type NearestRows } from './nearest-rows';

/** What a row that far from its nearest centre costs. */
export interface Loss {
  /** @param distance log-spectral, in dB; grows with it, to the first or second power at most */
  readonly cost: (distance: number) => number;
  /** cost′(distance) / distance: how strongly a row at that distance draws its centre. */
  readonly pull: (distance: number) => number;
}

/** What k-means lowers: the squared distance. */
export const SQUARED: Loss = { cost: (distance) => distance ** 2, pull: () => 1 };

/** Below this a distance is as good as none, in dB; a centre that sits on a row is not held there. */
const NEAR_DB = 0.05;

/**
 * The distance itself, which is what coverage is the mean of, up to `farDb`: rows farther than that
 * from every centre draw none.
 */
export function distanceUpTo(farDb: number): Loss {
  return {
    cost: (distance) => Math.min(distance, farDb),
    pull: (distance) => (distance < farDb ? 1 / Math.max(distance, NEAR_DB) : 0),
  };
}

/** Rows of numbers, all of one width. */
export interface Points {
  /** [rows, width], row-major. */
  readonly values: Float64Array;
  readonly width: number;
}

export interface Centres {
  /** Each a mixture of rows, [count, rows]; its shares are 0 or more, and 1 together. */
  readonly shares: readonly Float64Array[];
  /** [count, width] */
  readonly curves: readonly Float64Array[];
  /** Mean cost of the rows, weighted. */
  readonly cost: number;
}

/** Rounds after which a start has settled, nearly always much earlier. */
const ROUNDS = 100;
/** dB (or dB²) that a round must gain for another to follow. */
const LEAST_GAIN = 1e-4;

/**
 * Centres that lower the weighted mean cost of the rows' distances to their nearest centre: the
 * best of several starts. Each round gives every row to its nearest centre and moves the centres
 * to a mean of their rows weighted by their pull, which never raises the cost.
 *
 * Sources: E. Weiszfeld, "Sur le point pour lequel la somme des distances de n points donnés est
 * minimum", Tôhoku Math. J. 43, 1937 (the mean weighted by pull); D. Arthur, S. Vassilvitskii,
 * "k-means++: the advantages of careful seeding", SODA 2007 (the starts).
 *
 * @param weights of the rows, above 0, [rows]
 * @param options.count how many centres; at least one, and at least as many rows
 * @param options.seed  equal seeds, equal centres
 */
export function centresOf(
  points: Points,
  weights: Float64Array,
  options: { count: number; loss: Loss; starts: number; seed: number },
): Centres {
  let best: Centres | null = null;
  for (let start = 0; start < options.starts; start++) {
    const centres = settle(points, weights, options.loss, spread(points, weights, options, start));
    if (best === null || centres.cost < best.cost) best = centres;
  }
  if (best === null) throw new Error('Centres need at least one start.');
  return best;
}

/** Distance of every row to its nearest curve, log-spectral, in dB, [rows]. */
export function nearestDistances(points: Points, curves: readonly Float64Array[]): Float64Array {
  return nearest(points, curves).squares.map((squares) => Math.sqrt(squares / points.width));
}

/** Index of every row's nearest curve, the first of equals, [rows]. */
export function nearestCurves(points: Points, curves: readonly Float64Array[]): Int32Array {
  return nearest(points, curves).labels;
}

function nearest({ values, width }: Points, curves: readonly Float64Array[]): NearestRows {
  const flat = new Float64Array(curves.length * width);
  curves.forEach((curve, k) => {
    flat.set(curve, k * width);
  });
  const found = nearestRows(values.length / width);
  findNearest(values, flat, width, found);
  return found;
}

/** Rows of the matrix by their numbers. */
export function pointsAt({ values, width }: Points, rows: readonly number[]): Points {
  return { values: pickRows(values, width, rows), width };
}

/**
 * Rows far from one another, by their numbers: each drawn by what it still costs, the first by its
 * weight alone.
 */
function spread(
  { values, width }: Points,
  weights: Float64Array,
  { count, loss, seed }: { count: number; loss: Loss; seed: number },
  start: number,
): number[] {
  const drawn: number[] = [];
  const least = new Float64Array(weights.length).fill(Infinity);
  let chances = weights;
  while (drawn.length < count) {
    const random = randomUniform(seed, Stream.schools, start, drawn.length);
    const row = fallsOn(chances, random);
    drawn.push(row);
    if (drawn.length === count) break;
    const curve = values.subarray(row * width, (row + 1) * width);
    const found = nearestRows(weights.length);
    findNearest(values, curve, width, found);
    found.squares.forEach((squares, i) => {
      least[i] = Math.min(least[i] ?? 0, squares);
    });
    chances = least.map((squares, i) => (weights[i] ?? 0) * loss.cost(Math.sqrt(squares / width)));
  }
  return drawn;
}

/** The index that a random number in [0, 1) falls on, where each has a part of that chance. */
function fallsOn(chances: Float64Array, random: number): number {
  let left = random * chances.reduce((sum, chance) => sum + chance, 0);
  const found = chances.findIndex((chance) => (left -= chance) < 0);
  return Math.max(0, found);
}

/** Whose a round's draws are: of each row its centre, and how strongly it draws that. */
interface Draws {
  /** [rows] */
  readonly labels: Int32Array;
  /** 0 or more, [rows] */
  readonly strengths: Float64Array;
}

/** @param start numbers of the rows that the centres begin on */
function settle(
  { values, width }: Points,
  weights: Float64Array,
  { cost, pull }: Loss,
  start: readonly number[],
): Centres {
  const rows = weights.length;
  const total = sumOf(weights);
  // Thousands of rounds are run for a word, so what each needs is made once: this round's draws are
  // written over those of the round before the last.
  let curves = new Float64Array(start.length * width);
  let spare = new Float64Array(start.length * width);
  start.forEach((row, k) => {
    curves.set(values.subarray(row * width, (row + 1) * width), k * width);
  });
  let draws: Draws = nothingDrawn(rows);
  let next: Draws = nothingDrawn(rows);
  /** Shares of the centres that no row was drawn to in the last round: where they stay. */
  const kept: (Float64Array | null)[] = start.map((row) =>
    new Float64Array(rows).fill(1, row, row + 1),
  );
  const sums = new Float64Array(start.length);
  const found = nearestRows(rows);
  const { labels, squares } = found;
  let before = Infinity;
  let moved = Infinity;
  for (let round = 0; ; round++) {
    findNearest(values, curves, width, found, moved);
    let now = 0;
    sums.fill(0);
    for (let row = 0; row < rows; row++) {
      const weight = weights[row] ?? 0;
      const distance = Math.sqrt((squares[row] ?? 0) / width);
      const label = labels[row] ?? 0;
      const strength = weight * pull(distance);
      now += weight * cost(distance);
      sums[label] = (sums[label] ?? 0) + strength;
      next.labels[row] = label;
      next.strengths[row] = strength;
    }
    now /= total;
    if (before - now < LEAST_GAIN || round === ROUNDS) {
      return {
        shares: kept.map((of, k) => of ?? sharesOf(draws, k)),
        curves: kept.map((_, k) => curves.slice(k * width, (k + 1) * width)),
        cost: now,
      };
    }
    before = now;
    mixtures(values, width, next, sums, spare);
    for (let k = 0; k < start.length; k++) {
      if ((sums[k] ?? 0) > 0) {
        kept[k] = null;
        continue;
      }
      kept[k] ??= sharesOf(draws, k);
      spare.set(curves.subarray(k * width, (k + 1) * width), k * width);
    }
    [draws, next] = [next, draws];
    [curves, spare] = [spare, curves];
    moved = farthestMove(curves, spare, width);
  }
}

/** The largest distance between two curves of one number, as the root of a sum of squares. */
function farthestMove(curves: Float64Array, before: Float64Array, width: number): number {
  let most = 0;
  for (let from = 0; from < curves.length; from += width) {
    let sum = 0;
    for (let i = from; i < from + width; i++) sum += ((curves[i] ?? 0) - (before[i] ?? 0)) ** 2;
    most = Math.max(most, sum);
  }
  return Math.sqrt(most);
}

function nothingDrawn(rows: number): Draws {
  return { labels: new Int32Array(rows), strengths: new Float64Array(rows) };
}

function sumOf(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}

/** A centre's draws as parts of a whole, [rows]. */
function sharesOf({ labels, strengths }: Draws, centre: number): Float64Array {
  const own = strengths.map((strength, row) => (labels[row] === centre ? strength : 0));
  const sum = sumOf(own);
  return own.map((strength) => strength / sum);
}

/**
 * Writes the mixture of each centre's rows, [count, width].
 *
 * @param sums of each centre's draws, [count]
 */
function mixtures(
  values: Float64Array,
  width: number,
  { labels, strengths }: Draws,
  sums: Float64Array,
  mixed: Float64Array,
): void {
  mixed.fill(0);
  const drawn = new Int32Array(labels.length);
  const shares = new Float64Array(labels.length);
  for (let k = 0; k < sums.length; k++) {
    let count = 0;
    for (let row = 0; row < labels.length; row++) {
      const strength = strengths[row] ?? 0;
      if (labels[row] !== k || strength === 0) continue;
      drawn[count] = row;
      shares[count] = strength / (sums[k] ?? 1);
      count++;
    }
    addRows(mixed, k * width, { values, width }, drawn.subarray(0, count), shares);
  }
}

/** Σ share · row, [width]. */
export function mixture(points: Points, shares: Float64Array): Float64Array {
  const curve = new Float64Array(points.width);
  addRows(curve, 0, points, Int32Array.from(shares.keys()), shares);
  return curve;
}

/** Adds share · row, row by row. @param shares of the rows by their place in `rows` */
function addRows(
  sum: Float64Array,
  to: number,
  { values, width }: Points,
  rows: Int32Array,
  shares: Float64Array,
): void {
  let at = 0;
  // Four at a time, so that the sum is read and written a quarter as often; their order is the same.
  for (; at + 4 <= rows.length; at += 4) {
    const a = (rows[at] ?? 0) * width;
    const b = (rows[at + 1] ?? 0) * width;
    const c = (rows[at + 2] ?? 0) * width;
    const d = (rows[at + 3] ?? 0) * width;
    const first = shares[at] ?? 0;
    const second = shares[at + 1] ?? 0;
    const third = shares[at + 2] ?? 0;
    const fourth = shares[at + 3] ?? 0;
    for (let i = 0; i < width; i++) {
      const two = (sum[to + i] ?? 0) + first * (values[a + i] ?? 0) + second * (values[b + i] ?? 0);
      sum[to + i] = two + third * (values[c + i] ?? 0) + fourth * (values[d + i] ?? 0);
    }
  }
  for (; at < rows.length; at++) {
    const from = (rows[at] ?? 0) * width;
    const share = shares[at] ?? 0;
    for (let i = 0; i < width; i++) {
      sum[to + i] = (sum[to + i] ?? 0) + share * (values[from + i] ?? 0);
    }
  }
}
