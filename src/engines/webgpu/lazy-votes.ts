/** Votes of runs' rows, which are looked for and put on the device when the rows are first trained on. */
import type { Votes } from '../votes';
import type { RunData } from './run-data';

/** Steps of an epoch that are submitted first; twice as many each time after that. */
const FIRST_STEPS = 16;

/** How many of an epoch's steps each submission trains while votes are still to be found. */
export function stepsBySubmission(steps: number): number[] {
  const parts: number[] = [];
  let left = steps;
  for (let most = FIRST_STEPS; left > most; most *= 2) {
    parts.push(most);
    left -= most;
  }
  return [...parts, left];
}

/**
 * To find the votes of a hundred thousand rows takes seconds, in which the device would wait: it
 * trains the first steps while those of the next are looked for.
 */
export class LazyVotes {
  readonly #runs: readonly { readonly votes: Votes | undefined; readonly firstRow: number }[];
  readonly #words: number;
  /** Of all runs, [rows, words]. */
  readonly #shares: Float32Array<ArrayBuffer>;
  readonly #found: Uint8Array;
  #missing: number;

  constructor(runs: readonly Pick<RunData, 'examples'>[]) {
    let rows = 0;
    this.#runs = runs.map(({ examples }) => {
      const run = { votes: examples.votes, firstRow: rows };
      rows += examples.rows;
      return run;
    });
    this.#words = runs[0]?.examples.votes?.words ?? 0;
    this.#shares = new Float32Array(rows * this.#words);
    this.#missing = this.#words === 0 ? 0 : rows;
    this.#found = new Uint8Array(this.#missing);
  }

  /** Floats of all of them. */
  get length(): number {
    return this.#shares.length;
  }

  /** Whether the device has all of them. */
  get complete(): boolean {
    return this.#missing === 0;
  }

  /** @param rows of one run, by their numbers among those of all runs */
  find(run: number, rows: Uint32Array): void {
    const { votes, firstRow } = this.#runs[run] ?? {};
    if (votes === undefined || firstRow === undefined) return;
    for (const row of rows) {
      if (this.#found[row] !== 0) continue;
      this.#shares.set(votes.of(row - firstRow), row * this.#words);
      this.#found[row] = 1;
      this.#missing--;
    }
  }

  /** Puts what is found where the device's examples have it, before whatever is submitted next. */
  write({ queue }: GPUDevice, examples: GPUBuffer, place: number): void {
    queue.writeBuffer(examples, 4 * place, this.#shares);
  }
}
