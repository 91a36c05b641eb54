/** What the data owes to single people. */
import { groupBy } from '../../base/group-by';
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

/** Words with fewer rows are not trained on by default, so nobody need doubt them. */
export const DOUBTED_ROWS = 5;

/**
 * Words of five rows or more that one contributor gave all of, most rows first; none in a file that
 * knows of one contributor only.
 */
export function oneContributorWords(rows: readonly SafeRow[]): OneContributorWord[] {
  if (isOnePersons(rows)) return [];
  return [...groupBy(rows, ({ word }) => word).values()]
    .filter((own) => own.length >= DOUBTED_ROWS && isOnePersons(own))
    .map((own) => ({ word: own[0]?.word ?? '', rows: own }))
    .sort((a, b) => b.rows.length - a.rows.length);
}

function isOnePersons(rows: readonly SafeRow[]): boolean {
  return rows.every(({ contributor }) => contributor === rows[0]?.contributor);
}
