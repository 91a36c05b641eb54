import { describe, expect, it } from 'vitest';
import { closedRegion } from './loop-region';

/** A slow wave that never meets itself at the seam. */
const samples = Float32Array.from({ length: 1000 }, (_, i) => Math.sin(i / 37));
const largestStep = (region: Float32Array): number =>
  region.reduce((most, x, i) => Math.max(most, Math.abs(x - (region.at(i - 1) ?? 0))), 0);

describe('a closed region', () => {
  it('has no step at its seam larger than a fade makes, wherever it lies', () => {
    for (const [from, to] of [
      [300, 648],
      [0, 433],
      [20, 700],
      [590, 1000],
    ] as const) {
      expect(largestStep(samples.slice(from, to))).toBeGreaterThan(0.3);
      const region = closedRegion(samples, from, to, 100);
      expect(region.length).toBe(to - from);
      expect(largestStep(region)).toBeLessThan(0.07);
    }
  });

  it('is untouched but for the fade', () => {
    const region = closedRegion(samples, 300, 640, 100);
    expect(region.slice(0, 240)).toEqual(samples.slice(300, 540));
  });

  it('is as it was where it is the whole', () => {
    expect(closedRegion(samples, 0, 1000, 100)).toEqual(samples);
  });

  it('mends half of what is shorter than the fade', () => {
    const region = closedRegion(samples, 300, 360, 100);
    expect(region.slice(0, 30)).toEqual(samples.slice(300, 330));
    expect(region.at(-1)).toBeCloseTo(samples[299] ?? 0, 6);
  });
});
