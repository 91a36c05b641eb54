/** `warmbright train`: a data set to a model file and a report. */
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { cleanData } from '../../src/data/audit/clean';
import type { SafeData } from '../../src/data/rows';
import { ENGINE_CHOICES, type EngineChoice } from '../../src/engines/engine-choice';
import { InputError } from '../../src/base/input-error';
import { checked } from '../../src/base/checked-json';
import { writeModelFile } from '../../src/model/model-file';
import { decodeSetting, offeredClusters } from '../../src/model/word-settings';
import { trainingSetFor } from '../../src/training/rows/as-chosen';
import { bestEpoch } from '../../src/training/early-stopping';
import { recipeSchema, type Recipe } from '../../src/recipe/recipe';
import { DEFAULT_RECIPE, presetOf } from '../../src/recipe/recipes';
import { runName } from '../../src/recipe/run-name';
import { checkSameRun, type RunPlan } from '../../src/training/run-plan';
import { RECIPE_HELP, SETTINGS_HELP, chooseRecipe } from '../options/choose-recipe';
import { chooseWords } from '../options/choose-words';
import { DATA_HELP, DATA_OPTIONS } from '../options/data-options';
import { readBytes, readData } from '../options/files';
import { makeFolder } from '../options/make-folder';
import { needed, numberOr, readOptions, threadsOr } from '../options/options';
import type { Output } from '../output';
import { checkFolder, checkOutput, writeWhole } from '../output-file';
import { untilSignal } from '../signals';
import {
  CHECKPOINT_FILE,
  keepCheckpoint,
  readInterruptedRun,
  removeCheckpoint,
  setAsideCheckpoint,
} from './interrupted-run';
import { aboutStart, begunWith, readFirst } from './first-model';
import { readSweep, sweep, sweepOfFolds } from './sweep';
import { queueOf } from './sweep-by-queue';
import { collectSweep, trainSweepRun } from './sweep-run';
import type { Continuation } from './train-in-node';
import { progressListener, type Trained, type TrainingListener } from './trained';
import { scoreboardText } from '../../src/exports/score-report';
import { wordReport, wordTable } from '../text/word-report';

const HELP = `npm run cli -- train --data FILE --out DIR [options]
npm run cli -- train --data FILE --out DIR --resume
npm run cli -- train --data FILE --out DIR --from FILE [options]
npm run cli -- train --data FILE --sweep FILE [--out DIR] [options]
npm run cli -- train --data FILE --sweep FILE --queue ADDRESS [--send-rows] [--cancel] [--out DIR]
npm run cli -- train --data FILE --sweep FILE --run N --out DIR
npm run cli -- train --data FILE --sweep FILE --collect --out DIR
npm run cli -- train --data FILE --folds K [--out DIR] [options]

Trains a model on a SAFE-DB file; writes DIR/model.safetensors and DIR/report.json. Until the run has
ended, DIR/checkpoint.safetensors says where it stands, from which --resume goes on after the run was
interrupted (not with --engine webgpu, a sweep or folds).
With --sweep, trains many models that differ in a few settings and prints a table of them, best
held-out silhouette first; writes a model file each and DIR/sweep.json. With --folds, deals the
contributors into K parts, trains K models that each hold one part out, and prints the same table
and the mean over the parts.

  --data FILE       the SAFE-DB file (CSV)
  --out DIR         where the results go; made if it is not there
  --resume          go on with the run in DIR that was interrupted, to the same bits
  --from FILE       begin with the weights of a model file, a checkpoint or a zip that export wrote;
                    by its recipe and its words where the options name none (not with --resume,
                    --engine webgpu, a sweep or folds)
  --sweep FILE      what to vary, every combination a run (JSON); the seed also decides which rows are
                    held out. For example:
                    {"recipe": "seed-v2", "set": {"epochs": 100},
                     "vary": {"seed": [1, 2, 3], "learningRate": [0.001, 0.0005]}}
  --run N           train only run N of the sweep (from 1), as the tasks of a cluster's array do
  --collect         print the table of the runs that --run has trained into DIR
  --queue ADDRESS   have the runs of a sweep trained by the workers of a queue, a Redis such as
                    redis://host:6379 ("npm run cli -- worker --help"); the models come by the store
                    that DATA_DIR or S3_* name. The same command follows a sweep again
  --cancel          take the sweep off the queue: runs that wait are removed, those that are being
                    trained end at their next epoch, and the table has those that ended before
  --send-rows       put the rows into that store, for workers that do not have the file: settings,
                    words and contributors' numbers, nothing of personal columns
  --folds K         how many parts, 2 to 20
${RECIPE_HELP}
  --epochs N        instead of the recipe's
  --seed N          instead of the recipe's
  --holdout SHARE   share of the rows to hold out, whole contributors; 0 trains on all (default 0.2);
                    --set split=row holds single rows out instead, which leaks
  --engine NAME     ${ENGINE_CHOICES.join(', ')}
                    (default auto: the fastest in this process)
                    webgpu trains in a headless Chromium
  --threads N       how many threads share the work of the wasm engine (default 1); in a sweep, how
                    many runs to train at once (default: as many as the processor has cores)
  --words a,b,c     the words to learn; "all" for every word with enough rows
                    (default: as in the page, those that the recipe is meant for, with enough rows
                    and nothing suspect)
  --min-rows N      how many rows are enough for a word (default: the recipe's, mostly 5)
${DATA_HELP}  --json            print the report, too; in a sweep, instead of the table

${SETTINGS_HELP}`;

