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

  /** @param fit how well the setting fits a curve that the file has instead */
  add(line: number, row: CheckedRow, fit: Pick<SafeRow, 'fitErrorDb'> = {}): void {
    const { word, label, owner, setting } = row;
    const written = label === word ? {} : { label };
    const contributor = this.#numberOf(owner);
    this.rows.push({ line, word, ...written, contributor, setting, ...fit });
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
