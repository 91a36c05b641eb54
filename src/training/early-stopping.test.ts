import { describe, expect, it } from 'vitest';
import { FOUNDING_CHOICES, SENSIBLE_CHOICES } from '../recipe/audit-choices';
import { FLAT_SETTING, type EqSetting } from '../eq/parameters';
import { logFrequencies, responseDb } from '../eq/response';
import { fitNormaliser, normalise } from '../model/normaliser';
import { RECIPES } from '../recipe/recipes';
import { bestEpoch, stopsEarly, validationLoss } from './early-stopping';

const history = (...losses: (number | null)[]) => losses.map((validation) => ({ validation }));

describe('bestEpoch', () => {
  it('is the first of the smallest losses', () => {
    expect(bestEpoch(history(3, 1, 2, 1))).toBe(2);
    expect(bestEpoch(history(null, null))).toBe(0);
    expect(bestEpoch([])).toBe(0);
  });
});

describe('stopsEarly', () => {
  it('waits for so many epochs without a better loss', () => {
    expect(stopsEarly(history(3, 1, 2), { stopPatience: 2 })).toBe(false);
    expect(stopsEarly(history(3, 1, 2, 1), { stopPatience: 2 })).toBe(true);
    expect(stopsEarly(history(3, 1, 2, 0.5), { stopPatience: 2 })).toBe(false);
    expect(stopsEarly(history(1, 2, 3, 4), { stopPatience: 0 })).toBe(false);
    expect(stopsEarly([], { stopPatience: 1 })).toBe(false);
  });
});

describe('validationLoss', () => {
  const { recipe } = RECIPES['seed-v2'];
  const normaliser = fitNormaliser('plug-in-log', [FLAT_SETTING]);
  /** 3 dB more in the first bell, 6 dB more in the second row's. */
  const wanted = [3, 6].map((db) => FLAT_SETTING.map((value, i) => (i === 2 ? db : value)));
  const decoded = normalise([FLAT_SETTING, FLAT_SETTING], normaliser);
  const loss = (
    reconstruction: 'mse' | 'mae' | 'response' | 'shape',
    settings: readonly EqSetting[] = wanted,
  ) => validationLoss(settings, decoded, normaliser, { ...recipe, reconstruction });

  it('is the mean of squared or absolute errors of normalised parameters', () => {
    expect(loss('mse')).toBeCloseTo(((3 / 24) ** 2 + (6 / 24) ** 2) / 26, 7);
    expect(loss('mae')).toBeCloseTo(9 / 24 / 26, 7);
  });

  it('is the mean square of the response in dB, its mean taken away for its shape', () => {
    const curves = wanted.map((setting) => responseDb(setting, logFrequencies(64)));
    const square = (values: Float64Array, from: number): number =>
      values.reduce((sum, db) => sum + (db - from) ** 2, 0) / 64;
    const mean = (values: Float64Array): number => values.reduce((sum, db) => sum + db, 0) / 64;
    const [a = new Float64Array(), b = new Float64Array()] = curves;
    expect(loss('response')).toBeCloseTo((square(a, 0) + square(b, 0)) / 2, 5);
    expect(loss('shape')).toBeCloseTo((square(a, mean(a)) + square(b, mean(b))) / 2, 5);
    expect(loss('shape', [FLAT_SETTING, FLAT_SETTING])).toBeLessThan(1e-9);
  });

  it('leaves frequency and Q of silent bands out where the audit masks them', () => {
    const noisy = [
      FLAT_SETTING.map((value, i) => (i === 6 || i === 7 ? 2 * value : value)),
      FLAT_SETTING,
    ];
    const of = (audit: typeof FOUNDING_CHOICES): number =>
      validationLoss(noisy, decoded, normaliser, { ...recipe, audit });
    expect(of(FOUNDING_CHOICES)).toBeGreaterThan(0.001);
    expect(of(SENSIBLE_CHOICES)).toBeLessThan(1e-12);
  });
});