/** Runs the command: results go to files, progress to standard error. */
export async function train(args: readonly string[], output: Output): Promise<void> {
  const options = readOptions(
    args,
    HELP,
    {
      data: { type: 'string' },
      out: { type: 'string' },
      resume: { type: 'boolean', default: false },
      from: { type: 'string' },
      sweep: { type: 'string' },
      run: { type: 'string' },
      collect: { type: 'boolean', default: false },
      queue: { type: 'string' },
      'send-rows': { type: 'boolean', default: false },
      cancel: { type: 'boolean', default: false },
      folds: { type: 'string' },
      recipe: { type: 'string' },
      set: { type: 'string', multiple: true },
      epochs: { type: 'string' },
      seed: { type: 'string' },
      holdout: { type: 'string' },
      engine: { type: 'string', default: 'auto' },
      threads: { type: 'string' },
      words: { type: 'string' },
      'min-rows': { type: 'string' },
      ...DATA_OPTIONS,
      json: { type: 'boolean', default: false },
    },
    output,
  );
  if (options === null) return;
  const dataPath = needed('--data', options.data);
  const engine = ENGINE_CHOICES.find((name) => name === options.engine);
  if (engine === undefined) {
    throw new InputError(
      `Option '--engine' is one of ${ENGINE_CHOICES.join(', ')}, not "${options.engine}".`,
    );
  }
  if (options.resume && engine === 'webgpu') {
    throw new InputError(
      "A run that webgpu trains cannot be resumed here: leave '--engine' out, or train it in the page.",
    );
  }
  const sweeps = options.sweep !== undefined || options.folds !== undefined;
  if (options.resume && sweeps) {
    throw new InputError("Option '--resume' goes on with a single run, not with a sweep or folds.");
  }
  if (options.from !== undefined && (options.resume || sweeps || engine === 'webgpu')) {
    throw new InputError(
      "Option '--from' begins a single run in this process: leave out '--resume', '--sweep', '--folds' and '--engine webgpu'.",
    );
  }
  const threads = threadsOr(sweeps ? availableParallelism() : 1, options.threads);
  const minRows =
    options['min-rows'] === undefined ? null : numberOr(0, '--min-rows', options['min-rows']);
  const readFor = async (recipe: Recipe, before: readonly string[] | null = null) => {
    const data = await readData(dataPath, options, output);
    const cleaned = cleanData(data, recipe.audit);
    const meant = presetOf(recipe).words;
    if (before !== null) return { data, cleaned, words: before };
    const words = chooseWords(cleaned, options.words, meant, minRows ?? meant.atLeast, output);
    return { data, cleaned, words };
  };
  const { json } = options;
  checkRunByRun(options);
  const queue = queueOf(options, sweeps);
  if (options.sweep !== undefined) {
    for (const name of ['folds', 'recipe', 'set', 'epochs', 'seed', 'holdout'] as const) {
      if (options[name] === undefined) continue;
      throw new InputError(`Option '--${name}' does not go with --sweep, whose file says it.`);
    }
    const wished = await readSweep(options.sweep);
    const { data, words } = await readFor(wished.recipe);
    const inputs = [dataPath, options.sweep];
    const { out } = options;
    const settings = { data, dataPath, inputs, words, engine, threads, out, json, queue };
    if (options.run !== undefined || options.collect) {
      const files = { ...settings, out: needed('--out', out) };
      if (options.collect) await collectSweep(wished, files, output);
      else await trainSweepRun(wished, numberOr(0, '--run', options.run), files, output);
      return;
    }
    await sweep(wished, settings, output);
    return;
  }
  const before = options.resume ? await readInterruptedRun(needed('--out', options.out)) : null;
  const first = options.from === undefined ? null : await readFirst(options.from);
  const namesNone = options.recipe === undefined && options.set === undefined;
  const chosen =
    (namesNone ? first?.model.document.run?.recipe : undefined) ??
    chooseRecipe(options.recipe ?? DEFAULT_RECIPE, options.set ?? []);
  const asked = withOptions(chosen, options);
  const recipe = before?.recipe ?? asked;
  if (before !== null && namesRecipe(options) && !isDeepStrictEqual(asked, recipe)) {
    throw new InputError(
      `The interrupted run in ${String(options.out)} has another recipe than the options say; leave them out to go on with it.`,
    );
  }
  if (options.folds !== undefined) {
    const wished = sweepOfFolds(recipe, numberOr(0, '--folds', options.folds));
    const { data, words } = await readFor(recipe);
    const inputs = [dataPath];
    const { out } = options;
    await sweep(
      wished,
      { data, dataPath, inputs, words, engine, threads, out, json, queue },
      output,
    );
    return;
  }
  const out = needed('--out', options.out);
  const namesWords = options.words !== undefined || minRows !== null;
  const { data, cleaned, words } = await readFor(
    recipe,
    namesWords ? null : (before?.words ?? first?.words ?? null),
  );
  const set = await trainingSetFor(recipe, data, words);
  const anew: RunPlan = { name: runName(recipe), recipe, data, set };
  const plan = first === null ? anew : await begunWith(first, anew);
  if (before !== null) checkSameRun(plan, before.checkpoint.model.document);
  const inputs = [dataPath, ...(first === null ? [] : [first.path])];
  makeFolder(out);
  checkFolder(out);
  for (const file of [MODEL_FILE, REPORT_FILE, CHECKPOINT_FILE]) {
    checkOutput(join(out, file), inputs);
  }
  if (before === null) setAsideCheckpoint(out, output);

  output.note(`Learning ${set.words.join(', ')} from ${String(set.rows.length)} rows.`);
  if (before !== null) {
    output.note(`Going on after epoch ${String(before.checkpoint.progress.epoch)}.`);
  }
  if (first !== null) {
    for (const sentence of aboutStart(first, plan)) output.note(sentence);
  }
  const listener = progressListener(recipe, output);
  const trained = await trainWith({ engine, threads }, plan, dataPath, listener, {
    from: before?.checkpoint ?? null,
    keep: (checkpoint) => keepCheckpoint(out, inputs, checkpoint),
  });
  const report = reportOf(plan, trained, data, cleaned.rows.length);
  await writeWhole(join(out, MODEL_FILE), inputs, writeModelFile(trained.model));
  await writeWhole(join(out, REPORT_FILE), inputs, `${JSON.stringify(report, null, 2)}\n`);
  removeCheckpoint(out);
  output.print(json ? `${JSON.stringify(report, null, 2)}\n` : asText(report, out));
}

