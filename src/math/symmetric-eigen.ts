/** Eigenvectors of a symmetric matrix, by Jacobi's rotations. */

/** More than ever needed: convergence is quadratic, a 64 × 64 matrix takes about 8. */
const MOST_SWEEPS = 60;

interface Eigen {
  /** Descending, [size]. */
  readonly values: Float64Array;
  /** Orthonormal, in the order of `values`, each [size]. */
  readonly vectors: readonly Float64Array[];
}

/**
 * Eigenvalues and eigenvectors of a symmetric matrix.
 *
 * Source: the cyclic Jacobi method, G. H. Golub, C. F. Van Loan, "Matrix Computations", § 8.5.
 *
 * @param matrix [size, size], row-major, symmetric
 */
export function symmetricEigen(matrix: Float64Array, size: number): Eigen {
  const a = Float64Array.from(matrix);
  // Row i becomes the i-th eigenvector.
  const vectors = new Float64Array(size * size);
  for (let i = 0; i < size; i++) vectors[i * size + i] = 1;
  const negligible = Number.EPSILON * Math.hypot(...a);
  for (let sweep = 0; sweep < MOST_SWEEPS; sweep++) {
    let turned = false;
    for (let p = 0; p < size; p++) {
      for (let q = p + 1; q < size; q++) {
        // NaN ends the sweeps, too.
        if (!(Math.abs(a[p * size + q] ?? 0) > negligible)) continue;
        annihilate(a, vectors, size, p, q);
        turned = true;
      }
    }
    if (!turned) break;
  }
  const diagonal = Float64Array.from({ length: size }, (_, i) => a[i * size + i] ?? 0);
  const order = Array.from(diagonal.keys()).sort((i, j) => (diagonal[j] ?? 0) - (diagonal[i] ?? 0));
  return {
    values: Float64Array.from(order, (i) => diagonal[i] ?? 0),
    vectors: order.map((i) => vectors.slice(i * size, (i + 1) * size)),
  };
}

/** Turns the plane of axes p and q so that a[p, q] becomes 0. */
function annihilate(
  a: Float64Array,
  vectors: Float64Array,
  size: number,
  p: number,
  q: number,
): void {
  const app = a[p * size + p] ?? 0;
  const aqq = a[q * size + q] ?? 0;
  const apq = a[p * size + q] ?? 0;
  const theta = (aqq - app) / (2 * apq);
  const tangent = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.hypot(theta, 1));
  const cosine = 1 / Math.hypot(tangent, 1);
  const sine = tangent * cosine;
  turn(a, p * size, q * size, 1, size, cosine, sine);
  turn(a, p, q, size, size, cosine, sine);
  a[p * size + q] = 0;
  a[q * size + p] = 0;
  turn(vectors, p * size, q * size, 1, size, cosine, sine);
}

/** Rotates two rows (stride 1) or columns (stride size) of a matrix into one another. */
function turn(
  m: Float64Array,
  startP: number,
  startQ: number,
  stride: number,
  size: number,
  cosine: number,
  sine: number,
): void {
  for (let k = 0; k < size * stride; k += stride) {
    const x = m[startP + k] ?? 0;
    const y = m[startQ + k] ?? 0;
    m[startP + k] = cosine * x - sine * y;
    m[startQ + k] = sine * x + cosine * y;
  }
}
