/** Which part of the map is looked at. All in map units. */

export interface MapZoom {
  /** 1: the whole frame. */
  readonly factor: number;
  /** What lies in the middle. */
  readonly centre: readonly [number, number];
}

export const WHOLE_MAP: MapZoom = { factor: 1, centre: [0, 0] };

const NEAREST = 40;

/**
 * Nearer or farther, so that what lies at a place stays there; the whole map again from 1 down.
 *
 * @param by above 1: nearer
 */
export function zoomedAt(
  { factor, centre }: MapZoom,
  by: number,
  [x, y]: readonly [number, number],
): MapZoom {
  const next = Math.min(NEAREST, factor * by);
  if (!(next > 1)) return WHOLE_MAP;
  const share = factor / next;
  return { factor: next, centre: [x + (centre[0] - x) * share, y + (centre[1] - y) * share] };
}

/**
 * With another middle, so far from the one before; the whole map has but one.
 *
 * @param reach how far the middle may lie from the origin, along each axis
 */
export function movedBy(
  zoom: MapZoom,
  [x, y]: readonly [number, number],
  reach: readonly [number, number],
): MapZoom {
  if (zoom.factor === 1) return zoom;
  const within = (at: number, most: number): number => Math.max(-most, Math.min(most, at));
  return {
    factor: zoom.factor,
    centre: [within(zoom.centre[0] + x, reach[0]), within(zoom.centre[1] + y, reach[1])],
  };
}
