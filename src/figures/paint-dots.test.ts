import { describe, expect, it } from 'vitest';
import type { Pixels } from './dots';
import { paintDots, type DotsPicture } from './paint-dots';

const SIDE = 21;

/** Two points in a frame whose unit is ten pixels; the second stands out. */
function painted(change: Partial<DotsPicture> = {}): Pixels {
  const data = new Uint8ClampedArray(SIDE * SIDE * 4);
  const image: Pixels = { width: SIDE, height: SIDE, data };
  paintDots(image, {
    points: Float32Array.of(0.5, 0.5, -0.5, 0.5),
    looks: {
      colours: Uint8Array.of(200, 0, 0, 255, 0, 0, 200, 255),
      kinds: Uint8Array.of(0, 0, 0, 255),
    },
    line: [9, 9, 9],
    frame: { width: SIDE, height: SIDE, centre: [0, 0], scale: 10, edge: null },
    sharpness: 1,
    radius: 2,
    lineWidth: 1,
    ...change,
  });
  return image;
}

const at = ({ data }: Pixels, x: number, y: number): number[] => [
  ...data.subarray((y * SIDE + x) * 4, (y * SIDE + x) * 4 + 4),
];

describe('a painted map', () => {
  it('has its points where the frame puts them, above its axes', () => {
    const image = painted();
    expect(at(image, 16, 6)).toEqual([200, 0, 0, 255]);
    expect(at(image, 6, 6)).toEqual([0, 0, 200, 255]);
    expect(at(image, 10, 2)).toEqual([9, 9, 9, 255]);
    expect(at(image, 2, 10)).toEqual([9, 9, 9, 255]);
    expect(at(image, 2, 2)).toEqual([0, 0, 0, 0]);
  });

  it('shows what stands out above the rest, in whatever order the rows come', () => {
    const points = Float32Array.of(0.5, 0.5, 0.5, 0.5);
    expect(at(painted({ points }), 16, 6)).toEqual([0, 0, 200, 255]);
    const kinds = Uint8Array.of(0, 255, 0, 0);
    const colours = Uint8Array.of(200, 0, 0, 255, 0, 0, 200, 255);
    expect(at(painted({ points, looks: { colours, kinds } }), 16, 6)).toEqual([200, 0, 0, 255]);
  });

  it('keeps points inside the frame where it is told to', () => {
    const points = Float32Array.of(5, 0.5, 5, 0.5);
    expect(at(painted({ points }), 18, 6)).toEqual([0, 0, 0, 0]);
    const frame = { width: SIDE, height: SIDE, centre: [0, 0], scale: 10, edge: 3 } as const;
    expect(at(painted({ points, frame }), 18, 6)).toEqual([0, 0, 200, 255]);
  });
});
