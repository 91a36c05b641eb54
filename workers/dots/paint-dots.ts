/** A map's points and axes, painted on pixels. */
import { CHANNELS, KINDS, placesIn, type DotLooks } from '../../src/figures/map-dots';
import { Dots, stampOf } from './dots';
import type { DotsMessage } from './dots-messages';

/** A picture of which nothing is left out. */
export type DotsPicture = Omit<DotsMessage, 'canvas' | 'points' | 'looks'> & {
  readonly points: Float32Array;
  readonly looks: DotLooks;
};

/** @param image clear */
export function paintDots(image: ImageData, picture: DotsPicture): void {
  const { points, looks, frame, sharpness } = picture;
  const place = placesIn(frame);
  paintAxes(image, place(0, 0), picture);
  const dots = new Dots(image);
  const filled = stampOf(picture.radius * sharpness, null);
  const hollow = stampOf(picture.radius * sharpness, picture.lineWidth * sharpness);
  const rows = points.length / 2;
  // What stands out is painted last, so that none of it is hidden.
  for (const front of [false, true]) {
    for (let row = 0; row < rows; row++) {
      if ((looks.kinds[KINDS * row + 1] ?? 0) > 0 !== front) continue;
      const colour = looks.colours.subarray(CHANNELS * row, CHANNELS * (row + 1));
      const stamp = (looks.kinds[KINDS * row] ?? 0) > 0 ? hollow : filled;
      const [x, y] = place(points[2 * row] ?? 0, points[2 * row + 1] ?? 0);
      dots.put(x * sharpness, y * sharpness, stamp, colour, (colour[3] ?? 0) / 255);
    }
  }
}

function paintAxes(
  { data, width, height }: ImageData,
  [right, down]: readonly [number, number],
  { line, sharpness }: DotsPicture,
): void {
  const thick = Math.max(1, Math.round(sharpness));
  const paint = (column: number, row: number): void => {
    if (column < 0 || column >= width || row < 0 || row >= height) return;
    const at = (row * width + column) * CHANNELS;
    data.set([...line.slice(0, 3), 255], at);
  };
  for (let i = 0; i < thick; i++) {
    for (let row = 0; row < height; row++) paint(Math.floor(right * sharpness) + i, row);
    for (let column = 0; column < width; column++) {
      paint(column, Math.floor(down * sharpness) + i);
    }
  }
}
