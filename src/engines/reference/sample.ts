/** Drawing a variational model's latent, and the way back, in float64. */
import { placeOf } from '../tape/arena';
import type { Matrix, Op } from '../tape/tape';

/** @param noise [rows, latent] */
export function sample(
  arena: Float64Array,
  { mean, logVariance, deviation, z, losses }: Extract<Op, { op: 'sample' }>,
  noise: Float32Array,
  rows: number,
): void {
  for (let row = 0; row < rows; row++) {
    let sum = 0;
    for (let c = 0; c < z.columns; c++) {
      const at = (matrix: Matrix): number => placeOf(matrix, row, c);
      const m = arena[at(mean)] ?? Number.NaN;
      const l = arena[at(logVariance)] ?? Number.NaN;
      const d = Math.exp(l / 2) * (noise[row * z.columns + c] ?? Number.NaN);
      arena[at(deviation)] = d;
      arena[at(z)] = m + d;
      sum += 1 + l - m ** 2 - Math.exp(l);
    }
    arena[placeOf(losses, 0, row)] = -sum / 2;
  }
}

export function sampleBack(
  arena: Float64Array,
  op: Extract<Op, { op: 'sampleBack' }>,
  klWeight: number,
  rows: number,
): void {
  const k = klWeight / rows;
  for (let row = 0; row < rows; row++) {
    for (let c = 0; c < op.mean.columns; c++) {
      const read = (matrix: Matrix): number => arena[placeOf(matrix, row, c)] ?? Number.NaN;
      const g = read(op.outputGradient);
      const bend = Math.exp(read(op.logVariance)) - 1;
      arena[placeOf(op.meanGradient, row, c)] = g + k * read(op.mean);
      arena[placeOf(op.logVarianceGradient, row, c)] = (g * read(op.deviation) + k * bend) / 2;
    }
  }
}
