/** Rows of matrices by their numbers. */

/**
 * The rows of those numbers of a matrix, in their order.
 *
 * @param matrix [·, width], row-major
 * @returns [rows, width]
 */
export function pickRows(
  matrix: Float32Array,
  width: number,
  rows: ArrayLike<number>,
): Float32Array<ArrayBuffer>;
export function pickRows(
  matrix: Float64Array,
  width: number,
  rows: ArrayLike<number>,
): Float64Array<ArrayBuffer>;
export function pickRows(
  matrix: Float32Array | Float64Array,
  width: number,
  rows: ArrayLike<number>,
): Float32Array<ArrayBuffer> | Float64Array<ArrayBuffer> {
  const length = rows.length * width;
  const picked =
    matrix instanceof Float32Array ? new Float32Array(length) : new Float64Array(length);
  for (let i = 0; i < rows.length; i++) {
    const from = (rows[i] ?? 0) * width;
    picked.set(matrix.subarray(from, from + width), i * width);
  }
  return picked;
}

/** Numbers of the rows that have this flag, or this label. */
export function rowsWhere(flags: Uint8Array | Int32Array, value: number): number[] {
  const rows: number[] = [];
  flags.forEach((flag, row) => {
    if (flag === value) rows.push(row);
  });
  return rows;
}
