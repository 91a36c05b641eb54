/** The Fourier transform of lengths that are powers of two. */

/**
 * x[n] = Σₖ X[k] e^{2πi kn/N}, in place and not divided by N.
 *
 * Source: J. W. Cooley, J. W. Tukey, "An algorithm for the machine calculation of complex Fourier
 * series", Mathematics of Computation 19, 1965 (radix 2, decimation in time).
 *
 * @param real      [N], N a power of two
 * @param imaginary [N]
 */
export function inverseTransform(real: Float64Array, imaginary: Float64Array): void {
  const length = real.length;
  reverseBits(real, imaginary);
  for (let size = 2; size <= length; size *= 2) {
    const half = size / 2;
    for (let k = 0; k < half; k++) {
      // Each angle by itself: stepping from one to the next would gather rounding errors.
      const angle = (2 * Math.PI * k) / size;
      const cos = Math.cos(angle);
      const sin = Math.sin(angle);
      for (let at = k; at < length; at += size) {
        const to = at + half;
        const re = real[to] ?? 0;
        const im = imaginary[to] ?? 0;
        const turnedRe = re * cos - im * sin;
        const turnedIm = re * sin + im * cos;
        const evenRe = real[at] ?? 0;
        const evenIm = imaginary[at] ?? 0;
        real[at] = evenRe + turnedRe;
        imaginary[at] = evenIm + turnedIm;
        real[to] = evenRe - turnedRe;
        imaginary[to] = evenIm - turnedIm;
      }
    }
  }
}

/**
 * X[k] = Σₙ x[n] e^{−2πi kn/N}, in place: the same with real and imaginary parts exchanged.
 *
 * @param real      [N], N a power of two
 * @param imaginary [N]
 */
export function transform(real: Float64Array, imaginary: Float64Array): void {
  inverseTransform(imaginary, real);
}

/** Puts every sample where its index, its bits read backwards, says. */
function reverseBits(real: Float64Array, imaginary: Float64Array): void {
  const length = real.length;
  for (let i = 1, j = 0; i < length; i++) {
    let bit = length >> 1;
    while ((j & bit) !== 0) {
      j ^= bit;
      bit >>= 1;
    }
    j ^= bit;
    if (i >= j) continue;
    for (const values of [real, imaginary]) {
      const kept = values[i] ?? 0;
      values[i] = values[j] ?? 0;
      values[j] = kept;
    }
  }
}
