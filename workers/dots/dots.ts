/**
 * The points of a large map, painted pixel by pixel: a hundred thousand circles would hold the page
 * up for seconds where a processor draws them.
 */
import { CHANNELS } from '../../src/figures/map-dots';

/** How much of each pixel around a point's middle its shape covers. */
interface Stamp {
  /** From the middle to the stamp's edge, in pixels. */
  readonly reach: number;
  /** From 0 to 1, row by row, [(2 reach + 1)²]. */
  readonly cover: Float32Array;
}

/** @param line width of the circle's line; null: filled */
export function stampOf(radius: number, line: number | null): Stamp {
  const reach = Math.ceil(radius + (line ?? 0) / 2);
  const side = 2 * reach + 1;
  const cover = new Float32Array(side * side);
  for (let i = 0; i < cover.length; i++) {
    const distance = Math.hypot((i % side) - reach, Math.floor(i / side) - reach);
    const beyond = line === null ? distance - radius : Math.abs(distance - radius) - line / 2;
    cover[i] = Math.max(0, Math.min(1, 0.5 - beyond));
  }
  return { reach, cover };
}

/** Pixels in the making, all of them clear at first. */
export class Dots {
  readonly #image: ImageData;

  /** @param image clear */
  constructor(image: ImageData) {
    this.#image = image;
  }

  /**
   * Puts a point over what is there.
   *
   * @param rgb   from 0 to 255, [3]
   * @param alpha from 0 to 1
   */
  put(x: number, y: number, { reach, cover }: Stamp, rgb: ArrayLike<number>, alpha: number): void {
    const { data, width, height } = this.#image;
    const left = Math.round(x) - reach;
    const top = Math.round(y) - reach;
    const side = 2 * reach + 1;
    const [red = 0, green = 0, blue = 0] = [rgb[0], rgb[1], rgb[2]];
    for (let i = 0; i < cover.length; i++) {
      const column = left + (i % side);
      const row = top + Math.floor(i / side);
      const over = (cover[i] ?? 0) * alpha;
      if (over === 0 || column < 0 || column >= width || row < 0 || row >= height) continue;
      const at = (row * width + column) * CHANNELS;
      const under = ((data[at + 3] ?? 0) / 255) * (1 - over);
      const all = over + under;
      data[at] = (red * over + (data[at] ?? 0) * under) / all;
      data[at + 1] = (green * over + (data[at + 1] ?? 0) * under) / all;
      data[at + 2] = (blue * over + (data[at + 2] ?? 0) * under) / all;
      data[at + 3] = 255 * all;
    }
  }
}
