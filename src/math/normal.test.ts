import { describe, expect, it } from 'vitest';
import { latentNoise, randomNormal } from './normal';
import { Stream } from './threefry';

/** Φ(x) = ½ erfc(−x / √2) at the quarter-unit points 0, ¼ … 2½, from tables of the distribution. */
const TABLE = [
  0.5, 0.59871, 0.69146, 0.77337, 0.84134, 0.89435, 0.93319, 0.95994, 0.97725, 0.98778, 0.99379,
];

describe('randomNormal', () => {
  const draws = Array.from({ length: 100_000 }, (_, i) => randomNormal(7, Stream.latent, 3, i));

  it('has the distribution of the tables, on both sides', () => {
    TABLE.forEach((expected, i) => {
      for (const [x, share] of [
        [i / 4, expected],
        [-i / 4, 1 - expected],
      ] as const) {
        const below = draws.filter((draw) => draw < x).length / draws.length;
        // Four standard deviations of a share of 100,000 draws.
        expect(Math.abs(below - share)).toBeLessThan(0.0064);
      }
    });
  });

  it('has the mean 0, the variance 1 and the fourth moment 3', () => {
    const mean = (power: number): number =>
      draws.reduce((sum, draw) => sum + draw ** power, 0) / draws.length;
    expect(Math.abs(mean(1))).toBeLessThan(0.013);
    expect(Math.abs(mean(2) - 1)).toBeLessThan(0.018);
    expect(Math.abs(mean(4) - 3)).toBeLessThan(0.13);
  });

  it('gives neighbours in each counter numbers of their own', () => {
    for (const other of [
      (i: number) => randomNormal(7, Stream.latent, 3, i + 1),
      (i: number) => randomNormal(7, Stream.latent, 4, i),
      (i: number) => randomNormal(8, Stream.latent, 3, i),
    ]) {
      const covariance = draws.reduce((sum, draw, i) => sum + draw * other(i), 0) / draws.length;
      expect(Math.abs(covariance)).toBeLessThan(0.013);
    }
  });
});

describe('latentNoise', () => {
  it('is counted by row and column, and rounded to float32', () => {
    const noise = latentNoise({ seed: 4_000_000_007, step: 12 }, 3, 2);
    expect(noise).toHaveLength(6);
    expect(noise[2 * 2 + 1]).toBe(Math.fround(randomNormal(4_000_000_007, Stream.latent, 12, 5)));
  });

  it('gives a row the same noise whatever batch it is in', () => {
    const long = latentNoise({ seed: 1, step: 2 }, 8, 3);
    expect(latentNoise({ seed: 1, step: 2 }, 5, 3)).toEqual(long.subarray(0, 15));
  });
});
