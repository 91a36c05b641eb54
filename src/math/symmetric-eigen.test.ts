import { describe, expect, it } from 'vitest';
import fc from '../testing/fast-check';
import { symmetricEigen } from './symmetric-eigen';

/** Any symmetric matrix up to 12 × 12, integers often enough to be singular. */
const symmetric = fc.integer({ min: 1, max: 12 }).chain((size) =>
  fc
    .array(
      fc.oneof(fc.integer({ min: -3, max: 3 }), fc.double({ min: -1e6, max: 1e6, noNaN: true })),
      {
        minLength: size * size,
        maxLength: size * size,
      },
    )
    .map((values) => ({
      size,
      matrix: Float64Array.from(values, (_, i) => {
        const [row, column] = [Math.floor(i / size), i % size];
        return values[Math.max(row, column) * size + Math.min(row, column)] ?? NaN;
      }),
    })),
);

const dot = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Array.from(a).reduce((sum, value, i) => sum + value * (b[i] ?? NaN), 0);

describe('symmetricEigen', () => {
  it("agrees with NumPy's eigh", () => {
    const matrix = Float64Array.of(4, 1, -2, 0.5, 1, 3, 0, 1, -2, 0, 5, -1, 0.5, 1, -1, 2);
    const { values, vectors } = symmetricEigen(matrix, 4);
    [6.989341531757, 3.60257440034, 2.360945426975, 1.047138640929].forEach((value, i) => {
      expect(values[i]).toBeCloseTo(value, 11);
    });
    const first = [0.600760433742, 0.213018822872, -0.729168545327, 0.249044403387];
    expect(Math.abs(dot(vectors[0] ?? [], first))).toBeCloseTo(1, 11);
  });

  it('gives orthonormal vectors that the matrix only stretches, largest value first', () => {
    fc.assert(
      fc.property(symmetric, ({ size, matrix }) => {
        const { values, vectors } = symmetricEigen(matrix, size);
        const scale = Math.max(1, Math.hypot(...matrix));
        vectors.forEach((vector, i) => {
          vectors.forEach((other, j) => {
            expect(dot(vector, other)).toBeCloseTo(i === j ? 1 : 0, 10);
          });
          vector.forEach((component, row) => {
            const image = dot(matrix.subarray(row * size, (row + 1) * size), vector);
            expect(Math.abs(image - (values[i] ?? NaN) * component)).toBeLessThan(1e-12 * scale);
          });
          expect(values[i]).toBeGreaterThanOrEqual(values[i + 1] ?? -Infinity);
        });
      }),
    );
  });

  it('ends on NaN', () => {
    expect(symmetricEigen(new Float64Array(64 * 64).fill(NaN), 64).vectors.length).toBe(64);
  });
});
