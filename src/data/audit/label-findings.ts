/** What the data doctor finds in the labels. */
import type { SafeRow } from '../rows';
import { EXAMPLES, linesOf, quote, textExample } from './examples';
import type { Example, Finding, Misspelling, Variants } from './report';

export function variantsFinding(rows: readonly SafeRow[], variants: readonly Variants[]): Finding {
  const words = new Set(variants.map(({ word }) => word));
  return {
    id: 'labelVariants',
    title: 'Labels that differ in case or white space only',
    count: variants.length,
    unit: 'words',
    explanation:
      'Merged, they are one word: trimmed and in lower case. Kept apart, “Warm” and “warm” are two ' +
      'words that a model has to tell from each other.',
    examples: variants.slice(0, EXAMPLES).map(({ word, labels }) =>
      textExample(
        labels.map(({ label, rows: n }) => `${quote(label)} ${String(n)}`).join(', '),
        rows.filter((row) => row.word === word),
      ),
    ),
    lines: linesOf(rows.filter(({ word }) => words.has(word))),
  };
}

export function misspellingsFinding(
  rows: readonly SafeRow[],
  likely: readonly Misspelling[],
  doubtful: readonly Misspelling[],
): Finding {
  const words = new Set(likely.map(({ from }) => from));
  const example = ({ from, to, rows: n }: Misspelling, note: string): Example =>
    textExample(
      `${quote(from)} (${String(n)}) for ${quote(to)}${note}`,
      rows.filter((row) => row.word === from),
    );
  return {
    id: 'misspellings',
    title: 'Likely misspellings',
    count: likely.length,
    unit: 'words',
    explanation:
      'Rare words that differ by one typing slip from a word at least ten times as frequent, and ' +
      'whose settings sound like that word’s. One more sign is asked for: a spelling that no word ' +
      'has, a hundred times fewer rows, or two letters exchanged. Kept, their rows are lost to the ' +
      'word that was meant.' +
      doubtfulText(doubtful.length),
    examples: [
      ...likely.slice(0, EXAMPLES).map((found) => example(found, '')),
      ...doubtful.slice(0, EXAMPLES).map((found) => example(found, ', merged only on request')),
    ],
    lines: linesOf(rows.filter(({ word }) => words.has(word))),
  };
}

function doubtfulText(count: number): string {
  if (count === 0) return '';
  const words = count === 1 ? '1 more word is' : `${String(count)} more words are`;
  return ` ${words} one letter away from such a word, without that evidence.`;
}
