/** What the page tells the thread that paints a map's points; each picture is answered once it is painted. */
import type { DotLooks } from '../../src/figures/map-dots';
import type { DotsManner } from '../../src/figures/paint-dots';

/** A picture; what has not changed since the one before is left out. */
export interface DotsMessage extends DotsManner {
  /** Once. */
  readonly canvas?: OffscreenCanvas;
  /** Map units, [rows, 2]. */
  readonly points?: Float32Array;
  readonly looks?: DotLooks;
}
