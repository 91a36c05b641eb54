/** Gradients of the model's tensors and Adam, tile by tile, and the sums of the losses. */
import { PANEL, TILE_ROWS } from './layout';
import {
  beta2,
  kept,
  rest2,
  rows,
  scratch,
  secondScale,
  shareFrom,
  stepSize,
  thread,
} from './step';
import { madd } from './vector';

const BETA1: f32 = 0.9;
/** 1 − β₁, rounded once. */
const REST1: f32 = 0.1;
const EPSILON: f32 = 1e-8;

/**
 * Adam on four numbers of a tensor, given where they and their moments lie.
 *
 * @param share what the numbers are multiplied by before
 */
function adam(gradient: v128, weight: usize, first: usize, second: usize, share: f32 = 1): void {
  const mean = madd(v128.load(first), f32x4.splat(BETA1), f32x4.mul(gradient, f32x4.splat(REST1)));
  const square = madd(
    v128.load(second),
    f32x4.splat(beta2),
    f32x4.mul(f32x4.mul(gradient, gradient), f32x4.splat(rest2)),
  );
  const root = madd(f32x4.sqrt(square), f32x4.splat(secondScale), f32x4.splat(EPSILON));
  const change = f32x4.div(f32x4.mul(mean, f32x4.splat(stepSize)), root);
  v128.store(first, mean);
  v128.store(second, square);
  const before = f32x4.mul(v128.load(weight), f32x4.splat(share));
  v128.store(weight, f32x4.sub(before, change));
}

/**
 * record: x, stride, in, outputGradient, stride, out, then weight, first moment, second moment,
 * transposed; bias, first moment, second moment
 */
export function updateLinear(record: usize): void {
  const x = load<usize>(record);
  const xStride = load<usize>(record, 4);
  const inputs = load<i32>(record, 8);
  const g = load<usize>(record, 12);
  const gStride = load<usize>(record, 16);
  const outputs = load<i32>(record, 20);
  const weight = load<usize>(record, 24);
  const first = load<usize>(record, 28);
  const second = load<usize>(record, 32);
  const transposed = load<usize>(record, 36);
  const bias = load<usize>(record, 40);
  const biasFirst = load<usize>(record, 44);
  const biasSecond = load<usize>(record, 48);
  const tiles = (outputs + 3) >> 2;
  const from = shareFrom(tiles, thread);
  const to = shareFrom(tiles, thread + 1);
  const panelBytes = usize(outputs) * PANEL * 4;
  for (let tile = from; tile < to; tile++) {
    const vector = usize(tile) << 4;
    adam(columnSums(g + vector, gStride), bias + vector, biasFirst + vector, biasSecond + vector);
  }
  for (let column = 0; column < inputs; column += PANEL) {
    const panel = usize(column >> 3) * panelBytes;
    const xPanel = x + (usize(column) << 2);
    for (let tile = from; tile < to; tile++) {
      const output = tile << 2;
      gradientTile(xPanel, xStride, g + (usize(output) << 2), gStride);
      const count = min(TILE_ROWS, outputs - output);
      const place = panel + usize(output) * PANEL * 4;
      for (let at: usize = 0; at < usize(count) * PANEL * 4; at += 16) {
        const from = place + at;
        adam(v128.load(scratch + at), weight + from, first + from, second + from, kept);
      }
      const copy = transposed + transposedPlace(output, column, inputs);
      transposeTile(weight + place, count, copy, min(PANEL, inputs - column));
    }
  }
}

/** Σ over the batch's rows of four columns. */
function columnSums(g: usize, stride: usize): v128 {
  let sum = f32x4.splat(0);
  for (let row = 0; row < rows; row++) {
    sum = f32x4.add(sum, v128.load(g));
    g += stride;
  }
  return sum;
}

