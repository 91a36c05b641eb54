/** A map's points and axes, painted on pixels. */
import { CHANNELS, Dots, stampOf } from './dots';
import type { DotLooks, DotsMessage } from './dots-messages';

/** A picture of which nothing is left out. */
export type DotsPicture = Omit<DotsMessage, 'canvas' | 'points' | 'looks'> & {
  readonly points: Float32Array;
  readonly looks: DotLooks;
};

/** @param image clear */
export function paintDots(image: ImageData, picture: DotsPicture): void {
  const { points, looks, width, height, centre, scale, edge, sharpness } = picture;
  const placeOf = (at: number, size: number): number =>
    sharpness * (edge === null ? at : Math.max(edge, Math.min(size - edge, at)));
  const right = (x: number): number => placeOf(width / 2 + (x - centre[0]) * scale, width);
  const down = (y: number): number => placeOf(height / 2 - (y - centre[1]) * scale, height);
  paintAxes(image, [right(0), down(0)], picture);
  const dots = new Dots(image);
  const filled = stampOf(picture.radius * sharpness, null);
  const hollow = stampOf(picture.radius * sharpness, picture.lineWidth * sharpness);
  const rows = points.length / 2;
  // What stands out is painted last, so that none of it is hidden.
  for (const front of [false, true]) {
    for (let row = 0; row < rows; row++) {
      if ((looks.kinds[2 * row + 1] ?? 0) > 0 !== front) continue;
      const colour = looks.colours.subarray(CHANNELS * row, CHANNELS * (row + 1));
      const stamp = (looks.kinds[2 * row] ?? 0) > 0 ? hollow : filled;
      const [x, y] = [right(points[2 * row] ?? 0), down(points[2 * row + 1] ?? 0)];
      dots.put(x, y, stamp, colour, (colour[3] ?? 0) / 255);
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
    for (let row = 0; row < height; row++) paint(Math.floor(right) + i, row);
    for (let column = 0; column < width; column++) paint(column, Math.floor(down) + i);
  }
}
