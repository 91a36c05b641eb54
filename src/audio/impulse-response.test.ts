import { describe, expect, it } from 'vitest';
import { EQ_PARAMETERS, FLAT_SETTING } from '../eq/parameters';
import { logFrequencies, responseDb } from '../eq/response';
import { randomUniform } from '../math/threefry';
import { impulseResponse } from './impulse-response';

/** What a convolution with the samples does at a frequency, in dB. */
function levelDb(samples: Float32Array, frequencyHz: number, sampleRateHz: number): number {
  const step = (2 * Math.PI * frequencyHz) / sampleRateHz;
  let real = 0;
  let imaginary = 0;
  samples.forEach((sample, i) => {
    real += sample * Math.cos(step * i);
    imaginary -= sample * Math.sin(step * i);
  });
  return 10 * Math.log10(real ** 2 + imaginary ** 2);
}

describe('an impulse response', () => {
  it.each([44_100, 48_000, 96_000])('at %i Hz has the curve of its setting', (rate) => {
    const frequencies = logFrequencies(40);
    for (let seed = 1; seed <= 6; seed++) {
      const setting = EQ_PARAMETERS.map(
        ({ min, max }, i) => min + randomUniform(seed, 0, 0, i) * (max - min),
      );
      const samples = impulseResponse(setting, rate);
      responseDb(setting, frequencies, rate).forEach((db, i) => {
        const off = levelDb(samples, frequencies[i] ?? 20, rate) - db;
        expect(Math.abs(off), `seed ${String(seed)}`).toBeLessThan(0.05);
      });
    }
  });

  it('of the narrowest bells there are is as long as they ring', () => {
    const setting = EQ_PARAMETERS.map(({ kind, min, max }) =>
      kind === 'gain' ? max : kind === 'q' ? max : min,
    );
    const samples = impulseResponse(setting, 96_000);
    const frequencies = logFrequencies(80, 20, 200);
    responseDb(setting, frequencies, 96_000).forEach((db, i) => {
      expect(Math.abs(levelDb(samples, frequencies[i] ?? 20, 96_000) - db)).toBeLessThan(0.05);
    });
  });

  it('of a flat setting is one sample of 1', () => {
    const samples = impulseResponse(FLAT_SETTING, 48_000);
    expect(samples[0]).toBeCloseTo(1, 6);
    expect(samples.subarray(1).every((sample) => Math.abs(sample) < 1e-6)).toBe(true);
  });
});
