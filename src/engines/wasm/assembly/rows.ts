/** Kernels that look at one row at a time, but for the matrix product. */
import { ADD, finishGradientRows, finishRows } from './finish';
import { MAE } from './layout';
import {
  batchOrder,
  dropoutThreshold,
  exampleInputs,
  exampleLabels,
  exampleMask,
  exampleTargets,
  exampleVotes,
  keptFactor,
  rowFrom,
  rows,
  rowTo,
  seed,
  stepNumber,
  training,
} from './step';
import { firstLanes, madd, sign, sumLanes } from './vector';

/**
 * record: labels, then inputs, stride, columns; the same of targets, mask and votes: an address of 0
 * where there are none
 */
export function gather(record: usize): void {
  const labels = load<usize>(record);
  gatherRows(record + 4, exampleInputs);
  gatherRows(record + 16, exampleTargets);
  gatherRows(record + 28, exampleMask);
  gatherRows(record + 40, exampleVotes);
  for (let row = rowFrom; row < rowTo; row++) {
    const example = load<usize>(batchOrder + (usize(row) << 2));
    const label = load<i32>(exampleLabels + (example << 2));
    store<f32>(labels + (usize(row) << 2), f32(label));
  }
}

/** @param matrix address, stride, columns; @param values of the examples, dense */
function gatherRows(matrix: usize, values: usize): void {
  const to = load<usize>(matrix);
  if (!to) return;
  const stride = load<usize>(matrix, 4);
  const bytes = load<usize>(matrix, 8) << 2;
  for (let row = rowFrom; row < rowTo; row++) {
    const example = load<usize>(batchOrder + (usize(row) << 2));
    memory.copy(to + usize(row) * stride, values + example * bytes, bytes);
  }
}

/** record: site's stream, factors, stride, columns. Threefry-2x32-20, four counters at once. */
export function dropout(record: usize): void {
  const stream = load<u32>(record);
  const factors = load<usize>(record, 4);
  const stride = load<usize>(record, 8);
  const columns = load<i32>(record, 12);
  const key0 = i32x4.splat(seed);
  const key1 = i32x4.splat(stream);
  const key2 = i32x4.splat(seed ^ stream ^ 0x1bd11bda);
  const counter0 = i32x4.add(i32x4.splat(stepNumber), key0);
  const threshold = i32x4.splat(dropoutThreshold);
  const kept = f32x4.splat(keptFactor);
  for (let row = rowFrom; row < rowTo; row++) {
    const to = factors + usize(row) * stride;
    for (let column = 0; column < columns; column += 4) {
      const index = i32x4.add(i32x4.splat(row * columns + column), i32x4(0, 1, 2, 3));
      const bits = threefry(counter0, i32x4.add(index, key1), key0, key1, key2);
      const dropped = i32x4.lt_u(i32x4.shr_u(bits, 8), threshold);
      const factor = v128.andnot(kept, dropped);
      v128.store(to + (usize(column) << 2), v128.and(factor, firstLanes(columns - column)));
    }
  }
}

function rotated(x: v128, bits: i32): v128 {
  return v128.or(i32x4.shl(x, bits), i32x4.shr_u(x, 32 - bits));
}

/** The first output word; x0 and x1 are the counters with the first two keys added. */
function threefry(x0: v128, x1: v128, key0: v128, key1: v128, key2: v128): v128 {
  for (let group = 0; group < 6; group += 2) {
    x0 = i32x4.add(x0, x1);
    x1 = v128.xor(rotated(x1, 13), x0);
    x0 = i32x4.add(x0, x1);
    x1 = v128.xor(rotated(x1, 15), x0);
    x0 = i32x4.add(x0, x1);
    x1 = v128.xor(rotated(x1, 26), x0);
    x0 = i32x4.add(x0, x1);
    x1 = v128.xor(rotated(x1, 6), x0);
    x0 = i32x4.add(x0, key1);
    x1 = i32x4.add(i32x4.add(x1, key2), i32x4.splat(group + 1));
    // Five groups of four rounds make the twenty.
    if (group == 4) break;
    x0 = i32x4.add(x0, x1);
    x1 = v128.xor(rotated(x1, 17), x0);
    x0 = i32x4.add(x0, x1);
    x1 = v128.xor(rotated(x1, 29), x0);
    x0 = i32x4.add(x0, x1);
    x1 = v128.xor(rotated(x1, 16), x0);
    x0 = i32x4.add(x0, x1);
    x1 = v128.xor(rotated(x1, 24), x0);
    x0 = i32x4.add(x0, key2);
    x1 = i32x4.add(i32x4.add(x1, key0), i32x4.splat(group + 2));
    const first = key0;
    key0 = key2;
    key2 = key1;
    key1 = first;
  }
  return x0;
}

/** ε inside the square root of layer normalisation. */
const EPSILON: f32 = 1e-5;

