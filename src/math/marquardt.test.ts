import { describe, expect, it } from 'vitest';
import { dot } from './linear-algebra';
import { marquardtStep } from './marquardt';

const SLOPES = [Float64Array.of(1, 2, 0), Float64Array.of(0, 1, -1)];
const TINY = 1e-12;

describe('marquardtStep', () => {
  it('is the whole way of a linear problem where nothing is damped', () => {
    const missing = Float64Array.of(3, 6 - 2, 2);
    const step = marquardtStep(SLOPES, missing, 0, TINY);
    expect(step[0]).toBeCloseTo(3, 9);
    expect(step[1]).toBeCloseTo(-2, 9);
  });

  it('comes to lie along the gradient, scaled by each parameter’s own curvature, when damped', () => {
    const missing = Float64Array.of(1, -2, 5);
    const damping = 1e6;
    const step = marquardtStep(SLOPES, missing, damping, TINY);
    SLOPES.forEach((slope, i) => {
      const wanted = dot(slope, missing) / dot(slope, slope) / damping;
      expect((step[i] ?? Number.NaN) / wanted).toBeCloseTo(1, 5);
    });
  });

  it('leaves a parameter alone that changes nothing', () => {
    const step = marquardtStep([new Float64Array(3), ...SLOPES], Float64Array.of(1, 2, 3), 0.1, 1);
    expect(step[0]).toBe(0);
  });
});
