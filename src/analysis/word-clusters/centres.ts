/** A few curves that stand for many. */
import { pickRows } from '../../math/pick-rows';
import { randomUniform, Stream } from '../../math/threefry';

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

/** Distance of every row to its nearest curve, [rows]. */
export function nearestDistances(points: Points, curves: readonly Float64Array[]): Float64Array {
  return nearest(points, curves).distances;
}

/** Index of every row's nearest curve, the first of equals, [rows]. */
export function nearestCurves(points: Points, curves: readonly Float64Array[]): Int32Array {
  return nearest(points, curves).labels;
}

/** Rows of the matrix by their numbers. */
export function pointsAt({ values, width }: Points, rows: readonly number[]): Points {
  return { values: pickRows(values, width, rows), width };
}

/**
 * Rows far from one another, as shares: each drawn by what it still costs, the first by its weight
 * alone.
 */
function spread(
  points: Points,
  weights: Float64Array,
  { count, loss, seed }: { count: number; loss: Loss; seed: number },
  start: number,
): Float64Array[] {
  const rows = weights.length;
  const shares: Float64Array[] = [];
  let chances = weights;
  while (shares.length < count) {
    const random = randomUniform(seed, Stream.schools, start, shares.length);
    shares.push(new Float64Array(rows).fill(1, ...only(drawn(chances, random))));
    const curves = shares.map((of) => mixture(points, of));
    chances = nearestDistances(points, curves).map((d, i) => (weights[i] ?? 0) * loss.cost(d));
  }
  return shares;
}

/** From and to of a range of one. */
const only = (index: number): [number, number] => [index, index + 1];

/** The index that a random number in [0, 1) falls on, where each has a part of that chance. */
function drawn(chances: Float64Array, random: number): number {
  let left = random * chances.reduce((sum, chance) => sum + chance, 0);
  const found = chances.findIndex((chance) => (left -= chance) < 0);
  return Math.max(0, found);
}

function settle(
  points: Points,
  weights: Float64Array,
  { cost, pull }: Loss,
  start: readonly Float64Array[],
): Centres {
  const rows = weights.length;
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let centres = start.map((draws) => ({ curve: mixture(points, draws), draws }));
  // Thousands of rounds are run for a word, so what each needs is made once: this round's draws are
  // written beside the last one's, and the two change places.
  const found = { labels: new Int32Array(rows), distances: new Float64Array(rows) };
  const { labels, distances } = found;
  let drawn = start.map(() => new Float64Array(rows));
  let spare = start.map(() => new Float64Array(rows));
  let before = Infinity;
  for (let round = 0; ; round++) {
    const curves = centres.map(({ curve }) => curve);
    findNearest(points, curves, found);
    let now = 0;
    for (let row = 0; row < rows; row++) {
      now += (weights[row] ?? 0) * cost(distances[row] ?? 0);
    }
    now /= total;
    if (before - now < LEAST_GAIN || round === ROUNDS) {
      return { shares: centres.map(({ draws }) => shared(draws)), curves, cost: now };
    }
    before = now;
    for (const draws of drawn) draws.fill(0);
    for (let row = 0; row < rows; row++) {
      const of = drawn[labels[row] ?? 0];
      if (of !== undefined) of[row] = (weights[row] ?? 0) * pull(distances[row] ?? 0);
    }
    centres = centres.map(({ curve, draws: last }, k) => {
      const draws = drawn[k] ?? last;
      // One that no row is drawn to stays where it is.
      if (!draws.some((draw) => draw > 0)) return { curve, draws: last.slice() };
      return { curve: mixture(points, draws, sumOf(draws)), draws };
    });
    [drawn, spare] = [spare, drawn];
  }
}

function sumOf(draws: Float64Array): number {
  let sum = 0;
  for (const draw of draws) sum += draw;
  return sum;
}

/** Parts of a whole: the same numbers, 1 together. */
function shared(draws: Float64Array): Float64Array {
  const sum = sumOf(draws);
  return draws.map((draw) => draw / sum);
}

/** Σ share · row, [width]. @param whole what the shares come to, where that is not 1 */
export function mixture({ values, width }: Points, shares: Float64Array, whole = 1): Float64Array {
  const curve = new Float64Array(width);
  for (let row = 0; row < shares.length; row++) {
    const share = (shares[row] ?? 0) / whole;
    if (share === 0) continue;
    for (let i = 0; i < width; i++) {
      curve[i] = (curve[i] ?? 0) + share * (values[row * width + i] ?? 0);
    }
  }
  return curve;
}

interface Nearest {
  /** Number of every row's nearest curve, the first of equals, [rows]. */
  readonly labels: Int32Array;
  /** Its distance, log-spectral, in dB, [rows]. */
  readonly distances: Float64Array;
}

function nearest(points: Points, curves: readonly Float64Array[]): Nearest {
  const rows = points.values.length / points.width;
  const found = { labels: new Int32Array(rows), distances: new Float64Array(rows) };
  findNearest(points, curves, found);
  return found;
}

/** Writes every row's nearest curve into `found`. */
function findNearest(
  { values, width }: Points,
  curves: readonly Float64Array[],
  { labels, distances }: Nearest,
): void {
  for (let row = 0; row < distances.length; row++) {
    let least = Infinity;
    labels[row] = 0;
    for (let k = 0; k < curves.length; k++) {
      const curve = curves[k];
      if (curve === undefined) continue;
      const sum = squares(values, row * width, curve, least);
      if (sum < least) {
        least = sum;
        labels[row] = k;
      }
    }
    distances[row] = Math.sqrt(least / width);
  }
}

/** Numbers after which a sum is looked at. */
const LOOK = 8;

/** Σ (value − curve)² over a row; something above `limit` as soon as it is seen to pass that. */
function squares(values: Float64Array, from: number, curve: Float64Array, limit: number): number {
  let sum = 0;
  for (let start = 0; start < curve.length && sum < limit; start += LOOK) {
    const end = Math.min(start + LOOK, curve.length);
    for (let i = start; i < end; i++) sum += ((values[from + i] ?? 0) - (curve[i] ?? 0)) ** 2;
  }
  return sum;
}
