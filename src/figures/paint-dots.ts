/** A map's points and axes, painted on pixels. */
import { CHANNELS, KINDS, placesIn, type DotLooks, type Frame } from './map-dots';
import { Dots, stampOf, type Pixels, type Stamp } from './dots';

/** How points are drawn, whatever they are. */
export interface DotsManner {
  /** Red, green and blue of the axes. */
  readonly line: readonly number[];
  readonly frame: Frame;
  /** Pixels of the screen to one of CSS. */
  readonly sharpness: number;
  /** Of a point, and of a hollow one's line, in CSS pixels. */
  readonly radius: number;
  readonly lineWidth: number;
}

export interface DotsPicture extends DotsManner {
  /** Map units, [rows, 2]. */
  readonly points: Float32Array;
  readonly looks: DotLooks;
}

/** @param image clear */
export function paintDots(image: Pixels, picture: DotsPicture): void {
  const { points, looks, frame, sharpness } = picture;
  const place = placesIn(frame);
  paintAxes(image, place(0, 0), picture);
  const dots = new Dots(image);
  const { filled, hollow } = stampsOf(picture.radius * sharpness, picture.lineWidth * sharpness);
  const rows = points.length / 2;
  // What stands out is painted last, so that none of it is hidden.
  for (const front of [false, true]) {
    for (let row = 0; row < rows; row++) {
      if ((looks.kinds[KINDS * row + 1] ?? 0) > 0 !== front) continue;
      const colour = looks.colours.subarray(CHANNELS * row, CHANNELS * (row + 1));
      const stamp = (looks.kinds[KINDS * row] ?? 0) > 0 ? hollow : filled;
      const [x, y] = place(points[2 * row] ?? 0, points[2 * row + 1] ?? 0);
      dots.put(x * sharpness - 0.5, y * sharpness - 0.5, stamp, colour, (colour[3] ?? 0) / 255);
    }
  }
}

interface Stamps {
  readonly filled: Stamp;
  readonly hollow: Stamp;
}

/** Those of the picture before: one that moves is painted in every frame. */
let known: (Stamps & { readonly radius: number; readonly line: number }) | null = null;

function stampsOf(radius: number, line: number): Stamps {
  if (known?.radius !== radius || known.line !== line) {
    known = { radius, line, filled: stampOf(radius, null), hollow: stampOf(radius, line) };
  }
  return known;
}

function paintAxes(
  { data, width, height }: Pixels,
  [right, down]: readonly [number, number],
  { line, sharpness }: DotsPicture,
): void {
  const [red = 0, green = 0, blue = 0] = line;
  const thick = Math.max(1, Math.round(sharpness));
  const paint = (column: number, row: number): void => {
    if (column < 0 || column >= width || row < 0 || row >= height) return;
    const at = (row * width + column) * CHANNELS;
    data[at] = red;
    data[at + 1] = green;
    data[at + 2] = blue;
    data[at + 3] = 255;
  };
  for (let i = 0; i < thick; i++) {
    for (let row = 0; row < height; row++) paint(Math.floor(right * sharpness) + i, row);
    for (let column = 0; column < width; column++) {
      paint(column, Math.floor(down * sharpness) + i);
    }
  }
}