/** record: x, stride, columns, inverse, scale, shift, y, finish */
export function normalise(record: usize): void {
  const x = load<usize>(record);
  const stride = load<usize>(record, 4);
  const columns = load<i32>(record, 8);
  const inverses = load<usize>(record, 12);
  const scale = load<usize>(record, 16);
  const shift = load<usize>(record, 20);
  const y = load<usize>(record, 24);
  const finish = record + 28;
  const bytes = usize((columns + 3) >> 2) << 4;
  const last = bytes - 16;
  const lastLanes = firstLanes(columns - ((columns - 1) & ~3));
  const count = f32(columns);
  for (let row = rowFrom; row < rowTo; row++) {
    const from = x + usize(row) * stride;
    let sum = f32x4.splat(0);
    for (let at: usize = 0; at < bytes; at += 16) sum = f32x4.add(sum, v128.load(from + at));
    const mean = f32x4.splat(sumLanes(sum) / count);
    let squares = f32x4.splat(0);
    for (let at: usize = 0; at < last; at += 16) {
      const centred = f32x4.sub(v128.load(from + at), mean);
      squares = madd(centred, centred, squares);
    }
    const centred = v128.and(f32x4.sub(v128.load(from + last), mean), lastLanes);
    squares = madd(centred, centred, squares);
    const inverse: f32 = f32(1.0) / sqrt<f32>(sumLanes(squares) / count + EPSILON);
    store<f32>(inverses + (usize(row) << 2), inverse);
    const factor = f32x4.splat(inverse);
    const to = y + usize(row) * stride;
    for (let at: usize = 0; at < bytes; at += 16) {
      let unit = f32x4.mul(f32x4.sub(v128.load(from + at), mean), factor);
      if (at == last) unit = v128.and(unit, lastLanes);
      v128.store(from + at, unit);
      v128.store(to + at, madd(unit, v128.load(scale + at), v128.load(shift + at)));
    }
    finishRows(finish, load<usize>(finish, ADD), training, y, stride, columns, row, row + 1);
  }
}

/** record: outputGradient, stride, columns, unit, inverse, scale, gradient */
export function normaliseBack(record: usize): void {
  const outputGradient = load<usize>(record);
  const stride = load<usize>(record, 4);
  const columns = load<i32>(record, 8);
  const units = load<usize>(record, 12);
  const inverses = load<usize>(record, 16);
  const scale = load<usize>(record, 20);
  const gradient = load<usize>(record, 24);
  const bytes = usize((columns + 3) >> 2) << 4;
  const lastLanes = firstLanes(columns - ((columns - 1) & ~3));
  const count = f32(columns);
  for (let row = rowFrom; row < rowTo; row++) {
    const start = usize(row) * stride;
    let sum = f32x4.splat(0);
    let sumAlong = f32x4.splat(0);
    for (let at: usize = 0; at < bytes; at += 16) {
      const g = f32x4.mul(v128.load(outputGradient + start + at), v128.load(scale + at));
      sum = f32x4.add(sum, g);
      sumAlong = madd(g, v128.load(units + start + at), sumAlong);
    }
    const mean = f32x4.splat(sumLanes(sum) / count);
    const along = f32x4.splat(sumLanes(sumAlong) / count);
    const factor = v128.load32_splat(inverses + (usize(row) << 2));
    for (let at: usize = 0; at < bytes; at += 16) {
      const g = f32x4.mul(v128.load(outputGradient + start + at), v128.load(scale + at));
      const shared = madd(v128.load(units + start + at), along, mean);
      v128.store(gradient + start + at, f32x4.mul(f32x4.sub(g, shared), factor));
    }
    const last = gradient + start + bytes - 16;
    v128.store(last, v128.and(v128.load(last), lastLanes));
  }
}

/** record: output, stride, columns, target, losses, gradient, kind, mask or 0, finish */
export function reconstruction(record: usize): void {
  const output = load<usize>(record);
  const stride = load<usize>(record, 4);
  const columns = load<i32>(record, 8);
  const target = load<usize>(record, 12);
  const losses = load<usize>(record, 16);
  const gradient = load<usize>(record, 20);
  const absolute = load<i32>(record, 24) == MAE;
  const mask = load<usize>(record, 28);
  const bytes = usize((columns + 3) >> 2) << 4;
  const share = f32(1.0) / f32(columns * rows);
  const factor = f32x4.splat(absolute ? share : f32(2.0) * share);
  for (let row = rowFrom; row < rowTo; row++) {
    const start = usize(row) * stride;
    let errors = f32x4.splat(0);
    for (let at = start; at < start + bytes; at += 16) {
      const difference = f32x4.sub(v128.load(output + at), v128.load(target + at));
      let slope = absolute ? sign(difference) : difference;
      if (mask) slope = f32x4.mul(slope, v128.load(mask + at));
      errors = madd(difference, slope, errors);
      v128.store(gradient + at, f32x4.mul(slope, factor));
    }
    store<f32>(losses + (usize(row) << 2), sumLanes(errors) / f32(columns));
  }
  const finish = record + 32;
  finishGradientRows(finish, load<usize>(finish, ADD), gradient, stride, columns, rowFrom, rowTo);
}
