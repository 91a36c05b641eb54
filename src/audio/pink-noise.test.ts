import { describe, expect, it } from 'vitest';
import { inverseTransform } from './fourier';
import { pinkNoise } from './pink-noise';

const RATE_HZ = 48_000;
const noise = pinkNoise(RATE_HZ);

/** Power of the loop from one frequency to another, in dB. */
function powerDb(fromHz: number, toHz: number): number {
  const real = Float64Array.from(noise);
  const imaginary = new Float64Array(noise.length);
  inverseTransform(real, imaginary);
  let power = 0;
  for (let k = 1; k < noise.length / 2; k++) {
    const hz = (k * RATE_HZ) / noise.length;
    if (hz >= fromHz && hz < toHz) power += (real[k] ?? 0) ** 2 + (imaginary[k] ?? 0) ** 2;
  }
  return 10 * Math.log10(power);
}

describe('pink noise', () => {
  it('has equal power in every octave: 3 dB less per octave at any one frequency', () => {
    const octaves = [40, 80, 160, 320, 640, 1280, 2560, 5120].map((hz) => powerDb(hz, 2 * hz));
    expect(Math.max(...octaves) - Math.min(...octaves)).toBeLessThan(0.1);
  });

  it('holds nothing below 20 Hz', () => {
    expect(powerDb(20, 40) - powerDb(0.1, 19.9)).toBeGreaterThan(80);
  });

  it('is at −18 dBFS, and nowhere above −3', () => {
    const mean = noise.reduce((sum, sample) => sum + sample ** 2, 0) / noise.length;
    expect(10 * Math.log10(mean)).toBeCloseTo(-18, 3);
    expect(noise.reduce((most, x) => Math.max(most, Math.abs(x)), 0)).toBeLessThan(10 ** (-3 / 20));
  });

  it('begins again without a seam', () => {
    const steps = noise.map((sample, i) => Math.abs(sample - (noise.at(i - 1) ?? 0)));
    const usual = Math.sqrt(steps.reduce((sum, step) => sum + step ** 2, 0) / steps.length);
    expect(steps[0]).toBeLessThan(3 * usual);
  });

  it('is the same every time', () => {
    const again = Buffer.from(pinkNoise(RATE_HZ).buffer);
    expect(again.equals(Buffer.from(noise.buffer))).toBe(true);
  });
});
