/** The words that rows have in the ears of their neighbours. */
import type { EqSetting } from '../../eq/parameters';
import { SampleOf, sampleRows } from '../../math/sample-rows';
import { GRID_POINTS, gridResponses, type ResponsesOf } from '../../eq/response-grid';

/** Training rows that have a vote at most, so that a row's cost does not grow with their number. */
export const MOST_VOTERS = 4000;

/**
 * The word that most of a row's nearest training rows have, by level-free response curves; of
 * words equally frequent among them, that of the nearest row. A training row is its own nearest.
 *
 * People disagree about words, and a model that learns each row's own word learns their slips by
 * heart. The vote of the neighbours is what the data can tell of a word, and there is one for
 * settings to which nobody gave a word.
 *
 * @param settings of all rows, the training rows first
 * @param labels   index of each training row's word, [training rows]
 * @param neighbours how many of the nearest have a say; all training rows where there are fewer. Of
 *   very many training rows {@link MOST_VOTERS} are drawn to be neighbours at all
 * @param responsesOf computes the responses
 * @returns [rows]
 */
export function neighbourLabels(
  settings: readonly EqSetting[],
  labels: Int32Array,
  neighbours: number,
  responsesOf: ResponsesOf = gridResponses,
): Int32Array {
  const curves = levelFree(responsesOf(settings));
  const known = sampleRows([...labels.keys()], MOST_VOTERS, SampleOf.voters);
  const voters = Math.min(neighbours, known.length);
  const nearest = new Float64Array(voters);
  const words = new Int32Array(voters);
  return Int32Array.from(settings, (_, row) => {
    nearest.fill(Infinity);
    for (const other of known) {
      const distance = squaredDistance(curves, row, other, nearest[voters - 1] ?? 0);
      let place = voters - 1;
      if (distance >= (nearest[place] ?? 0)) continue;
      for (; place > 0 && distance < (nearest[place - 1] ?? 0); place--) {
        nearest[place] = nearest[place - 1] ?? 0;
        words[place] = words[place - 1] ?? 0;
      }
      nearest[place] = distance;
      words[place] = labels[other] ?? 0;
    }
    return mostFrequent(words);
  });
}

/** The first of the words that are most frequent. */
function mostFrequent(words: Int32Array): number {
  const counts = new Map<number, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  const most = Math.max(...counts.values());
  return words.find((word) => counts.get(word) === most) ?? -1;
}

function levelFree(curves: Float32Array): Float32Array {
  return curves.map((db, at) => {
    const start = at - (at % GRID_POINTS);
    let sum = 0;
    for (let i = start; i < start + GRID_POINTS; i++) sum += curves[i] ?? 0;
    return db - sum / GRID_POINTS;
  });
}

/** Of two rows, or any larger number once that is known to be above `most`. */
function squaredDistance(curves: Float32Array, a: number, b: number, most: number): number {
  const [first, second] = [a * GRID_POINTS, b * GRID_POINTS];
  let sum = 0;
  for (let i = 0; i < GRID_POINTS && sum <= most; i++) {
    sum += ((curves[first + i] ?? 0) - (curves[second + i] ?? 0)) ** 2;
  }
  return sum;
}
