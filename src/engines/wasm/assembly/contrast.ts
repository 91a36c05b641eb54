/** Kernels of the contrastive loss. */
import { ADD, finishGradientRows } from './finish';
import { PANEL } from './layout';
import { product } from './product';
import { contrastiveSelf, contrastiveWeight, rowFrom, rows, rowTo, temperature } from './step';
import { exp, firstLanes, madd, maxLane, sumLanes } from './vector';

/** Rows below this length are not scaled to length 1. */
const SMALLEST_SQUARE: f32 = 1e-24;
const LARGEST_INVERSE: f32 = 1e12;

/** record: x, stride, columns, unit, transposed, inverse */
export function unitRows(record: usize): void {
  const x = load<usize>(record);
  const stride = load<usize>(record, 4);
  const columns = load<i32>(record, 8);
  const units = load<usize>(record, 12);
  const transposed = load<usize>(record, 16);
  const inverses = load<usize>(record, 20);
  const bytes = usize((columns + 3) >> 2) << 4;
  for (let row = rowFrom; row < rowTo; row++) {
    const start = usize(row) * stride;
    let squares = f32x4.splat(0);
    for (let at = start; at < start + bytes; at += 16) {
      const value = v128.load(x + at);
      squares = madd(value, value, squares);
    }
    const inverse: f32 = f32(1.0) / sqrt<f32>(max(sumLanes(squares), SMALLEST_SQUARE));
    store<f32>(inverses + (usize(row) << 2), inverse);
    const factor = f32x4.splat(inverse);
    for (let at = start; at < start + bytes; at += 16) {
      v128.store(units + at, f32x4.mul(v128.load(x + at), factor));
    }
    // The row becomes a column: one lane in each row of its panel.
    const panel = (usize(row >> 3) * usize(columns) * PANEL) << 2;
    let to = transposed + panel + (usize(row & 7) << 2);
    for (let column = 0; column < columns; column++) {
      store<f32>(to, load<f32>(units + start + (usize(column) << 2)));
      to += PANEL * 4;
    }
  }
}

/** record: unit, stride, columns, transposed, labels, pairs, stride of pairs, logSums, shares, losses */
export function similarity(record: usize): void {
  const unit = load<usize>(record);
  const stride = load<usize>(record, 4);
  const columns = load<i32>(record, 8);
  const transposed = load<usize>(record, 12);
  const pairs = load<usize>(record, 20);
  const pairStride = load<usize>(record, 24);
  const width = (rows + 7) & ~7;
  const panelBytes = usize(columns) * PANEL * 4;
  product(
    unit,
    stride,
    columns,
    transposed,
    PANEL * 4,
    panelBytes,
    0,
    0,
    pairs,
    pairStride,
    width,
    rowFrom,
    rowTo,
  );
  for (let row = rowFrom; row < rowTo; row++) {
    similarityRow(
      row,
      pairs + usize(row) * pairStride,
      load<usize>(record, 16),
      load<usize>(record, 28) + (usize(row) << 2),
      load<usize>(record, 32) + (usize(row) << 2),
      load<usize>(record, 36) + (usize(row) << 2),
    );
  }
}

/** @param pairs the row's cosines, which become its similarities */
function similarityRow(
  row: i32,
  pairs: usize,
  labels: usize,
  logSum: usize,
  share: usize,
  loss: usize,
): void {
  const factor = f32x4.splat(f32(1.0) / temperature);
  const none = f32x4.splat(-Infinity);
  let largest = none;
  for (let column = 0; column < rows; column += 4) {
    const at = usize(column) << 2;
    const s = f32x4.mul(v128.load(pairs + at), factor);
    v128.store(pairs + at, s);
    largest = f32x4.max(largest, v128.bitselect(s, none, countedLanes(labels, row, column)));
  }
  const top = maxLane(largest);
  const topLanes = f32x4.splat(top);
  let exps = f32x4.splat(0);
  let partners: v128 = i32x4.splat(0);
  for (let column = 0; column < rows; column += 4) {
    const s = v128.load(pairs + (usize(column) << 2));
    const term = exp(f32x4.sub(s, topLanes));
    exps = f32x4.add(exps, v128.and(term, countedLanes(labels, row, column)));
    partners = i32x4.sub(partners, partnerLanes(labels, row, column));
  }
  const sum = sumLanes(exps);
  const total: f32 = sum > 0 ? top + Mathf.log(sum) : 0;
  const low = i32x4.extract_lane(partners, 0) + i32x4.extract_lane(partners, 1);
  const count = low + (i32x4.extract_lane(partners, 2) + i32x4.extract_lane(partners, 3));
  const part: f32 = count > 0 ? f32(1.0) / f32(count) : 0;
  let lost = f32x4.splat(0);
  for (let column = 0; column < rows; column += 4) {
    const s = v128.load(pairs + (usize(column) << 2));
    const below = f32x4.sub(f32x4.splat(total), s);
    lost = f32x4.add(lost, v128.and(below, partnerLanes(labels, row, column)));
  }
  store<f32>(logSum, total);
  store<f32>(share, part);
  store<f32>(loss, sumLanes(lost) * part);
}

