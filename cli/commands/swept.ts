/** What a sweep leaves behind: a file for each run, and the report of all. */
import { join } from 'node:path';
import { fileSlug } from '../../src/base/file-slug';
import { InputError } from '../../src/base/input-error';
import type { SafeData } from '../../src/data/rows';
import type { Model } from '../../src/model/model';
import type { EpochRecord } from '../../src/training/progress';
import type { Sweep, SweepRun } from '../../src/training/sweep/sweep';
import type { Output } from '../output';
import { writeWhole } from '../output-file';
import { overSeeds, sweepTable, type SweptRun } from '../text/sweep-report';

export const SWEEP_FILE = 'sweep.json';

export interface Swept {
  readonly swept: readonly SweptRun[];
  /** What trained the runs: a sentence. */
  readonly engine: string;
  readonly seconds: number;
}

interface ReportSettings {
  readonly data: SafeData;
  readonly inputs: readonly string[];
  /** Where the report goes; left out: nowhere. */
  readonly out: string | undefined;
  readonly json: boolean;
}

/**
 * Writes the report and prints it, as a table or as it is.
 *
 * @throws InputError where no run has finished
 */
export async function reportSweep(
  of: Sweep,
  { swept, engine, seconds }: Swept,
  { data, inputs, out, json }: ReportSettings,
  output: Output,
): Promise<void> {
  const [first] = swept;
  if (swept.every(({ metrics }) => metrics === null)) {
    throw new InputError(`No run of the sweep finished. ${first?.failed ?? ''}`);
  }
  const report = {
    ...of,
    engine,
    data: { sha256: data.sha256, rows: data.rows.length, skippedRows: data.rejectedTotal },
    seconds,
    runs: swept.toSorted((a, b) => a.run - b.run),
    overSeeds: overSeeds(of.vary, swept),
  };
  const text = `${JSON.stringify(report, null, 2)}\n`;
  if (out !== undefined) await writeWhole(join(out, SWEEP_FILE), inputs, text);
  output.print(json ? text : sweepTable(report));
}

type Result = Omit<SweptRun, keyof SweepRun | 'run'>;

export function finishedRun(
  { document }: Model,
  file: string | null,
  losses: EpochRecord | undefined,
): Result {
  const { engine = null, scoreboard: metrics = null } = document.run ?? {};
  return { engine, losses: losses ?? null, metrics, file, failed: null };
}

export function failedRun(failed: string): Result {
  return { engine: null, losses: null, metrics: null, file: null, failed };
}

/** For example "03-seed-2-learning-rate-0.0005.safetensors", counted from 1 as people do. */
export function fileName(run: number, { label }: SweepRun): string {
  const number = String(run + 1).padStart(2, '0');
  return `${number}-${fileSlug(label, /[ ,]+/g)}.safetensors`;
}