interface RunOptions {
  readonly run?: string | undefined;
  readonly collect: boolean;
  readonly sweep?: string | undefined;
  readonly queue?: string | undefined;
  readonly threads?: string | undefined;
}

/** @throws InputError where options that are for one run of a sweep go with others that are not */
function checkRunByRun({ run, collect, sweep, queue, threads }: RunOptions): void {
  if (run === undefined && !collect) return;
  const option = collect ? '--collect' : '--run';
  if (sweep === undefined) {
    throw new InputError(`Option '${option}' is for the runs of a sweep: name it by --sweep.`);
  }
  if (collect && run !== undefined) {
    throw new InputError("Option '--collect' is for when all runs are trained: leave '--run' out.");
  }
  if (queue !== undefined || threads !== undefined) {
    throw new InputError(
      `Option '--${queue === undefined ? 'threads' : 'queue'}' does not go with ${option}.`,
    );
  }
}

const MODEL_FILE = 'model.safetensors';
const REPORT_FILE = 'report.json';

/** Whether options say anything about the recipe. */
function namesRecipe({ recipe, set, epochs, seed, holdout }: RecipeOptions): boolean {
  return [recipe, set, epochs, seed, holdout].some((option) => option !== undefined);
}

interface RecipeOptions {
  readonly recipe?: string | undefined;
  readonly set?: readonly string[] | undefined;
  readonly epochs?: string | undefined;
  readonly seed?: string | undefined;
  readonly holdout?: string | undefined;
}

