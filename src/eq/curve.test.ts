import { describe, expect, it } from 'vitest';
import { curveDb, sumOfCurves } from './curve';

const points = (...pairs: [number, number][]) =>
  pairs.map(([frequencyHz, gainDb]) => ({ frequencyHz, gainDb }));

describe('curveDb', () => {
  it('is straight over log Hz, and level beyond the outer points', () => {
    const curve = points([100, 0], [10_000, 6]);
    expect([...curveDb(curve, [1, 100, 1000, 10_000, 40_000])]).toEqual([
      0,
      0,
      expect.closeTo(3, 12),
      6,
      6,
    ]);
    expect([...curveDb([], [100])]).toEqual([0]);
  });

  it('jumps where two points share a frequency', () => {
    const curve = points([100, 0], [1000, 0], [1000, 6], [2000, 6]);
    expect([...curveDb(curve, [999, 1000, 1001])]).toEqual([0, 0, 6]);
  });
});

describe('sumOfCurves', () => {
  it('is the sum everywhere, at jumps too', () => {
    const curves = [
      points([20, 0], [1000, 6], [20_000, 0]),
      points([20, 3], [20_000, -3]),
      points([500, -1], [500, 2], [700, 2], [700, -4]),
    ];
    const asked = [5, 20, 50, 499.9, 500, 500.1, 650, 700, 700.1, 1000, 3000, 20_000, 30_000];
    const sum = curveDb(sumOfCurves(curves), asked);
    asked.forEach((hz, i) => {
      const wanted = curves.reduce((total, curve) => total + (curveDb(curve, [hz])[0] ?? NaN), 0);
      expect(sum[i]).toBeCloseTo(wanted, 9);
    });
  });

  it('leaves one curve as it is, and is empty of none', () => {
    const curve = points([20, 0], [20, 1]);
    expect(sumOfCurves([curve])).toEqual(curve);
    expect(sumOfCurves([])).toEqual([]);
  });
});
