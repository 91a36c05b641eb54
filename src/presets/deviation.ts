/** How far two curves are apart, and the curve of what a file says. */
import {
  filtersOn,
  logFrequencies,
  responseGrid,
  responseOn,
  type ResponseGrid,
} from '../eq/response';
import type { EqSetting } from '../eq/parameters';
import type { CurvePoint, ReadPreset } from './preset';

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

/** The curve of a file in dB on the grid of {@link comparisonGrid}, without its preamp; [points]. */
export function curveOfPreset(
  { filters, curve }: Pick<ReadPreset, 'filters' | 'curve'>,
  grid: ResponseGrid,
): Float64Array {
  const frequencies = logFrequencies(grid.phi.length);
  return filtersOn(grid, filters).map((db, i) =>
    Math.max(FLOOR_DB, db + between(curve, frequencies[i] ?? 0)),
  );
}

/** Straight between points over log Hz, level beyond the outer ones; 0 without points. */
function between(points: readonly CurvePoint[], frequencyHz: number): number {
  const above = points.findIndex((point) => point.frequencyHz >= frequencyHz);
  const right = points[above];
  if (right === undefined) return points.at(-1)?.gainDb ?? 0;
  const left = points[above - 1];
  if (left === undefined || left.frequencyHz === right.frequencyHz) return right.gainDb;
  const share =
    Math.log(frequencyHz / left.frequencyHz) / Math.log(right.frequencyHz / left.frequencyHz);
  return left.gainDb + share * (right.gainDb - left.gainDb);
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
