/**
 * The rows that figures are taken on. Figures need distances between pairs of rows, whose number
 * grows with the square of the rows, so that of a large set a sample is measured, and said so.
 */
import type { SafeRow, TrainingSet } from '../../data/rows';
import { rowsWhere } from '../../math/pick-rows';
import { SampleOf, sampleRows } from '../../math/sample-rows';

/** The part of a training set that figures are of. */
export interface MeasuredSet extends Pick<TrainingSet, 'words' | 'labels' | 'heldOut'> {
  /** Of the rows only who gave them, and what they set. */
  readonly rows: readonly Pick<SafeRow, 'contributor' | 'setting'>[];
}

/** Rows of either side of the split that are measured at most: enough for figures to within 1 %. */
export const MOST_MEASURED = 2000;

export interface MeasuredSample {
  readonly set: MeasuredSet;
  /** Index of each of its rows in the whole set, ascending, [rows]. */
  readonly rows: readonly number[];
  /** How many rows there are in all: of the training side, and held out. */
  readonly trainingRows: number;
  readonly heldOutRows: number;
  /** Of each word in label order, of all rows. */
  readonly words: readonly WordRows[];
}

interface WordRows {
  readonly rows: number;
  readonly contributors: number;
  readonly heldOutRows: number;
  readonly heldOutContributors: number;
}

/** Numbers of the rows that are measured, ascending: all, or a seeded sample of either side. */
export function measuredRows({ heldOut }: Pick<MeasuredSet, 'heldOut'>): number[] {
  return [0, 1]
    .flatMap((side) => sampleRows(rowsWhere(heldOut, side), MOST_MEASURED, SampleOf.figures))
    .sort((a, b) => a - b);
}

/** The set itself where it is small enough, else the rows that are measured. */
export function measuredSample(set: MeasuredSet): MeasuredSample {
  const rows = measuredRows(set);
  const heldOutRows = rowsWhere(set.heldOut, 1).length;
  const whole = {
    rows,
    trainingRows: set.rows.length - heldOutRows,
    heldOutRows,
    words: countWordRows(set),
  };
  if (rows.length === set.rows.length) return { set, ...whole };
  return {
    set: {
      words: set.words,
      rows: rows.flatMap((row) => set.rows.slice(row, row + 1)),
      labels: Int32Array.from(rows, (row) => set.labels[row] ?? 0),
      heldOut: Uint8Array.from(rows, (row) => set.heldOut[row] ?? 0),
    },
    ...whole,
  };
}

function countWordRows({ words, rows, labels, heldOut }: MeasuredSet): WordRows[] {
  const counts = words.map(() => ({
    rows: 0,
    heldOutRows: 0,
    people: new Set<number>(),
    heldOutPeople: new Set<number>(),
  }));
  rows.forEach(({ contributor }, row) => {
    const count = counts[labels[row] ?? -1];
    if (count === undefined) return;
    count.rows++;
    count.people.add(contributor);
    if (heldOut[row] !== 1) return;
    count.heldOutRows++;
    count.heldOutPeople.add(contributor);
  });
  return counts.map(({ people, heldOutPeople, rows: of, heldOutRows }) => ({
    rows: of,
    contributors: people.size,
    heldOutRows,
    heldOutContributors: heldOutPeople.size,
  }));
}
