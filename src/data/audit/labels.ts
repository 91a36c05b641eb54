/** Labels that mean the same word but are written in another way. */
import type { SafeRow } from '../rows';
import type { Misspelling, Variants } from './report';

/** A frequent word is this many times as frequent as its misspelling, or more. */
const MISSPELLING_RATIO = 10;

/** Shorter words have too many neighbours: "mud" and "mid" are two words. */
const MISSPELLING_LENGTH = 4;

/** Words written in more than one way, those with most rows first. */
export function labelVariants(rows: readonly SafeRow[]): Variants[] {
  const byWord = new Map<string, Map<string, number>>();
  for (const { word, label = word } of rows) {
    const labels = byWord.get(word) ?? new Map<string, number>();
    labels.set(label, (labels.get(label) ?? 0) + 1);
    byWord.set(word, labels);
  }
  return Array.from(byWord, ([word, labels]): Variants => ({
    word,
    labels: Array.from(labels, ([label, count]) => ({ label, rows: count })).sort(
      (a, b) => b.rows - a.rows,
    ),
  }))
    .filter(({ labels }) => labels.length > 1)
    .sort((a, b) => rowsOf(b) - rowsOf(a));
}

function rowsOf({ labels }: Variants): number {
  return labels.reduce((sum, { rows }) => sum + rows, 0);
}

/**
 * Words of four letters or more, one keystroke (a letter too many, too few, another, or two
 * exchanged) away from a word that is ten times as frequent. Words that differ in a digit, or in
 * an ending that makes another word of them ("warmth", "boomy"), are rarely that far apart in
 * frequency and mostly differ by more.
 *
 * Merged rows make a word more frequent, and so can make a misspelling of another; it is found in
 * the next round, until a round finds none.
 *
 * @param apart words that are not misspelt
 */
export function misspellings(
  rows: readonly SafeRow[],
  apart: ReadonlySet<string> = new Set(),
): Misspelling[] {
  const counts = new Map<string, number>();
  for (const { word } of rows) counts.set(word, (counts.get(word) ?? 0) + 1);
  const all: Misspelling[] = [];
  for (;;) {
    const round = misspellingsAmong(counts, apart);
    if (round.length === 0) return all;
    all.push(...round);
    // The rarest first: a word it is merged into may itself be merged in this round.
    for (const { from, to } of round.toReversed()) {
      counts.set(to, (counts.get(to) ?? 0) + (counts.get(from) ?? 0));
      counts.delete(from);
    }
  }
}

/** What each word is once misspellings are merged; see {@link misspellings}. */
export function resolveMisspellings(
  rows: readonly SafeRow[],
  apart: ReadonlySet<string>,
): (word: string) => string {
  const into = new Map(misspellings(rows, apart).map(({ from, to }) => [from, to]));
  return (word) => {
    let meant = word;
    for (let next = into.get(meant); next !== undefined; next = into.get(meant)) meant = next;
    return meant;
  };
}

/** Most frequent first. */
function misspellingsAmong(
  counts: ReadonlyMap<string, number>,
  apart: ReadonlySet<string>,
): Misspelling[] {
  const words = [...counts].sort((a, b) => b[1] - a[1]);
  const found: Misspelling[] = [];
  for (const [from, rows] of words) {
    if (apart.has(from)) continue;
    for (const [to, toRows] of words) {
      if (toRows < MISSPELLING_RATIO * rows) break;
      if (!oneKeystrokeApart(from, to)) continue;
      found.push({ from, to, rows, toRows });
      break;
    }
  }
  return found;
}

/** Optimal string alignment distance 1, of letters alone. */
function oneKeystrokeApart(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  if (Math.min(a.length, b.length) < MISSPELLING_LENGTH) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start++;
  let endA = a.length;
  let endB = b.length;
  while (endA > start && endB > start && a[endA - 1] === b[endB - 1]) {
    endA--;
    endB--;
  }
  const [x, y] = [a.slice(start, endA), b.slice(start, endB)];
  if (!/^\p{L}*$/u.test(x + y)) return false;
  if (x.length <= 1 && y.length <= 1) return x !== y;
  const [first = '', second = ''] = x;
  return x.length === 2 && y === second + first;
}
