import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { EQ_PARAMETERS, FLAT_SETTING } from '../eq/parameters';
import { InputError } from '../base/input-error';
import fc from '../testing/fast-check';
import { denormalise, denormaliseFreely, fitNormaliser, normalise } from './normaliser';
import { fromFounding, normaliserSchema, type Normaliser } from './normaliser-schema';
import { NORMALISERS } from '../recipe/settings/data-settings';

const settings = fc.tuple(
  ...EQ_PARAMETERS.map(({ min, max }) => fc.double({ min, max, noNaN: true })),
);

/** Round figures, so that normalised values can be worked out in the head. */
const round = fromFounding({
  gainDb: [-12, 12],
  frequencyLog10: [1, 5],
  frequencyOffsetHz: 1,
  qLog10: [-1, 1],
});

/** The ends of a column, in the unit of what it scales. */
function ends({ columns }: Normaliser, i: number): [number, number] {
  const { scale, offset, from, to } = columns[i] ?? expect.fail();
  return scale === 'linear' ? [from, to] : [10 ** from - offset, 10 ** to - offset];
}

describe('fitNormaliser', () => {
  it('takes the range of all frequencies together and of all Qs together from the data', () => {
    const low = FLAT_SETTING.map((value, i) => (i === 1 ? 99 : i === 4 ? 0.1 : value));
    const high = FLAT_SETTING.map((value, i) => (i === 12 ? 9999 : i === 10 ? 1 : value));
    const { columns } = fitNormaliser('data', [low, high]);
    EQ_PARAMETERS.forEach(({ kind }, i) => {
      const { from, to, ...scale } = columns[i] ?? expect.fail();
      const wanted = {
        gain: { scale: { scale: 'linear', offset: 0 }, from: -12, to: 12 },
        frequency: { scale: { scale: 'log10', offset: 1 }, from: 2, to: 4 },
        q: { scale: { scale: 'log10', offset: 0 }, from: -1, to: 0 },
      }[kind];
      expect(scale).toEqual(wanted.scale);
      expect(from).toBeCloseTo(wanted.from, 12);
      expect(to).toBeCloseTo(wanted.to, 12);
    });
  });

  it('makes a range without width a decade wide', () => {
    const { from, to } = fitNormaliser('data', [FLAT_SETTING]).columns[4] ?? expect.fail();
    expect(from).toBeCloseTo(Math.log10(0.71) - 0.5, 12);
    expect(to).toBeCloseTo(Math.log10(0.71) + 0.5, 12);
  });

  it('takes mean and standard deviation of each column for a z-score', () => {
    const rows = [100, 200, 600, 700].map((hz) => FLAT_SETTING.map((v, i) => (i === 1 ? hz : v)));
    const fitted = fitNormaliser('z-score', rows);
    expect(fitted.columns[1]).toEqual({
      scale: 'linear',
      offset: 0,
      from: 400,
      to: 400 + Math.sqrt(65_000),
    });
    // No spread: a deviation of 1.
    expect(ends(fitted, 12)).toEqual([8200, 8201]);
    const values = normalise(rows, fitted);
    expect(values[1]).toBeCloseTo(-300 / Math.sqrt(65_000), 6);
    expect(values[12]).toBe(0);
  });

  it.each([
    ['fixed-log', 'log10', [-12, 12], [20, 20_000], [20, 20_000], [0.1, 10]],
    ['plug-in-linear', 'linear', [-12, 12], [22, 1000], [580, 20_000], [0.1, 10]],
    ['plug-in-log', 'log10', [-12, 12], [22, 1000], [580, 20_000], [0.1, 10]],
    // A twentieth beyond from 22 to 1000 Hz is 22 · (22 / 1000)^0.05, and so on.
    [
      'plug-in-log-wide',
      'log10',
      [-13.2, 13.2],
      [22 * 0.022 ** 0.05, 1000 / 0.022 ** 0.05],
      [580 * 0.029 ** 0.05, 22_000],
      [0.1 ** 1.1, 10 ** 1.1],
    ],
  ] as const)('knows the ends of %s whatever the data', (kind, scale, gain, low, high, q) => {
    const fitted = fitNormaliser(kind, [FLAT_SETTING]);
    const close = (i: number, wanted: readonly [number, number]): void => {
      ends(fitted, i).forEach((end, at) => {
        expect(end / (wanted[at] ?? NaN)).toBeCloseTo(1, 12);
      });
    };
    close(0, gain);
    close(1, low);
    close(4, q);
    close(12, high);
    expect(fitted.columns[0]?.scale).toBe('linear');
    expect(fitted.columns[1]?.scale).toBe(scale);
    expect(fitted.columns[4]?.scale).toBe(scale);
  });

  it('always gives a normaliser a model file may hold, under which its rows come back', () => {
    fc.assert(
      fc.property(fc.array(settings, { minLength: 1, maxLength: 6 }), (rows) => {
        for (const kind of NORMALISERS) {
          const fitted = fitNormaliser(kind, rows);
          expect(v.parse(normaliserSchema, fitted)).toEqual(fitted);
          const values = normalise(rows, fitted);
          rows.forEach((row, r) => {
            denormalise(values, fitted, r).forEach((value, i) => {
              const wanted = row[i] ?? NaN;
              // float32 near 1 resolves a column of 20 kHz to a thousandth of a hertz.
              const rounding = kind === 'plug-in-linear' ? 2e-3 : 1e-4;
              expect(Math.abs(value - wanted)).toBeLessThan(
                rounding * Math.max(1, Math.abs(wanted)),
              );
            });
          });
          if (kind === 'z-score') continue;
          expect(Math.min(...values)).toBeGreaterThanOrEqual(-1e-6);
          expect(Math.max(...values)).toBeLessThanOrEqual(1 + 1e-6);
        }
      }),
    );
  });

  it.each(NORMALISERS)('refuses no rows (%s)', (kind) => {
    expect(() => fitNormaliser(kind, [])).toThrow(InputError);
  });
});

