/** Quantiles of response curves, at each frequency for itself. */
import { PARAMETER_COUNT, type EqSetting } from '../../src/eq/parameters';
import { responseDb } from '../../src/eq/response';

/**
 * @param settings at least one
 * @param shares   from 0 to 1, such as 0.5 for the median
 * @returns a curve in dB for each share, [frequencies] each
 */
export function curveQuantiles(
  settings: readonly EqSetting[],
  frequenciesHz: Float64Array,
  shares: readonly number[],
): readonly Float64Array[] {
  const curves = settings.map((setting) => responseDb(setting, frequenciesHz));
  const quantiles = shares.map(() => new Float64Array(frequenciesHz.length));
  frequenciesHz.forEach((_, point) => {
    const sorted = Float64Array.from(curves, (curve) => curve[point] ?? 0).sort();
    shares.forEach((share, i) => {
      const quantile = quantiles[i];
      if (quantile === undefined) return;
      quantile[point] = sorted[Math.round(share * (sorted.length - 1))] ?? 0;
    });
  });
  return quantiles;
}

/** A row's setting among those of all. @param settings [rows, 13] */
export function settingOfRow(settings: Float32Array, row: number): EqSetting {
  return [...settings.subarray(PARAMETER_COUNT * row, PARAMETER_COUNT * (row + 1))];
}
