/**
 * A sweep run by run: each run by a command of its own, as the tasks of a cluster's array are, and the
 * table from the files that these commands left.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import * as v from 'valibot';
import { checkedJson } from '../../src/base/checked-json';
import { InputError } from '../../src/base/input-error';
import { readModelFile, writeModelFile } from '../../src/model/model-file';
import { epochSchema } from '../../src/training/epoch-schema';
import type { EpochRecord } from '../../src/training/progress';
import { expandSweep, type Sweep, type SweepRun } from '../../src/training/sweep/sweep';
import { planSweep } from '../../src/training/sweep/train-sweep';
import { naming, readBytes, readModel } from '../options/files';
import { makeFolder } from '../options/make-folder';
import type { Output } from '../output';
import { checkFolder, checkOutput, writeWhole } from '../output-file';
import { figuresText, type SweptRun } from '../text/sweep-report';
import { fusedWasmHost } from '../threads/fused-wasm-host';
import type { SweepSettings } from './sweep';
import { failedRun, fileName, finishedRun, reportSweep } from './swept';
import { trainRun } from './train-run';

/** What a run leaves beside its model file. */
const resultSchema = v.strictObject({
  /** Of the last epoch; null for a run that failed. */
  losses: v.nullable(epochSchema),
  /** Why it could not go on: a sentence. */
  failed: v.nullable(v.pipe(v.string(), v.maxLength(10_000))),
});
type RunResult = v.InferOutput<typeof resultSchema>;

type FileSettings = SweepSettings & { readonly out: string };

/**
 * Trains one run of a sweep, to the bits that the sweep gives it, and writes its model file and what
 * {@link collectSweep} needs beside it.
 *
 * @param number from 1, in the order of the grid
 * @throws InputError where there is no such run
 */
export async function trainSweepRun(
  of: Sweep,
  number: number,
  { data, words, engine, inputs, out }: FileSettings,
  output: Output,
): Promise<void> {
  const runs = expandSweep(of);
  const run = runs[number - 1];
  if (run === undefined) {
    throw new InputError(
      `Option '--run' is a whole number from 1 to ${String(runs.length)}, the runs of the sweep.`,
    );
  }
  if (engine.endsWith('webgpu')) {
    throw new InputError("A single run of a sweep is not trained by webgpu: leave '--engine' out.");
  }
  const [plan] = await planSweep([run], data, words);
  if (plan === undefined) throw new Error('The run has no plan.');
  const [modelFile, resultFile] = filesOf(out, number - 1, run);
  makeFolder(out);
  checkFolder(out);
  checkOutput(modelFile, inputs);
  checkOutput(resultFile, inputs);
  output.note(`Run ${String(number)} of ${String(runs.length)}: ${run.label}.`);
  await fusedWasmHost(1);
  const heard: { last: EpochRecord | null } = { last: null };
  const onEpoch = (record: EpochRecord): void => {
    heard.last = record;
  };
  const never = new AbortController().signal;
  const ended = await trainRun(plan, engine, onEpoch, output.note, never);
  const write = (result: RunResult): Promise<void> =>
    writeWhole(resultFile, inputs, `${JSON.stringify(result, null, 2)}\n`);
  if (ended.type === 'failed') {
    await write({ losses: null, failed: ended.reason });
    output.print(`${run.label}: ${ended.reason}\n`);
    return;
  }
  const model = readModelFile(ended.file);
  await writeWhole(modelFile, inputs, writeModelFile(model));
  await write({ losses: heard.last, failed: null });
  const { scoreboard = null } = model.document.run ?? {};
  const figures = scoreboard === null ? 'no figures' : figuresText(scoreboard);
  output.print(`${run.label}: ${figures}\n`);
}

/**
 * Prints the table of a sweep whose runs were trained one by one into a folder.
 *
 * @throws InputError where a file of it cannot be read, or none is there
 */
export async function collectSweep(
  of: Sweep,
  settings: FileSettings,
  output: Output,
): Promise<void> {
  const start = performance.now();
  const swept: SweptRun[] = [];
  for (const [number, run] of expandSweep(of).entries()) {
    swept.push({ ...(await resultOf(number, run, settings)), ...run, run: number });
  }
  const seconds = (performance.now() - start) / 1000;
  const engine = 'Each run was trained by a command of its own.';
  await reportSweep(of, { swept, engine, seconds }, settings, output);
}

async function resultOf(number: number, run: SweepRun, { data, words, out }: FileSettings) {
  const [modelFile, resultFile] = filesOf(out, number, run);
  if (!existsSync(resultFile)) return failedRun('It has not been trained yet.');
  const { losses, failed } = await naming(resultFile, () =>
    checkedJson(resultSchema, new TextDecoder().decode(readBytes(resultFile)), 'The result'),
  );
  if (losses === null) return failedRun(failed ?? 'It has no losses.');
  const model = await readModel(modelFile);
  const { run: trained, words: learnt } = model.document;
  if (
    trained?.dataSha256 !== data.sha256 ||
    !isDeepStrictEqual(trained.recipe, run.recipe) ||
    !isDeepStrictEqual(
      learnt.map(({ word }) => word),
      [...new Set(words)].sort(),
    )
  ) {
    throw new InputError(`${modelFile}: It was trained on other data or words, or otherwise.`);
  }
  return finishedRun(model, fileName(number, run), losses);
}

function filesOf(out: string, number: number, run: SweepRun): [model: string, result: string] {
  const model = join(out, fileName(number, run));
  return [model, model.replace(/\.safetensors$/, '.json')];
}
