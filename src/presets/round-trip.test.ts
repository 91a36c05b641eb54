import { describe, expect, it } from 'vitest';
import { bandsOf, EQ_PARAMETERS, FLAT_SETTING, type EqSetting } from '../eq/parameters';
import { logFrequencies, responseDb } from '../eq/response';
import { InputError } from '../base/input-error';
import fc from '../testing/fast-check';
import { exportPreset } from './export-preset';
import { detectFormat, PRESET_FORMATS, presetFormat } from './formats';
import { importPreset } from './import-preset';
import { preampDb } from './preset';

const settings = fc.tuple(
  ...EQ_PARAMETERS.map(({ min, max, kind }) =>
    // Silent bands, and the bounds themselves, are frequent in the data.
    kind === 'gain'
      ? fc.oneof(fc.double({ min, max, noNaN: true }), fc.constantFrom(0, -12, 12))
      : fc.double({ min, max, noNaN: true }),
  ),
);
const names = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom('warm', 'a: b', '# no\nFilter: ON', '"{[', 'null', "it's 70 % warm"),
);
const FREQUENCIES = logFrequencies(300);
const RATES = [44_100, 48_000, 96_000];

/** Largest difference in dB of two settings' responses. */
function apart(a: EqSetting, b: EqSetting, rate = 48_000): number {
  const other = responseDb(b, FREQUENCIES, rate);
  return Math.max(
    ...responseDb(a, FREQUENCIES, rate).map((db, i) => Math.abs(db - (other[i] ?? NaN))),
  );
}

describe.each(PRESET_FORMATS.map((format) => [format.key, format] as const))(
  'a setting as %s',
  (_, format) => {
    it('reads back within 0.05 dB, at any rate and with any name', () => {
      fc.assert(
        fc.property(
          settings,
          names,
          fc.constantFrom(...RATES),
          fc.boolean(),
          (setting, name, sampleRateHz, preamp) => {
            const exported = exportPreset(
              format,
              { name, setting },
              {
                sampleRateHz,
                preamp,
              },
            );
            expect(exported.deviationDb).toBeLessThanOrEqual(0.05);
            const wanted = preampDb(setting, { sampleRateHz, preamp });
            if (format.key !== 'rew') expect(exported.preampDb).toBeCloseTo(wanted, 9);
            expect(detectFormat(exported.text).key).toBe(format.key);
          },
        ),
        { numRuns: 60 },
      );
    });

    it('comes back exactly, with its bells in order', () => {
      fc.assert(
        fc.property(settings, (setting) => {
          const { text } = exportPreset(
            format,
            { name: 'warm', setting },
            { sampleRateHz: 48_000, preamp: true },
          );
          const imported = importPreset(text);
          expect(imported.exact).toBe(true);
          expect(imported.maxDb).toBeLessThanOrEqual(0.05);
          for (const rate of RATES) {
            expect(apart(imported.setting, setting, rate)).toBeLessThanOrEqual(0.05);
          }
          const bells = bandsOf(imported.setting).slice(1, 4);
          const order = bells.map(({ frequencyHz }) => frequencyHz);
          expect(order).toEqual([...order].sort((a, b) => a - b));
        }),
        { numRuns: 30 },
      );
    });

    it('says with one sentence what cannot be read, whatever the text', () => {
      const sample = format.write(
        { name: 'warm', setting: FLAT_SETTING },
        { sampleRateHz: 48_000, preamp: true },
      );
      const texts = fc.oneof(
        fc.string({ unit: 'binary', maxLength: 200 }),
        // The sample with a piece cut out and another put in.
        fc
          .tuple(fc.nat(sample.length), fc.nat(30), fc.string({ maxLength: 12 }))
          .map(([at, cut, put]) => sample.slice(0, at) + put + sample.slice(at + cut)),
      );
      fc.assert(
        fc.property(texts, (text) => {
          try {
            const { filters, preampDb: preamp } = format.read(text);
            expect(Number.isFinite(preamp)).toBe(true);
            for (const { frequencyHz, gainDb, q } of filters) {
              expect([frequencyHz, gainDb, q].every(Number.isFinite)).toBe(true);
            }
          } catch (error) {
            expect(error).toBeInstanceOf(InputError);
            expect(String(error)).not.toMatch(/\n/);
          }
        }),
        { numRuns: 150 },
      );
    });
  },
);

describe('preampDb', () => {
  const at = (sampleRateHz: number) => ({ sampleRateHz, preamp: true });

  it('brings the highest point of the curve to 0 dB, or at most 0.1 dB lower', () => {
    fc.assert(
      fc.property(settings, fc.constantFrom(...RATES), (setting, rate) => {
        const preamp = preampDb(setting, at(rate));
        const dense = responseDb(setting, logFrequencies(5000, 1, rate / 2), rate);
        const highest = Math.max(...dense) + preamp;
        expect(preamp).toBeLessThanOrEqual(0);
        expect(highest).toBeLessThan(0.02);
        if (preamp < 0) expect(highest).toBeGreaterThan(-0.11);
      }),
    );
  });

  it('is 0 for a setting that only lowers, and where it is switched off', () => {
    const lower = EQ_PARAMETERS.map(({ kind, initial }) => (kind === 'gain' ? -3 : initial));
    expect(Object.is(preampDb(lower, at(48_000)), 0)).toBe(true);
    const higher = lower.map((value) => Math.abs(value));
    expect(preampDb(higher, at(48_000))).toBeLessThan(-3);
    expect(preampDb(higher, { sampleRateHz: 48_000, preamp: false })).toBe(0);
  });
});

describe('presetFormat', () => {
  it('finds formats by their keys and names them where there is none', () => {
    expect(presetFormat('rew').title).toContain('Room EQ');
    expect(() => presetFormat('constructor')).toThrow(InputError);
    expect(() => presetFormat('vst')).toThrow(
      /apo, rew, easyeffects, camilladsp, camilladsp-five, json/,
    );
  });
});
