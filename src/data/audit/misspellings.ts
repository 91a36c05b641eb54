/**
 * Rare words that are likely slips of the fingers for a frequent one.
 *
 * One keystroke is no proof: "bold" is no slip for "cold", nor "tranquil" for "tranquilo", nor
 * "brass" for "bass". So more is asked:
 *
 * 1. The slip is one that fingers make: letters exchanged, one left out or too many inside the word
 *    or struck twice, or the key beside; it is neither the first letter, which is seldom missed, nor
 *    an ending that is there or not, by which words and languages differ.
 * 2. The frequent word has ten times as many rows.
 * 3. What people set under the rare word lies where those lie who said the frequent one. That rules
 *    out little (of SAFE-DB's rows of other words, nine in ten lie there, too), so it is no proof.
 * 4. One of three things speaks against another word:
 *    - the spelling is none that words have ("brght", "wawrm"): see looksLikeNoWord;
 *    - the frequent word has a hundred times as many rows. Of so many, one or more is mistyped, while
 *      a word that people mean is rarely that rare and a slip away from just this one;
 *    - letters are exchanged ("wram"), which seldom makes a word, and the settings lie nearer to the
 *      frequent word's mean than half of its own rows.
 */
import { GRID_POINTS, gridResponses } from '../../eq/response-grid';
import { groupBy } from '../../base/group-by';
import type { SafeRow } from '../rows';
import type { Misspelling } from './report';
import { consonantRuns, looksLikeNoWord } from './word-shape';

/** A frequent word is this many times as frequent as its misspelling, or more. */
const RATIO = 10;
/** So many times as frequent, it needs no further sign. */
const CERTAIN_RATIO = 100;

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

/** People's curves of one word differ by more than this, dB RMS: so near is close in any case. */
const CLOSE_DB = 1;

/** Which word is merged into which. */
type Merge = Pick<Misspelling, 'from' | 'to'>;

interface FoundMisspellings {
  /** What all that is asked of a misspelling holds for. */
  readonly likely: Misspelling[];
  /**
   * One letter from a frequent word, without the evidence: what a person may know to be misspelt.
   * Of more than one frequent word the most frequent is named. Counted once the likely are merged.
   */
  readonly doubtful: Misspelling[];
}

/** The misspellings among the rows' words; see {@link misspellings}. */
export function findMisspellings(rows: readonly SafeRow[]): FoundMisspellings {
  const { likely, counts } = mergeLikely(rows, new Set());
  const doubtful = misspellingsAmong(
    counts,
    new Set(),
    ({ word }, frequent) => slipOf(word, frequent.word) !== null,
  );
  return { likely, doubtful };
}

/**
 * The likely misspellings among the rows' words. Merged rows make a word more frequent, and so can
 * make a misspelling of another; it is found in the next round, until a round finds none.
 *
 * @param apart words that are not misspelt
 */
export function misspellings(
  rows: readonly SafeRow[],
  apart: ReadonlySet<string> = new Set(),
): Misspelling[] {
  return mergeLikely(rows, apart).likely;
}

/** Besides, the rows of each word that is left. */
function mergeLikely(
  rows: readonly SafeRow[],
  apart: ReadonlySet<string>,
): { readonly likely: Misspelling[]; readonly counts: ReadonlyMap<string, number> } {
  const byWord = groupBy(rows, ({ word }) => word);
  const counts = new Map(Array.from(byWord, ([word, own]) => [word, own.length]));
  const evidence = { sounds: new Sounds(byWord), isHeard: heardRuns(byWord.keys()) };
  const likely: Misspelling[] = [];
  for (;;) {
    const round = misspellingsAmong(counts, apart, (rare, frequent) =>
      isMeant(rare, frequent, evidence),
    );
    if (round.length === 0) return { likely, counts };
    likely.push(...round);
    // The rarest first: a word it is merged into may itself be merged in this round.
    for (const { from, to } of round.toReversed()) {
      counts.set(to, (counts.get(to) ?? 0) + (counts.get(from) ?? 0));
      counts.delete(from);
    }
  }
}

/**
 * What each word is once misspellings are merged; see {@link misspellings}.
 *
 * @param asked merges that are done besides; of those that would close a circle, the earlier ones
 */
export function resolveMisspellings(
  rows: readonly SafeRow[],
  apart: ReadonlySet<string>,
  asked: readonly Merge[],
): (word: string) => string {
  const into = new Map(misspellings(rows, apart).map(({ from, to }) => [from, to]));
  const meantBy = (word: string): string => {
    let meant = word;
    for (let next = into.get(meant); next !== undefined; next = into.get(meant)) meant = next;
    return meant;
  };
  for (const { from, to } of asked) {
    if (!into.has(from) && meantBy(to) !== from) into.set(from, to);
  }
  return meantBy;
}

