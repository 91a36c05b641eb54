import { describe, expect, it } from 'vitest';
import { FLAT_SETTING, type EqSetting } from './parameters';
import { knobMoves, settingFights } from './setting-quality';

/** A setting with two bells; the other bands are silent. */
function bells(one: readonly [number, number], other: readonly [number, number]): EqSetting {
  const [gain, frequency] = one;
  const [otherGain, otherFrequency] = other;
  return FLAT_SETTING.with(2, gain).with(3, frequency).with(5, otherGain).with(6, otherFrequency);
}

describe('settingFights', () => {
  it('is true of opposite gains of 2 dB or more less than an octave apart', () => {
    expect(settingFights(bells([-4.9, 1519], [10.3, 1956]))).toBe(true);
    expect(settingFights(bells([10.3, 1956], [-4.9, 1519]))).toBe(true);
    expect(settingFights(bells([2, 1000], [-2, 1999]))).toBe(true);
  });

  it('is false of bands an octave apart, of one sign, or too weak', () => {
    expect(settingFights(bells([2, 1000], [-2, 2000]))).toBe(false);
    expect(settingFights(bells([5, 1000], [5, 1100]))).toBe(false);
    expect(settingFights(bells([12, 1000], [-1.99, 1000]))).toBe(false);
    expect(settingFights(FLAT_SETTING)).toBe(false);
  });

  it('looks at shelves, too', () => {
    expect(settingFights(FLAT_SETTING.with(0, -6).with(1, 200).with(2, 3).with(3, 300))).toBe(true);
    expect(settingFights(FLAT_SETTING.with(11, 6).with(12, 2000).with(8, -3))).toBe(true);
  });
});

describe('knobMoves', () => {
  const before = bells([4, 1000], [0.2, 2000]);

  it('is true of more than 3 dB or half an octave, up or down', () => {
    expect(knobMoves(before, bells([7.1, 1000], [0.2, 2000]))).toBe(true);
    expect(knobMoves(before, bells([0.9, 1000], [0.2, 2000]))).toBe(true);
    expect(knobMoves(before, bells([4, 1420], [0.2, 2000]))).toBe(true);
    expect(knobMoves(before, bells([4, 700], [0.2, 2000]))).toBe(true);
  });

  it('is false of less', () => {
    expect(knobMoves(before, before)).toBe(false);
    expect(knobMoves(before, bells([6.9, 1410], [0.2, 2000]))).toBe(false);
  });

  it('passes over frequencies of a band that is below 0.5 dB in both', () => {
    expect(knobMoves(before, bells([4, 1000], [-0.4, 4000]))).toBe(false);
    expect(knobMoves(before, bells([4, 1000], [0.5, 4000]))).toBe(true);
    expect(knobMoves(bells([4, 1000], [0.5, 4000]), before)).toBe(true);
  });
});
