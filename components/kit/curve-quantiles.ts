/** Quantiles of response curves, at each frequency for itself. */
import { PARAMETER_COUNT, type EqSetting } from '../../src/eq/parameters';
import { responseGrid, responseOn } from '../../src/eq/response';

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
  const grid = responseGrid(frequenciesHz);
  const curves = settings.map((setting) => responseOn(grid, setting));
  const quantiles = shares.map(() => new Float64Array(frequenciesHz.length));
  const sorted = new Float64Array(settings.length);
  frequenciesHz.forEach((_, point) => {
    curves.forEach((curve, i) => {
      sorted[i] = curve[point] ?? 0;
    });
    sorted.sort();
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