/** 4 × 8 elements of gᵀ · x, a sum over the batch's rows, into the scratch. */
function gradientTile(x: usize, xStride: usize, g: usize, gStride: usize): void {
  let a0 = f32x4.splat(0);
  let a1 = a0;
  let b0 = a0;
  let b1 = a0;
  let c0 = a0;
  let c1 = a0;
  let d0 = a0;
  let d1 = a0;
  for (let row = 0; row < rows; row++) {
    const x0 = v128.load(x);
    const x1 = v128.load(x, 16);
    const a = v128.load32_splat(g);
    a0 = madd(a, x0, a0);
    a1 = madd(a, x1, a1);
    const b = v128.load32_splat(g, 4);
    b0 = madd(b, x0, b0);
    b1 = madd(b, x1, b1);
    const c = v128.load32_splat(g, 8);
    c0 = madd(c, x0, c0);
    c1 = madd(c, x1, c1);
    const d = v128.load32_splat(g, 12);
    d0 = madd(d, x0, d0);
    d1 = madd(d, x1, d1);
    x += xStride;
    g += gStride;
  }
  v128.store(scratch, a0);
  v128.store(scratch, a1, 16);
  v128.store(scratch, b0, 32);
  v128.store(scratch, b1, 48);
  v128.store(scratch, c0, 64);
  v128.store(scratch, c1, 80);
  v128.store(scratch, d0, 96);
  v128.store(scratch, d1, 112);
}

/** Where element (column, output) of the transposed copy [inputs, outputs] is, in bytes. */
function transposedPlace(output: i32, column: i32, inputs: i32): usize {
  const panel = usize(output >> 3) * usize(inputs) * PANEL;
  return (panel + usize(column) * PANEL + usize(output & 7)) << 2;
}

/** Writes `count` ≤ 4 rows of 8 as 4 columns of `columns` ≤ 8 rows; missing rows are zero. */
function transposeTile(from: usize, count: i32, to: usize, columns: i32): void {
  const zero = f32x4.splat(0);
  for (let half = 0; half < columns; half += 4) {
    const a = v128.load(from);
    const b = count > 1 ? v128.load(from, 32) : zero;
    const c = count > 2 ? v128.load(from, 64) : zero;
    const d = count > 3 ? v128.load(from, 96) : zero;
    const ab0 = i32x4.shuffle(a, b, 0, 4, 1, 5);
    const ab1 = i32x4.shuffle(a, b, 2, 6, 3, 7);
    const cd0 = i32x4.shuffle(c, d, 0, 4, 1, 5);
    const cd1 = i32x4.shuffle(c, d, 2, 6, 3, 7);
    const rest = columns - half;
    v128.store(to, i64x2.shuffle(ab0, cd0, 0, 2));
    if (rest > 1) v128.store(to, i64x2.shuffle(ab0, cd0, 1, 3), 32);
    if (rest > 2) v128.store(to, i64x2.shuffle(ab1, cd1, 0, 2), 64);
    if (rest > 3) v128.store(to, i64x2.shuffle(ab1, cd1, 1, 3), 96);
    from += 16;
    to += 4 * PANEL * 4;
  }
}

/**
 * record: unit, outputGradient, stride, columns, then scale, first moment, second moment; shift,
 * first moment, second moment
 */
export function updateNorm(record: usize): void {
  const unit = load<usize>(record);
  const g = load<usize>(record, 4);
  const stride = load<usize>(record, 8);
  const vectors = (load<i32>(record, 12) + 3) >> 2;
  const scale = load<usize>(record, 16);
  const scaleFirst = load<usize>(record, 20);
  const scaleSecond = load<usize>(record, 24);
  const shift = load<usize>(record, 28);
  const shiftFirst = load<usize>(record, 32);
  const shiftSecond = load<usize>(record, 36);
  const end = shareFrom(vectors, thread + 1);
  for (let vector = shareFrom(vectors, thread); vector < end; vector++) {
    const at = usize(vector) << 4;
    let sum = f32x4.splat(0);
    let along = f32x4.splat(0);
    for (let row = 0; row < rows; row++) {
      const place = at + usize(row) * stride;
      const gradient = v128.load(g + place);
      sum = f32x4.add(sum, gradient);
      along = madd(gradient, v128.load(unit + place), along);
    }
    adam(along, scale + at, scaleFirst + at, scaleSecond + at);
    adam(sum, shift + at, shiftFirst + at, shiftSecond + at);
  }
}

/** record: reconstruction, contrastive, kl or 0. @param losses f64 [3] */
export function sumLosses(record: usize, losses: usize): void {
  if (thread != 0) return;
  store<f64>(losses, sumOf(load<usize>(record)));
  store<f64>(losses, sumOf(load<usize>(record, 4)), 8);
  const kl = load<usize>(record, 8);
  store<f64>(losses, kl ? sumOf(kl) : 0, 16);
}

function sumOf(perRow: usize): f64 {
  let sum: f64 = 0;
  for (let row = 0; row < rows; row++) sum += f64(load<f32>(perRow + (usize(row) << 2)));
  return sum;
}
