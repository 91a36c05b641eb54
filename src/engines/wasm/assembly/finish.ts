/** What becomes of results and gradients before they are stored; see Finish and GradientFinish. */
import { HEADS, HEADS_STRIDE, NO_ACTIVATION, RELU, SIGMOID, SILU, TANH } from './layout';
import { outputHeads } from './step';
import { firstLanes, madd, sigmoid, tanh } from './vector';

/** A finish's words in an operation's record, in bytes. */
export const ADD = 0;
const ACTIVATION = 4;
const SAVED = 8;
const FACTORS = 12;

/**
 * Finishes the results in rows `from` … `to` − 1 of y, in place.
 *
 * @param words    the finish
 * @param add      what is still to be added, or 0: a product has added it already
 * @param training factors are left out otherwise
 */
export function finishRows(
  words: usize,
  add: usize,
  training: bool,
  y: usize,
  stride: usize,
  columns: i32,
  from: i32,
  to: i32,
): void {
  const activation = load<i32>(words, ACTIVATION);
  const kept = load<usize>(words, SAVED);
  const factors = training ? load<usize>(words, FACTORS) : 0;
  if (activation == NO_ACTIVATION && !add && !factors) return;
  const bytes = usize((columns + 3) >> 2) << 4;
  for (let row = from; row < to; row++) {
    const start = usize(row) * stride;
    for (let at = start; at < start + bytes; at += 16) {
      let value = v128.load(y + at);
      if (add) value = f32x4.add(value, v128.load(add + at));
      if (kept) v128.store(kept + at, value);
      value = activation == HEADS ? headed(value, at - start) : activated(activation, value);
      if (factors) value = f32x4.mul(value, v128.load(factors + at));
      v128.store(y + at, value);
    }
    // 0 stays 0 under every other activation.
    if (activation == SIGMOID) clearPadding(y + start, columns);
  }
}

/** Finishes the gradients in rows `from` … `to` − 1, in place; see {@link finishRows}. */
export function finishGradientRows(
  words: usize,
  add: usize,
  gradient: usize,
  stride: usize,
  columns: i32,
  from: i32,
  to: i32,
): void {
  const activation = load<i32>(words, ACTIVATION);
  const saved = load<usize>(words, SAVED);
  const factors = load<usize>(words, FACTORS);
  if (activation == NO_ACTIVATION && !add && !factors) return;
  const bytes = usize((columns + 3) >> 2) << 4;
  for (let row = from; row < to; row++) {
    const start = usize(row) * stride;
    for (let at = start; at < start + bytes; at += 16) {
      let value = v128.load(gradient + at);
      if (add) value = f32x4.add(value, v128.load(add + at));
      if (factors) value = f32x4.mul(value, v128.load(factors + at));
      if (saved) {
        const by = v128.load(saved + at);
        value =
          activation == HEADS ? headSloped(value, by, at - start) : sloped(activation, value, by);
      }
      v128.store(gradient + at, value);
    }
  }
}

function activated(activation: i32, x: v128): v128 {
  if (activation == RELU) return f32x4.pmax(f32x4.splat(0), x);
  if (activation == SILU) return f32x4.mul(x, sigmoid(x));
  if (activation == TANH) return tanh(x);
  if (activation == SIGMOID) return sigmoid(x);
  return x;
}

/** gradient ⊙ the activation's derivative, which is computed from what was saved. */
function sloped(activation: i32, gradient: v128, saved: v128): v128 {
  if (activation == RELU) return v128.and(gradient, f32x4.gt(saved, f32x4.splat(0)));
  const one = f32x4.splat(1.0);
  if (activation == TANH) {
    return f32x4.mul(gradient, f32x4.sub(one, f32x4.mul(saved, saved)));
  }
  if (activation == SIGMOID) {
    return f32x4.mul(gradient, f32x4.mul(saved, f32x4.sub(one, saved)));
  }
  const s = sigmoid(saved);
  const bend = f32x4.mul(f32x4.mul(saved, s), f32x4.sub(one, s));
  return f32x4.mul(gradient, f32x4.add(s, bend));
}

/** low + (high − low) sigmoid(steepness x) of four columns, the first of which is at that byte. */
function headed(x: v128, column: usize): v128 {
  const head = outputHeads + column;
  const share = sigmoid(f32x4.mul(x, v128.load(head, HEADS_STRIDE * 8)));
  return madd(v128.load(head, HEADS_STRIDE * 4), share, v128.load(head));
}

function headSloped(gradient: v128, y: v128, column: usize): v128 {
  const head = outputHeads + column;
  const above = f32x4.sub(y, v128.load(head));
  const below = f32x4.sub(v128.load(head, HEADS_STRIDE * 4), above);
  const slope = f32x4.mul(f32x4.mul(above, below), v128.load(head, HEADS_STRIDE * 12));
  return f32x4.mul(gradient, slope);
}

function clearPadding(row: usize, columns: i32): void {
  const rest = columns & 3;
  if (rest == 0) return;
  const last = row + (usize(columns - rest) << 2);
  v128.store(last, v128.and(v128.load(last), firstLanes(rest)));
}
