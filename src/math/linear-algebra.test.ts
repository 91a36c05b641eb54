import { expect, it } from 'vitest';
import { dot, solvePositive } from './linear-algebra';

it('solves a symmetric, positive definite system', () => {
  // Worked out by hand: x = (1, −2, 3).
  const a = [
    [4, 2, -1],
    [2, 5, 1],
    [-1, 1, 3],
  ];
  const x = solvePositive(a, [-3, -5, 6]);
  [1, -2, 3].forEach((value, i) => {
    expect(x[i]).toBeCloseTo(value, 12);
  });
});

it('leaves a singular system finite', () => {
  const x = solvePositive(
    [
      [1, 1],
      [1, 1],
    ],
    [1, 1],
  );
  expect([...x].every(Number.isFinite)).toBe(true);
});

it('multiplies and adds', () => {
  expect(dot(Float64Array.of(1, 2, 3), Float64Array.of(4, -5, 6))).toBe(12);
});
