/** How far two curves are apart, and the curve of what a file says. */
import { curveDb } from '../eq/curve';
import {
  filtersOn,
  logFrequencies,
  responseGrid,
  responseOn,
  type ResponseGrid,
} from '../eq/response';
import type { EqSetting } from '../eq/parameters';
import type { ReadPreset } from './preset';

export interface Deviation {
  /** Largest difference in dB. */
  readonly maxDb: number;
  /** Root of the mean square of the differences in dB. */
  readonly rmsDb: number;
}

/** Points at which presets are compared: log-spaced, 20 Hz to 20 kHz. */
const POINTS = 512;

/** @param sampleRateHz above 40 kHz */
export function comparisonGrid(sampleRateHz: number, points = POINTS): ResponseGrid {
  return responseGrid(logFrequencies(points), sampleRateHz);
}

/** What lies below is silence all the same: a notch goes down to −∞. */
const FLOOR_DB = -80;

/** Filters whose gains are multiplied before they are added in dB: more could pass 10³⁰⁸. */
const MULTIPLIED = 16;

/**
 * The curve of a file in dB on the grid of {@link comparisonGrid}, without its preamp; [points].
 * Finite, whatever the filters.
 */
export function curveOfPreset(
  { filters, curve }: Pick<ReadPreset, 'filters' | 'curve'>,
  grid: ResponseGrid,
): Float64Array {
  const sum = curveDb(curve, logFrequencies(grid.phi.length));
  for (let from = 0; from < filters.length; from += MULTIPLIED) {
    const part = filtersOn(grid, filters.slice(from, from + MULTIPLIED));
    part.forEach((db, i) => {
      sum[i] = (sum[i] ?? 0) + db;
    });
  }
  return sum.map((db) => Math.max(FLOOR_DB, db));
}

/** How far a setting's response on the grid is from a curve, [points]. */
export function deviationFrom(
  curve: Float64Array,
  setting: EqSetting,
  grid: ResponseGrid,
): Deviation {
  const response = responseOn(grid, setting);
  let max = 0;
  let squares = 0;
  curve.forEach((db, i) => {
    const off = Math.abs(db - (response[i] ?? 0));
    max = Math.max(max, off);
    squares += off * off;
  });
  return { maxDb: max, rmsDb: Math.sqrt(squares / curve.length) };
}
