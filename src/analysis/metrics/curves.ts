/** Response curves as rows of numbers, for figures that a listener would recognise. */
import type { EqSetting } from '../../eq/parameters';
import { logFrequencies, responseGrid, responseOn } from '../../eq/response';

/** Points of a curve: log-spaced, 20 Hz to 20 kHz. */
export const CURVE_POINTS = 256;

/** A curve's points, at the rate at which curves are drawn and compared. */
const GRID = responseGrid(logFrequencies(CURVE_POINTS), 48_000);

/** Response curves in dB, [rows, 256]. */
export function curvesOf(settings: readonly EqSetting[]): Float64Array {
  const curves = new Float64Array(settings.length * CURVE_POINTS);
  const curve = new Float64Array(CURVE_POINTS);
  settings.forEach((setting, row) => {
    curves.set(responseOn(GRID, setting, curve), row * CURVE_POINTS);
  });
  return curves;
}

/** Columns of the curves that neighbours are told by. */
export const NEIGHBOUR_POINTS = CURVE_POINTS / 4;

/**
 * The same curves, each less its mean: what an EQ does apart from making all louder. Every four
 * points are averaged to one, which changes no neighbour that matters (at most one row in a thousand
 * of the real file is told otherwise) and is done in a quarter of the time.
 *
 * @returns [rows, 64]
 */
export function neighbourCurves(curves: Float64Array): Float64Array {
  const free = new Float64Array(curves.length / 4);
  for (let i = 0; i < free.length; i++) {
    const [a = 0, b = 0, c = 0, d = 0] = curves.subarray(4 * i, 4 * i + 4);
    free[i] = (a + b + c + d) / 4;
  }
  for (let start = 0; start < free.length; start += NEIGHBOUR_POINTS) {
    const curve = free.subarray(start, start + NEIGHBOUR_POINTS);
    const mean = curve.reduce((sum, db) => sum + db, 0) / NEIGHBOUR_POINTS;
    curve.forEach((db, i) => {
      curve[i] = db - mean;
    });
  }
  return free;
}

/**
 * Mean square of the differences of two curves over their points, in dB².
 *
 * @param a  curves, [rows, 256]; `at` is where the one begins
 * @param b  the same of the other
 */
function meanSquare(a: Float64Array, at: number, b: Float64Array, bAt: number): number {
  // Four sums that do not wait for one another.
  let first = 0;
  let second = 0;
  let third = 0;
  let fourth = 0;
  for (let i = 0; i < CURVE_POINTS; i += 4) {
    first += ((a[at + i] ?? 0) - (b[bAt + i] ?? 0)) ** 2;
    second += ((a[at + i + 1] ?? 0) - (b[bAt + i + 1] ?? 0)) ** 2;
    third += ((a[at + i + 2] ?? 0) - (b[bAt + i + 2] ?? 0)) ** 2;
    fourth += ((a[at + i + 3] ?? 0) - (b[bAt + i + 3] ?? 0)) ** 2;
  }
  return (first + second + (third + fourth)) / CURVE_POINTS;
}

/** Of each row the mean square of the differences of two curves, in dB², [rows]. */
export function meanSquares(curves: Float64Array, others: Float64Array): Float64Array {
  return Float64Array.from({ length: curves.length / CURVE_POINTS }, (_, row) =>
    meanSquare(curves, row * CURVE_POINTS, others, row * CURVE_POINTS),
  );
}

/**
 * Log-spectral distance of two curves: root of the mean square of their difference over the
 * points, in dB. Source: A. H. Gray, J. D. Markel, "Distance measures for speech processing",
 * IEEE Trans. ASSP 24, 1976.
 *
 * @param a [256]
 * @param b [256]
 */
export function logSpectralDistance(a: Float64Array, b: Float64Array): number {
  return Math.sqrt(meanSquare(a, 0, b, 0));
}
