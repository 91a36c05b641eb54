/** The arithmetic mean, summed from first to last; NaN of nothing. */
export function mean(values: readonly number[] | Float32Array | Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}
