/** The little linear algebra that damped least squares needs. */

export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}

/**
 * Solves A x = b by Cholesky's decomposition.
 *
 * @param a symmetric and positive definite, [n, n], of which what stands right of the diagonal may be
 *   left out; what rounding made negative of a pivot is taken for the smallest positive number
 * @param b [n]
 */
export function solvePositive(
  a: readonly (readonly number[])[],
  b: readonly number[],
): Float64Array {
  const n = b.length;
  const lower = new Float64Array(n * n);
  const x = Float64Array.from(b);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = a[i]?.[j] ?? 0;
      for (let k = 0; k < j; k++) sum -= (lower[i * n + k] ?? 0) * (lower[j * n + k] ?? 0);
      lower[i * n + j] =
        i === j ? Math.sqrt(Math.max(sum, Number.MIN_VALUE)) : sum / (lower[j * n + j] ?? 0);
    }
    for (let k = 0; k < i; k++) x[i] = (x[i] ?? 0) - (lower[i * n + k] ?? 0) * (x[k] ?? 0);
    x[i] = (x[i] ?? 0) / (lower[i * n + i] ?? 0);
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) x[i] = (x[i] ?? 0) - (lower[k * n + i] ?? 0) * (x[k] ?? 0);
    x[i] = (x[i] ?? 0) / (lower[i * n + i] ?? 0);
  }
  return x;
}
