/** Four float32 numbers at a time: the functions that WebAssembly lacks. */

/** a · b + c; rounded once where the processor can (the relaxed build), else twice. */
export function madd(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, c);
  return f32x4.add(f32x4.mul(a, b), c);
}

export function sumLanes(x: v128): f32 {
  const low = f32x4.extract_lane(x, 0) + f32x4.extract_lane(x, 1);
  return low + (f32x4.extract_lane(x, 2) + f32x4.extract_lane(x, 3));
}

export function maxLane(x: v128): f32 {
  const low = max(f32x4.extract_lane(x, 0), f32x4.extract_lane(x, 1));
  return max(low, max(f32x4.extract_lane(x, 2), f32x4.extract_lane(x, 3)));
}

/** 1, 0 or −1 in each lane. */
export function sign(x: v128): v128 {
  const zero = f32x4.splat(0);
  const one = f32x4.splat(1.0);
  return f32x4.sub(v128.and(f32x4.gt(x, zero), one), v128.and(f32x4.lt(x, zero), one));
}

/** All bits set in lanes numbered below `count`. */
export function firstLanes(count: i32): v128 {
  return i32x4.lt_s(i32x4(0, 1, 2, 3), i32x4.splat(count));
}

/**
 * eˣ − 1 for |x| ≤ ½ log 2 by the series up to x⁸/8!: what is left out is below 1e-9 of it.
 */
function smallExpm1(x: v128): v128 {
  let sum = f32x4.splat(1.0 / 40320.0);
  sum = madd(sum, x, f32x4.splat(1.0 / 5040.0));
  sum = madd(sum, x, f32x4.splat(1.0 / 720.0));
  sum = madd(sum, x, f32x4.splat(1.0 / 120.0));
  sum = madd(sum, x, f32x4.splat(1.0 / 24.0));
  sum = madd(sum, x, f32x4.splat(1.0 / 6.0));
  sum = madd(sum, x, f32x4.splat(0.5));
  return madd(f32x4.mul(sum, x), x, x);
}

/** log 2 in two parts: products of the first with small integers are exact. */
const LOG2_HIGH: f32 = 0.693359375;
const LOG2_LOW: f32 = -2.1219444e-4;

/** x / log 2 to the nearest integer, where 2 to its power is a normal number. */
function exponent(x: v128): v128 {
  return f32x4.nearest(f32x4.mul(x, f32x4.splat(1.4426950408889634)));
}

function remainder(x: v128, n: v128): v128 {
  const high = f32x4.sub(x, f32x4.mul(n, f32x4.splat(LOG2_HIGH)));
  return f32x4.sub(high, f32x4.mul(n, f32x4.splat(LOG2_LOW)));
}

/** 2ⁿ for whole n from −126 to 127. */
function powerOf2(n: v128): v128 {
  return i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(n), i32x4.splat(127)), 23);
}

/** eˣ, within 2e-7 of it, for x between −87 and 88; beyond, that of the bound. */
export function exp(x: v128): v128 {
  const bounded = f32x4.min(f32x4.max(x, f32x4.splat(-87.0)), f32x4.splat(88.0));
  const n = exponent(bounded);
  const power = powerOf2(n);
  return madd(smallExpm1(remainder(bounded, n)), power, power);
}

/** Bits of √½. */
const ROOT_HALF = 0x3f3504f3;

/**
 * log x, within 2e-7 of it or of 1, for normal x above 0: of 2ⁿ m with m between √½ and √2 it is
 * n log 2 + 2 artanh s, s = (m − 1) / (m + 1), by the series up to s⁹/9: what is left out is below
 * 3e-9 of it.
 */
export function log(x: v128): v128 {
  const n = i32x4.shr_s(i32x4.sub(x, i32x4.splat(ROOT_HALF)), 23);
  const m = i32x4.sub(x, i32x4.shl(n, 23));
  const one = f32x4.splat(1.0);
  const s = f32x4.div(f32x4.sub(m, one), f32x4.add(m, one));
  const square = f32x4.mul(s, s);
  let sum = f32x4.splat(1.0 / 9.0);
  sum = madd(sum, square, f32x4.splat(1.0 / 7.0));
  sum = madd(sum, square, f32x4.splat(1.0 / 5.0));
  sum = madd(sum, square, f32x4.splat(1.0 / 3.0));
  const half = madd(f32x4.mul(sum, square), s, s);
  const whole = f32x4.convert_i32x4_s(n);
  const rest = madd(whole, f32x4.splat(LOG2_LOW), f32x4.add(half, half));
  return madd(whole, f32x4.splat(LOG2_HIGH), rest);
}

/** (e²ᵃ − 1) / (e²ᵃ + 1) for a = |x|, with e²ᵃ − 1 computed without cancellation. */
export function tanh(x: v128): v128 {
  const twice = f32x4.min(f32x4.mul(f32x4.abs(x), f32x4.splat(2.0)), f32x4.splat(40.0));
  const n = exponent(twice);
  const power = powerOf2(n);
  const small = smallExpm1(remainder(twice, n));
  const expm1 = madd(small, power, f32x4.sub(power, f32x4.splat(1.0)));
  const result = f32x4.div(expm1, f32x4.add(expm1, f32x4.splat(2.0)));
  return v128.bitselect(x, result, i32x4.splat(i32.MIN_VALUE));
}

export function sigmoid(x: v128): v128 {
  const one = f32x4.splat(1.0);
  return f32x4.div(one, f32x4.add(one, exp(f32x4.neg(x))));
}
