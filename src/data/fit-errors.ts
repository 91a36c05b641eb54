/** How well settings fit the curves that a file has instead of them. */
import type { SafeRow } from './rows';

interface RowFit {
  /** Line of the file. */
  readonly line: number;
  readonly word: string;
  /** dB RMS. */
  readonly errorDb: number;
}

export interface FitSummary {
  /** Half of the rows, and nine in ten, are nearer than that, dB RMS. */
  readonly medianDb: number;
  readonly ninthDecileDb: number;
  /** Every row, the worst first. */
  rows: RowFit[];
}

/** null where the file's rows are settings themselves. */
export function fitSummary(rows: readonly SafeRow[]): FitSummary | null {
  const fits = rows
    .flatMap(({ line, word, fitErrorDb }) =>
      fitErrorDb === undefined ? [] : [{ line, word, errorDb: fitErrorDb }],
    )
    .sort((a, b) => b.errorDb - a.errorDb);
  if (fits.length === 0) return null;
  const at = (share: number): number =>
    fits[Math.round((1 - share) * (fits.length - 1))]?.errorDb ?? Number.NaN;
  return { medianDb: at(0.5), ninthDecileDb: at(0.9), rows: fits };
}

/** The summary as a sentence. */
export function fitNote({ medianDb, ninthDecileDb, rows }: FitSummary): string {
  const [worst] = rows;
  const db = (value: number): string => `${value.toFixed(2)} dB`;
  return (
    `Its curves were fitted by five bands each: half of them to within ${db(medianDb)} RMS, ` +
    `nine in ten to within ${db(ninthDecileDb)}, the worst (line ${String(worst?.line ?? 0)}) to ` +
    `${db(worst?.errorDb ?? 0)}.`
  );
}
