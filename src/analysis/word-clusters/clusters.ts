/**
 * The clusters of a word: people who say the same word can mean several things, each a practice of
 * its own. A cluster is a setting that stands for the rows nearest to it.
 */
import { fitSetting } from '../../eq/fit-setting';
import type { EqSetting } from '../../eq/parameters';
import { logFrequencies } from '../../eq/response';
import { CURVE_POINTS, curvesOf } from '../metrics/curves';
import { mixture, nearestCurves, type Points } from './centres';
import { coarseCurves, clusterCentres, practiceCurves, type Practice } from './practice';
import { countClusters } from './cluster-count';
import { nameCurves } from './cluster-names';

export interface WordCluster {
  /** What it does, as "low-mid lift"; no two clusters of a word share it. */
  readonly name: string;
  /** Rows that are nearest to it, and the people they are of. */
  readonly rows: number;
  readonly contributors: number;
  /** Inside the plug-in's bounds. */
  readonly setting: EqSetting;
  /** Response that the setting was fitted to: a mixture of the rows' curves, [256] dB. */
  readonly centre: Float64Array;
  /** Of each row in the mixture; 0 or more, and 1 together, [rows]. */
  readonly shares: Float64Array;
}

export interface WordClusters {
  /** Those with most rows first; none without rows. */
  readonly schools: readonly WordCluster[];
  /** Index of each row's nearest cluster, [rows]. */
  readonly labels: Int32Array;
}

const STARTS = 12;
/** Points that a setting is fitted on: a quarter of a curve's will do. */
const FITTED = (_: number, i: number): boolean => i % 4 === 0;
const FREQUENCIES = logFrequencies(CURVE_POINTS).filter(FITTED);

/**
 * Finds the clusters of a word in its training rows.
 *
 * @param seed  an unsigned 32-bit integer; equal rows and seeds, equal clusters
 * @param count how many; chosen on the rows where left out, see {@link countClusters}
 */
export function clustersOf(practice: Practice, seed: number, count?: number): WordClusters {
  const { settings, contributors } = practice;
  const rows = settings.length;
  if (rows === 0) return { schools: [], labels: new Int32Array(0) };
  const curves = practiceCurves(practice);
  const points = coarseCurves({ settings, curves });
  const wanted = Math.min(rows, count ?? countClusters(points, contributors, seed));
  const { shares } = clusterCentres(points, contributors, { count: wanted, starts: STARTS, seed });
  const found = shares.map((of) => {
    const centre = mixture(curves, of);
    return { shares: of, centre, setting: settingFor(centre, curves, settings) };
  });
  return membersOf(practice, curves, found);
}

/** An equaliser's setting for a curve, from that of the row nearest to it. */
export function settingFor(
  curve: Float64Array,
  curves: Points,
  settings: readonly EqSetting[],
): EqSetting {
  let nearest = settings[0] ?? [];
  let least = Infinity;
  settings.forEach((setting, row) => {
    let sum = 0;
    for (let i = 0; i < CURVE_POINTS; i++) {
      sum += ((curves.values[row * CURVE_POINTS + i] ?? 0) - (curve[i] ?? 0)) ** 2;
    }
    if (sum < least) [nearest, least] = [setting, sum];
  });
  return fitSetting(curve.filter(FITTED), FREQUENCIES, nearest);
}

/** Gives every row to the cluster whose setting sounds nearest; a cluster without rows is none. */
function membersOf(
  { contributors }: Practice,
  curves: Points,
  found: readonly Pick<WordCluster, 'shares' | 'centre' | 'setting'>[],
): WordClusters {
  const nearest = nearestCurves(
    curves,
    found.map(({ setting }) => curvesOf([setting])),
  );
  const withMembers = found
    .map((cluster, index) => {
      const people = contributors.filter((_, row) => nearest[row] === index);
      return { cluster, index, rows: people.length, contributors: new Set(people).size };
    })
    .filter(({ rows }) => rows > 0)
    .sort((a, b) => b.rows - a.rows || a.index - b.index);
  const names = nameCurves(withMembers.map(({ cluster }) => curvesOf([cluster.setting])));
  return {
    schools: withMembers.map(({ cluster, rows, contributors: people }, place) => ({
      ...cluster,
      name: names[place] ?? '',
      rows,
      contributors: people,
    })),
    labels: nearest.map((of) => withMembers.findIndex(({ index }) => index === of)),
  };
}
