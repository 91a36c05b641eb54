import { describe, expect, it } from 'vitest';
import fc from '../testing/fast-check';
import {
  BANDS,
  bandsOf,
  clampToBounds,
  EQ_BANDS,
  EQ_PARAMETERS,
  FLAT_SETTING,
  PARAMETER_COUNT,
  parameterOf,
  sameSetting,
  settingOf,
} from './parameters';

describe('EQ_PARAMETERS', () => {
  it('lists 13 parameters, each starting inside its bounds', () => {
    expect(EQ_PARAMETERS.length).toBe(PARAMETER_COUNT);
    for (const { min, max, initial } of EQ_PARAMETERS) {
      expect(initial).toBeGreaterThanOrEqual(min);
      expect(initial).toBeLessThanOrEqual(max);
    }
  });

  it("agrees with the order bandsOf reads, and with the plug-in's bounds", () => {
    expect(EQ_PARAMETERS.map(({ kind, band }) => `${String(band)} ${kind}`)).toEqual([
      ...['0 gain', '0 frequency'],
      ...['1 gain', '1 frequency', '1 q'],
      ...['2 gain', '2 frequency', '2 q'],
      ...['3 gain', '3 frequency', '3 q'],
      ...['4 gain', '4 frequency'],
    ]);
    const bounds = EQ_PARAMETERS.filter(({ kind }) => kind === 'frequency').map((p) => [
      p.min,
      p.max,
    ]);
    expect(bounds).toEqual([
      [22, 1000],
      [82, 3900],
      [180, 4700],
      [220, 10_000],
      [580, 20_000],
    ]);
  });
});

describe('bandsOf', () => {
  it('takes each band from its own places; shelves have Q 0.71', () => {
    expect(bandsOf([1, 100, 2, 200, 0.2, 3, 300, 0.3, 4, 400, 0.4, 5, 500])).toEqual([
      { kind: 'low shelf', gainDb: 1, frequencyHz: 100, q: 0.71 },
      { kind: 'bell', gainDb: 2, frequencyHz: 200, q: 0.2 },
      { kind: 'bell', gainDb: 3, frequencyHz: 300, q: 0.3 },
      { kind: 'bell', gainDb: 4, frequencyHz: 400, q: 0.4 },
      { kind: 'high shelf', gainDb: 5, frequencyHz: 500, q: 0.71 },
    ]);
  });
});

describe('EQ_BANDS', () => {
  it('says where each of the 13 parameters stands', () => {
    EQ_PARAMETERS.forEach(({ band, kind, name }, place) => {
      expect(parameterOf(band, kind)).toBe(place);
      expect(name).toBe(`${EQ_BANDS[band].name} ${kind === 'q' ? 'Q' : kind}`);
    });
    expect(BANDS.flatMap((band) => parameterOf(band, 'q') ?? [])).toHaveLength(3);
  });
});

describe('settingOf', () => {
  it('is the opposite of bandsOf', () => {
    const setting = [1, 100, 2, 200, 0.2, 3, 300, 0.3, 4, 400, 0.4, 5, 500];
    expect(settingOf(bandsOf(setting))).toEqual(setting);
  });

  it('leaves the bands that it is not given as the plug-in begins', () => {
    const bell = { gainDb: 3, frequencyHz: 700, q: 2 };
    const setting = settingOf([undefined, bell]);
    expect(bandsOf(setting).toSpliced(1, 1)).toEqual(bandsOf(FLAT_SETTING).toSpliced(1, 1));
    expect(bandsOf(setting)[1]).toMatchObject(bell);
  });
});

describe('sameSetting', () => {
  it('is of settings with the same numbers only', () => {
    expect(sameSetting(FLAT_SETTING, [...FLAT_SETTING])).toBe(true);
    expect(sameSetting(FLAT_SETTING, FLAT_SETTING.with(12, 8201))).toBe(false);
  });
});

describe('clampToBounds', () => {
  it('moves values to the nearest bound and leaves those inside alone', () => {
    const anything = fc.array(fc.double({ noNaN: true }), { minLength: 13, maxLength: 13 });
    fc.assert(
      fc.property(anything, (setting) => {
        clampToBounds(setting).forEach((value, i) => {
          const { min, max } = EQ_PARAMETERS[i] ?? { min: NaN, max: NaN };
          const given = setting[i] ?? NaN;
          expect(value).toBe(given < min ? min : given > max ? max : given);
        });
      }),
    );
  });

  it('leaves bells alone that were put in the order of their frequencies', () => {
    const inside = fc.tuple(
      ...EQ_PARAMETERS.map(({ min, max }) => fc.double({ min, max, noNaN: true })),
    );
    fc.assert(
      fc.property(inside, (setting) => {
        const bells = [2, 5, 8].map((at) => setting.slice(at, at + 3));
        bells.sort((a, b) => (a[1] ?? NaN) - (b[1] ?? NaN));
        const sorted = [...setting.slice(0, 2), ...bells.flat(), ...setting.slice(11)];
        expect(clampToBounds(sorted)).toEqual(sorted);
      }),
    );
  });

  it('fills what is missing with the initial value', () => {
    expect(clampToBounds([])).toEqual(FLAT_SETTING);
  });
});
