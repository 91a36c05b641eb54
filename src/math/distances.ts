/** Distances of many points, in a layout that the processor reads fast. */

/** Columns compared before two points are given up as too far apart. */
const BLOCK = 16;

/** Points in rows padded with zeros to a multiple of 4, which changes no distance. */
export interface PaddedPoints {
  /** [rows, stride] */
  readonly values: Float64Array;
  readonly stride: number;
}

/** @param points [rows, dimensions] */
export function paddedPoints(
  points: Float32Array | Float64Array,
  dimensions: number,
): PaddedPoints {
  const stride = Math.ceil(dimensions / 4) * 4;
  const rows = points.length / dimensions;
  const values = new Float64Array(rows * stride);
  for (let row = 0; row < rows; row++) {
    values.set(points.subarray(row * dimensions, (row + 1) * dimensions), row * stride);
  }
  return { values, stride };
}

/**
 * Squared distance of two rows, added up in four sums that do not wait for one another.
 *
 * @param most where a distance beyond this may be given as any number beyond it
 */
export function squaresApart(
  a: PaddedPoints,
  rowA: number,
  b: PaddedPoints,
  rowB: number,
  most = Infinity,
): number {
  const { stride, values } = a;
  const others = b.values;
  const shift = rowB * stride - rowA * stride;
  const end = (rowA + 1) * stride;
  let squares = 0;
  for (let from = rowA * stride; from < end; from += BLOCK) {
    const to = from + BLOCK < end ? from + BLOCK : end;
    let first = 0;
    let second = 0;
    let third = 0;
    let fourth = 0;
    for (let i = from; i < to; i += 4) {
      const x = (values[i] ?? 0) - (others[i + shift] ?? 0);
      const y = (values[i + 1] ?? 0) - (others[i + 1 + shift] ?? 0);
      const z = (values[i + 2] ?? 0) - (others[i + 2 + shift] ?? 0);
      const w = (values[i + 3] ?? 0) - (others[i + 3 + shift] ?? 0);
      first += x * x;
      second += y * y;
      third += z * z;
      fourth += w * w;
    }
    squares += first + second + (third + fourth);
    if (squares > most) return squares;
  }
  return squares;
}

/**
 * Root of the mean square of the difference of any two rows over their columns; of curves in dB the
 * log-spectral distance.
 *
 * @param points [rows, dimensions]
 * @returns [rows, rows]
 */
export function distancesBetween(points: Float64Array, dimensions: number): Float64Array {
  const padded = paddedPoints(points, dimensions);
  const rows = points.length / dimensions;
  const distances = new Float64Array(rows * rows);
  for (let a = 0; a < rows; a++) {
    for (let b = 0; b < a; b++) {
      const distance = Math.sqrt(squaresApart(padded, a, padded, b) / dimensions);
      distances[a * rows + b] = distance;
      distances[b * rows + a] = distance;
    }
  }
  return distances;
}
