/** The clusters of every word of a data set and the proposals for it, and where a model places them. */
import { partsOf, type OnShare } from '../../base/share';
import type { ModelWord, WordCluster as PlacedCluster } from '../../model/model';
import { pickRows, rowsWhere } from '../../math/pick-rows';
import { CURVE_POINTS, curvesOf } from '../metrics/curves';
import { leftOutGains } from '../metrics/left-out';
import { alike } from '../scoreboard/baseline-data';
import type { MeasuredSet } from '../scoreboard/measured-sample';
import { SampleOf, sampleRows } from '../../math/sample-rows';
import { nearestCurves } from './centres';
import { clustersOf, type WordCluster } from './clusters';
import { coarseCurves, practiceCurves, type Practice } from './practice';
import { densityOf, proposalSets, storedProposals, type WordProposal } from './proposals';

/** The clusters of a data set's words; they are the data's, whatever a model makes of it. */
export interface FoundClusters {
  /**
   * By the word's index: its clusters and proposals, and the rows that the clusters' shares and the
   * proposals' members are of.
   */
  readonly words: readonly {
    readonly schools: readonly WordCluster[];
    readonly proposals: readonly (readonly WordProposal[])[];
    /** null before it has been looked for. */
    readonly evidence: ModelWord['evidence'] | null;
    readonly rows: readonly number[];
  }[];
  /** Index of each row's nearest cluster, held-out rows included, [rows]. */
  readonly ofRow: Uint8Array;
}

/** Clusters are the data's, not a run's: whoever trains on the same rows finds the same. */
export const CLUSTER_SEED = 1;

/**
 * Training rows of a word that its clusters are found in; more are drawn from. To place clusters
 * takes rounds over all rows, some hundreds of times.
 */
export const MOST_CLUSTERED = 1000;

/** Rows whose curves are held in memory at a time. */
const PIECE = 4096;

/** Those of the set last asked for: to find them takes most of a second for a thousand rows. */
let last: { readonly set: MeasuredSet; readonly found: FoundClusters } | null = null;

/** @param onShare is given how much is done, word by word */
export function clustersOfWords(
  set: MeasuredSet,
  onShare: OnShare = () => undefined,
): FoundClusters {
  if (last === null || !alike(last.set, set)) last = { set, found: findClusters(set, onShare) };
  return last.found;
}

/** Rows that each word's clusters are found in, by the word's index: what the search costs. */
export function clusteredRows({ words, labels, heldOut }: MeasuredSet): number[] {
  const counts = words.map(() => 0);
  labels.forEach((label, row) => {
    if (heldOut[row] !== 1) counts[label] = (counts[label] ?? 0) + 1;
  });
  return counts.map((rows) => Math.min(rows, MOST_CLUSTERED));
}

/** What is known of a set's clusters before they have been looked for. */
export function noClusters({ words, rows }: MeasuredSet): FoundClusters {
  return {
    words: words.map(() => ({ schools: [], proposals: [], evidence: null, rows: [] })),
    ofRow: new Uint8Array(rows.length),
  };
}

/**
 * The clusters of every word, and the proposals for it, as a model file has them.
 *
 * @param latents where the model puts the set's rows, [rows, dimensions]
 */
export function placeClusters(
  found: FoundClusters,
  latents: Float32Array,
  dimensions: number,
): {
  readonly words: PlacedCluster[][];
  /** What else is told of the word. */
  readonly offered: Pick<ModelWord, 'proposals' | 'density' | 'evidence'>[];
  readonly ofRow: Uint8Array;
} {
  return {
    offered: found.words.map(({ proposals, evidence, rows }) => ({
      proposals: proposals.map(storedProposals),
      density: densityOf(proposals.at(-1) ?? [], pickRows(latents, dimensions, rows), dimensions),
      ...(evidence == null ? {} : { evidence }),
    })),
    words: found.words.map(({ schools, rows }) =>
      schools.map(({ name, rows: count, contributors, setting, shares }) => ({
        name,
        rows: count,
        contributors,
        latent: Array.from({ length: dimensions }, (_, d) =>
          rows.reduce(
            (sum, row, i) => sum + (shares[i] ?? 0) * (latents[row * dimensions + d] ?? 0),
            0,
          ),
        ),
        setting: [...setting],
      })),
    ),
    ofRow: found.ofRow.slice(),
  };
}

function findClusters(set: MeasuredSet, onShare: OnShare): FoundClusters {
  const { rows, labels, heldOut } = set;
  const ofRow = new Uint8Array(rows.length);
  const shares = partsOf(onShare, clusteredRows(set));
  const words = set.words.map((_, label) => {
    const own = rowsWhere(labels, label);
    const training = own.filter((row) => heldOut[row] !== 1);
    const sample = sampleRows(training, MOST_CLUSTERED, SampleOf.clusters);
    const settings = sample.map((row) => rows[row]?.setting ?? []);
    const practice = {
      settings,
      contributors: sample.map((row) => rows[row]?.contributor ?? 0),
      curves: practiceCurves({ settings }),
    };
    const { schools } = clustersOf(practice, CLUSTER_SEED);
    const known = {
      proposals: proposalSets(practice, CLUSTER_SEED),
      evidence: evidenceOf(training, set, sample.length === training.length ? practice : null),
    };
    if (schools.length > 1) {
      const heard = schools.map(({ setting }) => curvesOf([setting]));
      for (let from = 0; from < own.length; from += PIECE) {
        const piece = own.slice(from, from + PIECE);
        const values = curvesOf(piece.map((row) => rows[row]?.setting ?? []));
        const nearest = nearestCurves({ values, width: CURVE_POINTS }, heard);
        piece.forEach((row, i) => {
          ofRow[row] = nearest[i] ?? 0;
        });
      }
    }
    shares[label]?.(1);
    if (sample.length === training.length) return { schools, ...known, rows: training };
    return { schools: withMembers(schools, training, ofRow, set), ...known, rows: sample };
  });
  return { words, ofRow };
}

/**
 * What a word's training rows tell of people who are left out of them, one by one.
 *
 * @param practice all these rows; null where they are too many, and some are drawn here
 */
function evidenceOf(
  training: readonly number[],
  { rows }: Pick<MeasuredSet, 'rows'>,
  practice: Practice | null,
): NonNullable<ModelWord['evidence']> {
  const personOf = (row: number): number => rows[row]?.contributor ?? 0;
  const sample = sampleRows(training, MOST_CLUSTERED, SampleOf.evidence);
  const known = practice ?? { settings: sample.map((row) => rows[row]?.setting ?? []) };
  const { values } = coarseCurves(known);
  return {
    people: new Set(training.map(personOf)).size,
    ...leftOutGains(values, sample.map(personOf)),
  };
}

/** The clusters with all their rows and people counted, where they were found in some of them. */
function withMembers(
  clusters: readonly WordCluster[],
  training: readonly number[],
  ofRow: Uint8Array,
  { rows }: MeasuredSet,
): WordCluster[] {
  return clusters.map((cluster, at) => {
    const members = training.filter((row) => ofRow[row] === at);
    const people = new Set(members.map((row) => rows[row]?.contributor));
    return { ...cluster, rows: members.length, contributors: people.size };
  });
}
