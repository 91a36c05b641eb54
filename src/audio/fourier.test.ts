import { describe, expect, it } from 'vitest';
import { inverseTransform } from './fourier';

describe('the inverse transform', () => {
  it('is the sum it stands for', () => {
    const length = 32;
    const real = Float64Array.from({ length }, (_, k) => Math.sin(3 * k + 1));
    const imaginary = Float64Array.from({ length }, (_, k) => Math.cos(5 * k));
    const [gotReal, gotImaginary] = [real.slice(), imaginary.slice()];
    inverseTransform(gotReal, gotImaginary);
    for (let n = 0; n < length; n++) {
      let re = 0;
      let im = 0;
      for (let k = 0; k < length; k++) {
        const angle = (2 * Math.PI * k * n) / length;
        re += (real[k] ?? 0) * Math.cos(angle) - (imaginary[k] ?? 0) * Math.sin(angle);
        im += (real[k] ?? 0) * Math.sin(angle) + (imaginary[k] ?? 0) * Math.cos(angle);
      }
      expect(gotReal[n]).toBeCloseTo(re, 12);
      expect(gotImaginary[n]).toBeCloseTo(im, 12);
    }
  });
});
