/**
 * A map's points, painted pixel by pixel: where a processor draws, thousands of circles that move would
 * hold the page up in every frame.
 */
import { CHANNELS } from './map-dots';

/** A picture in the making, as a browser's ImageData has it. */
export interface Pixels {
  /** Red, green, blue and opacity from 0 to 255, row by row, [height, width, 4]. */
  readonly data: Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
}

/** Places between two pixels, along each axis, that a shape is painted at. */
const PHASES = 2;

/** How much of each pixel around a point's middle its shape covers. */
export interface Stamp {
  /** From the middle to the stamp's edge, in pixels. */
  readonly reach: number;
  /**
   * From 0 to 1, row by row, [(2 reach + 1)²]; one for each part of a pixel that the middle lies right
   * of and below one: [{@link PHASES}²].
   */
  readonly covers: readonly Float32Array[];
}

/** @param line width of the circle's line; null: filled */
export function stampOf(radius: number, line: number | null): Stamp {
  const reach = Math.ceil(radius + (line ?? 0) / 2 + 1 - 1 / PHASES);
  const side = 2 * reach + 1;
  const covers = Array.from({ length: PHASES * PHASES }, (_, phase) => {
    const right = (phase % PHASES) / PHASES;
    const down = Math.floor(phase / PHASES) / PHASES;
    return Float32Array.from({ length: side * side }, (_, i) => {
      const distance = Math.hypot((i % side) - reach - right, Math.floor(i / side) - reach - down);
      const beyond = line === null ? distance - radius : Math.abs(distance - radius) - line / 2;
      return Math.max(0, Math.min(1, 0.5 - beyond));
    });
  });
  return { reach, covers };
}

/** Pixels in the making, all of them clear at first. */
export class Dots {
  readonly #image: Pixels;

  /** @param image clear */
  constructor(image: Pixels) {
    this.#image = image;
  }

  /**
   * Puts a point over what is there.
   *
   * @param x     of its middle: 0 is the middle of the leftmost pixels, and y of the uppermost
   * @param rgb   from 0 to 255, [3]
   * @param alpha from 0 to 1
   */
  put(x: number, y: number, { reach, covers }: Stamp, rgb: ArrayLike<number>, alpha: number): void {
    const { data, width, height } = this.#image;
    const across = Math.round(PHASES * x);
    const down = Math.round(PHASES * y);
    const left = Math.floor(across / PHASES) - reach;
    const top = Math.floor(down / PHASES) - reach;
    const phase = across - PHASES * (left + reach) + PHASES * (down - PHASES * (top + reach));
    const cover = covers[phase] ?? new Float32Array();
    const side = 2 * reach + 1;
    const [red = 0, green = 0, blue = 0] = [rgb[0], rgb[1], rgb[2]];
    for (let row = Math.max(0, -top); row < side && top + row < height; row++) {
      for (let column = Math.max(0, -left); column < side && left + column < width; column++) {
        const over = (cover[row * side + column] ?? 0) * alpha;
        if (over === 0) continue;
        const at = ((top + row) * width + left + column) * CHANNELS;
        const all = over + ((data[at + 3] ?? 0) / 255) * (1 - over);
        // Colours of ImageData are not multiplied by their opacity.
        const share = over / all;
        data[at] = red * share + (data[at] ?? 0) * (1 - share);
        data[at + 1] = green * share + (data[at + 1] ?? 0) * (1 - share);
        data[at + 2] = blue * share + (data[at + 2] ?? 0) * (1 - share);
        data[at + 3] = 255 * all;
      }
    }
  }
}
