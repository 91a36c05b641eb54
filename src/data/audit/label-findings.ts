/** What the data doctor finds in the labels. */
import type { SafeRow } from '../rows';
import { EXAMPLES, linesOf, quote, textExample } from './examples';
import type { Finding, Misspelling, Variants } from './report';

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
  found: readonly Misspelling[],
): Finding {
  const words = new Set(found.map(({ from }) => from));
  return {
    id: 'misspellings',
    title: 'Likely misspellings',
    count: found.length,
    unit: 'words',
    explanation:
      'Rare words one slip of the fingers away from a word at least ten times as frequent, whose ' +
      'settings sound like that word’s, and that are spelt as no word is, a hundred times rarer or ' +
      'two exchanged letters away. Kept, their rows are lost to the word that was meant.',
    examples: found.slice(0, EXAMPLES).map(({ from, to, rows: n }) =>
      textExample(
        `${quote(from)} (${String(n)}) for ${quote(to)}`,
        rows.filter((row) => row.word === from),
      ),
    ),
    lines: linesOf(rows.filter(({ word }) => words.has(word))),
  };
}
