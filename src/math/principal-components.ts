/** Principal components of many columns, as many as asked for. */
import { dot } from './linear-algebra';
import { symmetricEigen } from './symmetric-eigen';

/** Rounds of subspace iteration at most. */
const ROUNDS = 60;

/** Axes carried along beside those asked for, which settle the sooner for it. */
const SPARE = 8;

/** A round that finds less than this share of the variance that is left is the last. */
const SETTLED = 1e-4;

export interface PrincipalComponents {
  /** [columns] */
  readonly mean: Float64Array;
  /** Orthonormal, each [columns], in the order of their variance. */
  readonly axes: readonly Float64Array[];
}

/**
 * The `count` largest principal components, by orthogonal iteration with the covariance in a
 * subspace of a few dimensions more, and the eigenvectors within that.
 *
 * Source: G. H. Golub, C. F. Van Loan, "Matrix Computations", § 8.2 (orthogonal iteration, Ritz
 * acceleration).
 *
 * @param rows  [rows, columns], row-major
 * @param count at most the number of columns
 */
export function principalComponents(
  rows: ArrayLike<number>,
  columns: number,
  count: number,
): PrincipalComponents {
  const { mean, covariance } = momentsOf(rows, columns);
  let whole = 0;
  for (let i = 0; i < columns; i++) whole += covariance[i * (columns + 1)] ?? 0;
  // A start that no axis is at right angles to.
  const start = Array.from({ length: Math.min(count + SPARE, columns) }, (_, k) =>
    Float64Array.from({ length: columns }, (_, i) =>
      Math.cos(((k + 0.5) * (i + 0.5) * Math.PI) / columns),
    ),
  );
  let axes = orthonormal(start);
  let found = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const turned = axes.map((axis) => times(covariance, axis));
    const variance = turned.reduce((sum, vector, k) => sum + dot(vector, axes[k] ?? vector), 0);
    if (variance - found <= SETTLED * Math.max(whole - variance, Number.EPSILON * whole)) break;
    found = variance;
    axes = orthonormal(turned);
  }
  return { mean, axes: largest(axes, covariance, count) };
}

/** The subspace's own principal axes, the largest first. */
function largest(
  axes: readonly Float64Array[],
  covariance: Float64Array,
  count: number,
): Float64Array[] {
  const turned = axes.map((axis) => times(covariance, axis));
  const within = Float64Array.from(axes.flatMap((axis) => turned.map((other) => dot(axis, other))));
  const { vectors } = symmetricEigen(within, axes.length);
  const columns = Math.sqrt(covariance.length);
  return vectors.slice(0, count).map((vector) => {
    const axis = new Float64Array(columns);
    axes.forEach((own, k) => {
      for (let i = 0; i < axis.length; i++)
        axis[i] = (axis[i] ?? 0) + (vector[k] ?? 0) * (own[i] ?? 0);
    });
    return axis;
  });
}

/** What the components leave of the rows: each moved to the nearest point of their subspace. */
export function throughComponents(
  rows: ArrayLike<number>,
  { mean, axes }: PrincipalComponents,
): Float64Array {
  const columns = mean.length;
  const matrix = new Float64Array(axes.length * columns);
  axes.forEach((axis, k) => {
    matrix.set(axis, k * columns);
  });
  const centred = new Float64Array(columns);
  const result = new Float64Array(rows.length);
  for (let start = 0; start < rows.length; start += columns) {
    for (let i = 0; i < columns; i++) centred[i] = (rows[start + i] ?? 0) - (mean[i] ?? 0);
    const along = times(matrix, centred);
    const near = Float64Array.from(mean);
    for (let k = 0; k < along.length; k++) {
      const share = along[k] ?? 0;
      const at = k * columns;
      for (let i = 0; i < columns; i++) near[i] = (near[i] ?? 0) + share * (matrix[at + i] ?? 0);
    }
    result.set(near, start);
  }
  return result;
}

/** Mean, [columns], and sum of the outer products of the centred rows, [columns, columns]. */
function momentsOf(
  rows: ArrayLike<number>,
  columns: number,
): { mean: Float64Array; covariance: Float64Array } {
  const mean = new Float64Array(columns);
  for (let i = 0; i < rows.length; i++) {
    mean[i % columns] = (mean[i % columns] ?? 0) + (rows[i] ?? 0) * (columns / rows.length);
  }
  // Rows of zeros fill up the last four.
  const centred = new Float64Array(Math.ceil(rows.length / columns / 4) * 4 * columns);
  for (let i = 0; i < rows.length; i++) centred[i] = (rows[i] ?? 0) - (mean[i % columns] ?? 0);
  const covariance = new Float64Array(columns * columns);
  // Four rows at a time, so that the matrix is gone through a quarter as often.
  for (let start = 0; start < centred.length; start += 4 * columns) {
    const one = centred.subarray(start, start + columns);
    const two = centred.subarray(start + columns, start + 2 * columns);
    const three = centred.subarray(start + 2 * columns, start + 3 * columns);
    const four = centred.subarray(start + 3 * columns, start + 4 * columns);
    for (let i = 0; i < columns; i++) {
      const a = one[i] ?? 0;
      const b = two[i] ?? 0;
      const c = three[i] ?? 0;
      const d = four[i] ?? 0;
      const own = covariance.subarray(i * columns, i * columns + i + 1);
      for (let j = 0; j < own.length; j++) {
        own[j] =
          (own[j] ?? 0) +
          (a * (one[j] ?? 0) + b * (two[j] ?? 0) + (c * (three[j] ?? 0) + d * (four[j] ?? 0)));
      }
    }
  }
  for (let i = 0; i < columns; i++) {
    for (let j = 0; j < i; j++) covariance[j * columns + i] = covariance[i * columns + j] ?? 0;
  }
  return { mean, covariance };
}

/** @param matrix [rows, size], row-major, where the vector is [size] */
function times(matrix: Float64Array, vector: Float64Array): Float64Array {
  const size = vector.length;
  const rows = matrix.length / size;
  const product = new Float64Array(rows);
  let row = 0;
  // Four rows side by side: each sum keeps its order, and none waits for another.
  for (; row + 4 <= rows; row += 4) {
    const at = row * size;
    let first = 0;
    let second = 0;
    let third = 0;
    let fourth = 0;
    for (let j = 0; j < size; j++) {
      const value = vector[j] ?? 0;
      first += (matrix[at + j] ?? 0) * value;
      second += (matrix[at + size + j] ?? 0) * value;
      third += (matrix[at + 2 * size + j] ?? 0) * value;
      fourth += (matrix[at + 3 * size + j] ?? 0) * value;
    }
    product[row] = first;
    product[row + 1] = second;
    product[row + 2] = third;
    product[row + 3] = fourth;
  }
  for (; row < rows; row++) {
    product[row] = dot(matrix.subarray(row * size, (row + 1) * size), vector);
  }
  return product;
}

/** Gram-Schmidt, twice for each vector, so that rounding leaves them at right angles. */
function orthonormal(vectors: readonly Float64Array[]): Float64Array[] {
  const done: Float64Array[] = [];
  for (const vector of vectors) {
    const next = Float64Array.from(vector);
    for (const other of [...done, ...done]) {
      const along = dot(next, other);
      for (let i = 0; i < next.length; i++) next[i] = (next[i] ?? 0) - along * (other[i] ?? 0);
    }
    const length = Math.sqrt(dot(next, next));
    done.push(next.map((value) => (length > 0 ? value / length : 0)));
  }
  return done;
}