/** record: pairs, stride, logSums, shares, labels, unit, stride, columns, gradient */
export function similarityBack(record: usize): void {
  const pairs = load<usize>(record);
  const stride = load<usize>(record, 4);
  const logSums = load<usize>(record, 8);
  const shares = load<usize>(record, 12);
  const labels = load<usize>(record, 16);
  const unit = load<usize>(record, 20);
  const unitStride = load<usize>(record, 24);
  const columns = load<i32>(record, 28);
  for (let row = rowFrom; row < rowTo; row++) {
    pairGradients(row, pairs + usize(row) * stride, logSums, shares, labels);
  }
  product(
    pairs,
    stride,
    rows,
    unit,
    unitStride,
    PANEL * 4,
    0,
    0,
    load<usize>(record, 32),
    unitStride,
    (columns + 7) & ~7,
    rowFrom,
    rowTo,
  );
}

/** @param pairs the row's similarities, which become the factors of the points in its gradient */
function pairGradients(row: i32, pairs: usize, logSums: usize, shares: usize, labels: usize): void {
  const zero = f32x4.splat(0);
  const factor = f32x4.splat(contrastiveWeight / (f32(rows) * temperature));
  const ownLogSum = v128.load32_splat(logSums + (usize(row) << 2));
  const ownShare = v128.load32_splat(shares + (usize(row) << 2));
  const ownActive = f32x4.gt(ownShare, zero);
  for (let column = 0; column < rows; column += 4) {
    const at = usize(column) << 2;
    const s = v128.load(pairs + at);
    const counted = countedLanes(labels, row, column);
    const share = v128.load(shares + at);
    const active = f32x4.gt(share, zero);
    const p = v128.and(exp(f32x4.sub(s, ownLogSum)), v128.and(counted, ownActive));
    const q = v128.and(exp(f32x4.sub(s, v128.load(logSums + at))), v128.and(counted, active));
    const t = v128.and(f32x4.add(ownShare, share), partnerLanes(labels, row, column));
    v128.store(pairs + at, f32x4.mul(factor, f32x4.sub(f32x4.add(p, q), t)));
  }
}

/** Lanes from `column` on whose rows are in the batch and count in the row's sum. */
function countedLanes(labels: usize, row: i32, column: i32): v128 {
  const labelled = labelledLanes(labels, row, column);
  return contrastiveSelf ? labelled : v128.andnot(labelled, ownLane(row, column));
}

/** Lanes from `column` on whose rows are in the batch and have a label; none if the row has none. */
function labelledLanes(labels: usize, row: i32, column: i32): v128 {
  const zero = f32x4.splat(0);
  const own = f32x4.ge(v128.load32_splat(labels + (usize(row) << 2)), zero);
  const labelled = f32x4.ge(v128.load(labels + (usize(column) << 2)), zero);
  return v128.and(v128.and(own, labelled), firstLanes(rows - column));
}

/** Lanes from `column` on whose rows have the row's label, but not the row itself. */
function partnerLanes(labels: usize, row: i32, column: i32): v128 {
  const label = v128.load32_splat(labels + (usize(row) << 2));
  const same = f32x4.eq(v128.load(labels + (usize(column) << 2)), label);
  const partners = v128.and(same, labelledLanes(labels, row, column));
  return v128.andnot(partners, ownLane(row, column));
}

function ownLane(row: i32, column: i32): v128 {
  return i32x4.eq(i32x4(0, 1, 2, 3), i32x4.splat(row - column));
}

/** record: unit, stride, columns, inverse, unitGradient, gradient, finish */
export function unitRowsBack(record: usize): void {
  const units = load<usize>(record);
  const stride = load<usize>(record, 4);
  const columns = load<i32>(record, 8);
  const inverses = load<usize>(record, 12);
  const unitGradient = load<usize>(record, 16);
  const gradient = load<usize>(record, 20);
  const finish = record + 24;
  const bytes = usize((columns + 3) >> 2) << 4;
  for (let row = rowFrom; row < rowTo; row++) {
    const start = usize(row) * stride;
    let sum = f32x4.splat(0);
    for (let at = start; at < start + bytes; at += 16) {
      sum = madd(v128.load(units + at), v128.load(unitGradient + at), sum);
    }
    const inverse = load<f32>(inverses + (usize(row) << 2));
    const along = f32x4.splat(inverse < LARGEST_INVERSE ? sumLanes(sum) : 0);
    for (let at = start; at < start + bytes; at += 16) {
      const part = f32x4.mul(v128.load(units + at), along);
      const rest = f32x4.sub(v128.load(unitGradient + at), part);
      v128.store(gradient + at, f32x4.mul(rest, f32x4.splat(inverse)));
    }
  }
  finishGradientRows(finish, load<usize>(finish, ADD), gradient, stride, columns, rowFrom, rowTo);
}
