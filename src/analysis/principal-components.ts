/** Principal components of many columns, as many as asked for. */

/** Rounds of subspace iteration: the plane of a few components is found to a part in 10⁴ long before. */
const ROUNDS = 60;

export interface PrincipalComponents {
  /** [columns] */
  readonly mean: Float64Array;
  /** Orthonormal, each [columns], in the order of their variance. */
  readonly axes: readonly Float64Array[];
}

/**
 * The subspace of the `count` largest principal components, by orthogonal iteration with the
 * covariance.
 *
 * Source: G. H. Golub, C. F. Van Loan, "Matrix Computations", § 8.2 (orthogonal iteration).
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
  // A start that no axis is at right angles to.
  let axes: Float64Array[] = Array.from({ length: count }, (_, k) =>
    Float64Array.from({ length: columns }, (_, i) =>
      Math.cos(((k + 0.5) * (i + 0.5) * Math.PI) / columns),
    ),
  );
  for (let round = 0; round < ROUNDS; round++) {
    axes = orthonormal(axes.map((axis) => times(covariance, axis)));
  }
  return { mean, axes };
}

/** What the components leave of the rows: each moved to the nearest point of their subspace. */
export function throughComponents(
  rows: ArrayLike<number>,
  { mean, axes }: PrincipalComponents,
): Float64Array {
  const columns = mean.length;
  const result = new Float64Array(rows.length);
  for (let start = 0; start < rows.length; start += columns) {
    const near = Float64Array.from(mean);
    for (const axis of axes) {
      let along = 0;
      for (let i = 0; i < columns; i++) {
        along += (axis[i] ?? 0) * ((rows[start + i] ?? 0) - (mean[i] ?? 0));
      }
      for (let i = 0; i < columns; i++) near[i] = (near[i] ?? 0) + along * (axis[i] ?? 0);
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
  const covariance = new Float64Array(columns * columns);
  for (let start = 0; start < rows.length; start += columns) {
    for (let i = 0; i < columns; i++) {
      const value = (rows[start + i] ?? 0) - (mean[i] ?? 0);
      const at = i * columns;
      for (let j = 0; j < columns; j++) {
        covariance[at + j] =
          (covariance[at + j] ?? 0) + value * ((rows[start + j] ?? 0) - (mean[j] ?? 0));
      }
    }
  }
  return { mean, covariance };
}

function times(matrix: Float64Array, vector: Float64Array): Float64Array {
  const size = vector.length;
  return vector.map((_, i) => {
    let sum = 0;
    for (let j = 0; j < size; j++) sum += (matrix[i * size + j] ?? 0) * (vector[j] ?? 0);
    return sum;
  });
}

/** Gram-Schmidt, twice for each vector, so that rounding leaves them at right angles. */
function orthonormal(vectors: readonly Float64Array[]): Float64Array[] {
  const done: Float64Array[] = [];
  for (const vector of vectors) {
    const next = Float64Array.from(vector);
    for (const other of [...done, ...done]) {
      const along = dot(next, other);
      next.forEach((value, i) => {
        next[i] = value - along * (other[i] ?? 0);
      });
    }
    const length = Math.sqrt(dot(next, next));
    done.push(next.map((value) => (length > 0 ? value / length : 0)));
  }
  return done;
}

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);
}
