import { describe, expect, it } from 'vitest';
import { logFrequencies } from '../eq/response';
import { spectrumColumns } from './spectrum-columns';

const RATE_HZ = 48_000;
const BINS = 4096;
const binHz = RATE_HZ / (2 * BINS);
const frequencies = logFrequencies(200);

describe('a spectrum in columns', () => {
  it('is level for pink noise', () => {
    const pink = Float32Array.from({ length: BINS }, (_, k) => -40 - 10 * Math.log10(k * binHz));
    const levels = spectrumColumns(pink, RATE_HZ, frequencies);
    // Above 100 Hz, where bins are near enough together.
    const heard = levels.filter((_, i) => (frequencies[i] ?? 0) > 100);
    expect(Math.max(...heard) - Math.min(...heard)).toBeLessThan(0.2);
    expect(heard[0]).toBeCloseTo(-40 - 30, 0);
  });

  it('takes the mean power of many bins', () => {
    const one = new Float32Array(BINS).fill(-Infinity);
    one[1706] = 0;
    const levels = spectrumColumns(one, RATE_HZ, frequencies);
    const highest = Math.max(...levels);
    const at = frequencies[levels.indexOf(highest)] ?? 0;
    expect(Math.abs(at / (1706 * binHz) - 1)).toBeLessThan(0.02);
    const bins = (at * (1000 ** (1 / 199) - 1)) / binHz;
    expect(highest).toBeCloseTo(-10 * Math.log10(bins) + 10 * Math.log10(at / 1000), 0);
  });

  it('is −∞ dB for silence', () => {
    const silence = new Float32Array(BINS).fill(-Infinity);
    expect(spectrumColumns(silence, RATE_HZ, frequencies).every((db) => db === -Infinity)).toBe(
      true,
    );
  });
});
