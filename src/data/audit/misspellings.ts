/**
 * Rare words that are likely slips of the fingers for a frequent one.
 *
 * One keystroke is no proof: "bold" is no slip for "cold", nor "tranquil" for "tranquilo". So three
 * more things are asked. The slip is one that fingers make: letters exchanged, one left out or too
 * many inside the word or struck twice, or the key beside; it is neither the first letter, which is
 * seldom missed, nor an ending that is there or not, by which words and languages differ. The frequent word has ten times as many rows.
 * And what people set under the rare word lies where those lie who said the frequent one.
 */
import { GRID_POINTS, gridResponses } from '../../eq/response-grid';
import { groupBy } from '../../base/group-by';
import type { SafeRow } from '../rows';
import type { Misspelling } from './report';

/** A frequent word is this many times as frequent as its misspelling, or more. */
const RATIO = 10;

/** Shorter words have too many neighbours: "mud" and "mid" are two words. */
const SHORTEST = 4;

/** Rows of a word whose curves are looked at; more say nothing new of where people lie. */
const MOST_CURVES = 200;

/**
 * A misspelling lies at most half as far again from the frequent word's mean as 95 % of its own rows:
 * one row may be anybody's, and the mean is known from few of them.
 */
const INSIDE = 0.95;
const MARGIN = 1.5;

/**
 * The misspellings among the rows' words. Merged rows make a word more frequent, and so can make a
 * misspelling of another; it is found in the next round, until a round finds none.
 *
 * @param apart words that are not misspelt
 */
