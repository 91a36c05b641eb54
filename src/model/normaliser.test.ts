import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { EQ_PARAMETERS, type EqSetting } from '../eq/parameters';
import { InputError } from '../input-error';
import { normaliserSchema, type Normaliser } from './model';
import { denormalise, fitNormaliser, normalise } from './normaliser';

const settings = fc.tuple(
  ...EQ_PARAMETERS.map(({ min, max }) => fc.double({ min, max, noNaN: true })),
);
const initial: EqSetting = EQ_PARAMETERS.map((p) => p.initial);

/** Round figures, so that normalised values can be worked out in the head. */
const round: Normaliser = {
  gainDb: [-12, 12],
  frequencyLog10: [1, 5],
  frequencyOffsetHz: 1,
  qLog10: [-1, 1],
};

describe('fitNormaliser', () => {
  it('takes the range of all frequencies together and of all Qs together', () => {
    const low = initial.map((value, i) => (i === 1 ? 99 : i === 4 ? 0.1 : value));
    const high = initial.map((value, i) => (i === 12 ? 9999 : i === 10 ? 1 : value));
    const fitted = fitNormaliser([low, high]);
    expect(fitted.gainDb).toEqual([-12, 12]);
    expect(fitted.frequencyOffsetHz).toBe(1);
    expect(fitted.frequencyLog10[0]).toBeCloseTo(2, 12);
    expect(fitted.frequencyLog10[1]).toBeCloseTo(4, 12);
    expect(fitted.qLog10[0]).toBeCloseTo(-1, 12);
    expect(fitted.qLog10[1]).toBeCloseTo(0, 12);
  });

  it('makes a range without width a decade wide', () => {
    const { qLog10 } = fitNormaliser([initial]);
    expect(qLog10[0]).toBeCloseTo(Math.log10(0.71) - 0.5, 12);
    expect(qLog10[1]).toBeCloseTo(Math.log10(0.71) + 0.5, 12);
  });

  it('always gives a normaliser a model file may hold, under which its rows come back', () => {
    fc.assert(
      fc.property(fc.array(settings, { minLength: 1, maxLength: 6 }), (rows) => {
        const fitted = fitNormaliser(rows);
        expect(v.is(normaliserSchema, fitted)).toBe(true);
        const values = normalise(rows, fitted);
        rows.forEach((row, r) => {
          denormalise(values, fitted, r).forEach((value, i) => {
            const wanted = row[i] ?? NaN;
            expect(Math.abs(value - wanted)).toBeLessThan(1e-4 * Math.max(1, Math.abs(wanted)));
          });
        });
        expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
        expect(Math.max(...values)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('refuses no rows', () => {
    expect(() => fitNormaliser([])).toThrow(InputError);
  });
});

describe('normalise', () => {
  it('scales gains linearly, frequencies and Qs by their logarithms', () => {
    const setting = [-12, 99, 0, 999, 1, 6, 999, 0.1, 12, 999, 10, 3, 9999];
    const wanted = [0, 0.25, 0.5, 0.5, 0.5, 0.75, 0.5, 0, 1, 0.5, 1, 0.625, 0.75];
    const values = normalise([setting, initial], round);
    expect(values.length).toBe(26);
    wanted.forEach((value, i) => {
      expect(values[i]).toBeCloseTo(value, 6);
    });
  });
});

describe('denormalise', () => {
  it('reads the row asked for', () => {
    const values = normalise([initial, initial.map((value, i) => (i === 0 ? -3 : value))], round);
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
