/**
 * A run's map in a few hundred bytes: some of its points, so that the list of runs can be drawn
 * without loading a model. Three bytes a point: right, up, and its word.
 */
import { LONGEST_THUMBNAIL } from '../base/library-bounds';
import type { ModelMap } from '../model/model';

const BYTES_A_POINT = 3;
const MOST_POINTS = LONGEST_THUMBNAIL / BYTES_A_POINT;
const LAST_STEP = 255;
/** Of the points, the share on each side that may lie outside the picture's extent, at its border. */
const STRAY = 0.02;

export interface ThumbnailPoint {
  /** From the left and from the bottom, 0 to 1. */
  readonly x: number;
  readonly y: number;
  /** Index of its word among the run's. */
  readonly label: number;
}

/**
 * The thumbnail of a map: of every so many rows one, in a square that has the same scale along both
 * axes. Words beyond the 255th share a number.
 *
 * @returns null where the map has no rows
 */
export function thumbnailOf({
  points,
  labels,
}: Pick<ModelMap, 'points' | 'labels'>): Uint8Array<ArrayBuffer> | null {
  const rows = labels.length;
  const drawn = Math.min(rows, MOST_POINTS);
  if (drawn === 0) return null;
  const rowOf = (i: number): number => Math.floor((i * rows) / drawn);
  const along = (axis: 0 | 1): Float32Array =>
    Float32Array.from({ length: drawn }, (_, i) => points[2 * rowOf(i) + axis] ?? 0);
  const [across, up] = [along(0), along(1)];
  const extents = [extentOf(across), extentOf(up)] as const;
  const side = Math.max(...extents.map(([low, high]) => high - low));
  const steps = (values: Float32Array, [low, high]: Extent): number[] =>
    Array.from(values, (value) => {
      const share = side > 0 ? (value - (low + high) / 2) / side + 0.5 : 0.5;
      return Math.round(LAST_STEP * Math.max(0, Math.min(1, share)));
    });
  const [xs, ys] = [steps(across, extents[0]), steps(up, extents[1])];
  const bytes = new Uint8Array(drawn * BYTES_A_POINT);
  for (let i = 0; i < drawn; i++) {
    const label = Math.min(LAST_STEP, labels[rowOf(i)] ?? 0);
    bytes.set([xs[i] ?? 0, ys[i] ?? 0, label], i * BYTES_A_POINT);
  }
  return bytes;
}

/** The points of a thumbnail; what is left over of a damaged one's end is left out. */
export function thumbnailPoints(thumbnail: Uint8Array): ThumbnailPoint[] {
  return Array.from({ length: Math.floor(thumbnail.length / BYTES_A_POINT) }, (_, i) => {
    const [x = 0, y = 0, label = 0] = thumbnail.subarray(i * BYTES_A_POINT);
    return { x: x / LAST_STEP, y: y / LAST_STEP, label };
  });
}

type Extent = readonly [low: number, high: number];

/** From one stray share to the other, so that a few far points do not make a dot of all others. */
function extentOf(values: Float32Array): Extent {
  const sorted = values.toSorted();
  const stray = Math.floor(STRAY * sorted.length);
  return [sorted[stray] ?? 0, sorted[sorted.length - 1 - stray] ?? 0];
}
