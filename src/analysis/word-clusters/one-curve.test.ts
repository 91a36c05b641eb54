import { describe, expect, it } from 'vitest';
import { FLAT_SETTING, type EqSetting } from '../../eq/parameters';
import { curvesOf, logSpectralDistance } from '../metrics/curves';
import { nearestSetting, oneCurve } from './one-curve';

const shelf = (gain: number): EqSetting => FLAT_SETTING.map((value, i) => (i === 0 ? gain : value));

describe('oneCurve', () => {
  it('is the middle of what people mean, whoever means something else', () => {
    const settings = [...[3, 3.5, 4, 4.5, 5].map(shelf), shelf(-12), shelf(-12)];
    const { curve, setting } = oneCurve(settings, 1);
    // A mean would lie 2.7 dB of the shelf lower, a distance of more than 1 dB.
    expect(logSpectralDistance(curve, curvesOf([shelf(4)]))).toBeLessThan(0.25);
    expect(setting[0]).toBeCloseTo(4, 0);
    expect(logSpectralDistance(curve, curvesOf([setting]))).toBeLessThan(0.1);
  });

  it('is the setting itself of a word of one row', () => {
    expect(oneCurve([shelf(7)], 1).setting).toEqual(shelf(7));
  });
});

describe('nearestSetting', () => {
  it('is the one that sounds nearest', () => {
    expect(
      nearestSetting(curvesOf([shelf(4)]), [shelf(-6), shelf(0), shelf(5), FLAT_SETTING]),
    ).toBe(2);
  });
});
