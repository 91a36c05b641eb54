/** The points at which learning looks at response curves. */
import type { EqSetting } from './parameters';
import { logFrequencies, responseGrid, responseOn } from './response';

/** Points of the grid: log-spaced, 20 Hz to 20 kHz. */
export const GRID_POINTS = 64;

/** Rate at which the responses are those of a filter, in Hz. */
export const GRID_RATE_HZ = 48_000;

/** Frequencies of the grid's points, Hz, [64]. */
export const GRID_FREQUENCIES = logFrequencies(GRID_POINTS);

/** What responses need of the grid's points. */
export const GRID = responseGrid(GRID_FREQUENCIES, GRID_RATE_HZ);

/** Responses of settings at the grid's points in dB, [rows, 64]. */
export function gridResponses(settings: readonly EqSetting[]): Float32Array {
  const curves = new Float32Array(settings.length * GRID_POINTS);
  const curve = new Float64Array(GRID_POINTS);
  settings.forEach((setting, row) => {
    curves.set(responseOn(GRID, setting, curve), row * GRID_POINTS);
  });
  return curves;
}
