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

/** Computes responses of settings at the grid's points in dB, [rows, 64]. */
export type ResponsesOf = (settings: readonly EqSetting[]) => Float32Array;

/** Responses of settings at the grid's points in dB, [rows, 64]. */
export function gridResponses(settings: readonly EqSetting[]): Float32Array {
  const curves = new Float32Array(settings.length * GRID_POINTS);
  const curve = new Float64Array(GRID_POINTS);
  settings.forEach((setting, row) => {
    curves.set(responseOn(GRID, setting, curve), row * GRID_POINTS);
  });
  return curves;
}

/**
 * The same, of which each setting's is worked out once: most rows that a model sees are among those
 * that it learns from. A setting is known by its array, not by its numbers, and so is a list of them:
 * nobody may change the curves.
 */
export function rememberedResponses(): ResponsesOf {
  const known = new Map<EqSetting, { readonly curves: Float32Array; readonly start: number }>();
  const lists = new WeakMap<readonly EqSetting[], Float32Array>();
  const curvesOf = (settings: readonly EqSetting[]): Float32Array => {
    const fresh = settings.filter((setting) => !known.has(setting));
    const made = gridResponses(fresh);
    fresh.forEach((setting, row) => {
      known.set(setting, { curves: made, start: row * GRID_POINTS });
    });
    if (fresh.length === settings.length) return made;
    const curves = new Float32Array(settings.length * GRID_POINTS);
    settings.forEach((setting, row) => {
      const place = known.get(setting);
      if (place === undefined) return;
      const { curves: from, start } = place;
      for (let i = 0; i < GRID_POINTS; i++) curves[row * GRID_POINTS + i] = from[start + i] ?? 0;
    });
    return curves;
  };
  return (settings) => {
    const curves = lists.get(settings) ?? curvesOf(settings);
    lists.set(settings, curves);
    return curves;
  };
}
