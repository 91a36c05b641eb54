import { describe, expect, it } from 'vitest';
import { EqFilter } from '../audio/biquad';
import { EQ_PARAMETERS, FLAT_SETTING } from '../eq/parameters';
import { randomNormal } from '../math/normal';
import { Stream } from '../math/threefry';
import { atStrength, sameSound } from './listening-choice';

describe('the sound as it is', () => {
  it('comes out of the filters the same to the last bit', () => {
    for (const rate of [44_100, 48_000, 96_000]) {
      const sound = Float64Array.from({ length: 4096 }, (_, i) =>
        Math.fround(randomNormal(1, Stream.sound, 0, i)),
      );
      const filtered = sound.slice();
      new EqFilter(FLAT_SETTING, rate, 1).process([filtered]);
      expect(filtered).toEqual(sound);
    }
  });
});

describe('a strength', () => {
  const setting = EQ_PARAMETERS.map(({ kind, max, initial }) =>
    kind === 'gain' ? max / 2 + 3 : initial,
  );
  const warm = { name: 'warm', setting };

  it('multiplies the gains, within their bounds, and says so', () => {
    expect(atStrength(warm, 100)).toEqual(warm);
    const inverse = atStrength(warm, -50);
    expect(inverse.name).toBe('warm at −50 %');
    expect(inverse.setting[0]).toBe(-4.5);
    expect(inverse.setting[1]).toBe(setting[1]);
    expect(atStrength(warm, 200).setting[0]).toBe(12);
  });

  it('of nothing is the sound as it is', () => {
    const none = atStrength(warm, 0);
    expect(sameSound([none, { name: 'bypass', setting: FLAT_SETTING }])).toBe(true);
    expect(sameSound([none, warm])).toBe(false);
  });
});
