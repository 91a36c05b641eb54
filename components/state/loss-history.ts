/** The epochs of a run, in columns a chart can draw without copying. */
import type { EpochRecord } from '../../src/training/progress';

const COLUMNS = [
  'epoch',
  'reconstruction',
  'contrastive',
  'total',
  'contrastiveWeight',
  'learningRate',
] as const satisfies readonly (keyof EpochRecord)[];

export type HistoryColumn = (typeof COLUMNS)[number];

/** Append-only; a column is a view into one buffer that doubles when it is full. */
export class LossHistory {
  #length = 0;
  #columns = new Map<HistoryColumn, Float64Array>(
    COLUMNS.map((name) => [name, new Float64Array(256)]),
  );

  constructor(records: readonly EpochRecord[] = []) {
    for (const record of records) this.append(record);
  }

  get length(): number {
    return this.#length;
  }

  append(record: EpochRecord): void {
    for (const name of COLUMNS) {
      let column = this.#columns.get(name) ?? new Float64Array(256);
      if (this.#length === column.length) {
        const larger = new Float64Array(column.length * 2);
        larger.set(column);
        column = larger;
        this.#columns.set(name, column);
      }
      column[this.#length] = record[name];
    }
    this.#length++;
  }

  /** A view of one column, [length]. */
  column(name: HistoryColumn): Float64Array {
    return (this.#columns.get(name) ?? new Float64Array()).subarray(0, this.#length);
  }

  /** The value of a column in an epoch; undefined where that has none. */
  at(name: HistoryColumn, epoch: number): number | undefined {
    return this.column(name)[epoch - 1];
  }

  /** The newest value of a column; undefined before the first epoch. */
  last(name: HistoryColumn): number | undefined {
    return this.column(name).at(-1);
  }
}
