import { describe, expect, it } from 'vitest';
import { randomUniform, Stream } from './threefry';
import { principalComponents, throughComponents } from './principal-components';
import { symmetricEigen } from './symmetric-eigen';

const ROWS = 200;
const COLUMNS = 9;

/** Columns of falling variance, mixed with their neighbours, around a mean that is not 0. */
const rows = Float64Array.from({ length: ROWS * COLUMNS }, (_, i) => {
  const column = i % COLUMNS;
  const draw = (at: number): number => randomUniform(1, Stream.sample, 0, at) - 0.5;
  return 3 + draw(i) / (column + 1) + 0.5 * draw(i - column);
});

function covariance(): Float64Array {
  const mean = Float64Array.from({ length: COLUMNS }, (_, column) => {
    const own = rows.filter((_, i) => i % COLUMNS === column);
    return own.reduce((sum, value) => sum + value, 0) / ROWS;
  });
  return Float64Array.from({ length: COLUMNS * COLUMNS }, (_, at) => {
    const [i, j] = [Math.floor(at / COLUMNS), at % COLUMNS];
    let sum = 0;
    for (let row = 0; row < ROWS; row++) {
      const at = row * COLUMNS;
      sum += ((rows[at + i] ?? 0) - (mean[i] ?? 0)) * ((rows[at + j] ?? 0) - (mean[j] ?? 0));
    }
    return sum;
  });
}

describe('principalComponents', () => {
  it('spans what the largest eigenvectors span', () => {
    const { axes } = principalComponents(rows, COLUMNS, 3);
    const { vectors } = symmetricEigen(covariance(), COLUMNS);
    for (const axis of axes) {
      const within = vectors
        .slice(0, 3)
        .reduce((sum, own) => sum + own.reduce((dot, x, i) => dot + x * (axis[i] ?? 0), 0) ** 2, 0);
      expect(within).toBeCloseTo(1, 6);
    }
  });

  it('leaves everything with all components, and the mean with none', () => {
    const whole = throughComponents(rows, principalComponents(rows, COLUMNS, COLUMNS));
    whole.forEach((value, i) => {
      expect(value).toBeCloseTo(rows[i] ?? 0, 9);
    });
    const none = principalComponents(rows, COLUMNS, 0);
    expect(throughComponents(rows, none).slice(0, COLUMNS)).toEqual(none.mean);
  });
});
