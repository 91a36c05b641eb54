/** Has the runs of a sweep trained by workers on other machines. */
import { InputError } from '../../src/base/input-error';
import type { SafeData } from '../../src/data/rows';
import type { Sweep } from '../../src/training/sweep/sweep';
import { untilSignal } from '../signals';
import { loadQueue } from './load-queue';
import type { SweepQueue } from './sweep';
import type { SweepListener } from './sweep-listener';

/**
 * Returns when all runs have ended. A signal ends the process and leaves the runs in the queue.
 *
 * @throws InputError where queue or store cannot be had
 */
export async function sweepByQueue(
  of: { readonly sweep: Sweep; readonly words: readonly string[]; readonly data: SafeData },
  { address, sendsRows, cancels }: SweepQueue,
  { emit, emitEngine, note }: SweepListener,
): Promise<void> {
  const { followSweep } = await loadQueue();
  if (!cancels) {
    note(
      sendsRows
        ? `The numbers of ${String(of.data.rows.length)} rows (settings, words and contributors' numbers, nothing of the personal columns) go into the store until the sweep has ended, and leave this machine where that is elsewhere.`
        : 'No rows leave this machine: workers that were started with the same --data take the runs.',
    );
  }
  emitEngine('Workers of the queue train the runs, each on what its machine has.');
  await untilSignal((signal) =>
    followSweep({
      ...of,
      sendsRows,
      cancels,
      queue: address,
      environment: process.env,
      emit,
      note,
      signal,
    }),
  );
}

interface QueueOptions {
  readonly queue?: string | undefined;
  readonly 'send-rows': boolean;
  readonly cancel: boolean;
  readonly engine?: string | undefined;
  readonly threads?: string | undefined;
}

/** @throws InputError where something does not go with a queue, or asks for what needs one */
export function queueOf(options: QueueOptions, sweeps: boolean): SweepQueue | null {
  const address = options.queue;
  if (address === undefined) {
    const option = options.cancel ? 'cancel' : options['send-rows'] ? 'send-rows' : null;
    if (option === null) return null;
    throw new InputError(`Option '--${option}' is for workers of a queue: name it by --queue.`);
  }
  if (!sweeps) throw new InputError("Option '--queue' is for the runs of --sweep or --folds.");
  if (options.engine !== 'auto' || options.threads !== undefined) {
    throw new InputError(
      "Options '--engine' and '--threads' do not go with --queue: each worker is told its own.",
    );
  }
  return { address, sendsRows: options['send-rows'], cancels: options.cancel };
}
