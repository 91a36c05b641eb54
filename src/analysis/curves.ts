/** Response curves as rows of numbers, for figures that a listener would recognise. */
import type { EqSetting } from '../eq/parameters';
import { logFrequencies, responseDb } from '../eq/response';

/** Points of a curve: log-spaced, 20 Hz to 20 kHz. */
export const CURVE_POINTS = 256;

/** Rate at which curves are drawn and compared, in Hz. */
const SAMPLE_RATE_HZ = 48_000;

/** Frequencies of a curve's points, Hz, [256]. */
const CURVE_FREQUENCIES = logFrequencies(CURVE_POINTS);

/** Response curves in dB, [rows, 256]. */
export function curvesOf(settings: readonly EqSetting[]): Float64Array {
  const curves = new Float64Array(settings.length * CURVE_POINTS);
  settings.forEach((setting, row) => {
    curves.set(responseDb(setting, CURVE_FREQUENCIES, SAMPLE_RATE_HZ), row * CURVE_POINTS);
  });
  return curves;
}

/** The same curves, each less its mean: what an EQ does apart from making all louder, [rows, 256]. */
export function levelFree(curves: Float64Array): Float64Array {
  const free = Float64Array.from(curves);
  for (let start = 0; start < free.length; start += CURVE_POINTS) {
    const curve = free.subarray(start, start + CURVE_POINTS);
    const mean = curve.reduce((sum, db) => sum + db, 0) / CURVE_POINTS;
    curve.forEach((db, i) => {
      curve[i] = db - mean;
    });
  }
  return free;
}

/** Root of the mean square of the differences over rows and points, in dB. */
export function responseError(curves: Float64Array, others: Float64Array): number {
  // That of one long curve.
  return logSpectralDistance(curves, others);
}

/**
 * Log-spectral distance of two curves: root of the mean square of their difference over the
 * points, in dB. Source: A. H. Gray, J. D. Markel, "Distance measures for speech processing",
 * IEEE Trans. ASSP 24, 1976.
 */
export function logSpectralDistance(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += ((a[i] ?? 0) - (b[i] ?? Number.NaN)) ** 2;
  return Math.sqrt(sum / a.length);
}