export function misspellings(
  rows: readonly SafeRow[],
  apart: ReadonlySet<string> = new Set(),
): Misspelling[] {
  const byWord = groupBy(rows, ({ word }) => word);
  const counts = new Map(Array.from(byWord, ([word, own]) => [word, own.length]));
  const sounds = new Sounds(byWord);
  const all: Misspelling[] = [];
  for (;;) {
    const round = misspellingsAmong(counts, apart, sounds);
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
  sounds: Sounds,
): Misspelling[] {
  const words = [...counts].sort((a, b) => b[1] - a[1]);
  const frequent = words.filter(([word, rows]) => rows >= RATIO && word.length >= SHORTEST);
  const near = new NearWords(frequent.map(([word]) => word));
  const found: Misspelling[] = [];
  for (const [from, rows] of words) {
    if (apart.has(from) || from.length < SHORTEST) continue;
    const candidates = near
      .of(from)
      .map((word) => ({ word, count: counts.get(word) ?? 0 }))
      .filter(({ count }) => count >= RATIO * rows)
      .sort((a, b) => b.count - a.count);
    const meant = candidates.find(({ word }) => isSlip(from, word) && sounds.alike(from, word));
    if (meant !== undefined) found.push({ from, to: meant.word, rows, toRows: meant.count });
  }
  return found;
}

/**
 * Words that can be one keystroke from a given one, without a look at all of them: two such words
 * become equal when a letter, or none, is left out of each. Source: W. Garbe's symmetric delete
 * algorithm, "1000x faster spelling correction", 2012.
 */
class NearWords {
  readonly #byRest = new Map<string, string[]>();

  constructor(words: readonly string[]) {
    for (const word of words) {
      for (const rest of restsOf(word)) {
        const others = this.#byRest.get(rest);
        if (others === undefined) this.#byRest.set(rest, [word]);
        else others.push(word);
      }
    }
  }

  of(word: string): string[] {
    const near = [...restsOf(word)].flatMap((rest) => this.#byRest.get(rest) ?? []);
    return [...new Set(near)].filter((other) => other !== word);
  }
}

/** The word, and what is left without each of its letters. */
function restsOf(word: string): ReadonlySet<string> {
  const rests = new Set([word]);
  for (let i = 0; i < word.length; i++) rests.add(word.slice(0, i) + word.slice(i + 1));
  return rests;
}

/** Rows of keys as on most keyboards, each half a key to the right of the one above. */
const KEYS = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm'];

/** Whether two letters lie side by side on a keyboard. */
function areNeighbours(a: string, b: string): boolean {
  const place = (letter: string): readonly [number, number] | null => {
    const row = KEYS.findIndex((keys) => keys.includes(letter));
    return row < 0 ? null : [row, (KEYS[row]?.indexOf(letter) ?? 0) + row / 2];
  };
  const [first, second] = [place(a), place(b)];
  if (first === null || second === null) return false;
  return Math.abs(first[0] - second[0]) <= 1 && Math.abs(first[1] - second[1]) <= 1;
}

/** Whether fingers that mean one word write another so. Letters alone, and distance 1. */
function isSlip(written: string, meant: string): boolean {
  if (Math.min(written.length, meant.length) < SHORTEST) return false;
  if (Math.abs(written.length - meant.length) > 1) return false;
  let start = 0;
  while (start < written.length && written[start] === meant[start]) start++;
  let end = written.length;
  let meantEnd = meant.length;
  while (end > start && meantEnd > start && written[end - 1] === meant[meantEnd - 1]) {
    end--;
    meantEnd--;
  }
  const [x, y] = [written.slice(start, end), meant.slice(start, meantEnd)];
  if (!/^\p{L}*$/u.test(x + y) || start === 0) return false;
  const atEnd = end === written.length && meantEnd === meant.length;
  if (x.length === 2 && y.length === 2) return x === `${y[1] ?? ''}${y[0] ?? ''}`;
  if (x.length > 1 || y.length > 1) return false;
  // A letter struck twice is left at the end of the run: "warmm" differs from "warm" at its end.
  if (y === '') return isRepeated(x, written, start) || !atEnd;
  if (x === '') return isRepeated(y, meant, start) || !atEnd;
  return areNeighbours(x, y);
}

function isRepeated(letter: string, word: string, at: number): boolean {
  return word[at - 1] === letter;
}

/** Where the rows of words lie, by the shape of their curves. */
class Sounds {
  readonly #byWord: ReadonlyMap<string, readonly SafeRow[]>;
  readonly #places = new Map<string, { mean: Float64Array; reachDb: number }>();

  constructor(byWord: ReadonlyMap<string, readonly SafeRow[]>) {
    this.#byWord = byWord;
  }

  /** Whether a rare word's mean curve lies where most rows of the frequent word lie. */
  alike(rare: string, frequent: string): boolean {
    const { mean, reachDb } = this.#placeOf(frequent);
    return distanceDb(meanOf(this.#curves(rare)), mean) <= reachDb;
  }

  #placeOf(word: string): { mean: Float64Array; reachDb: number } {
    const known = this.#places.get(word);
    if (known !== undefined) return known;
    const curves = this.#curves(word);
    const mean = meanOf(curves);
    const distances = curves.map((curve) => distanceDb(curve, mean)).sort((a, b) => a - b);
    const reachDb = MARGIN * (distances[Math.ceil(INSIDE * distances.length) - 1] ?? 0);
    const place = { mean, reachDb };
    this.#places.set(word, place);
    return place;
  }

  /** Level-free, each [64]. */
  #curves(word: string): Float64Array[] {
    const rows = (this.#byWord.get(word) ?? []).slice(0, MOST_CURVES);
    const curves = gridResponses(rows.map(({ setting }) => setting));
    return rows.map((_, i) => {
      const curve = Float64Array.from(curves.subarray(i * GRID_POINTS, (i + 1) * GRID_POINTS));
      const level = curve.reduce((sum, db) => sum + db, 0) / GRID_POINTS;
      return curve.map((db) => db - level);
    });
  }
}

function meanOf(curves: readonly Float64Array[]): Float64Array {
  const mean = new Float64Array(GRID_POINTS);
  for (const curve of curves) {
    curve.forEach((db, i) => (mean[i] = (mean[i] ?? 0) + db / curves.length));
  }
  return mean;
}

/** Root of the mean square of the difference. */
function distanceDb(a: Float64Array, b: Float64Array): number {
  return Math.sqrt(a.reduce((sum, db, i) => sum + (db - (b[i] ?? 0)) ** 2, 0) / a.length);
}
