/** Trains one run of a sweep as the sweep would: on one thread, to the same bits. */
import type { EngineChoice } from '../../src/engines/engine-choice';
import type { EpochRecord } from '../../src/training/progress';
import type { RunPlan } from '../../src/training/run-plan';
import { trainSweep } from '../../src/training/sweep/train-sweep';
import type { SweepEvent } from '../../src/training/sweep/train-together';
import { startSweepThread } from '../threads/sweep-threads';

type Ended = Exclude<SweepEvent, { type: 'epoch' }>;

/** @throws Error where it was stopped, or the engine cannot be had here */
export async function trainRun(
  plan: RunPlan,
  choice: EngineChoice,
  onEpoch: (record: EpochRecord) => void,
  emitEngine: (reason: string) => void,
  signal: AbortSignal,
): Promise<Ended> {
  const ended: Ended[] = [];
  await trainSweep([plan], {
    choice,
    threads: 1,
    startThread: startSweepThread,
    emit: (event) => {
      if (event.type === 'epoch') onEpoch(event.record);
      else ended.push(event);
    },
    emitEngine,
    signal,
  });
  const [end] = ended;
  if (end === undefined) throw new Error('The run was stopped.');
  return end;
}
