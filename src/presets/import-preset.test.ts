import { describe, expect, it } from 'vitest';
import { EQ_PARAMETERS, bandsOf } from '../eq/parameters';
import { settingFights } from '../eq/setting-quality';
import { InputError } from '../base/input-error';
import { presetFormat } from './formats';
import { importPreset } from './import-preset';

const gains = (text: string): number[] =>
  bandsOf(importPreset(text).setting).map(({ gainDb }) => gainDb);

describe('importPreset', () => {
  it('takes what five bands hold exactly, in any order, without what is switched off', () => {
    const { setting, exact, maxDb, preset } = importPreset(`Preamp: -4 dB
Filter 1: ON PK Fc 4000 Hz Gain -3 dB Q 2
Filter 2: OFF PK Fc 500 Hz Gain 9 dB Q 2
Filter 3: ON HSC Fc 9000 Hz Gain 2 dB Q 0.71
Filter 4: ON PK Fc 200 Hz Gain 1.5 dB Q 0.5
Filter 5: ON LSC Fc 100 Hz Gain 4 dB Q 0.7071`);
    expect([exact, preset.preampDb, preset.off]).toEqual([true, -4, 1]);
    expect(setting).toEqual([
      ...[4, 100],
      ...[1.5, 200, 0.5],
      ...[0, 1000, 0.71],
      ...[-3, 4000, 2],
      ...[2, 9000],
    ]);
    expect(maxDb).toBeGreaterThan(0);
    expect(maxDb).toBeLessThan(0.022);
  });

  it('leaves silent filters out where there would be too many', () => {
    const silent = 'Filter: ON PK Fc 50 Hz Gain 0 dB Q 40\n';
    const text = `${silent.repeat(6)}Filter: ON PK Fc 2000 Hz Gain 3 dB Q 1`;
    expect(importPreset(text)).toMatchObject({ exact: true, maxDb: 0 });
    expect(gains(text)).toEqual([0, 0, 0, 3, 0]);
  });

  it.each([
    ['another shelf Q', 'Filter: ON LSC Fc 100 Hz Gain 6 dB Q 0.5', 0.5],
    [
      'a second low shelf',
      'Filter: ON LSC Fc 100 Hz Gain 6 dB Q 0.71\nFilter: ON LSC Fc 300 Hz Gain -3 dB Q 0.71',
      0.3,
    ],
    ['a bell below the bounds', 'Filter: ON PK Fc 50 Hz Gain 4 dB Q 1', 2],
    ['a gain above the bounds', 'Filter: ON PK Fc 1000 Hz Gain 15 dB Q 1', 0.5],
    [
      'ten bells',
      Array.from(
        { length: 10 },
        (_, i) =>
          `Filter: ON PK Fc ${String(60 * 1.8 ** i)} Hz Gain ${String(3 * Math.cos(i / 2))} dB Q 1.2`,
      ).join('\n'),
      1,
    ],
    ['a gentle high pass', 'Filter: ON HPQ Fc 30 Hz Q 0.7', 4],
    ['a GraphicEQ', 'GraphicEQ: 20 3; 200 3; 2000 -2; 20000 -2', 0.6],
  ])('fits %s, and says how far off it is', (_, text, within) => {
    const { exact, maxDb, rmsDb, setting } = importPreset(text);
    expect(exact).toBe(false);
    expect(rmsDb).toBeLessThan(within);
    expect(maxDb).toBeGreaterThanOrEqual(rmsDb);
    EQ_PARAMETERS.forEach(({ min, max }, i) => {
      expect(setting[i]).toBeGreaterThanOrEqual(min);
      expect(setting[i]).toBeLessThanOrEqual(max);
    });
  });

  // The nearest five bands, 0.65 and 0.69 dB away, boost and cut within an octave.
  it.each([
    [
      [40, -3.1, 2.3],
      [87, 5, 2.3],
      [251, 2.5, 1.77],
      [535, 4.5, 1.83],
      [1448, -2.8, 2.07],
      [2820, -1.3, 1.08],
      [6899, -3.2, 2.5],
      [17_296, -1.9, 2.07],
    ],
    [
      [51, 3.8, 2.22],
      [123, 2.3, 1.27],
      [258, -2.1, 2.43],
      [474, 4.1, 2.02],
      [1418, -0.4, 2.29],
      [3277, -5.5, 1.16],
      [5850, -5.7, 1.86],
      [17_233, 1.5, 2.41],
    ],
  ])('sets no bands against each other for eight bells that five come near to', (...bells) => {
    const lines = bells.map(
      ([hz, db, q]) => `Filter: ON PK Fc ${String(hz)} Hz Gain ${String(db)} dB Q ${String(q)}`,
    );
    const { setting, rmsDb } = importPreset(lines.join('\n'));
    expect(settingFights(setting)).toBe(false);
    expect(rmsDb).toBeLessThan(0.8);
  });

  it('fits a notch, which goes down to nothing, with a finite residual', () => {
    const { maxDb, rmsDb } = importPreset('Filter: ON NO Fc 1000 Hz');
    expect(Number.isFinite(maxDb)).toBe(true);
    expect(rmsDb).toBeLessThan(3);
  });

  it('reads the format it is told, and says so where the text is another', () => {
    const text = 'Filter: ON PK Fc 1000 Hz Gain 3 dB Q 1';
    expect(importPreset(text).format.key).toBe('apo');
    expect(importPreset(text, presetFormat('rew')).format.key).toBe('rew');
    expect(() => importPreset(text, presetFormat('json'))).toThrow(InputError);
  });

  it.each([
    ['', 'The file is empty.'],
    ['\uFEFF \r\n', 'The file is empty.'],
    ['hello', 'Line 1: this begins as none of the presets'],
    ['{}', 'Line 1: this begins as none of the presets'],
    ['a'.repeat(2 ** 20 + 1), 'longer than 1 MB'],
    ['Filter: ON PK Fc 9 Hz Gain 1 dB Q 1\n'.repeat(1001), 'more than 1,000 filters'],
  ])('refuses what is no preset', (text, sentence) => {
    expect(() => importPreset(text)).toThrow(InputError);
    expect(() => importPreset(text)).toThrow(sentence);
  });
});
