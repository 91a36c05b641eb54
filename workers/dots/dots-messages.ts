/** What the page tells the thread that paints a map's points; each picture is answered once it is painted. */
import type { Frame } from './places';

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

/** A picture; what has not changed since the one before is left out. */
export interface DotsMessage {
  /** Once. */
  readonly canvas?: OffscreenCanvas;
  /** Map units, [rows, 2]. */
  readonly points?: Float32Array;
  readonly looks?: DotLooks;
  /** Red, green and blue of the axes. */
  readonly line: readonly number[];
  readonly frame: Frame;
  /** Pixels of the screen to one of CSS. */
  readonly sharpness: number;
  /** Of a point, and of a hollow one's line, in CSS pixels. */
  readonly radius: number;
  readonly lineWidth: number;
}
