import { describe, expect, it } from 'vitest';
import { FLAT_SETTING } from '../eq/parameters';
import { responseDb } from '../eq/response';
import { encoderInputs, inputWidth } from './inputs';
import { fitNormaliser, normalise } from './normaliser';
import { parameterTable } from './parameter-table';
import { sampleModel } from '../testing/sample-model';

const boosted = FLAT_SETTING.map((value, i) => (i === 2 ? 6 : value));
const settings = [FLAT_SETTING, boosted];
const normaliser = fitNormaliser('plug-in-log', settings);

describe('encoderInputs', () => {
  it('gives normalised parameters', () => {
    const spec = { input: 'parameters' } as const;
    expect(inputWidth(spec)).toBe(13);
    expect(encoderInputs(spec, settings, normaliser)).toStrictEqual(
      normalise(settings, normaliser),
    );
  });

  it('gives sixths of a decibel curve’s 64 points from 20 Hz to 20 kHz', () => {
    const spec = { input: 'response' } as const;
    const inputs = encoderInputs(spec, settings, normaliser);
    expect(inputWidth(spec)).toBe(64);
    expect(inputs).toHaveLength(2 * 64);
    expect(inputs.subarray(0, 64).every((value) => Math.abs(value) < 1e-6)).toBe(true);
    for (const [point, hz] of [
      [0, 20],
      [31, 20 * 1000 ** (31 / 63)],
      [63, 20_000],
    ] as const) {
      const db = responseDb(boosted, [hz], 48_000)[0] ?? Number.NaN;
      expect(inputs[64 + point]).toBeCloseTo(db / 6, 6);
    }
    // The bell's 6 dB at 560 Hz.
    expect(Math.max(...inputs)).toBeCloseTo(1, 2);
  });

  it('is as wide as the first layer', () => {
    const { spec } = sampleModel().document;
    const { entries } = parameterTable({ ...spec, input: 'response' });
    expect(entries[0]?.shape).toStrictEqual([5, 64]);
  });
});
