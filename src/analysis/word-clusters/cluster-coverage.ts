/** How near a word's clusters come to what other people meant by it. */
import type { EqSetting } from '../../eq/parameters';
import { curvesOf } from '../metrics/curves';
import type { MeasuredSet } from '../scoreboard/measured-sample';
import { coverage } from '../metrics/word-distances';
import { centresOf, mixture, SQUARED } from './centres';
import { coarseCurves, practiceCurves, type Practice } from './practice';
import { countClusters, MOST_CLUSTERS } from './cluster-count';
import { clustersOf } from './clusters';
import { CLUSTER_SEED } from './word-clusters';

/** Mean distances in dB (log-spectral, 20 Hz–20 kHz) of held-out rows to the nearest. */
interface Covered {
  readonly count: number;
  /** Of the clusters' settings: what a user gets. */
  readonly settings: number;
  /** Of the curves that the settings were fitted to. */
  readonly centres: number;
}

export interface ClusterCoverage {
  /** Held-out rows it was measured on. */
  readonly rows: number;
  /** How many clusters the training rows ask for: which of `byCount` the model has. */
  readonly chosen: number;
  /** Of 1 to 4 clusters; fewer where the training rows do not have so many. */
  readonly byCount: readonly Covered[];
  /** Of plain k-means with 3 and with 8 centres, which no equaliser need be able to make. */
  readonly kMeans: readonly { readonly count: number; readonly centres: number }[];
}

const K_MEANS_COUNTS = [3, 8];
const K_MEANS_STARTS = 20;

/**
 * Coverage of a word's clusters beside that of plain k-means; nothing of the held-out rows goes into
 * either.
 *
 * @param training the word's training rows, at least one
 * @param heldOut  settings of the word's held-out rows, at least one
 */
export function clusterCoverage(
  training: Practice,
  heldOut: readonly EqSetting[],
  seed: number = CLUSTER_SEED,
): ClusterCoverage {
  const { settings, contributors } = training;
  const rows = settings.length;
  const references = curvesOf(heldOut);
  const known = practiceCurves(training);
  const heard = { ...training, curves: known };
  const coarse = coarseCurves(heard);
  const equal = new Float64Array(rows).fill(1);
  return {
    rows: heldOut.length,
    chosen: countClusters(coarse, contributors, seed),
    byCount: Array.from({ length: Math.min(rows, MOST_CLUSTERS) }, (_, i) => {
      const { schools } = clustersOf(heard, seed, i + 1);
      const made = schools.map(({ setting }) => curvesOf([setting]));
      const meant = schools.map(({ centre }) => centre);
      return {
        count: i + 1,
        settings: coverage(made, references),
        centres: coverage(meant, references),
      };
    }),
    kMeans: K_MEANS_COUNTS.filter((count) => count <= rows).map((count) => {
      const options = { count, loss: SQUARED, starts: K_MEANS_STARTS, seed };
      const { shares } = centresOf(coarse, equal, options);
      const centres = shares.map((of) => mixture(known, of));
      return { count, centres: coverage(centres, references) };
    }),
  };
}

/**
 * Coverage of every word's schools.
 *
 * @returns by the word's index; null for a word without training rows or without held-out rows
 */
export function coverageOfWords(set: MeasuredSet): (ClusterCoverage | null)[] {
  return set.words.map((_, label) => {
    const ofWord = (held: boolean) =>
      set.rows.filter((_, i) => set.labels[i] === label && (set.heldOut[i] === 1) === held);
    const [training, heldOut] = [ofWord(false), ofWord(true)];
    if (training.length === 0 || heldOut.length === 0) return null;
    const practice = {
      settings: training.map(({ setting }) => setting),
      contributors: training.map(({ contributor }) => contributor),
    };
    return clusterCoverage(
      practice,
      heldOut.map(({ setting }) => setting),
    );
  });
}
