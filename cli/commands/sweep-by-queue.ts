/** Has the runs of a sweep trained by workers on other machines. */
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
  { address, sendsRows }: SweepQueue,
  { emit, emitEngine, note }: SweepListener,
): Promise<void> {
  const { followSweep } = await loadQueue();
  note(
    sendsRows
      ? `The numbers of ${String(of.data.rows.length)} rows (settings, words and contributors' numbers, nothing of the personal columns) go into the store until the sweep has ended, and leave this machine where that is elsewhere.`
      : 'No rows leave this machine: workers that were started with the same --data take the runs.',
  );
  emitEngine('Workers of the queue train the runs, each on what its machine has.');
  await untilSignal((signal) =>
    followSweep({
      ...of,
      sendsRows,
      queue: address,
      environment: process.env,
      emit,
      note,
      signal,
    }),
  );
}
