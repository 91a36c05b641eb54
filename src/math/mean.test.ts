import { expect, it } from 'vitest';
import { mean } from './mean';

it('is the mean, in double precision, and not a number where there is nothing', () => {
  expect(mean([1, 2, 6])).toBe(3);
  expect(mean(Float32Array.of(16_777_216, 1, 1))).toBe(16_777_218 / 3);
  expect(mean(Float64Array.of(0.5))).toBe(0.5);
  expect(mean([])).toBeNaN();
});
