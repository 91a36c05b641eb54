/** What the map draws: points on their way from one frame to the next, and a steady scale. */
import type { ApartMap } from '../../src/explore/apart-map';
import { drawnApart, type WordPull } from '../../src/explore/draw-apart';
import type { ModelDocument, ModelMap } from '../../src/model/model';

/** Room around the points, as a share of the extent. */
const MARGIN = 1.25;
/** From so many points on the graphics card draws them, or where there is none a worker. */
const MANY_POINTS = 5000;
/** Share of the points that the frame is fitted to: a few outliers must not shrink the rest. */
const FRAMED = 0.98;
/** Of more points so many are looked at. */
const LOOKED_AT = 4096;
/** The scale follows shrinking clouds by this share a frame, and growing ones at once. */
const SHRINK = 0.06;

/** Whether a map has so many points that they are drawn elsewhere, and that a pointer passes many. */
export function hasMany(map: Pick<ModelMap, 'labels'> | null): boolean {
  return map !== null && map.labels.length >= MANY_POINTS;
}

/** A model's map as it is drawn. */
export interface DrawnMap extends ModelMap {
  /** What draws its words apart; null where nothing does. */
  readonly pull: WordPull | null;
  /** Where the words lie, which the frame is fitted to where there are no rows; else left out. */
  readonly places?: Float32Array;
}

/** A map without rows, as links bring it, is as large as its words' places need. */
export function withPlaces(map: DrawnMap, document: ModelDocument): DrawnMap {
  if (map.points.length > 0) return map;
  const places = centroidPoints(document, (latent) => pointOf(latent, map));
  return { ...map, places: Float32Array.from(places.flatMap((place) => place ?? [])) };
}

/** What the frame of a map is fitted to. */
export function framedPoints({ points, places = points }: DrawnMap): Float32Array {
  return places;
}

/** The model's own map, or that with its words drawn apart. */
export function drawnMap(map: ModelMap, apart: ApartMap | null): DrawnMap {
  return apart === null ? { ...map, pull: null } : { ...map, ...apart };
}

/** How far the points reach from the origin, in map units: [across, up]. */
export type Extent = readonly [number, number];

/** Half the sides of the rectangle that holds {@link FRAMED} of the points along each axis, with room. */
export function extentOf(points: Float32Array): Extent {
  const rows = points.length / 2;
  const stride = Math.max(1, Math.floor(rows / LOOKED_AT));
  const along = (axis: 0 | 1): number => {
    const reach = Float32Array.from({ length: Math.ceil(rows / stride) }, (_, i) =>
      Math.abs(points[2 * i * stride + axis] ?? 0),
    ).sort();
    return MARGIN * (reach[Math.ceil(FRAMED * (reach.length - 1))] ?? 0);
  };
  return [along(0), along(1)];
}

/** How far the farthest of the points is from the origin, along each axis. */
export function farthestOf(points: Float32Array): Extent {
  const along = (axis: 0 | 1): number => {
    let most = 0;
    for (let i = axis; i < points.length; i += 2) most = Math.max(most, Math.abs(points[i] ?? 0));
    return most;
  };
  return [along(0), along(1)];
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

/** The middle of each word's points; null for a word without any. */
export function meanPoints(
  points: Float32Array,
  labels: ArrayLike<number>,
  words: number,
): readonly ([number, number] | null)[] {
  const sums = Array.from({ length: words }, () => ({ x: 0, y: 0, rows: 0 }));
  for (let row = 0; row < labels.length; row++) {
    const sum = sums[labels[row] ?? 0];
    if (sum === undefined) continue;
    sum.x += points[2 * row] ?? 0;
    sum.y += points[2 * row + 1] ?? 0;
    sum.rows++;
  }
  return sums.map(({ x, y, rows }) => (rows === 0 ? null : [x / rows, y / rows]));
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

/**
 * The row whose point is nearest to a place, where one is within reach.
 *
 * @param points [rows, 2]
 */
export function rowNear(
  points: Float32Array,
  [x, y]: readonly [number, number],
  reach: number,
): number | null {
  let nearest: number | null = null;
  let best = reach ** 2;
  for (let row = 0; 2 * row < points.length; row++) {
    const distance = ((points[2 * row] ?? 0) - x) ** 2 + ((points[2 * row + 1] ?? 0) - y) ** 2;
    if (distance < best) {
      best = distance;
      nearest = row;
    }
  }
  return nearest;
}
