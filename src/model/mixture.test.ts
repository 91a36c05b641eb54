import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clampToBounds, EQ_PARAMETERS, type EqSetting } from '../eq/parameters';
import { logFrequencies, responseDb } from '../eq/response';
import { InputError } from '../input-error';
import { sampleModel } from '../testing/sample-model';
import { atStrength, mixSettings, type MixturePart } from './mixture';
import { blend, decodeSetting } from './word-settings';

const model = sampleModel();
const { latent } = model.document.spec;
const part = (at: number, weight: number): MixturePart => {
  const point = Array.from({ length: latent }, (_, i) => Math.sin(at * 7 + i));
  return { latent: point, setting: decodeSetting(model, point), weight };
};
const settings = fc.tuple(
  ...EQ_PARAMETERS.map(({ min, max }) => fc.double({ min, max, noNaN: true })),
);
const FREQUENCIES = logFrequencies(60);

describe('mixSettings', () => {
  const [a, b, c] = [part(1, 0.7), part(2, 0.3), part(3, 0)];

  it('takes the weighted mean of latents and decodes it', () => {
    const wanted = decodeSetting(model, blend(a.latent, b.latent, 0.3));
    mixSettings(model, [a, b, c], 'latent').forEach((value, i) => {
      expect(value).toBeCloseTo(wanted[i] ?? NaN, 3);
    });
    expect(mixSettings(model, [a], 'latent')).toEqual(a.setting);
  });

  it('takes the weighted mean of dB, Hz and Q', () => {
    const wanted = blend(a.setting, b.setting, 0.3);
    mixSettings(model, [a, b, c], 'parameters').forEach((value, i) => {
      expect(value).toBeCloseTo(wanted[i] ?? NaN, 9);
    });
  });

  it('divides weights by their sum', () => {
    for (const space of ['latent', 'parameters'] as const) {
      const twice = [a, b].map((one) => ({ ...one, weight: one.weight * 2 }));
      mixSettings(model, twice, space).forEach((value, i) => {
        expect(value).toBeCloseTo(mixSettings(model, [a, b], space)[i] ?? NaN, 3);
      });
    }
  });

  it.each([
    ['no part', []],
    ['weights of 0 only', [c]],
    ['a negative weight', [a, { ...b, weight: -1 }]],
    ['a weight that is no number', [{ ...a, weight: NaN }]],
    ['weights past all numbers', [a, b].map((one) => ({ ...one, weight: Number.MAX_VALUE }))],
  ])('refuses %s', (_, parts) => {
    expect(() => mixSettings(model, parts, 'parameters')).toThrow(InputError);
  });
});

describe('atStrength', () => {
  it('multiplies gains alone and stays inside the bounds', () => {
    fc.assert(
      fc.property(settings, fc.double({ min: -1, max: 2, noNaN: true }), (setting, strength) => {
        const changed = atStrength(setting, strength);
        expect(clampToBounds(changed)).toEqual(changed);
        EQ_PARAMETERS.forEach(({ kind, min, max }, i) => {
          const value = setting[i] ?? NaN;
          const gain = Math.min(max, Math.max(min, value * strength));
          expect(changed[i]).toBeCloseTo(kind === 'gain' ? gain : value, 12);
        });
      }),
    );
  });

  it('inverts the response at −1, silences it at 0 and leaves it alone at 1', () => {
    fc.assert(
      fc.property(settings, (setting) => {
        const response = responseDb(setting, FREQUENCIES);
        const inverse = responseDb(atStrength(setting, -1), FREQUENCIES);
        inverse.forEach((db, i) => {
          expect(db + (response[i] ?? NaN)).toBeCloseTo(0, 9);
        });
        const silent: EqSetting = atStrength(setting, 0);
        expect(Math.max(...responseDb(silent, FREQUENCIES).map(Math.abs))).toBeLessThan(1e-12);
        expect(atStrength(setting, 1)).toEqual(setting.map((value) => value + 0));
      }),
    );
  });

  it('never shows a gain of −0', () => {
    const flat = EQ_PARAMETERS.map(({ initial }) => initial);
    expect(Object.is(atStrength(flat, -1)[0], 0)).toBe(true);
  });
});
