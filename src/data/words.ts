/** The words of a data set, how often they occur, and which of them to doubt. */
import type { SafeData, WordCount } from './rows';

/** Labels people type to see whether a form works, or that a program fills in for them. */
const PLACEHOLDERS: ReadonlySet<string> = new Set([
  ...['test', 'testing', 'default', 'untitled', 'unnamed', 'placeholder', 'preset', 'none'],
  ...['n/a', 'na', 'null', 'undefined', 'asdf', 'qwerty', 'foo', 'bar', 'abc', 'xxx', '123'],
]);

/** A word of this many rows or more that one contributor gave nearly all of is one session. */
const SESSION_ROWS = 10;
const SESSION_SHARE = 0.9;

/**
 * Counts each word's rows and contributors, most rows first, then by name.
 *
 * A word gets a caution when it is a placeholder ("test", or no letter at all), when one
 * contributor gave all its rows, or, from 10 rows on, 90 % of them: what a model learns of it
 * would be one person's habit, and whether other people agree could not be measured. Contributors
 * say nothing in a file that knows of one only, as when the addresses were blanked, or of none.
 */
export function countWords(data: SafeData): WordCount[] {
  /** Rows of each contributor, by word. */
  const tallies = new Map<string, Map<number, number>>();
  for (const { word, contributor } of data.rows) {
    const tally = tallies.get(word) ?? new Map<number, number>();
    tally.set(contributor, (tally.get(contributor) ?? 0) + 1);
    tallies.set(word, tally);
  }
  const severalPeople =
    data.reading?.contributorsKnown !== false &&
    new Set(data.rows.map((row) => row.contributor)).size > 1;
  return Array.from(tallies, ([word, tally]): WordCount => {
    const perContributor = [...tally.values()];
    const rows = perContributor.reduce((total, count) => total + count, 0);
    const most = perContributor.reduce((a, b) => Math.max(a, b), 0);
    const doubts = [
      isPlaceholder(word) ? 'The label reads like a placeholder, not a word about sound' : null,
      severalPeople ? oneContributor(rows, most) : null,
    ].filter((doubt) => doubt !== null);
    const caution = doubts.length === 0 ? null : `${doubts.join('; ')}.`;
    return { word, rows, contributors: tally.size, caution };
  }).sort((a, b) => b.rows - a.rows || (a.word < b.word ? -1 : 1));
}

/** The words ticked at first: those with enough rows and no caution, in the counts' order. */
export function defaultWords(
  counts: readonly WordCount[],
  minimumRows: number,
  mostFrequent?: number,
): string[] {
  return counts
    .filter(({ rows, caution }) => rows >= minimumRows && caution === null)
    .slice(0, mostFrequent)
    .map(({ word }) => word);
}

function isPlaceholder(word: string): boolean {
  return PLACEHOLDERS.has(word) || !/\p{L}/u.test(word);
}

/** `most`: the rows of the contributor who gave most of them. */
function oneContributor(rows: number, most: number): string | null {
  if (most === rows) {
    return rows === 1
      ? 'Its only row is one contributor’s'
      : `All ${String(rows)} rows come from one contributor`;
  }
  if (rows < SESSION_ROWS || most < SESSION_SHARE * rows) return null;
  return `${String(most)} of ${String(rows)} rows come from one contributor`;
}