describe('normalise', () => {
  it('scales gains linearly, frequencies and Qs by their logarithms', () => {
    const setting = [-12, 99, 0, 999, 1, 6, 999, 0.1, 12, 999, 10, 3, 9999];
    const wanted = [0, 0.25, 0.5, 0.5, 0.5, 0.75, 0.5, 0, 1, 0.5, 1, 0.625, 0.75];
    const values = normalise([setting, FLAT_SETTING], round);
    expect(values.length).toBe(26);
    wanted.forEach((value, i) => {
      expect(values[i]).toBeCloseTo(value, 6);
    });
  });
});

describe('denormalise', () => {
  it('reads the row asked for', () => {
    const values = normalise(
      [FLAT_SETTING, FLAT_SETTING.map((value, i) => (i === 0 ? -3 : value))],
      round,
    );
    expect(denormalise(values, round)[0]).toBeCloseTo(0, 5);
    expect(denormalise(values, round, 1)[0]).toBeCloseTo(-3, 5);
  });

  it("never leaves the plug-in's bounds", () => {
    const anything = fc.array(fc.double({ noNaN: true }), { minLength: 13, maxLength: 13 });
    fc.assert(
      fc.property(anything, (values) => {
        denormalise(values, round).forEach((value, i) => {
          const { min, max } = EQ_PARAMETERS[i] ?? { min: NaN, max: NaN };
          expect(value).toBeGreaterThanOrEqual(min);
          expect(value).toBeLessThanOrEqual(max);
        });
      }),
    );
  });
});

describe('denormaliseFreely', () => {
  it("leaves the plug-in's bounds where the numbers do", () => {
    const setting = denormaliseFreely(new Float32Array(13).fill(1.5), round);
    expect(setting[0]).toBe(24);
    expect(setting[1]).toBeCloseTo(1e7 - 1, 0);
    expect(denormalise(new Float32Array(13).fill(1.5), round)[1]).toBe(1000);
  });
});
