/** `warmbright report`: what Warmbright reaches on a data set, beside what it is compared with. */
import { availableParallelism } from 'node:os';
import { InputError } from '../../src/base/input-error';
import { readModelFile } from '../../src/model/model-file';
import type { Model } from '../../src/model/model';
import { foldTasks } from '../../src/report/fold-tasks';
import { makeReport } from '../../src/report/report';
import { targetsOf } from '../../src/report/targets';
import { WALK_STEPS } from '../../src/report/settings-part';
import { FIRST_SEED, reportTasks, type Task } from '../../src/report/tasks';
import { trainSweep } from '../../src/training/sweep/train-sweep';
import { DATA_HELP, DATA_OPTIONS } from '../options/data-options';
import { readData } from '../options/files';
import { fusedWasmHost } from '../threads/fused-wasm-host';
import { needed, numberOr, readOptions } from '../options/options';
import type { Output } from '../output';
import { reportText } from '../text/report-text';
import { startSweepThread } from '../threads/sweep-threads';

const MOST_SEEDS = 20;

const HELP = `npm run cli -- report --data FILE [--json] [options]

Trains Warmbright with 2, 3 and 8 dimensions, on two words alone, and Seed V2, each
with several seeds, and prints what they reach on held-out rows (whole contributors) beside principal
components, flat curves, nearest neighbours and medoids: the mean and standard deviation over the
seeds, and which of the project's targets are reached. Nothing is tuned on what is held out.

The seeds' splits share rows, and never hold out who gave most of them. So Warmbright and Seed V2 are
trained in five folds more, which hold everybody out once: accuracy, error and what a word is worth,
counted by rows and by people, with intervals over people.

  --data FILE       the SAFE-DB file (CSV)
  --json            print one JSON document
  --seeds N         how many (default 5), from ${String(FIRST_SEED)} on; each also splits the rows another way
  --epochs N        in place of the recipes' own, for a quick look
  --steps N         how many steps over the map the settings are followed (default ${String(WALK_STEPS)})
  --threads N       runs trained at once (default: one a core)
${DATA_HELP}`;

/** Runs the command; the report goes to standard output, what is done to standard error. */
export async function report(args: readonly string[], output: Output): Promise<void> {
  const options = readOptions(
    args,
    HELP,
    {
      data: { type: 'string' },
      json: { type: 'boolean', default: false },
      seeds: { type: 'string' },
      epochs: { type: 'string' },
      steps: { type: 'string' },
      threads: { type: 'string' },
      ...DATA_OPTIONS,
    },
    output,
  );
  if (options === null) return;
  const seeds = whole('--seeds', options.seeds ?? '5', MOST_SEEDS);
  const epochs =
    options.epochs === undefined
      ? null
      : whole('--epochs', options.epochs, Number.MAX_SAFE_INTEGER);
  const steps = whole('--steps', options.steps ?? String(WALK_STEPS), 100 * WALK_STEPS);
  const threads = whole('--threads', options.threads ?? String(availableParallelism()), 64);
  const data = await readData(needed('--data', options.data), options, output);
  const start = performance.now();
  const tasks = await reportTasks(data, { seeds, epochs });
  const folds = await foldTasks(data, { epochs });
  const models = await trainAll([...tasks, ...folds], threads, output);
  const trained = tasks.flatMap((task, i) =>
    models.slice(i, i + 1).map((model) => ({ ...task, model })),
  );
  const trainedFolds = folds.flatMap((fold, i) =>
    models.slice(tasks.length + i, tasks.length + i + 1).map((trained) => ({ ...fold, trained })),
  );
  const made = await makeReport(trained, trainedFolds, data, { seeds, epochs }, steps);
  const targets = targetsOf(made);
  const seconds = (performance.now() - start) / 1000;
  const document = { ...made, targets, seconds };
  output.print(
    options.json ? `${JSON.stringify(document, null, 2)}\n` : reportText(made, targets, seconds),
  );
}

/**
 * @returns the models, in the tasks' order
 * @throws InputError where a run cannot go on: a report with holes would compare unlike things
 */
async function trainAll(
  tasks: readonly Pick<Task, 'plan'>[],
  threads: number,
  output: Output,
): Promise<Model[]> {
  // Compiles the engine, so that the threads find it.
  await fusedWasmHost(1);
  const trained = new Map<number, Model>();
  const failures: string[] = [];
  await trainSweep(
    tasks.map(({ plan }) => plan),
    {
      choice: 'wasm-1',
      threads,
      startThread: startSweepThread,
      signal: new AbortController().signal,
      emitEngine: (reason) => {
        output.note(reason);
      },
      emit: (event) => {
        const task = tasks[event.run];
        if (task === undefined || event.type === 'epoch') return;
        if (event.type === 'failed') {
          failures.push(`${task.plan.name}: ${event.reason}`);
          return;
        }
        trained.set(event.run, readModelFile(event.file));
        output.note(`${String(trained.size)}/${String(tasks.length)} ${task.plan.name}`);
      },
    },
  );
  const [failure] = failures;
  if (failure !== undefined) throw new InputError(failure);
  return tasks.flatMap((_, run) => trained.get(run) ?? []);
}

function whole(option: string, text: string, most: number): number {
  const number = numberOr(0, option, text);
  if (Number.isInteger(number) && number >= 1 && number <= most) return number;
  throw new InputError(`Option '${option}' takes a whole number from 1 to ${String(most)}.`);
}
