/** Labels that mean the same word but are written in another way. */
import type { SafeRow } from '../rows';

/** A frequent word is this many times as frequent as its misspelling, or more. */
const MISSPELLING_RATIO = 10;

/** Shorter words have too many neighbours: "mud" and "mid" are two words. */
const MISSPELLING_LENGTH = 4;

/** How the labels of one word are written. */
export interface Variants {
  readonly word: string;
  /** The labels as the file has them, with the number of rows of each; most rows first. */
  readonly labels: readonly { readonly label: string; readonly rows: number }[];
}

/** One word that is likely a misspelling of another. */
export interface Misspelling {
  readonly from: string;
  readonly to: string;
  /** Of the misspelt word. */
  readonly rows: number;
}

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
 */
export function misspellings(rows: readonly SafeRow[]): Misspelling[] {
  const counts = new Map<string, number>();
  for (const { word } of rows) counts.set(word, (counts.get(word) ?? 0) + 1);
  const words = [...counts].sort((a, b) => b[1] - a[1]);
  return words.flatMap(([from, rows]): Misspelling[] => {
    const target = words.find(
      ([to, frequent]) => frequent >= MISSPELLING_RATIO * rows && oneKeystrokeApart(from, to),
    );
    return target === undefined ? [] : [{ from, to: target[0], rows }];
  });
}

/** Optimal string alignment distance 1, of letters alone. */
function oneKeystrokeApart(a: string, b: string): boolean {
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
