/** The response loss: five bands at 64 points, and the way back. Formulas: see the tape's op. */
import { ADD, finishGradientRows } from './finish';
import { GRID_POINTS } from './layout';
import {
  columnScales,
  cotangents,
  gridRate,
  rowFrom,
  rows,
  rowTo,
  scratch,
  shelfCross,
} from './step';
import { log, madd, sumLanes } from './vector';

/** First column of each bell, and of the high shelf. */
const BELL_1 = 2;
const BELL_2 = 5;
const BELL_3 = 8;
const HIGH_SHELF = 11;

/** What of a band its loops need, in bytes from its place in the scratch; f32 each. */
const POWER = 0; // A²
const INVERSE = 4; // 1 / A²
const TANGENT = 8; // tan²(π f / fs)
const WIDTH = 12; // 1 / Q² of a bell, κ A of a shelf
const BY_GAIN = 16; // derivative of ln A by the band's first output
const BY_FREQUENCY = 20; // of ln tan²(π f / fs) by its second
const BY_Q = 24; // of ln Q by its third
const BAND_BYTES = 28;

const POINT_BYTES: usize = GRID_POINTS * 4;
const LN10: f64 = 2.302585092994046;
const PI: f64 = 3.141592653589793;
/** Of a number's logarithm: decibels. */
const DECIBELS: f32 = 4.3429448190325175;

/** record: output, stride, gradient, target, stride, differences, losses, level free, finish */
export function response(record: usize): void {
  const output = load<usize>(record);
  const stride = load<usize>(record, 4);
  const gradient = load<usize>(record, 8);
  const target = load<usize>(record, 12);
  const curveStride = load<usize>(record, 16);
  const differences = load<usize>(record, 20);
  const losses = load<usize>(record, 24);
  const levelFree = load<i32>(record, 28) != 0;
  const points = f32(GRID_POINTS);
  const factor = f32x4.splat((f32(2.0) * DECIBELS) / (points * f32(rows)));
  const low = scratch;
  const bell1 = low + BAND_BYTES;
  const bell2 = bell1 + BAND_BYTES;
  const bell3 = bell2 + BAND_BYTES;
  const high = bell3 + BAND_BYTES;
  for (let row = rowFrom; row < rowTo; row++) {
    const values = output + usize(row) * stride;
    prepareShelf(low, values, 0);
    prepareBell(bell1, values, BELL_1);
    prepareBell(bell2, values, BELL_2);
    prepareBell(bell3, values, BELL_3);
    prepareShelf(high, values, HIGH_SHELF);

    const curve = differences + usize(row) * curveStride;
    const aim = target + usize(row) * curveStride;
    for (let at: usize = 0; at < POINT_BYTES; at += 16) {
      const cotangent = v128.load(cotangents + at);
      let power = f32x4.mul(shelfPower(low, cotangent, false), shelfPower(high, cotangent, true));
      power = f32x4.mul(power, bellPower(bell1, cotangent));
      power = f32x4.mul(power, bellPower(bell2, cotangent));
      power = f32x4.mul(power, bellPower(bell3, cotangent));
      const made = f32x4.mul(log(power), f32x4.splat(DECIBELS));
      v128.store(curve + at, f32x4.sub(made, v128.load(aim + at)));
    }

    const mean = f32x4.splat(levelFree ? sumOf(curve) / points : 0);
    let squares = f32x4.splat(0);
    for (let at: usize = 0; at < POINT_BYTES; at += 16) {
      const difference = f32x4.sub(v128.load(curve + at), mean);
      squares = madd(difference, difference, squares);
      v128.store(curve + at, f32x4.mul(difference, factor));
    }
    store<f32>(losses + (usize(row) << 2), sumLanes(squares) / points);

    const to = gradient + usize(row) * stride;
    shelfBack(low, curve, to, false);
    bellBack(bell1, curve, to + BELL_1 * 4);
    bellBack(bell2, curve, to + BELL_2 * 4);
    bellBack(bell3, curve, to + BELL_3 * 4);
    shelfBack(high, curve, to + HIGH_SHELF * 4, true);
  }
  const finish = record + 32;
  finishGradientRows(finish, load<usize>(finish, ADD), gradient, stride, 13, rowFrom, rowTo);
}

function sumOf(curve: usize): f32 {
  let sum = f32x4.splat(0);
  for (let at: usize = 0; at < POINT_BYTES; at += 16) sum = f32x4.add(sum, v128.load(curve + at));
  return sumLanes(sum);
}

/** Of the output in that column, in dB, Hz or as Q. */
let value: f64 = 0;
/** Its derivative. */
let slope: f64 = 0;

/** Column scales are f64: whether logarithmic, offset, from, to − from. */
function toPhysical(values: usize, column: i32): void {
  const scale = columnScales + (usize(column) << 5);
  const span = load<f64>(scale, 24);
  const scaled = load<f64>(scale, 16) + f64(load<f32>(values + (usize(column) << 2))) * span;
  if (load<f64>(scale) == 0) {
    value = scaled;
    slope = span;
    return;
  }
  const shifted = Math.exp(LN10 * scaled);
  value = shifted - load<f64>(scale, 8);
  slope = LN10 * span * shifted;
}

