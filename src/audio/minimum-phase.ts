/** A filter of finite length for a curve that is given by points, as Equalizer APO's GraphicEQ is. */
import { curveDb, type CurvePoint } from '../eq/curve';
import { inverseTransform, transform } from './fourier';

export interface CurveFilter {
  /** The response to a single sample, [taps]. */
  readonly taps: Float64Array;
  /** Largest deviation in dB, 20 Hz to 20 kHz or half the rate, where the curve is above −80 dB. */
  readonly deviationDb: number;
}

/** Transforms are at least this long, a bin to a fifth of a hertz. */
const TRANSFORM_SECONDS = 5;
const FEWEST_TAPS = 2048;
/** A filter that is nearer needs no more taps. */
const NEAR_DB = 0.02;
/** Levels below count as silence. */
const FLOOR_DB = -80;
const HEARD_HZ = { min: 20, max: 20_000 };
const NEPER_DB = 20 / Math.LN10;

/**
 * The filter of minimum phase with the curve's gains: as long as it needs to be within 0.02 dB, but
 * at most half the transform's length, which is over two seconds.
 *
 * Source: A. V. Oppenheim, R. W. Schafer, "Discrete-Time Signal Processing": the real cepstrum of
 * the log magnitude with its later half folded onto the earlier is the minimum phase's.
 *
 * @param points       in the order of frequencies, one or more
 * @param sampleRateHz of the sound
 */
export function minimumPhaseFilter(
  points: readonly CurvePoint[],
  sampleRateHz: number,
): CurveFilter {
  const length = 2 ** Math.ceil(Math.log2(TRANSFORM_SECONDS * sampleRateHz));
  const half = length / 2;
  const bins = Float64Array.from({ length: half + 1 }, (_, k) => (k * sampleRateHz) / length);
  const wanted = curveDb(points, bins);
  const whole = impulseOf(wanted, length);
  let best: CurveFilter | null = null;
  for (let taps = FEWEST_TAPS; taps <= length / 2; taps *= 2) {
    const cut = faded(whole, taps);
    const deviationDb = deviation(cut, wanted, bins, length);
    if (best === null || deviationDb < best.deviationDb) best = { taps: cut, deviationDb };
    if (deviationDb <= NEAR_DB) break;
  }
  return best ?? { taps: whole, deviationDb: 0 };
}

function impulseOf(wantedDb: Float64Array, length: number): Float64Array {
  const half = length / 2;
  const real = new Float64Array(length);
  const imaginary = new Float64Array(length);
  for (let k = 0; k < length; k++) {
    real[k] = (wantedDb[k <= half ? k : length - k] ?? 0) / NEPER_DB;
  }
  inverseTransform(real, imaginary);
  for (let n = 0; n < length; n++) {
    const folded = n === 0 || n === half ? 1 : n < half ? 2 : 0;
    real[n] = ((real[n] ?? 0) * folded) / length;
    imaginary[n] = 0;
  }
  transform(real, imaginary);
  for (let k = 0; k < length; k++) {
    const size = Math.exp(real[k] ?? 0);
    const angle = imaginary[k] ?? 0;
    real[k] = size * Math.cos(angle);
    imaginary[k] = size * Math.sin(angle);
  }
  inverseTransform(real, imaginary);
  return real.map((value) => value / length);
}

/** The first taps, the later half of them faded out. */
function faded(impulse: Float64Array, taps: number): Float64Array {
  const from = taps / 2;
  return impulse
    .slice(0, taps)
    .map((value, n) =>
      n < from ? value : value * (0.5 + 0.5 * Math.cos((Math.PI * (n - from)) / from)),
    );
}

function deviation(
  taps: Float64Array,
  wantedDb: Float64Array,
  binsHz: Float64Array,
  length: number,
): number {
  const real = new Float64Array(length);
  const imaginary = new Float64Array(length);
  real.set(taps);
  transform(real, imaginary);
  let most = 0;
  wantedDb.forEach((db, k) => {
    const hz = binsHz[k] ?? 0;
    if (hz < HEARD_HZ.min || hz > HEARD_HZ.max || db < FLOOR_DB) return;
    const found = 20 * Math.log10(Math.hypot(real[k] ?? 0, imaginary[k] ?? 0));
    most = Math.max(most, Math.abs(found - db));
  });
  return most;
}
