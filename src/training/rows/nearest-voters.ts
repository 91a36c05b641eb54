/** Which of the training rows lie nearest to a row, by level-free response curves. */
import { GRID_POINTS } from '../../eq/response-grid';
import { firstAtLeast } from '../../math/first-at-least';
import { principalComponents } from '../../math/principal-components';

/** Directions that tell most of how far apart curves are. */
const AXES = 6;

/** A hair less than 1: distances along the axes are rounded otherwise than those of curves. */
const SLACK = 1 - 1e-6;

/** Finds a row's nearest voters exactly; of those equally far, the ones that it comes upon first. */
export class NearestVoters {
  /** Response curves in dB of all rows, [rows, 64]. */
  readonly #curves: Float32Array;
  /** Row numbers of the voters, by their place along the first axis. */
  readonly #voters: readonly number[];
  /** Of the voters: that place; places along all axes, [voters, AXES]; level-free curves, [voters, 64]. */
  readonly #places: Float64Array;
  readonly #along: Float64Array;
  readonly #levelFree: Float32Array;
  readonly #axes: readonly Float64Array[];
  /** How many are found for a row. */
  readonly #most: number;
  /** Of the row that is looked for: level-free curve, places along the axes, what is found so far. */
  readonly #curve = new Float32Array(GRID_POINTS);
  readonly #own = new Float64Array(AXES);
  readonly #distances: Float64Array;
  readonly #found: Int32Array;

  /**
   * @param curves response curves in dB of all rows that may be asked about, [rows, 64]
   * @param voters numbers of the rows among which neighbours are looked for
   * @param most how many are looked for, or all where there are fewer
   */
  constructor(curves: Float32Array, voters: readonly number[], most: number) {
    this.#curves = curves;
    const levelFree = new Float32Array(voters.length * GRID_POINTS);
    const inOrderGiven = voters.map((row, i) => {
      const curve = levelFree.subarray(i * GRID_POINTS, (i + 1) * GRID_POINTS);
      takeLevel(curves, row, curve);
      return { row, curve };
    });
    this.#axes = principalComponents(levelFree, GRID_POINTS, AXES).axes;
    const sorted = inOrderGiven
      .map((voter) => {
        const along = new Float64Array(AXES);
        placeAlong(this.#axes, voter.curve, along);
        return { ...voter, along };
      })
      .toSorted((a, b) => (a.along[0] ?? 0) - (b.along[0] ?? 0));
    this.#voters = sorted.map(({ row }) => row);
    this.#places = Float64Array.from(sorted, ({ along }) => along[0] ?? 0);
    this.#along = new Float64Array(voters.length * AXES);
    this.#levelFree = new Float32Array(levelFree.length);
    sorted.forEach(({ along, curve }, i) => {
      this.#along.set(along, i * AXES);
      this.#levelFree.set(curve, i * GRID_POINTS);
    });
    this.#most = Math.min(most, voters.length);
    this.#distances = new Float64Array(this.#most);
    this.#found = new Int32Array(this.#most);
  }

  /**
   * Goes from the row outward along the direction in which the voters vary most, and no further than
   * the farthest of the nearest can be: what differs more in one direction is farther away. A few
   * more such directions tell of most others that they are too far, before all 64 points are
   * compared.
   *
   * @returns row numbers of the nearest voters, the nearest first; valid until the next call
   */
  of(row: number): Int32Array {
    takeLevel(this.#curves, row, this.#curve);
    placeAlong(this.#axes, this.#curve, this.#own);
    this.#distances.fill(Infinity);
    const places = this.#places;
    const own = this.#own[0] ?? 0;
    let above = firstAtLeast(places, own);
    let below = above - 1;
    for (;;) {
      const up = (places[above] ?? Infinity) - own;
      const down = own - (places[below] ?? -Infinity);
      const apart = Math.min(up, down);
      if (apart === Infinity || apart ** 2 >= (this.#distances[this.#most - 1] ?? 0)) break;
      this.#ask(up <= down ? above++ : below--);
    }
    return this.#found;
  }

  #ask(voter: number): void {
    const farthest = this.#distances[this.#most - 1] ?? 0;
    let sum = 0;
    for (let k = 0; k < AXES; k++) {
      sum += ((this.#own[k] ?? 0) - (this.#along[voter * AXES + k] ?? 0)) ** 2;
    }
    if (sum >= farthest) return;
    const distance = this.#squaredDistance(voter, farthest);
    if (distance >= farthest) return;
    const place = insert(this.#distances, distance);
    this.#found.copyWithin(place + 1, place, this.#most - 1);
    this.#found[place] = this.#voters[voter] ?? 0;
  }

  /** From the row that is looked for, or any larger number once that is known to be above `most`. */
  #squaredDistance(voter: number, most: number): number {
    const curve = this.#curve;
    const others = this.#levelFree;
    const start = voter * GRID_POINTS;
    let sum = 0;
    for (let i = 0; i < GRID_POINTS && sum <= most; i++) {
      sum += ((curve[i] ?? 0) - (others[start + i] ?? 0)) ** 2;
    }
    return sum;
  }
}

/** Puts a value into ascending ones, the last of which goes; behind those that equal it. @returns where */
function insert(ascending: Float64Array, value: number): number {
  let place = ascending.length - 1;
  for (; place > 0 && value < (ascending[place - 1] ?? 0); place--) {
    ascending[place] = ascending[place - 1] ?? 0;
  }
  ascending[place] = value;
  return place;
}

/** A row's curve without its mean. */
function takeLevel(curves: Float32Array, row: number, to: Float32Array): void {
  const start = row * GRID_POINTS;
  let sum = 0;
  for (let i = 0; i < GRID_POINTS; i++) sum += curves[start + i] ?? 0;
  for (let i = 0; i < GRID_POINTS; i++) to[i] = (curves[start + i] ?? 0) - sum / GRID_POINTS;
}

/** How far a curve lies along each axis. */
function placeAlong(axes: readonly Float64Array[], curve: Float32Array, to: Float64Array): void {
  axes.forEach((axis, k) => {
    let sum = 0;
    for (let i = 0; i < GRID_POINTS; i++) sum += (axis[i] ?? 0) * (curve[i] ?? 0);
    to[k] = sum * SLACK;
  });
}
