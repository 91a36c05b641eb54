/** The words that rows have in the ears of their neighbours. */
import type { Votes } from '../../engines/votes';
import { SampleOf, sampleRows } from '../../math/sample-rows';
import { NearestVoters } from './nearest-voters';

/** Training rows that have a vote at most, so that a row's cost does not grow with their number. */
export const MOST_VOTERS = 4000;

/** Who votes on whom. */
export interface Electorate {
  /** Response curves in dB of all rows, the training rows first, [rows, 64]. */
  readonly curves: Float32Array;
  /** How many rows there are. */
  readonly rows: number;
  /** Index of each training row's word, [training rows]. */
  readonly labels: Int32Array;
  /**
   * How many of the nearest training rows, by level-free response curves, have a say; all where there
   * are fewer. Of very many training rows {@link MOST_VOTERS} are drawn to be neighbours at all. A
   * training row is its own nearest.
   */
  readonly neighbours: number;
}

/**
 * The word that most of a row's nearest training rows have; of words equally frequent among them, that
 * of the nearest row.
 *
 * People disagree about words, and a model that learns each row's own word learns their slips by
 * heart. The vote of the neighbours is what the data can tell of a word, and there is one for
 * settings to which nobody gave a word.
 *
 * @returns [rows]
 */
export function neighbourLabels(electorate: Electorate): Int32Array {
  const nearest = nearestOf(electorate);
  return Int32Array.from({ length: electorate.rows }, (_, row) =>
    mostFrequent(nearest.of(row).map((voter) => electorate.labels[voter] ?? 0)),
  );
}

/**
 * Which share of a row's nearest training rows has each word; the same as {@link neighbourLabels}, but
 * with all that the neighbours disagree about. A row's neighbours are looked for when it is first
 * asked about: of a hundred thousand rows that takes seconds, and the first steps need a few.
 */
export function neighbourVotes(electorate: Electorate, words: number): Votes {
  let nearest: NearestVoters | null = null;
  const votes = new Float32Array(electorate.rows * words);
  const known = new Uint8Array(electorate.rows);
  const vote = (row: number): void => {
    nearest ??= nearestOf(electorate);
    known[row] = 1;
    const voters = nearest.of(row);
    for (const voter of voters) {
      const at = row * words + (electorate.labels[voter] ?? 0);
      votes[at] = (votes[at] ?? 0) + 1 / voters.length;
    }
  };
  return {
    words,
    of: (row) => {
      if (known[row] === 0) vote(row);
      return votes.subarray(row * words, (row + 1) * words);
    },
  };
}

function nearestOf({ curves, labels, neighbours }: Electorate): NearestVoters {
  const voters = sampleRows([...labels.keys()], MOST_VOTERS, SampleOf.voters);
  return new NearestVoters(curves, voters, neighbours);
}

/** The first of the words that are most frequent. */
function mostFrequent(words: Int32Array): number {
  const counts = new Map<number, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  const most = Math.max(...counts.values());
  return words.find((word) => counts.get(word) === most) ?? -1;
}