/** What shelves and bells have in common. @returns A */
function prepare(band: usize, values: usize, column: i32): f64 {
  toPhysical(values, column);
  const gainLog = value * (LN10 / 40.0);
  const a = Math.exp(gainLog);
  store<f32>(band, f32(a * a), POWER);
  store<f32>(band, f32(1.0 / (a * a)), INVERSE);
  store<f32>(band, f32(slope * (LN10 / 40.0)), BY_GAIN);
  toPhysical(values, column + 1);
  const half = (PI * value) / gridRate;
  const sine = Math.sin(half);
  const cosine = Math.cos(half);
  const tangent = sine / cosine;
  store<f32>(band, f32(tangent * tangent), TANGENT);
  store<f32>(band, f32(((2.0 * half) / (sine * cosine)) * (slope / value)), BY_FREQUENCY);
  return a;
}

function prepareShelf(band: usize, values: usize, column: i32): void {
  const a = prepare(band, values, column);
  store<f32>(band, f32(shelfCross * a), WIDTH);
}

function prepareBell(band: usize, values: usize, column: i32): void {
  prepare(band, values, column);
  toPhysical(values, column + 2);
  store<f32>(band, f32(1.0 / (value * value)), WIDTH);
  store<f32>(band, f32(slope / value), BY_Q);
}

function bellPower(band: usize, cotangent: v128): v128 {
  const ratio = f32x4.mul(v128.load32_splat(band, TANGENT), cotangent);
  const away = f32x4.sub(ratio, f32x4.splat(1.0));
  const off = f32x4.mul(away, away);
  const width = f32x4.mul(ratio, v128.load32_splat(band, WIDTH));
  return f32x4.div(
    madd(v128.load32_splat(band, POWER), width, off),
    madd(v128.load32_splat(band, INVERSE), width, off),
  );
}

function shelfPower(band: usize, cotangent: v128, high: bool): v128 {
  const power = v128.load32_splat(band, POWER);
  const ratio = f32x4.mul(v128.load32_splat(band, TANGENT), cotangent);
  const square = f32x4.mul(ratio, ratio);
  const cross = f32x4.mul(v128.load32_splat(band, WIDTH), ratio);
  const first = madd(power, square, f32x4.add(f32x4.splat(1.0), cross));
  const second = f32x4.add(f32x4.add(square, power), cross);
  const quotient = high ? f32x4.div(second, first) : f32x4.div(first, second);
  return f32x4.mul(power, quotient);
}

/** @param g the curve's gradient, by the logarithm of the power */
function bellBack(band: usize, g: usize, to: usize): void {
  const power = v128.load32_splat(band, POWER);
  const inverse = v128.load32_splat(band, INVERSE);
  const tangent = v128.load32_splat(band, TANGENT);
  const k = v128.load32_splat(band, WIDTH);
  const one = f32x4.splat(1.0);
  let byGain = f32x4.splat(0);
  let byFrequency = byGain;
  let byQ = byGain;
  for (let at: usize = 0; at < POINT_BYTES; at += 16) {
    const ratio = f32x4.mul(tangent, v128.load(cotangents + at));
    const away = f32x4.sub(one, ratio);
    const off = f32x4.mul(away, away);
    const width = f32x4.mul(ratio, k);
    const over = madd(power, width, off);
    const under = madd(inverse, width, off);
    const share = f32x4.div(f32x4.mul(v128.load(g + at), width), f32x4.mul(over, under));
    byGain = madd(share, madd(power, under, f32x4.mul(inverse, over)), byGain);
    byFrequency = madd(share, f32x4.mul(away, f32x4.add(one, ratio)), byFrequency);
    byQ = madd(share, off, byQ);
  }
  const bend = load<f32>(band, POWER) - load<f32>(band, INVERSE);
  store<f32>(to, f32(2.0) * sumLanes(byGain) * load<f32>(band, BY_GAIN));
  store<f32>(to, bend * sumLanes(byFrequency) * load<f32>(band, BY_FREQUENCY), 4);
  store<f32>(to, f32(-2.0) * bend * sumLanes(byQ) * load<f32>(band, BY_Q), 8);
}

function shelfBack(band: usize, g: usize, to: usize, high: bool): void {
  const power = v128.load32_splat(band, POWER);
  const tangent = v128.load32_splat(band, TANGENT);
  const width = v128.load32_splat(band, WIDTH);
  const one = f32x4.splat(1.0);
  const two = f32x4.splat(2.0);
  const twice = f32x4.mul(two, f32x4.add(power, one));
  let byGain = f32x4.splat(0);
  let byFrequency = byGain;
  for (let at: usize = 0; at < POINT_BYTES; at += 16) {
    const ratio = f32x4.mul(tangent, v128.load(cotangents + at));
    const square = f32x4.mul(ratio, ratio);
    const cross = f32x4.mul(width, ratio);
    const first = madd(power, square, f32x4.add(one, cross));
    const second = f32x4.add(f32x4.add(square, power), cross);
    const share = f32x4.div(v128.load(g + at), f32x4.mul(first, second));
    // Of a high shelf, ratio stands for its inverse, so the squares change places with 1.
    const own = madd(two, high ? one : f32x4.mul(power, square), cross);
    const other = madd(two, high ? power : square, cross);
    byGain = madd(share, madd(own, second, f32x4.mul(other, first)), byGain);
    const bend = madd(twice, ratio, f32x4.mul(width, f32x4.add(square, one)));
    byFrequency = madd(share, f32x4.mul(ratio, bend), byFrequency);
  }
  const step = load<f32>(band, POWER) - f32(1.0);
  const sign: f32 = high ? -1.0 : 1.0;
  store<f32>(to, sumLanes(byGain) * load<f32>(band, BY_GAIN));
  store<f32>(to, sign * step * sumLanes(byFrequency) * load<f32>(band, BY_FREQUENCY), 4);
}
