/** Many runs at once: a sweep file to model files and a table of figures. */
import { join } from 'node:path';
import type { SafeData } from '../../src/data/rows';
import type { EngineChoice } from '../../src/engines/engine-choice';
import { readModelFile, writeModelFile } from '../../src/model/model-file';
import { checked } from '../../src/base/checked-json';
import type { EpochRecord } from '../../src/training/progress';
import { recipeSchema, type Recipe } from '../../src/recipe/recipe';
import { expandSweep, parseSweep, type Sweep } from '../../src/training/sweep/sweep';
import { planSweep, trainSweep } from '../../src/training/sweep/train-sweep';
import type { RunPlan } from '../../src/training/run-plan';
import type { SweepListener } from './sweep-listener';
import { naming, readBytes } from '../options/files';
import { makeFolder } from '../options/make-folder';
import type { Output } from '../output';
import { checkFolder, checkOutput, writeWhole } from '../output-file';
import { fusedWasmHost } from '../threads/fused-wasm-host';
import { figuresText, type SweptRun } from '../text/sweep-report';
import { startSweepThread } from '../threads/sweep-threads';
import { sweepByQueue } from './sweep-by-queue';
import { failedRun, fileName, finishedRun, reportSweep, SWEEP_FILE } from './swept';

/** @throws InputError naming the file, and the field at fault */
export function readSweep(path: string): Promise<Sweep> {
  return naming(path, () => parseSweep(new TextDecoder().decode(readBytes(path))));
}

/**
 * One run a fold: each holds the contributors of another part out.
 *
 * @throws InputError where that is no number of folds
 */
export function sweepOfFolds(recipe: Recipe, folds: number): Sweep {
  const whole = checked(recipeSchema, { ...recipe, split: 'folds', folds }, 'The recipe');
  return { recipe: whole, vary: { fold: Array.from({ length: folds }, (_, i) => i + 1) } };
}

export interface SweepSettings {
  readonly data: SafeData;
  readonly dataPath: string;
  /** The files that are read, which none of those written may be. */
  readonly inputs: readonly string[];
  readonly words: readonly string[];
  readonly engine: EngineChoice;
  /** How many runs to train at once. */
  readonly threads: number;
  /** Where model files and report go; left out: nowhere. */
  readonly out: string | undefined;
  readonly json: boolean;
  /** Where workers of other machines take the runs from; null: they are trained here. */
  readonly queue: SweepQueue | null;
}

export interface SweepQueue {
  readonly address: string;
  /** Whether the rows go into the store; else only workers that have the file take the runs. */
  readonly sendsRows: boolean;
  /** Whether to take the sweep off the queue, in place of putting it on. */
  readonly cancels: boolean;
}

/** Trains every run of the sweep: a line each to standard error, the results to standard output. */
export async function sweep(of: Sweep, settings: SweepSettings, output: Output): Promise<void> {
  const { data, words, inputs, out } = settings;
  const runs = expandSweep(of);
  const plans = await planSweep(runs, data, words);
  if (out !== undefined) {
    makeFolder(out);
    checkFolder(out);
    for (const file of [SWEEP_FILE, ...runs.map((of, run) => fileName(run, of))]) {
      checkOutput(join(out, file), inputs);
    }
  }
  /** The files of runs that have ended, written one after the other. */
  let written = Promise.resolve();
  const faults: Error[] = [];
  const write = (file: string, bytes: Uint8Array): void => {
    if (out === undefined) return;
    written = written
      .then(() => writeWhole(join(out, file), inputs, bytes))
      .catch((error: unknown) => {
        faults.push(error instanceof Error ? error : new Error(String(error)));
      });
  };
  output.note(`${String(runs.length)} runs learn ${[...new Set(words)].sort().join(', ')}.`);

  const start = performance.now();
  const swept: SweptRun[] = [];
  const last = new Map<number, EpochRecord>();
  let engine = '';
  const keep = (run: SweptRun): void => {
    swept.push(run);
    const { label, failed, metrics } = run;
    const result = metrics === null ? (failed ?? '') : figuresText(metrics);
    output.note(`${String(swept.length)}/${String(runs.length)} ${label}: ${result}`);
  };
  await trainWith(of, settings, plans, {
    emitEngine: (reason) => {
      engine = reason;
      output.note(reason);
    },
    note: output.note,
    emit: (event) => {
      const { run } = event;
      const of = runs[run];
      if (of === undefined) return;
      if (event.type === 'epoch') last.set(run, event.record);
      else if (event.type === 'failed') keep({ ...failedRun(event.reason), ...of, run });
      else {
        const model = readModelFile(event.file);
        const file = out === undefined ? null : fileName(run, of);
        if (file !== null) write(file, writeModelFile(model));
        keep({ ...finishedRun(model, file, last.get(run)), ...of, run });
      }
    },
  });
  await written;
  const [fault] = faults;
  if (fault !== undefined) throw fault;
  /** From the start of the first to the end of the last run. */
  const seconds = (performance.now() - start) / 1000;
  await reportSweep(of, { swept, engine, seconds }, settings, output);
}

/** A browser only where WebGPU is asked for; it is not loaded otherwise. */
async function trainWith(
  of: Sweep,
  { engine, data, dataPath, words, threads, queue }: SweepSettings,
  plans: readonly RunPlan[],
  listener: SweepListener,
): Promise<void> {
  if (queue !== null) {
    await sweepByQueue({ sweep: of, words, data }, queue, listener);
    return;
  }
  if (engine === 'webgpu') {
    const { sweepInBrowser } = await import('../browser/sweep-in-browser');
    await sweepInBrowser({ ...of, words, data }, readBytes(dataPath), listener);
    return;
  }
  // Compiles the engine, so that the threads find it.
  await fusedWasmHost(1);
  const { emit, emitEngine } = listener;
  await trainSweep(plans, {
    emit,
    emitEngine,
    choice: engine,
    threads,
    startThread: startSweepThread,
    signal: new AbortController().signal,
  });
}
