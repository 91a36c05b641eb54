import { describe, expect, it } from 'vitest';
import { Dots, stampOf, type Pixels } from './dots';

/** Pixels without a browser. */
function clear(width: number, height: number): Pixels {
  const data = new Uint8ClampedArray(width * height * 4);
  return { width, height, data };
}

const at = ({ data, width }: Pixels, x: number, y: number): number[] => [
  ...data.subarray((y * width + x) * 4, (y * width + x) * 4 + 4),
];

describe('points painted by hand', () => {
  it('cover as much as a circle does, or its line', () => {
    const sum = (values: Float32Array): number => values.reduce((a, b) => a + b, 0);
    const [filled, hollow] = [stampOf(5.2, null), stampOf(5.2, 2)];
    for (const cover of filled.covers) expect(sum(cover) / (Math.PI * 5.2 ** 2)).toBeCloseTo(1, 1);
    for (const cover of hollow.covers) {
      expect(sum(cover) / (2 * Math.PI * 5.2 * 2)).toBeCloseTo(1, 1);
    }
  });

  it.each([
    [6, 6],
    [6.5, 5.5],
    [5.75, 6.5],
    [6.49, 6.99],
  ])('have their middle where it belongs, at %d, %d', (x, y) => {
    const image = clear(14, 14);
    new Dots(image).put(x, y, stampOf(2.6, null), [0, 0, 0], 1);
    let [sum, right, down] = [0, 0, 0];
    for (let i = 0; i < 14 * 14; i++) {
      const alpha = image.data[4 * i + 3] ?? 0;
      sum += alpha;
      right += alpha * (i % 14);
      down += alpha * Math.floor(i / 14);
    }
    // To the nearest half of a pixel.
    expect(Math.abs(right / sum - x)).toBeLessThan(0.27);
    expect(Math.abs(down / sum - y)).toBeLessThan(0.27);
  });

  it('lie over one another, the later above', () => {
    const image = clear(9, 9);
    const dots = new Dots(image);
    dots.put(4, 4, stampOf(2, null), [200, 100, 0], 0.5);
    expect(at(image, 4, 4)).toEqual([200, 100, 0, 128]);
    dots.put(4, 4, stampOf(2, null), [0, 100, 200], 0.5);
    const [red = 0, green = 0, blue = 0, alpha = 0] = at(image, 4, 4);
    expect(Math.abs(alpha - 0.75 * 255)).toBeLessThan(1);
    expect(green).toBe(100);
    expect(Math.abs(red - 200 / 3)).toBeLessThan(1.5);
    expect(Math.abs(blue - 400 / 3)).toBeLessThan(1.5);
    expect(at(image, 0, 0)).toEqual([0, 0, 0, 0]);
  });

  it('are hollow in the middle where only their line is painted, and cut off at the edge', () => {
    const image = clear(9, 9);
    const dots = new Dots(image);
    dots.put(4, 4, stampOf(3, 1), [9, 9, 9], 1);
    expect(at(image, 4, 4)[3]).toBe(0);
    expect(at(image, 7, 4)[3]).toBe(255);
    dots.put(-1, 12, stampOf(3, null), [9, 9, 9], 1);
    dots.put(0, 0, stampOf(1, null), [9, 9, 9], 1);
    expect(at(image, 0, 0)[3]).toBe(255);
    expect(at(image, 8, 8)[3]).toBe(0);
  });
});
