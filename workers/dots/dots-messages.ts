/** What the page tells the thread that paints a map's points; each picture is answered once it is painted. */
import type { DotLooks, Frame } from '../../src/figures/map-dots';

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
