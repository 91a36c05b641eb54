/** Places on a map as whole steps of their extent, for files that must be small. */
import * as v from 'valibot';
import { numberWithin } from '../base/bounds';

/** Steps from one end of the extent to the other: more than a map on a screen has pixels across. */
export const LAST_STEP = 2 ** 10 - 1;
const FARTHEST = 1e9;

const place = numberWithin(-FARTHEST, FARTHEST);

/** Of each axis the lowest and the highest place. */
export const extentSchema = v.pipe(
  v.tuple([v.tuple([place, place]), v.tuple([place, place])]),
  v.check((axes) => axes.every(([low, high]) => low <= high), 'its extent is reversed'),
);
export type Extent = v.InferOutput<typeof extentSchema>;

/** What several maps span together; each is [rows, 2]. */
export function extentOf(maps: readonly Float32Array[]): Extent {
  return [axisExtent(maps, 0), axisExtent(maps, 1)];
}

/**
 * The step of one coordinate.
 *
 * @param i its place in [rows, 2]
 * @returns 0 to {@link LAST_STEP}
 */
export function stepOf(points: Float32Array, i: number, extent: Extent): number {
  const [low, high] = extent[i & 1] ?? [0, 0];
  return high > low ? Math.round((((points[i] ?? 0) - low) / (high - low)) * LAST_STEP) : 0;
}

/** Where steps lie, [rows, 2]. */
export function placesOf(steps: ArrayLike<number>, extent: Extent): Float32Array {
  const places = new Float32Array(steps.length);
  for (const axis of [0, 1]) {
    const [low, high] = extent[axis] ?? [0, 0];
    for (let i = axis; i < steps.length; i += 2) {
      places[i] = low + ((high - low) * (steps[i] ?? 0)) / LAST_STEP;
    }
  }
  return places;
}

function axisExtent(maps: readonly Float32Array[], axis: 0 | 1): [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (const points of maps) {
    for (let i = axis; i < points.length; i += 2) {
      low = Math.min(low, points[i] ?? low);
      high = Math.max(high, points[i] ?? high);
    }
  }
  return low <= high ? [low, high] : [0, 0];
}
