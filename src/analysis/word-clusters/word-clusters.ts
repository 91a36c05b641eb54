/** The clusters of every word of a data set, and where a model places them. */
import type { WordCluster as PlacedCluster } from '../../model/model';
import { curvesOf } from '../metrics/curves';
import { alike, type MeasuredSet } from '../scoreboard/baseline-data';
import { nearestCurves, type Points } from './centres';
import { clustersOf, type WordCluster } from './clusters';

interface FoundClusters {
  /** By the word's index: its clusters, and the rows that their shares are of. */
  readonly words: readonly {
    readonly schools: readonly WordCluster[];
    readonly rows: readonly number[];
  }[];
  /** Index of each row's nearest cluster, held-out rows included, [rows]. */
  readonly ofRow: Uint8Array;
}

/** Clusters are the data's, not a run's: whoever trains on the same rows finds the same. */
export const CLUSTER_SEED = 1;

/** Those of the set last asked for: to find them takes most of a second for a thousand rows. */
let last: { readonly set: MeasuredSet; readonly found: FoundClusters } | null = null;

/**
 * The clusters of every word as a model file has them.
 *
 * @param latents where the model puts the rows, [rows, dimensions]
 */
export function placeClusters(
  set: MeasuredSet,
  latents: Float32Array,
  dimensions: number,
): { readonly words: PlacedCluster[][]; readonly ofRow: Uint8Array } {
  if (last === null || !alike(last.set, set)) last = { set, found: findClusters(set) };
  const { found } = last;
  return {
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

function findClusters({ words: spoken, rows, labels, heldOut }: MeasuredSet): FoundClusters {
  const ofRow = new Uint8Array(rows.length);
  const words = spoken.map((_, label) => {
    const own = rows.flatMap((_, row) => (labels[row] === label ? [row] : []));
    const training = own.filter((row) => heldOut[row] !== 1);
    const { schools } = clustersOf(
      {
        settings: training.map((row) => rows[row]?.setting ?? []),
        contributors: training.map((row) => rows[row]?.contributor ?? 0),
      },
      CLUSTER_SEED,
    );
    if (schools.length > 1) {
      const heard = curvesOf(own.map((row) => rows[row]?.setting ?? []));
      const points: Points = { values: heard, width: heard.length / own.length };
      const nearest = nearestCurves(
        points,
        schools.map(({ setting }) => curvesOf([setting])),
      );
      own.forEach((row, i) => {
        ofRow[row] = nearest[i] ?? 0;
      });
    }
    return { schools, rows: training };
  });
  return { words, ofRow };
}
