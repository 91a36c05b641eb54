import { describe, expect, it } from 'vitest';
import { randomNormal } from '../../src/math/normal';
import { contoursOf } from './contours';

const ROWS = 4000;
/** Normally distributed around (1, −0.5), twice as wide as high. */
const cloud = Float32Array.from({ length: 2 * ROWS }, (_, i) =>
  i % 2 === 0 ? 1 + randomNormal(1, 0, 0, i) : -0.5 + 0.5 * randomNormal(1, 0, 0, i),
);
const labels = new Int32Array(ROWS);

describe('contours', () => {
  it('of a normal distribution are its ellipses', () => {
    const [half, most] = contoursOf(cloud, labels, [0], [6, 5]);
    expect([half?.share, most?.share]).toEqual([0.5, 0.8]);
    // A share s of the points lies within √(−2 ln (1 − s)) standard deviations.
    for (const [contour, radius] of [
      [half, 1.177],
      [most, 1.794],
    ] as const) {
      const pieces = contour?.pieces ?? new Float32Array();
      expect(pieces.length).toBeGreaterThan(100);
      let sum = 0;
      for (let i = 0; i < pieces.length; i += 2) {
        sum += Math.hypot((pieces[i] ?? 0) - 1, ((pieces[i + 1] ?? 0) + 0.5) / 0.5);
      }
      expect(Math.abs((2 * sum) / pieces.length / radius - 1)).toBeLessThan(0.1);
    }
  });

  it('are closed: every piece ends where others do', () => {
    const [half] = contoursOf(cloud, labels, [0], [6, 5]);
    const ends = new Map<string, number>();
    const pieces = half?.pieces ?? new Float32Array();
    for (let i = 0; i < pieces.length; i += 2) {
      const end = `${(pieces[i] ?? 0).toFixed(5)} ${(pieces[i + 1] ?? 0).toFixed(5)}`;
      ends.set(end, (ends.get(end) ?? 0) + 1);
    }
    expect([...ends.values()].filter((count) => count % 2 === 1)).toEqual([]);
  });

  it('are of the wanted words that have enough points, each of its own', () => {
    const mixed = Int32Array.from(labels, (_, row) => (row < 11 ? 2 : row % 2));
    const found = contoursOf(cloud, mixed, [1, 2, 3], [6, 5]);
    expect(found.map(({ label }) => label)).toEqual([1, 1]);
  });

  it('survive points that all coincide', () => {
    const [half] = contoursOf(new Float32Array(40).fill(0.1), new Int32Array(20), [0], [1, 1]);
    expect(half?.pieces.every((value) => Math.abs(value - 0.1) < 0.2)).toBe(true);
  });
});
