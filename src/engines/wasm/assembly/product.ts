/** y = x · w: the matrix product that most of the time goes into. */
import { PANEL, TILE_ROWS } from './layout';
import { madd } from './vector';

/**
 * Rows `from` … `to` − 1 of y = x · w + bias + add, 4 rows × 8 columns at a time. Every element is one
 * chain of multiply-adds in the order of `depth`, whatever tile it is in.
 *
 * @param x       [rows, depth], rows `xStride` bytes apart
 * @param w       [depth, width]: row k of a panel of 8 columns is at `panel + k · wRow`, and the
 *                panels are `wPanel` bytes apart
 * @param bias    [width], or 0
 * @param add     [rows, width], rows `yStride` bytes apart, or 0; may be y itself
 * @param y       [rows, width], rows `yStride` bytes apart
 * @param width   columns to compute, a multiple of 8
 */
export function product(
  x: usize,
  xStride: usize,
  depth: i32,
  w: usize,
  wRow: usize,
  wPanel: usize,
  bias: usize,
  add: usize,
  y: usize,
  yStride: usize,
  width: i32,
  from: i32,
  to: i32,
): void {
  for (let column = 0; column < width; column += PANEL) {
    const start0 = bias ? v128.load(bias) : f32x4.splat(0);
    const start1 = bias ? v128.load(bias, 16) : f32x4.splat(0);
    let row = from;
    for (; row + TILE_ROWS <= to; row += TILE_ROWS) {
      const xRow = x + usize(row) * xStride;
      const start = usize(row) * yStride;
      const addRow = add ? add + start : 0;
      fourRows(xRow, xStride, depth, w, wRow, start0, start1, addRow, y + start, yStride);
    }
    for (; row < to; row++) {
      const start = usize(row) * yStride;
      const addRow = add ? add + start : 0;
      oneRow(x + usize(row) * xStride, depth, w, wRow, start0, start1, addRow, y + start);
    }
    w += wPanel;
    y += PANEL * 4;
    if (bias) bias += PANEL * 4;
    if (add) add += PANEL * 4;
  }
}

function fourRows(
  x: usize,
  xStride: usize,
  depth: i32,
  w: usize,
  wRow: usize,
  start0: v128,
  start1: v128,
  add: usize,
  y: usize,
  yStride: usize,
): void {
  let x1 = x + xStride;
  let x2 = x1 + xStride;
  let x3 = x2 + xStride;
  let a0 = start0;
  let a1 = start1;
  let b0 = start0;
  let b1 = start1;
  let c0 = start0;
  let c1 = start1;
  let d0 = start0;
  let d1 = start1;
  if (add) {
    a0 = f32x4.add(a0, v128.load(add));
    a1 = f32x4.add(a1, v128.load(add, 16));
    add += yStride;
    b0 = f32x4.add(b0, v128.load(add));
    b1 = f32x4.add(b1, v128.load(add, 16));
    add += yStride;
    c0 = f32x4.add(c0, v128.load(add));
    c1 = f32x4.add(c1, v128.load(add, 16));
    add += yStride;
    d0 = f32x4.add(d0, v128.load(add));
    d1 = f32x4.add(d1, v128.load(add, 16));
  }
  const end = x + (usize(depth) << 2);
  while (x < end) {
    const w0 = v128.load(w);
    const w1 = v128.load(w, 16);
    const a = v128.load32_splat(x);
    a0 = madd(a, w0, a0);
    a1 = madd(a, w1, a1);
    const b = v128.load32_splat(x1);
    b0 = madd(b, w0, b0);
    b1 = madd(b, w1, b1);
    const c = v128.load32_splat(x2);
    c0 = madd(c, w0, c0);
    c1 = madd(c, w1, c1);
    const d = v128.load32_splat(x3);
    d0 = madd(d, w0, d0);
    d1 = madd(d, w1, d1);
    x += 4;
    x1 += 4;
    x2 += 4;
    x3 += 4;
    w += wRow;
  }
  v128.store(y, a0);
  v128.store(y, a1, 16);
  y += yStride;
  v128.store(y, b0);
  v128.store(y, b1, 16);
  y += yStride;
  v128.store(y, c0);
  v128.store(y, c1, 16);
  y += yStride;
  v128.store(y, d0);
  v128.store(y, d1, 16);
}

function oneRow(
  x: usize,
  depth: i32,
  w: usize,
  wRow: usize,
  start0: v128,
  start1: v128,
  add: usize,
  y: usize,
): void {
  let sum0 = add ? f32x4.add(start0, v128.load(add)) : start0;
  let sum1 = add ? f32x4.add(start1, v128.load(add, 16)) : start1;
  const end = x + (usize(depth) << 2);
  for (; x < end; x += 4) {
    const factor = v128.load32_splat(x);
    sum0 = madd(factor, v128.load(w), sum0);
    sum1 = madd(factor, v128.load(w, 16), sum1);
    w += wRow;
  }
  v128.store(y, sum0);
  v128.store(y, sum1, 16);
}
