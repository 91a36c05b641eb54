/**
 * Magnitude response of a setting: five biquads in series.
 *
 * Source of the filters: R. Bristow-Johnson, "Cookbook formulae for audio EQ biquad filter
 * coefficients" (peaking EQ, low shelf, high shelf). The plug-in's shelves have Q 0.71.
 */
import { bandsOf, type EqBand, type EqSetting } from './parameters';

/** A second-order filter of the cookbook; the plug-in has bells and shelves only. */
export interface Filter {
  readonly kind: EqBand['kind'] | 'low pass' | 'high pass' | 'band pass' | 'notch';
  readonly frequencyHz: number;
  /** Of bells and shelves; the others have none. */
  readonly gainDb: number;
  readonly q: number;
}

/** What of a filter its response needs; worked out once for all frequencies. */
interface Prepared {
  readonly kind: Filter['kind'];
  /** The cookbook's A: square root of the linear gain. */
  readonly a: number;
  /** α². */
  readonly alpha2: number;
  /** sin²(ω₀/2) and cos²(ω₀/2). */
  readonly sin2: number;
  readonly cos2: number;
}

function prepare({ kind, gainDb, frequencyHz, q }: Filter, sampleRateHz: number): Prepared {
  const half = (Math.PI * frequencyHz) / sampleRateHz;
  const alpha = Math.sin(2 * half) / (2 * q);
  return {
    kind,
    a: 10 ** (gainDb / 40),
    alpha2: alpha * alpha,
    sin2: Math.sin(half) ** 2,
    cos2: Math.cos(half) ** 2,
  };
}

/**
 * Multiplies by |H|² of one filter, point by point.
 *
 * Put z = e^{jω} in the cookbook's coefficients, turn numerator and denominator by ω so that the
 * outer coefficients pair up, and write every cosine as 1 − 2 sin² of the half angle. With
 * p = sin²(ω₀/2) cos²(ω/2), r = cos²(ω₀/2) sin²(ω/2) and m = sin²(ω/2) cos²(ω/2) this leaves
 *
 *     bell        [(p − r)² + A²α²m] / [(p − r)² + α²m/A²]
 *     low shelf   A² [(Ap − r)² + Aα²m] / [(p − Ar)² + Aα²m]
 *     high shelf  the low shelf with p and r exchanged
 *     low pass    p² / [(p − r)² + α²m]
 *     high pass   r² / [(p − r)² + α²m]
 *     band pass   α²m / [(p − r)² + α²m]
 *     notch       (p − r)² / [(p − r)² + α²m]
 *
 * Only p − r and its kin subtract, and where they come near 0 the term beside them carries the
 * sum, so nothing is lost at low frequencies, in float32 either. (The textbook form subtracts
 * numbers near 1 that agree in all but their last digits at 20 Hz.)
 */
function multiply(product: Float64Array, filter: Prepared, { phi, rest }: ResponseGrid): void {
  const { kind, a, alpha2, sin2, cos2 } = filter;
  const highShelf = kind === 'high shelf';
  for (let i = 0; i < product.length; i++) {
    const phiAt = phi[i] ?? 0;
    const restAt = rest[i] ?? 0;
    const p = sin2 * restAt;
    const r = cos2 * phiAt;
    const width = alpha2 * phiAt * restAt;
    let power: number;
    if (kind === 'bell') {
      const off = (p - r) ** 2;
      power = (off + a * a * width) / (off + width / (a * a));
    } else if (kind !== 'low shelf' && !highShelf) {
      const off = (p - r) ** 2;
      const passed = { 'low pass': p * p, 'high pass': r * r, 'band pass': width, notch: off };
      power = passed[kind] / (off + width);
    } else {
      const boosted = highShelf ? r : p;
      const other = highShelf ? p : r;
      const above = (a * boosted - other) ** 2 + a * width;
      const below = (boosted - a * other) ** 2 + a * width;
      power = (a * a * above) / below;
    }
    product[i] = (product[i] ?? 0) * power;
  }
}

/** Frequencies with what the response of any setting needs of them. */
export interface ResponseGrid {
  readonly sampleRateHz: number;
  /** sin²(ω/2), [n]. */
  readonly phi: Float64Array;
  /** cos²(ω/2), [n]. */
  readonly rest: Float64Array;
}

/**
 * @param frequenciesHz [n], from 0 to half the sample rate
 * @param sampleRateHz  above twice the highest frequency of any setting
 */
export function responseGrid(
  frequenciesHz: ArrayLike<number>,
  sampleRateHz = 48_000,
): ResponseGrid {
  const half = Float64Array.from(frequenciesHz, (hz) => (Math.PI * hz) / sampleRateHz);
  return {
    sampleRateHz,
    phi: half.map((angle) => Math.sin(angle) ** 2),
    rest: half.map((angle) => Math.cos(angle) ** 2),
  };
}

/**
 * Gain of a setting in dB, on frequencies that many settings share.
 *
 * @param gains where it is written, [n]; made where left out
 * @returns dB, shape [n]
 */
export function responseOn(
  grid: ResponseGrid,
  setting: EqSetting,
  gains?: Float64Array,
): Float64Array {
  return filtersOn(grid, bandsOf(setting), gains);
}

/**
 * Writes |H|² of one filter, whose logarithm is its gain.
 *
 * @param power shape [n]
 */
export function writePower(power: Float64Array, grid: ResponseGrid, filter: Filter): void {
  power.fill(1);
  multiply(power, prepare(filter, grid.sampleRateHz), grid);
}

/**
 * Gain of filters in series in dB; −∞ where a notch or a band pass lets nothing through.
 *
 * @param gains where it is written, [n]; made where left out
 * @returns dB, shape [n]
 */
export function filtersOn(
  grid: ResponseGrid,
  filters: readonly Filter[],
  gains: Float64Array = new Float64Array(grid.phi.length),
): Float64Array {
  gains.fill(1);
  for (const filter of filters) multiply(gains, prepare(filter, grid.sampleRateHz), grid);
  for (let i = 0; i < gains.length; i++) gains[i] = 10 * Math.log10(gains[i] ?? 0);
  return gains;
}

/**
 * Gain of a setting in dB.
 *
 * @param frequenciesHz [n], from 0 to half the sample rate
 * @param sampleRateHz  above twice the setting's highest frequency
 * @returns dB, shape [n]
 */
export function responseDb(
  setting: EqSetting,
  frequenciesHz: ArrayLike<number>,
  sampleRateHz = 48_000,
): Float64Array {
  return responseOn(responseGrid(frequenciesHz, sampleRateHz), setting);
}

/**
 * Frequencies evenly spaced on a logarithmic axis, both ends included.
 *
 * @returns Hz, shape [count]
 */
export function logFrequencies(count: number, lowHz = 20, highHz = 20_000): Float64Array {
  const steps = Math.max(1, count - 1);
  return Float64Array.from({ length: count }, (_, i) => lowHz * (highHz / lowHz) ** (i / steps));
}
