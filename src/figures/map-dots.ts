/** A map's points on the screen: where they lie, and what they look like to whoever draws many of them. */

/** A map on a canvas. */
export interface Frame {
  /** CSS pixels. */
  readonly width: number;
  readonly height: number;
  /** Map units in the middle, and CSS pixels of one: the same for both axes, so that distances are comparable. */
  readonly centre: readonly [number, number];
  readonly scale: number;
  /** How far from the border points are kept, in CSS pixels; null where what lies outside is not drawn. */
  readonly edge: number | null;
}

/** From map units to CSS pixels right of and below the canvas's upper left corner. */
export function placesIn(frame: Frame): (x: number, y: number) => [number, number] {
  const { width, height, centre, scale, edge } = frame;
  const inside = (at: number, size: number): number =>
    edge === null ? at : Math.max(edge, Math.min(size - edge, at));
  return (x, y) => [
    inside(width / 2 + (x - centre[0]) * scale, width),
    inside(height / 2 - (y - centre[1]) * scale, height),
  ];
}

/** Numbers of a point's colour, and of its kind. */
export const CHANNELS = 4;
export const KINDS = 2;

/** Colour and kind of each row. */
export interface DotLooks {
  /** Red, green, blue and opacity from 0 to 255, [rows, 4]. */
  readonly colours: Uint8Array;
  /** As 255, whether it is hollow and whether it stands out, [rows, 2]. */
  readonly kinds: Uint8Array;
}
