/**
 * The rows of those numbers of a matrix.
 *
 * @param matrix [·, width], row-major
 * @returns [rows, width]
 */
export function pickRows(
  matrix: Float32Array,
  width: number,
  rows: readonly number[],
): Float32Array<ArrayBuffer> {
  const picked = new Float32Array(rows.length * width);
  rows.forEach((row, i) => {
    picked.set(matrix.subarray(row * width, (row + 1) * width), i * width);
  });
  return picked;
}

/** Numbers of the rows that are flagged so. */
export function rowsWhere(flags: Uint8Array, value: number): number[] {
  return Array.from(flags.keys()).filter((row) => flags[row] === value);
}