function withOptions(recipe: Recipe, { epochs, seed, holdout }: RecipeOptions): Recipe {
  const changed = {
    ...recipe,
    epochs: numberOr(recipe.epochs, '--epochs', epochs),
    seed: numberOr(recipe.seed, '--seed', seed),
    holdout: numberOr(recipe.holdout, '--holdout', holdout),
  };
  return checked(recipeSchema, changed, 'The recipe');
}

/** A browser only where WebGPU is asked for; it is not loaded otherwise. */
async function trainWith(
  { engine, threads }: { engine: EngineChoice; threads: number },
  plan: RunPlan,
  dataPath: string,
  listener: TrainingListener,
  continuation: Continuation,
): Promise<Trained> {
  if (engine === 'webgpu') {
    const { trainInBrowser } = await import('../browser/train-in-browser');
    return trainInBrowser(plan, readBytes(dataPath), listener);
  }
  const { trainInNode } = await import('./train-in-node');
  return untilSignal((asked) =>
    trainInNode(plan, engine, threads, listener, { ...continuation, asked }),
  );
}

function reportOf({ recipe, set }: RunPlan, trained: Trained, data: SafeData, rowsLeft: number) {
  const { model, engine, history, steps, seconds } = trained;
  const { run, words } = model.document;
  return {
    recipe,
    seed: recipe.seed,
    engine,
    data: {
      sha256: data.sha256,
      rows: data.rows.length,
      /** What the recipe's audit choices leave of them, of all words. */
      rowsLeft,
      skippedRows: data.rejectedTotal,
      trainingRows: run?.trainingRows ?? 0,
      heldOutRows: run?.heldOutRows ?? 0,
      splitHash: set.splitHash,
    },
    /** Of the arithmetic, without setting up. */
    seconds,
    steps,
    millisecondsPerStep: (1000 * seconds) / steps,
    /** Which rows the figures are on is said by `on`. */
    metrics: run?.scoreboard ?? null,
    epochs: history,
    words: words.map(({ word, rows, centroid, schools }) =>
      wordReport(
        word,
        rows,
        centroid === null ? null : decodeSetting(model, centroid),
        offeredClusters(model.document, schools),
      ),
    ),
  };
}

function asText(report: ReturnType<typeof reportOf>, out: string): string {
  const { recipe, epochs, metrics, seconds, millisecondsPerStep, engine, words } = report;
  return `${[
    `${seconds.toFixed(1)} s, ${millisecondsPerStep.toFixed(1)} ms a step (${engine.name}, ${engine.device})`,
    metrics === null ? 'No figures.' : scoreboardText(metrics),
    ...(recipe.stopPatience > 0
      ? [
          `Trained ${String(epochs.length)} of ${String(recipe.epochs)} epochs; ` +
            `the weights are those of epoch ${String(bestEpoch(epochs))}, the best on validation rows.`,
        ]
      : []),
    wordTable(words),
    `Written: ${join(out, MODEL_FILE)} and ${join(out, REPORT_FILE)}`,
  ].join('\n\n')}\n`;
}
