/** What the map draws: points on their way from one frame to the next, and a steady scale. */
import type { ApartMap } from '../../src/explore/apart-map';
import { drawnApart, type WordPull } from '../../src/explore/draw-apart';
import type { ModelDocument, ModelMap } from '../../src/model/model';

/** Room around the points, as a share of the extent. */
const MARGIN = 1.12;
/** The scale follows shrinking clouds by this share a frame, and growing ones at once. */
const SHRINK = 0.06;

/** A model's map as it is drawn. */
export interface DrawnMap extends ModelMap {
  /** What draws its words apart; null where nothing does. */
  readonly pull: WordPull | null;
}

/** The model's own map, or that with its words drawn apart. */
export function drawnMap(map: ModelMap, apart: ApartMap | null): DrawnMap {
  return apart === null ? { ...map, pull: null } : { ...map, ...apart };
}

/** How far the points reach from the origin, in map units: [across, up]. */
export type Extent = readonly [number, number];

/** Half the sides of the rectangle that holds every point. */
export function extentOf(points: Float32Array): Extent {
  const extent: [number, number] = [0, 0];
  points.forEach((value, i) => {
    const axis = i % 2 === 0 ? 0 : 1;
    extent[axis] = Math.max(extent[axis], Math.abs(value) * MARGIN);
  });
  return extent;
}

/** The next extent: grows at once so that no point leaves, shrinks slowly so that axes hold. */
export function steadyExtent(previous: Extent | null, wanted: Extent): Extent {
  const next = (axis: 0 | 1): number => {
    const before = previous?.[axis] ?? 0;
    const size = Math.max(wanted[axis], 1e-6);
    return size > before ? size : before + SHRINK * (size - before);
  };
  return [next(0), next(1)];
}

/** Where a latent is on the map, in map units. */
export type Locate = (latent: readonly number[]) => [number, number];

/** Where each word's centroid lies on the map; null for a word without one. */
export function centroidPoints(
  document: ModelDocument,
  locate: Locate,
): readonly ([number, number] | null)[] {
  return document.words.map(({ centroid }) => (centroid === null ? null : locate(centroid)));
}

/** Where a latent lies on the map. */
export function pointOf(
  latent: readonly number[],
  { origin, axes, pull }: Pick<DrawnMap, 'origin' | 'axes' | 'pull'>,
): [number, number] {
  let x = 0;
  let y = 0;
  const place = pull === null ? latent : drawnApart(latent, pull);
  place.forEach((value, i) => {
    const offset = value - (origin[i] ?? 0);
    x += (axes[i] ?? 0) * offset;
    y += (axes[origin.length + i] ?? 0) * offset;
  });
  return [x, y];
}

/** A point or an extent a share of the way from `from` to `to`. */
export function pairBetween(
  from: readonly [number, number],
  to: readonly [number, number],
  share: number,
): [number, number] {
  return [from[0] + share * (to[0] - from[0]), from[1] + share * (to[1] - from[1])];
}

/**
 * How far in map units points and extent must have gone for a point to have gone a share of its way on
 * the screen: where a small map becomes a large one, most of that is at the end.
 */
export function shareOnScreen(from: Extent, to: Extent, share: number): number {
  const [before, after] = [Math.max(...from), Math.max(...to)];
  return (share * before) / (share * before + (1 - share) * after);
}

/** Points a share of the way from `from` to `to`; `to` itself where they do not match. */
export function between(from: Float32Array | null, to: Float32Array, share: number): Float32Array {
  if (from?.length !== to.length || share >= 1) return to;
  return to.map((value, i) => (from[i] ?? 0) + share * (value - (from[i] ?? 0)));
}
