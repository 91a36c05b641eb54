/** Which words to learn. */
import type { SafeData } from '../../src/data/rows';
import { countWords, defaultWords } from '../../src/data/words';
import type { WordChoice } from '../../src/recipe/word-choice';
import type { Output } from '../output';

/**
 * The words that were wished for, or those that the recipe is meant for and that have nothing
 * suspect, as in the page.
 *
 * @param wished  separated by commas; "all" for every word with enough rows
 * @param meant   what the recipe is meant for
 * @param minRows how many rows are enough
 * @param output  where it goes which words are left out, and why
 */
export function chooseWords(
  data: SafeData,
  wished: string | undefined,
  meant: WordChoice,
  minRows: number,
  output: Output,
): string[] {
  const counts = countWords(data);
  if (wished === undefined) {
    for (const { word, rows, caution } of counts) {
      if (rows >= minRows && caution !== null) output.note(`Leaving out “${word}”: ${caution}`);
    }
    return defaultWords(counts, minRows, meant.mostFrequent);
  }
  if (wished.trim() === 'all') {
    return counts.filter(({ rows }) => rows >= minRows).map(({ word }) => word);
  }
  // Where labels stay as they are written, a word may have capitals.
  const written = new Set(counts.map(({ word }) => word));
  return wished
    .split(',')
    .map((wish) => wish.trim())
    .map((wish) => (written.has(wish) ? wish : wish.toLowerCase()));
}
