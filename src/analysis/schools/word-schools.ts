/** The schools of every word of a data set, and where a model places them. */
import type { School as PlacedSchool } from '../../model/model';
import { curvesOf } from '../metrics/curves';
import { alike, type MeasuredSet } from '../scoreboard/ground';
import { nearestCurves, type Points } from './centres';
import { schoolsOf, type School } from './schools';

interface FoundSchools {
  /** By the word's index: its schools, and the rows that their shares are of. */
  readonly words: readonly {
    readonly schools: readonly School[];
    readonly rows: readonly number[];
  }[];
  /** Index of each row's nearest school, held-out rows included, [rows]. */
  readonly ofRow: Uint8Array;
}

/** Schools are the data's, not a run's: whoever trains on the same rows finds the same. */
export const SCHOOL_SEED = 1;

/** Those of the set last asked for: to find them takes most of a second for a thousand rows. */
let last: { readonly set: MeasuredSet; readonly found: FoundSchools } | null = null;

/**
 * The schools of every word as a model file has them.
 *
 * @param latents where the model puts the rows, [rows, dimensions]
 */
export function placeSchools(
  set: MeasuredSet,
  latents: Float32Array,
  dimensions: number,
): { readonly words: PlacedSchool[][]; readonly ofRow: Uint8Array } {
  if (last === null || !alike(last.set, set)) last = { set, found: findSchools(set) };
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

function findSchools({ words: spoken, rows, labels, heldOut }: MeasuredSet): FoundSchools {
  const ofRow = new Uint8Array(rows.length);
  const words = spoken.map((_, label) => {
    const own = rows.flatMap((_, row) => (labels[row] === label ? [row] : []));
    const training = own.filter((row) => heldOut[row] !== 1);
    const { schools } = schoolsOf(
      {
        settings: training.map((row) => rows[row]?.setting ?? []),
        contributors: training.map((row) => rows[row]?.contributor ?? 0),
      },
      SCHOOL_SEED,
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
