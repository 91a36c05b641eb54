/** Which rows lie where on the map. Pure. */
import type { Extent } from './map-frame';
import { scaleOf, type MapView } from './map-view';
import { WHOLE_MAP, zoomedAt, type MapZoom } from './map-zoom';

type Place = readonly [number, number];

/**
 * The rows whose points lie inside a closed line; what it goes around twice is outside, as where a pen
 * crosses its own line.
 *
 * @param points [rows, 2]
 * @param line   its corners, in the points' units
 */
export function rowsInside(points: Float32Array, line: readonly Place[]): Uint32Array {
  const [left, right] = rangeOf(line.map(([x]) => x));
  const [low, high] = rangeOf(line.map(([, y]) => y));
  const rows: number[] = [];
  for (let row = 0; 2 * row < points.length; row++) {
    const x = points[2 * row] ?? 0;
    const y = points[2 * row + 1] ?? 0;
    if (x < left || x > right || y < low || y > high) continue;
    if (isInside(x, y, line)) rows.push(row);
  }
  return Uint32Array.from(rows);
}

function rangeOf(values: readonly number[]): [number, number] {
  return values.reduce<[number, number]>(
    ([least, most], value) => [Math.min(least, value), Math.max(most, value)],
    [Infinity, -Infinity],
  );
}

/** Whether a line to the right crosses the closed line an odd number of times. */
function isInside(x: number, y: number, line: readonly Place[]): boolean {
  let inside = false;
  let [fromX, fromY] = line.at(-1) ?? [0, 0];
  for (const [toX, toY] of line) {
    if (fromY > y !== toY > y && x < fromX + ((y - fromY) / (toY - fromY)) * (toX - fromX)) {
      inside = !inside;
    }
    [fromX, fromY] = [toX, toY];
  }
  return inside;
}

/**
 * The rows that lie nearest to a place; all, where there are not so many.
 *
 * @param points [rows, 2]
 */
export function rowsNearest(points: Float32Array, [x, y]: Place, count: number): Uint32Array {
  const distances = new Float64Array(points.length / 2);
  for (let row = 0; row < distances.length; row++) {
    distances[row] = ((points[2 * row] ?? 0) - x) ** 2 + ((points[2 * row + 1] ?? 0) - y) ** 2;
  }
  const farthest = distances.toSorted()[Math.min(count, distances.length) - 1] ?? -1;
  const rows = Uint32Array.from(distances.keys());
  const nearer = rows.filter((row) => (distances[row] ?? 0) < farthest);
  const equal = rows.filter((row) => distances[row] === farthest);
  return Uint32Array.of(...nearer, ...equal.subarray(0, count - nearer.length)).sort();
}

/**
 * How many points of each word can be seen. Where the whole map is looked at, those that lie outside
 * its frame are drawn at its edge, and count.
 *
 * @param points [rows, 2]
 * @param labels index of each row's word, [rows]
 */
export function countsInView(
  points: Float32Array,
  labels: ArrayLike<number>,
  words: number,
  view: MapView,
): number[] {
  const counts = new Array<number>(words).fill(0);
  const whole = view.zoom.factor === 1;
  const [x, y] = view.zoom.centre;
  const across = view.width / 2 / scaleOf(view);
  const up = view.height / 2 / scaleOf(view);
  for (let row = 0; row < labels.length; row++) {
    const seen =
      whole ||
      (Math.abs((points[2 * row] ?? 0) - x) <= across &&
        Math.abs((points[2 * row + 1] ?? 0) - y) <= up);
    const label = labels[row] ?? 0;
    if (seen) counts[label] = (counts[label] ?? 0) + 1;
  }
  return counts;
}

/** Share of a word's points that are looked at when it is; how much of the frame they fill. */
const MOST_POINTS = 0.9;
const FILLED = 0.7;

/**
 * The part of the map where most points of a word are.
 *
 * @param points [rows, 2]
 * @param labels index of each row's word, [rows]
 */
export function zoomOnWord(
  points: Float32Array,
  labels: ArrayLike<number>,
  label: number,
  extent: Extent,
): MapZoom {
  const along = (axis: 0 | 1) => {
    const own: number[] = [];
    for (let row = 0; row < labels.length; row++) {
      if (labels[row] === label) own.push(points[2 * row + axis] ?? 0);
    }
    own.sort((a, b) => a - b);
    const at = (share: number): number => own[Math.round(share * (own.length - 1))] ?? 0;
    const [low, high] = [at((1 - MOST_POINTS) / 2), at((1 + MOST_POINTS) / 2)];
    return { middle: (low + high) / 2, share: (high - low) / 2 / extent[axis] };
  };
  const [x, y] = [along(0), along(1)];
  const nearer = FILLED / Math.max(x.share, y.share, 0.1);
  const { factor } = zoomedAt(WHOLE_MAP, nearer, [0, 0]);
  return factor === 1 ? WHOLE_MAP : { factor, centre: [x.middle, y.middle] };
}
