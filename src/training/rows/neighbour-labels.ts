/** The words that rows have in the ears of their neighbours. */
import type { EqSetting } from '../../eq/parameters';
import { principalComponents } from '../../math/principal-components';
import { SampleOf, sampleRows } from '../../math/sample-rows';
import { GRID_POINTS, gridResponses, type ResponsesOf } from '../../eq/response-grid';

/** Training rows that have a vote at most, so that a row's cost does not grow with their number. */
export const MOST_VOTERS = 4000;

/** Who votes on whom. */
export interface Electorate {
  /** Of all rows, the training rows first. */
  readonly settings: readonly EqSetting[];
  /** Index of each training row's word, [training rows]. */
  readonly labels: Int32Array;
  /**
   * How many of the nearest training rows, by level-free response curves, have a say; all where there
   * are fewer. Of very many training rows {@link MOST_VOTERS} are drawn to be neighbours at all. A
   * training row is its own nearest.
   */
  readonly neighbours: number;
  /** Computes the responses. */
  readonly responsesOf?: ResponsesOf;
}

/**
 * The word that most of a row's nearest training rows have; of words equally frequent among them, that
 * of the nearest row.
 *
 * People disagree about words, and a model that learns each row's own word learns their slips by
 * heart. The vote of the neighbours is what the data can tell of a word, and there is one for
 * settings to which nobody gave a word.
 *
 * @returns [rows]
 */
export function neighbourLabels(electorate: Electorate): Int32Array {
  const labels = new Int32Array(electorate.settings.length);
  vote(electorate, (row, words) => {
    labels[row] = mostFrequent(words);
  });
  return labels;
}

/**
 * Which share of a row's nearest training rows has each word; the same as {@link neighbourLabels}, but
 * with all that the neighbours disagree about.
 *
 * @returns [rows, words]
 */
export function neighbourVotes(electorate: Electorate, words: number): Float32Array {
  const votes = new Float32Array(electorate.settings.length * words);
  vote(electorate, (row, nearest) => {
    for (const word of nearest) {
      const at = row * words + word;
      votes[at] = (votes[at] ?? 0) + 1 / nearest.length;
    }
  });
  return votes;
}

/**
 * Goes from each row outward along the direction in which the voters vary most, and no further than the
 * farthest of the nearest found so far: what differs more in one direction is farther away. A few more
 * such directions tell of most others that they are too far, before all 64 points are compared.
 *
 * @param count gets each row's number and the words of its neighbours, the nearest first
 */
function vote(
  { settings, labels, neighbours, responsesOf = gridResponses }: Electorate,
  count: (row: number, words: Int32Array) => void,
): void {
  const curves = levelFree(responsesOf(settings));
  const known = sampleRows([...labels.keys()], MOST_VOTERS, SampleOf.voters);
  const along = alongAxes(curves, known);
  const voters = known.toSorted((a, b) => (along[a * AXES] ?? 0) - (along[b * AXES] ?? 0));
  const places = Float64Array.from(voters, (row) => along[row * AXES] ?? 0);
  const most = Math.min(neighbours, voters.length);
  const nearest = new Float64Array(most);
  const words = new Int32Array(most);
  const ask = (row: number, other: number): void => {
    const farthest = nearest[most - 1] ?? 0;
    if (squaredDistance(along, AXES, row, other, farthest) >= farthest) return;
    const distance = squaredDistance(curves, GRID_POINTS, row, other, farthest);
    if (distance >= farthest) return;
    let place = most - 1;
    for (; place > 0 && distance < (nearest[place - 1] ?? 0); place--) {
      nearest[place] = nearest[place - 1] ?? 0;
      words[place] = words[place - 1] ?? 0;
    }
    nearest[place] = distance;
    words[place] = labels[other] ?? 0;
  };
  for (const row of settings.keys()) {
    nearest.fill(Infinity);
    const own = along[row * AXES] ?? 0;
    let above = firstFrom(places, own);
    let below = above - 1;
    for (;;) {
      const up = (places[above] ?? Infinity) - own;
      const down = own - (places[below] ?? -Infinity);
      const apart = Math.min(up, down);
      if (apart === Infinity || apart ** 2 >= (nearest[most - 1] ?? 0)) break;
      ask(row, voters[up <= down ? above++ : below--] ?? 0);
    }
    count(row, words);
  }
}

/** Directions that tell most of how far apart curves are. */
const AXES = 6;

/** A hair less than 1: distances along the axes are rounded otherwise than those of curves. */
const SLACK = 1 - 1e-6;

/** How far curves lie along the directions in which the given rows vary most, [rows, AXES]. */
function alongAxes(curves: Float32Array, rows: readonly number[]): Float64Array {
  const chosen = new Float32Array(rows.length * GRID_POINTS);
  rows.forEach((row, i) => {
    const start = row * GRID_POINTS;
    chosen.set(curves.subarray(start, start + GRID_POINTS), i * GRID_POINTS);
  });
  const { axes } = principalComponents(chosen, GRID_POINTS, AXES);
  const along = new Float64Array((curves.length / GRID_POINTS) * AXES);
  for (let row = 0; row < along.length / AXES; row++) {
    axes.forEach((axis, k) => {
      let sum = 0;
      for (let i = 0; i < axis.length; i++) {
        sum += (axis[i] ?? 0) * (curves[row * GRID_POINTS + i] ?? 0);
      }
      along[row * AXES + k] = sum * SLACK;
    });
  }
  return along;
}

/** Number of the first of the ascending places that is not below `least`; their count if all are. */
function firstFrom(places: Float64Array, least: number): number {
  let [low, high] = [0, places.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((places[middle] ?? 0) < least) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The first of the words that are most frequent. */
function mostFrequent(words: Int32Array): number {
  const counts = new Map<number, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  const most = Math.max(...counts.values());
  return words.find((word) => counts.get(word) === most) ?? -1;
}

function levelFree(curves: Float32Array): Float32Array {
  return curves.map((db, at) => {
    const start = at - (at % GRID_POINTS);
    let sum = 0;
    for (let i = start; i < start + GRID_POINTS; i++) sum += curves[i] ?? 0;
    return db - sum / GRID_POINTS;
  });
}

/** Of two rows, or any larger number once that is known to be above `most`. */
function squaredDistance(
  values: Float32Array | Float64Array,
  columns: number,
  a: number,
  b: number,
  most: number,
): number {
  const [first, second] = [a * columns, b * columns];
  let sum = 0;
  for (let i = 0; i < columns && sum <= most; i++) {
    sum += ((values[first + i] ?? 0) - (values[second + i] ?? 0)) ** 2;
  }
  return sum;
}
