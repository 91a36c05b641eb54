import { describe, expect, it } from 'vitest';
import fc from '../testing/fast-check';
import { canonicalSetting } from './canonical-setting';
import { bandsOf, clampToBounds, EQ_PARAMETERS, FLAT_SETTING, type EqSetting } from './parameters';
import { responseDb } from './response';
import { GRID_FREQUENCIES } from './response-grid';
import { knobMoves, settingFights } from './setting-quality';

/** Any setting inside the bounds, frequencies and Qs evenly on a logarithmic scale, bells in any order. */
const anySetting = fc.tuple(
  ...EQ_PARAMETERS.map(({ kind, min, max }) =>
    fc
      .double({ min: 0, max: 1, noNaN: true })
      .map((share) => (kind === 'gain' ? min + share * (max - min) : min * (max / min) ** share)),
  ),
);

/** Settings like people's: gains up to 6 dB, bells an octave or more wide. */
const gentleSetting = anySetting.map((setting) =>
  setting.map((value, i) => {
    const { kind } = EQ_PARAMETERS[i] ?? {};
    if (kind === 'gain') return value / 2;
    return kind === 'q' ? Math.min(1.4, Math.max(0.4, value)) : value;
  }),
);

/** The decoded *bright* of a model that loses by curves: 10.3 dB against −4.9 dB beside it. */
const FIGHTING: EqSetting = [0, 150, -4.9, 1519, 0.55, 10.3, 1956, 0.41, 0, 3300, 0.71, 3, 8200];

function errorDb(one: EqSetting, other: EqSetting): number {
  const [a, b] = [responseDb(one, GRID_FREQUENCIES), responseDb(other, GRID_FREQUENCIES)];
  return Math.sqrt(a.reduce((sum, db, i) => sum + (db - (b[i] ?? NaN)) ** 2, 0) / a.length);
}

function totalGain(setting: EqSetting): number {
  return bandsOf(setting).reduce((sum, { gainDb }) => sum + Math.abs(gainDb), 0);
}

function bellFrequencies(setting: EqSetting): number[] {
  return [3, 6, 9].map((i) => setting[i] ?? NaN);
}

describe('canonicalSetting', () => {
  it('parts bands that cancel each other, by less gain and with the same curve', () => {
    const canonical = canonicalSetting(FIGHTING);
    expect(settingFights(FIGHTING)).toBe(true);
    expect(settingFights(canonical)).toBe(false);
    expect(errorDb(canonical, FIGHTING)).toBeLessThan(0.25);
    expect(totalGain(canonical)).toBeLessThan(0.85 * totalGain(FIGHTING));
  });

  it('keeps the curve of any setting, inside the bounds and with its bells in order', () => {
    fc.assert(
      fc.property(anySetting, (setting) => {
        const canonical = canonicalSetting(setting);
        expect(canonical.every(Number.isFinite)).toBe(true);
        expect(clampToBounds(canonical)).toEqual(canonical);
        expect(errorDb(canonical, setting)).toBeLessThanOrEqual(0.25);
        expect(bellFrequencies(canonical)).toEqual(
          bellFrequencies(canonical).toSorted((a, b) => a - b),
        );
      }),
    );
  });

  it('takes no gain more than a setting has whose bands all work the same way', () => {
    fc.assert(
      fc.property(gentleSetting, (setting) => {
        const upward = setting.map((value) => Math.abs(value));
        expect(totalGain(canonicalSetting(upward))).toBeLessThan(totalGain(upward) + 0.1);
      }),
      { seed: 1 },
    );
  });

  it('sets no bands against each other that were not', () => {
    fc.assert(
      fc.property(gentleSetting, (setting) => {
        fc.pre(!settingFights(setting));
        expect(settingFights(canonicalSetting(setting))).toBe(false);
      }),
      { seed: 1 },
    );
  });

  it('leaves the curve of its own result where it is', () => {
    fc.assert(
      fc.property(gentleSetting, (setting) => {
        const canonical = canonicalSetting(setting);
        expect(errorDb(canonicalSetting(canonical), canonical)).toBeLessThan(0.25);
      }),
    );
  });

  it('leaves a setting alone that could not be simpler', () => {
    expect(canonicalSetting(FLAT_SETTING)).toEqual(FLAT_SETTING);
    const shelf = canonicalSetting(FLAT_SETTING.with(0, 6));
    expect(errorDb(shelf, FLAT_SETTING.with(0, 6))).toBeLessThan(0.02);
    expect(knobMoves(shelf, FLAT_SETTING.with(0, 6))).toBe(false);
  });

  it('only sorts bells that are out of order and have no other fault', () => {
    const sorted = FLAT_SETTING.with(2, 3).with(5, 4);
    const unsorted = [...sorted.slice(0, 2), 4, 1000, 0.71, 3, 560, 0.71, ...sorted.slice(8)];
    expect(canonicalSetting(unsorted)).toEqual(canonicalSetting(sorted));
  });

  it('turns its knobs steadily as a setting glides to another', () => {
    const STEPS = 200;
    const to: EqSetting = [-6, 90, 2, 300, 0.6, 3, 1100, 0.7, 5, 3300, 0.6, 4, 9000];
    const from: EqSetting = [4, 180, 5, 380, 0.9, -2, 1200, 0.5, -3, 3000, 0.8, -6, 6000];
    const path = Array.from({ length: STEPS + 1 }, (_, step) => {
      const share = step / STEPS;
      return canonicalSetting(
        from.map((value, i) => {
          const end = to[i] ?? value;
          if (EQ_PARAMETERS[i]?.kind === 'gain') return value + share * (end - value);
          return value * (end / value) ** share;
        }),
      );
    });
    const jumps = path.slice(1).filter((after, i) => knobMoves(path[i] ?? after, after));
    expect(jumps).toEqual([]);
  });
});