/** Most frequent first. */
function misspellingsAmong(
  counts: ReadonlyMap<string, number>,
  apart: ReadonlySet<string>,
  isMisspelt: (rare: CountedWord, frequent: CountedWord) => boolean,
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
    const meant = candidates.find(({ word, count }) =>
      isMisspelt({ word: from, count: rows }, { word, count }),
    );
    if (meant !== undefined) found.push({ from, to: meant.word, rows, toRows: meant.count });
  }
  return found;
}

interface Evidence {
  readonly sounds: Sounds;
  /** Whether more than one word of the file has a run of consonants; see consonantRuns. */
  readonly isHeard: (run: string) => boolean;
}

interface CountedWord {
  readonly word: string;
  /** Rows. */
  readonly count: number;
}

/** Whether all that is asked of a misspelling holds; see above. */
function isMeant(rare: CountedWord, frequent: CountedWord, { sounds, isHeard }: Evidence): boolean {
  const [written, meant] = [rare.word, frequent.word];
  const slip = slipOf(written, meant);
  if (slip === null || slip === 'unlikely' || !sounds.alike(written, meant)) return false;
  return (
    frequent.count >= CERTAIN_RATIO * rare.count ||
    looksLikeNoWord(written, meant, isHeard) ||
    (slip === 'exchanged' && sounds.close(written, meant))
  );
}

function heardRuns(words: Iterable<string>): (run: string) => boolean {
  const counts = new Map<string, number>();
  for (const word of words) {
    for (const run of new Set(consonantRuns(word))) counts.set(run, (counts.get(run) ?? 0) + 1);
  }
  return (run) => (counts.get(run) ?? 0) > 1;
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

/**
 * How fingers that mean one word come to write another: `unlikely` where they seldom do, null where
 * more than a letter differs.
 */
function slipOf(written: string, meant: string): 'exchanged' | 'other' | 'unlikely' | null {
  if (Math.min(written.length, meant.length) < SHORTEST) return null;
  if (Math.abs(written.length - meant.length) > 1) return null;
  let start = 0;
  while (start < written.length && written[start] === meant[start]) start++;
  let end = written.length;
  let meantEnd = meant.length;
  while (end > start && meantEnd > start && written[end - 1] === meant[meantEnd - 1]) {
    end--;
    meantEnd--;
  }
  const [x, y] = [written.slice(start, end), meant.slice(start, meantEnd)];
  if (!/^\p{L}*$/u.test(x + y)) return null;
  const exchanged = x.length === 2 && x === `${y[1] ?? ''}${y[0] ?? ''}`;
  if (!exchanged && (x.length > 1 || y.length > 1)) return null;
  if (start === 0) return 'unlikely';
  if (exchanged) return 'exchanged';
  const atEnd = end === written.length && meantEnd === meant.length;
  // A letter struck twice is left at the end of the run: "warmm" differs from "warm" at its end.
  const twice = y === '' ? isRepeated(x, written, start) : isRepeated(y, meant, start);
  const happens = x === '' || y === '' ? twice || !atEnd : areNeighbours(x, y);
  return happens ? 'other' : 'unlikely';
}

function isRepeated(letter: string, word: string, at: number): boolean {
  return word[at - 1] === letter;
}

interface Place {
  /** Of the level-free curves, [64]. */
  readonly mean: Float64Array;
  /** Distances from it up to which a curve lies inside, and close. */
  readonly reachDb: number;
  readonly closeDb: number;
}

/** Where the rows of words lie, by the shape of their curves. */
class Sounds {
  readonly #byWord: ReadonlyMap<string, readonly SafeRow[]>;
  readonly #places = new Map<string, Place>();

  constructor(byWord: ReadonlyMap<string, readonly SafeRow[]>) {
    this.#byWord = byWord;
  }

  /** Whether a rare word's mean curve lies where most rows of the frequent word lie. */
  alike(rare: string, frequent: string): boolean {
    return this.#distanceDb(rare, frequent) <= this.#placeOf(frequent).reachDb;
  }

  /** Whether it lies nearer to the frequent word's mean than half of that word's rows, or within 1 dB. */
  close(rare: string, frequent: string): boolean {
    return this.#distanceDb(rare, frequent) <= this.#placeOf(frequent).closeDb;
  }

  #distanceDb(rare: string, frequent: string): number {
    return distanceDb(meanOf(this.#curves(rare)), this.#placeOf(frequent).mean);
  }

  #placeOf(word: string): Place {
    const known = this.#places.get(word);
    if (known !== undefined) return known;
    const curves = this.#curves(word);
    const mean = meanOf(curves);
    const distances = curves.map((curve) => distanceDb(curve, mean)).sort((a, b) => a - b);
    const at = (share: number): number => distances[Math.ceil(share * distances.length) - 1] ?? 0;
    const place = { mean, reachDb: MARGIN * at(INSIDE), closeDb: Math.max(CLOSE_DB, at(0.5)) };
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
