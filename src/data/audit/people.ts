/** What the data owes to single people. */
import type { SafeRow } from '../rows';

/** So many rows of one contributor one after another are a session. */
const SESSION_ROWS = 20;

/** Consecutive rows of one contributor. */
export interface Session {
  readonly contributor: number;
  readonly rows: readonly SafeRow[];
}

/** A word all of whose rows are one contributor's. */
export interface OneContributorWord {
  readonly word: string;
  readonly contributor: number;
  readonly rows: readonly SafeRow[];
}

/** Runs of 20 consecutive rows or more by one contributor, the longest first. */
export function sessions(rows: readonly SafeRow[]): Session[] {
  const runs: { contributor: number; rows: SafeRow[] }[] = [];
  for (const row of rows) {
    const last = runs.at(-1);
    if (last?.contributor === row.contributor) last.rows.push(row);
    else runs.push({ contributor: row.contributor, rows: [row] });
  }
  return runs
    .filter((run) => run.rows.length >= SESSION_ROWS)
    .sort((a, b) => b.rows.length - a.rows.length);
}

/**
 * Words of several rows that one contributor gave all of, most rows first; none in a file that
 * knows of one contributor only.
 *
 * @param minimumRows what a word needs to be looked at
 */
export function oneContributorWords(
  rows: readonly SafeRow[],
  minimumRows: number,
): OneContributorWord[] {
  const byWord = new Map<string, SafeRow[]>();
  for (const row of rows) byWord.set(row.word, [...(byWord.get(row.word) ?? []), row]);
  const severalPeople = rows.some(({ contributor }) => contributor !== rows[0]?.contributor);
  if (!severalPeople) return [];
  return Array.from(byWord, ([word, own]) => ({
    word,
    contributor: own[0]?.contributor ?? 0,
    rows: own,
  }))
    .filter(
      ({ rows: own, contributor }) =>
        own.length >= minimumRows && own.every((row) => row.contributor === contributor),
    )
    .sort((a, b) => b.rows.length - a.rows.length);
}
