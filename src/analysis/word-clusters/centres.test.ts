import { describe, expect, it } from 'vitest';
import { centresOf, distanceUpTo, nearestCurves, SQUARED, type Points } from './centres';

/** Points of two numbers. */
function points(...rows: [number, number][]): Points {
  return { values: Float64Array.from(rows.flat()), width: 2 };
}

const equal = (rows: number): Float64Array => new Float64Array(rows).fill(1);

describe('centresOf', () => {
  it('finds the means of two clouds where squares count', () => {
    const cloud = points([0, 0], [0, 2], [2, 0], [2, 2], [20, 20], [22, 22]);
    const { curves, cost } = centresOf(cloud, equal(6), {
      count: 2,
      loss: SQUARED,
      starts: 4,
      seed: 1,
    });
    const sorted = curves.map((curve) => [...curve]).sort((a, b) => (a[0] ?? 0) - (b[0] ?? 0));
    expect(sorted).toEqual([
      [1, 1],
      [21, 21],
    ]);
    // Every row is 1 off in both numbers.
    expect(cost).toBeCloseTo(1, 12);
  });

  it('finds the point of the least sum of distances where distances count', () => {
    // Three corners of an equilateral triangle: its middle, by symmetry (Fermat’s point).
    const high = Math.sqrt(3);
    const triangle = points([-1, 0], [1, 0], [0, high]);
    const options = { count: 1, loss: distanceUpTo(Infinity), starts: 1, seed: 1 };
    const [curve] = centresOf(triangle, equal(3), options).curves;
    // The cost is flat around it: a tenth off costs less than a hundredth.
    expect(curve?.[0]).toBeCloseTo(0, 1);
    expect(Math.abs((curve?.[1] ?? 0) - high / 3)).toBeLessThan(0.02);
  });

  it('is not drawn by rows that are too far', () => {
    const stray = points([0, 0], [0.2, 0], [0.1, 0], [100, 100]);
    const near = { count: 1, loss: distanceUpTo(6), starts: 4, seed: 1 };
    const [curve] = centresOf(stray, equal(4), near).curves;
    expect(curve?.[0]).toBeCloseTo(0.1, 1);
    expect(curve?.[1]).toBe(0);
  });

  it('heeds weights', () => {
    const pair = points([0, 0], [3, 3]);
    const options = { count: 1, loss: SQUARED, starts: 1, seed: 1 };
    const [curve] = centresOf(pair, Float64Array.of(2, 1), options).curves;
    expect([...(curve ?? [])]).toEqual([1, 1]);
  });

  it('gives centres as mixtures of rows', () => {
    const cloud = points([0, 0], [1, 0], [8, 8], [9, 8]);
    const options = { count: 2, loss: distanceUpTo(6), starts: 4, seed: 3 };
    const { shares, curves } = centresOf(cloud, equal(4), options);
    shares.forEach((of, centre) => {
      expect(of.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
      const mixed = of.reduce((sum, share, row) => sum + share * (cloud.values[2 * row] ?? 0), 0);
      expect(curves[centre]?.[0]).toBeCloseTo(mixed, 12);
    });
  });

  it('gives equal centres for equal seeds, and survives rows that are all equal', () => {
    const cloud = points([0, 0], [5, 1], [3, 9], [8, 8], [1, 7], [2, 2]);
    const of = (seed: number) =>
      centresOf(cloud, equal(6), { count: 3, loss: SQUARED, starts: 2, seed });
    expect(of(5)).toEqual(of(5));
    const same = points([1, 2], [1, 2], [1, 2]);
    const { curves, cost } = centresOf(same, equal(3), {
      count: 2,
      loss: SQUARED,
      starts: 2,
      seed: 1,
    });
    expect(cost).toBe(0);
    expect([...nearestCurves(same, curves)]).toEqual([0, 0, 0]);
  });
});
