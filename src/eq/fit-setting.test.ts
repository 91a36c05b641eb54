import { describe, expect, it } from 'vitest';
import { fitSetting } from './fit-setting';
import { EQ_PARAMETERS, FLAT_SETTING, type EqSetting } from './parameters';
import { logFrequencies, responseDb } from './response';

const FREQUENCIES = logFrequencies(64);
const MADE: EqSetting = [4, 120, -3, 420, 1.2, 5, 1500, 0.8, -2, 4200, 2, 6, 9000];

function errorDb(curve: Float64Array, setting: EqSetting): number {
  const response = responseDb(setting, FREQUENCIES);
  const squares = curve.reduce((sum, db, i) => sum + (db - (response[i] ?? Number.NaN)) ** 2, 0);
  return Math.sqrt(squares / curve.length);
}

describe('fitSetting', () => {
  it('finds a setting with the response of one it was not shown', () => {
    const wanted = responseDb(MADE, FREQUENCIES);
    expect(errorDb(wanted, FLAT_SETTING)).toBeGreaterThan(2);
    expect(errorDb(wanted, fitSetting(wanted, FREQUENCIES, FLAT_SETTING))).toBeLessThan(0.35);
    const near = MADE.map((value, i) => value * (i % 2 === 0 ? 1.2 : 0.8));
    expect(errorDb(wanted, near)).toBeGreaterThan(0.5);
    expect(errorDb(wanted, fitSetting(wanted, FREQUENCIES, near))).toBeLessThan(0.02);
  });

  it('stays inside the bounds where the curve asks for more', () => {
    const wanted = Float64Array.from(FREQUENCIES, (hz) => (hz < 300 ? 40 : -30));
    const fitted = fitSetting(wanted, FREQUENCIES, FLAT_SETTING);
    EQ_PARAMETERS.forEach(({ min, max }, i) => {
      expect(fitted[i]).toBeGreaterThanOrEqual(min);
      expect(fitted[i]).toBeLessThanOrEqual(max);
    });
    expect(errorDb(wanted, fitted)).toBeLessThan(errorDb(wanted, FLAT_SETTING));
  });

  it('leaves a start alone that is right already', () => {
    expect(fitSetting(responseDb(MADE, FREQUENCIES), FREQUENCIES, MADE)).toEqual(MADE);
  });
});
