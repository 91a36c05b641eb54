/** Which words rows have in the ears of their neighbours, as an engine asks for them. */

export interface Votes {
  readonly words: number;
  /**
   * Share of each word among a row's neighbours, [words]; the shares sum to 1, or to 0 for a row
   * without. To find them can take long, so they are asked for when the row is needed.
   */
  readonly of: (row: number) => Float32Array;
}

/** Of rows whose shares are known, [rows, words]. */
export function knownVotes(shares: Float32Array, words: number): Votes {
  return { words, of: (row) => shares.subarray(row * words, (row + 1) * words) };
}

/** Those of some rows, one after another, [rows, words]. */
export function votesOf({ words, of }: Votes, rows: ArrayLike<number>): Float32Array {
  const all = new Float32Array(rows.length * words);
  for (let i = 0; i < rows.length; i++) all.set(of(rows[i] ?? 0), i * words);
  return all;
}

/** Those of all rows, [rows, words]; nothing without votes. */
export function allVotes({
  rows,
  votes,
}: {
  readonly rows: number;
  readonly votes?: Votes;
}): Float32Array {
  if (votes === undefined) return new Float32Array(0);
  return votesOf(
    votes,
    Uint32Array.from({ length: rows }).map((_, row) => row),
  );
}
