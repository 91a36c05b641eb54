/** How near a few settings come to what other people meant by a word. */
import type { EqSetting } from '../../eq/parameters';
import { CURVE_POINTS, curvesOf } from '../curves';
import { centresOf, nearestDistances, SQUARED, type Points } from './centres';
import type { Practice } from './practice';
import { MOST_SCHOOLS } from './school-count';
import { schoolsOf } from './schools';

/** Mean distances in dB (log-spectral, 20 Hz–20 kHz) of held-out rows to the nearest. */
export interface Covered {
  readonly count: number;
  /** Of the schools' settings: what a user gets. */
  readonly settings: number;
  /** Of the curves that the settings were fitted to. */
  readonly centres: number;
}

export interface SchoolCoverage {
  /** Held-out rows it was measured on. */
  readonly rows: number;
  /** Of as many schools as the training rows ask for. */
  readonly chosen: Covered;
  /** Of 1 to 4 schools. */
  readonly byCount: readonly Covered[];
  /** Of plain k-means with 3 and with 8 centres, which no equaliser need be able to make. */
  readonly kMeans: readonly { readonly count: number; readonly centres: number }[];
}

const K_MEANS_COUNTS = [3, 8];
const K_MEANS_STARTS = 20;

/**
 * Coverage of a word's schools beside that of plain k-means; nothing of the held-out rows goes into
 * either.
 *
 * @param training the word's training rows, at least 8
 * @param heldOut  settings of the word's held-out rows, at least one
 */
export function schoolCoverage(
  training: Practice,
  heldOut: readonly EqSetting[],
  seed: number,
): SchoolCoverage {
  const judges = pointsOf(heldOut);
  const covered = (count?: number): Covered => {
    const { schools } = schoolsOf(training, seed, count);
    return {
      count: schools.length,
      settings: coverage(
        judges,
        schools.map(({ setting }) => curvesOf([setting])),
      ),
      centres: coverage(
        judges,
        schools.map(({ centre }) => centre),
      ),
    };
  };
  const known = pointsOf(training.settings);
  const equal = new Float64Array(training.settings.length).fill(1);
  return {
    rows: heldOut.length,
    chosen: covered(),
    byCount: Array.from({ length: MOST_SCHOOLS }, (_, i) => covered(i + 1)),
    kMeans: K_MEANS_COUNTS.map((count) => {
      const options = { count, loss: SQUARED, starts: K_MEANS_STARTS, seed };
      return { count, centres: coverage(judges, centresOf(known, equal, options).curves) };
    }),
  };
}

function pointsOf(settings: readonly EqSetting[]): Points {
  return { values: curvesOf(settings), width: CURVE_POINTS };
}

function coverage(judges: Points, curves: readonly Float64Array[]): number {
  const distances = nearestDistances(judges, curves);
  return distances.reduce((sum, distance) => sum + distance, 0) / distances.length;
}
