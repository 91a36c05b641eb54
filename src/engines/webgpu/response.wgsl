// The response loss and its way back; for the formulas see the tape's Response. Only what both have
// to know of a band is kept between the points: each band is prepared twice.

const BANDS = 5u;
const HIGH_SHELF = 4u;
const LN10 = 2.302585092994046;
const PI = 3.141592653589793;

// A normalised parameter of four rows in dB, Hz or as Q, and the derivative.
struct Physical {
  x: vec4f,
  slope: vec4f,
}

// Four numbers of a column follow each other from op.inner on: 1 for powers, offset, origin, span.
fn physical(op: Op, row: u32, column: u32) -> Physical {
  let at = op.inner + 4 * column;
  let origin = examples[at + 2];
  let span = examples[at + 3];
  let v = load_rows(op.a, row, column);
  if (examples[at] == 0) {
    return Physical(origin + v * span, vec4f(span));
  }
  // From the middle of the scale: the larger an exponent, the coarser it is.
  let shifted = origin * exp((v - 0.5) * span);
  return Physical(shifted - examples[at + 1], shifted * span);
}

// sin(pi f / rate), 0 <= f <= rate / 2, by Taylor's series. WGSL lets its own sine be off by 2^-11,
// which is half of the sine of 20 Hz.
fn sine(hz: vec4f) -> vec4f {
  let x = hz * (PI / GRID_RATE);
  let s = x * x;
  let end = 1 / 362880.0 + s * (-1 / 39916800.0 + s * (1 / 6227020800.0));
  return x * (1 + s * (-1 / 6.0 + s * (1 / 120.0 + s * (-1 / 5040.0 + s * end))));
}

// A band of four rows.
struct Band {
  number: u32,
  // A^2
  power: vec4f,
  // tan^2(pi f / rate)
  tangent: vec4f,
  // 1 / Q^2 of a bell, kappa A of a shelf.
  width: vec4f,
  // Derivatives by a band's outputs of ln A, of ln tan^2 and of ln Q.
  slopes: array<vec4f, 3>,
}

fn first_column(band: u32) -> u32 {
  return max(3 * band, 1u) - 1;
}

fn is_bell(band: u32) -> bool {
  return band > 0 && band < HIGH_SHELF;
}

fn band_of(op: Op, row: u32, number: u32) -> Band {
  let column = first_column(number);
  let gain = physical(op, row, column);
  let frequency = physical(op, row, column + 1);
  let a = exp(gain.x * (LN10 / 40));
  let along = sine(frequency.x);
  // The cosine: half the rate less f is exact where the cosine is small.
  let across = sine(GRID_RATE / 2 - frequency.x);
  let tangent = along / across;
  let turn = frequency.slope * (2 * PI / GRID_RATE) / (along * across);
  var band = Band(
    number,
    a * a,
    tangent * tangent,
    SHELF_CROSS * a,
    array(gain.slope * (LN10 / 40), turn, vec4f()),
  );
  if (is_bell(number)) {
    let q = physical(op, row, column + 2);
    band.width = 1 / (q.x * q.x);
    band.slopes[2] = q.slope / q.x;
  }
  return band;
}

// rho; a high shelf is a low one at 1 / rho.
fn ratio_at(op: Op, band: Band, point: u32) -> vec4f {
  let ratio = band.tangent * examples[op.site + point];
  return select(ratio, 1 / ratio, band.number == HIGH_SHELF);
}

// What the band multiplies power by.
fn power_at(band: Band, ratio: vec4f) -> vec4f {
  if (is_bell(band.number)) {
    let off = (ratio - 1) * (ratio - 1);
    let w = ratio * band.width;
    return (off + band.power * w) / (off + w / band.power);
  }
  let cross = band.width * ratio;
  let square = ratio * ratio;
  return band.power * ((band.power * square + 1 + cross) / (square + band.power + cross));
}

// Derivatives of the band's ln power by ln A, ln tan^2 and ln Q. Quotients first: products of
// powers of the ratio overflow where a band is close to half the rate.
fn slopes_at(band: Band, ratio: vec4f) -> array<vec4f, 3> {
  if (is_bell(band.number)) {
    let off = (ratio - 1) * (ratio - 1);
    let w = ratio * band.width;
    let under = off + w / band.power;
    let share = w / (off + band.power * w);
    let bend = (band.power - 1 / band.power) * share;
    return array(
      2 * (band.power * share + w / band.power / under),
      bend * ((1 - ratio) * (1 + ratio) / under),
      -2 * bend * (off / under),
    );
  }
  let cross = band.width * ratio;
  let square = ratio * ratio;
  let over = band.power * square + 1 + cross;
  let under = square + band.power + cross;
  let both = 2 * (band.power + 1) * ratio + band.width * (square + 1);
  let by_ratio = (band.power - 1) * (ratio / over) * (both / under);
  return array(
    (2 * band.power * square + cross) / over + (2 * square + cross) / under,
    select(by_ratio, -by_ratio, band.number == HIGH_SHELF),
    vec4f(),
  );
}

// a outputs, b targets [rows, 64]; v1 the curves, laid out as b: in the end the differences times
// what the gradient multiplies them by. Losses into v0, gradient, finished, into y.
fn response(op: Op, row: u32, lane: u32) {
  // All lanes read all outputs.
  storageBarrier();
  let curve = Matrix(op.v[1], op.b.stride);
  for (var number = 0u; number < BANDS; number++) {
    let band = band_of(op, row, number);
    for (var k = lane; k < GRID_POINTS; k += LANES) {
      let before = select(load_rows(curve, row, k), vec4f(1), number == 0);
      store_rows(curve, row, k, before * power_at(band, ratio_at(op, band, k)));
    }
  }
  var sum = vec4f();
  for (var k = lane; k < GRID_POINTS; k += LANES) {
    let made = (10 / LN10) * log(load_rows(curve, row, k));
    let difference = made - load_rows(op.b, row, k);
    sum += difference;
    store_rows(curve, row, k, difference);
  }
  let level = select(vec4f(0), sum_lanes(sum, lane) / f32(GRID_POINTS), op.code == SHAPE);
  let factor = 20 / LN10 / f32(GRID_POINTS * step.rows);
  var squares = vec4f();
  for (var k = lane; k < GRID_POINTS; k += LANES) {
    let difference = load_rows(curve, row, k) - level;
    squares += difference * difference;
    store_rows(curve, row, k, factor * difference);
  }
  let losses = sum_lanes(squares, lane) / f32(GRID_POINTS);
  if (lane == 0) {
    store_four(op.v[0], row, losses);
  }
  for (var number = 0u; number < BANDS; number++) {
    let band = band_of(op, row, number);
    var sums = array<vec4f, 3>();
    for (var k = lane; k < GRID_POINTS; k += LANES) {
      let weight = load_rows(curve, row, k);
      let slopes = slopes_at(band, ratio_at(op, band, k));
      sums[0] += weight * slopes[0];
      sums[1] += weight * slopes[1];
      sums[2] += weight * slopes[2];
    }
    for (var i = 0u; i < select(2u, 3u, is_bell(number)); i++) {
      let gradient = sum_lanes(sums[i], lane) * band.slopes[i];
      if (lane == 0) {
        finish_rows(op.finish, op.y, row, first_column(number) + i, gradient);
      }
    }
  }
}
