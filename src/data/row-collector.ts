/** Gathers what a file's records become: usable rows, and the reasons why others are not. */
import type { RejectedRow, SafeRow } from './rows';
import type { CheckedRow, RowFault } from './safe-row';

/** A hopeless file would else list as many rejections as it has lines. */
const MAX_REJECTED = 1000;

export class RowCollector {
  readonly rows: SafeRow[] = [];
  readonly rejected: RejectedRow[] = [];
  #rejectedTotal = 0;
  readonly #contributors = new Map<string, number>();

  get rejectedTotal(): number {
    return this.#rejectedTotal;
  }

  /** @param more what else is known of the row */
  add(
    line: number,
    row: CheckedRow,
    more: Pick<SafeRow, 'fitErrorDb' | 'instrument' | 'genre'> = {},
  ): void {
    const { word, label, owner, setting } = row;
    const written = label === word ? {} : { label };
    const contributor = this.#numberOf(owner);
    this.rows.push({ line, word, ...written, contributor, setting, ...more });
  }

  /** Leaves out rows that were added; contributors keep their numbers. */
  retain(isKept: (row: SafeRow) => boolean): void {
    const kept = this.rows.filter(isKept);
    this.rows.length = 0;
    for (const row of kept) this.rows.push(row);
  }

  reject(line: number, { column, reason }: RowFault): void {
    this.#rejectedTotal++;
    if (this.rejected.length < MAX_REJECTED) this.rejected.push({ line, column, reason });
  }

  /** Whoever is not known is somebody else in each row. */
  #numberOf(owner: string | null): number {
    if (owner === null) return this.rows.length + 1;
    const number = this.#contributors.get(owner) ?? this.#contributors.size + 1;
    this.#contributors.set(owner, number);
    return number;
  }
}
