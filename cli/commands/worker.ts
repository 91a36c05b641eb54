/** `warmbright worker`: trains runs of sweeps that other machines ask for. */
import { availableParallelism } from 'node:os';
import { ENGINE_CHOICES } from '../../src/engines/engine-choice';
import { InputError } from '../../src/base/input-error';
import { DATA_HELP, DATA_OPTIONS } from '../options/data-options';
import { readData } from '../options/files';
import { needed, numberOr, readOptions, threadsOr } from '../options/options';
import type { Output } from '../output';
import { untilSignal } from '../signals';
import { fusedWasmHost } from '../threads/fused-wasm-host';
import { loadQueue } from './load-queue';
import { trainRun } from './train-run';

/** WebGPU needs the page, which reads data files and not rows from a store. */
const CHOICES = ENGINE_CHOICES.filter((choice) => !choice.endsWith('webgpu'));

const HELP = `npm run cli -- worker --queue ADDRESS [options]

Takes runs from a queue that "train --sweep FILE --queue ADDRESS" has filled, trains them, and puts the
models into the store that the environment names as it does for the share server (DATA_DIR, a folder
that all machines see, or S3_ENDPOINT, S3_BUCKET, S3_REGION and the key). Any number of workers may do
so on any number of machines. Goes on until Ctrl-C, which gives its runs back to the queue.

  --queue ADDRESS   a Redis: redis://[user:password@]host[:port][/db], or rediss:// for TLS
  --data FILE       take the runs on this file's rows, which lie in no store; left out: those whose
                    rows were sent (--send-rows)
  --threads N       how many runs to train at once (default: as many as the processor has cores)
  --engine NAME     ${CHOICES.join(', ')}
                    (default auto: the fastest in this process)
  --lost-after S    seconds without a sign of this worker after which its runs are given to others,
                    3 to 3600 (default 30)
${DATA_HELP}`;

/** Runs the command, until a signal ends it. */
export async function worker(args: readonly string[], output: Output): Promise<void> {
  const options = readOptions(
    args,
    HELP,
    {
      queue: { type: 'string' },
      data: { type: 'string' },
      threads: { type: 'string' },
      engine: { type: 'string', default: 'auto' },
      'lost-after': { type: 'string' },
      ...DATA_OPTIONS,
    },
    output,
  );
  if (options === null) return;
  const queue = needed('--queue', options.queue);
  const engine = CHOICES.find((name) => name === options.engine);
  if (engine === undefined) {
    throw new InputError(
      `Option '--engine' is one of ${CHOICES.join(', ')}, not "${options.engine}".`,
    );
  }
  const slots = threadsOr(availableParallelism(), options.threads);
  const lostAfter = numberOr(30, '--lost-after', options['lost-after']);
  if (lostAfter < 3 || lostAfter > 3600) {
    throw new InputError("Option '--lost-after' is a number of seconds from 3 to 3600.");
  }
  const { serveRuns } = await loadQueue();
  const data = options.data === undefined ? null : await readData(options.data, options, output);
  // Compiles the engine, so that the threads find it.
  await fusedWasmHost(1);
  let engineNamed = '';
  const emitEngine = (reason: string): void => {
    if (reason !== engineNamed) output.note(reason);
    engineNamed = reason;
  };
  await untilSignal((signal) =>
    serveRuns({
      queue,
      environment: process.env,
      data,
      slots,
      lostAfterMs: lostAfter * 1000,
      train: (plan, onEpoch, stop) => trainRun(plan, engine, onEpoch, emitEngine, stop),
      note: output.note,
      signal,
    }),
  );
}
