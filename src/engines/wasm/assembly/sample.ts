/** Kernels of a variational model's latent. */
import { klWeight, noiseAt, rowFrom, rows, rowTo } from './step';
import { exp, firstLanes, madd, sumLanes } from './vector';

/** record: mean, stride, columns, logVariance, deviation, z, losses */
export function sample(record: usize): void {
  const mean = load<usize>(record);
  const stride = load<usize>(record, 4);
  const columns = load<i32>(record, 8);
  const logVariance = load<usize>(record, 12);
  const deviation = load<usize>(record, 16);
  const z = load<usize>(record, 20);
  const losses = load<usize>(record, 24);
  const half = f32x4.splat(0.5);
  const one = f32x4.splat(1.0);
  for (let row = rowFrom; row < rowTo; row++) {
    const noise = noiseAt(row, columns);
    let sum = f32x4.splat(0);
    for (let column = 0; column < columns; column += 4) {
      const at = usize(row) * stride + (usize(column) << 2);
      const m = v128.load(mean + at);
      const l = v128.load(logVariance + at);
      const spread = exp(f32x4.mul(half, l));
      // Rows of noise are dense: behind the last column comes the next row.
      const drawn = v128.load(noise + (usize(column) << 2));
      const d = v128.and(f32x4.mul(spread, drawn), firstLanes(columns - column));
      v128.store(deviation + at, d);
      v128.store(z + at, f32x4.add(m, d));
      // Padding adds nothing: there, the variance is 1 and the mean 0.
      const term = f32x4.sub(f32x4.sub(f32x4.mul(spread, spread), one), l);
      sum = f32x4.add(sum, madd(m, m, term));
    }
    store<f32>(losses + (usize(row) << 2), f32(0.5) * sumLanes(sum));
  }
}

/**
 * record: mean, stride, columns, logVariance, deviation, outputGradient, meanGradient,
 * logVarianceGradient
 */
export function sampleBack(record: usize): void {
  const mean = load<usize>(record);
  const stride = load<usize>(record, 4);
  const columns = load<i32>(record, 8);
  const logVariance = load<usize>(record, 12);
  const deviation = load<usize>(record, 16);
  const outputGradient = load<usize>(record, 20);
  const meanGradient = load<usize>(record, 24);
  const logVarianceGradient = load<usize>(record, 28);
  const bytes = usize((columns + 3) >> 2) << 4;
  const factor = f32x4.splat(klWeight / f32(rows));
  const half = f32x4.splat(0.5);
  const one = f32x4.splat(1.0);
  for (let row = rowFrom; row < rowTo; row++) {
    const start = usize(row) * stride;
    for (let at = start; at < start + bytes; at += 16) {
      const g = v128.load(outputGradient + at);
      v128.store(meanGradient + at, madd(factor, v128.load(mean + at), g));
      const bend = f32x4.mul(factor, f32x4.sub(exp(v128.load(logVariance + at)), one));
      const both = madd(g, v128.load(deviation + at), bend);
      v128.store(logVarianceGradient + at, f32x4.mul(half, both));
    }
  }
}
