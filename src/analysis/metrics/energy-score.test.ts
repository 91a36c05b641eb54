import { describe, expect, it } from 'vitest';
import fc from '../../testing/fast-check';
import { CURVE_POINTS } from './curves';
import { CurveDistances, energyScore, winRate } from './energy-score';

/** Flat curves, whose log-spectral distance is the difference of their levels. */
function levels(of: readonly number[]): CurveDistances {
  return new CurveDistances(
    Float64Array.from(
      { length: of.length * CURVE_POINTS },
      (_, i) => of[Math.floor(i / CURVE_POINTS)] ?? 0,
    ),
  );
}

const whole = fc.array(fc.integer({ min: -12, max: 12 }), { minLength: 1, maxLength: 12 });
const apart = (values: readonly number[]): number =>
  values.flatMap((a) => values.map((b) => Math.abs(a - b))).reduce((a, b) => a + b, 0) /
  values.length ** 2;

describe('the energy score', () => {
  it('is E‖X − y‖ − ½ E‖X − X′‖', () => {
    const distances = levels([0, 0, 6, 3]);
    // Of 0, 0 and 6 two drawn are 6 apart in 4 of 9 cases; all are 3 from the 3.
    expect(distances.within([0, 1, 2])).toBeCloseTo(24 / 9, 6);
    expect(energyScore(distances.from(3, [0, 1, 2]), distances.within([0, 1, 2]))).toBeCloseTo(
      3 - 12 / 9,
      6,
    );
  });

  it('is the continuous ranked probability score of numbers', () => {
    // CRPS by its other definition: the integral of (F(x) − [x ≥ y])².
    const crps = (forecast: readonly number[], outcome: number): number => {
      let sum = 0;
      for (let x = -12; x < 12; x++) {
        const below = forecast.filter((value) => value <= x).length / forecast.length;
        sum += (below - Number(x >= outcome)) ** 2;
      }
      return sum;
    };
    fc.assert(
      fc.property(whole, fc.integer({ min: -12, max: 12 }), (forecast, outcome) => {
        const distances = levels([...forecast, outcome]);
        const members = [...forecast.keys()];
        expect(
          energyScore(distances.from(forecast.length, members), distances.within(members)),
        ).toBeCloseTo(crps(forecast, outcome), 5);
      }),
    );
  });

  it('is never below 0, and the distance where the forecast is one curve', () => {
    fc.assert(
      fc.property(whole, fc.integer({ min: -12, max: 12 }), (forecast, outcome) => {
        const toOutcome = Float64Array.from(forecast, (value) => Math.abs(value - outcome));
        expect(energyScore(toOutcome, apart(forecast))).toBeGreaterThan(-1e-9);
        expect(energyScore(toOutcome.subarray(0, 1), 0)).toBe(toOutcome[0]);
      }),
    );
  });

  it('is least, over what comes, for a forecast by just that', () => {
    fc.assert(
      fc.property(whole, whole, (truth, other) => {
        const score = (forecast: readonly number[]): number =>
          truth.reduce(
            (sum, y) =>
              sum +
              energyScore(
                Float64Array.from(forecast, (x) => Math.abs(x - y)),
                apart(forecast),
              ),
            0,
          );
        expect(score(truth)).toBeLessThanOrEqual(score(other) + 1e-9);
      }),
    );
  });
});

describe('the win rate', () => {
  it('is the share of pairs in which the one is nearer, a tie half', () => {
    expect(winRate(Float64Array.of(1), Float64Array.of(0, 1, 2, 3))).toBe(2.5 / 4);
    fc.assert(
      fc.property(whole, whole, (own, others) => {
        const shares = own.flatMap((a) => others.map((b) => (a < b ? 1 : a === b ? 0.5 : 0)));
        const wanted = shares.reduce((a: number, b) => a + b, 0) / shares.length;
        expect(winRate(Float64Array.from(own), Float64Array.from(others))).toBeCloseTo(wanted, 9);
      }),
    );
  });

  it('is a half against oneself', () => {
    fc.assert(
      fc.property(whole, (own) => {
        const distances = Float64Array.from(own);
        expect(winRate(distances, distances)).toBeCloseTo(0.5, 9);
      }),
    );
  });
});
