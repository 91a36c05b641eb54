/** Many runs at once, each on a slot of its own, from one queue. */
import { EngineLostError, type Engine } from '../../engines/engine';
import { writeCheckpoint } from '../checkpoint';
import type { EpochRecord } from '../progress';
import {
  mostFrames,
  timelineEpochs,
  withScoreboard,
  type TimelineFrame,
} from '../../timeline/timeline';
import { packToFit } from '../../timeline/timeline-file';
import type { RunPlan } from '../run-plan';
import { prepareRun } from '../prepare-run';

/** Frames of a run's timeline: each costs as much as a few hundredths of an epoch. */
const MOST_FRAMES = 16;

/** Where one run at a time is trained: an engine, here or in another thread. */
export interface Slot {
  /**
   * Trains a whole run.
   *
   * @returns the bytes of the run's last checkpoint
   * @throws InputError where the run cannot go on; the slot can take another
   * @throws EngineLostError when the device is gone; the slot cannot be used any more
   */
  train(
    plan: RunPlan,
    onEpoch: (record: EpochRecord) => void,
    signal: AbortSignal,
  ): Promise<Uint8Array<ArrayBuffer>>;
  /** No run is left for this slot: those that train in step do not wait for it any more. */
  close(): void;
}

/** One run of a sweep, and its index, which its events carry. */
export interface Job {
  readonly run: number;
  readonly plan: RunPlan;
}

/** What happens while many runs are trained. */
export type SweepEvent =
  /** A run begins anew at epoch 1 when its device was lost. */
  | { readonly type: 'epoch'; readonly run: number; readonly record: EpochRecord }
  /** `file` is the run's last checkpoint. */
  | { readonly type: 'finished'; readonly run: number; readonly file: Uint8Array<ArrayBuffer> }
  | { readonly type: 'failed'; readonly run: number; readonly reason: string };

/** What slots that were lost leave behind. */
export interface Lost {
  /** Runs to be trained elsewhere, from their beginning. */
  readonly jobs: readonly Job[];
  readonly reason: string;
}

/**
 * Trains runs, as many at once as there are slots; the others wait for their turn. A run that
 * cannot go on is told as failed, and the others go on. Each gives the bits that it gives alone,
 * but for how its map is turned (see {@link prepareRun}).
 *
 * @param slots  taken as they become ready, and closed when no run is left for them; null is none
 * @param signal stops between two epochs; nothing is told any more then
 * @returns what is left to be trained where devices were lost, else null
 */
export async function trainTogether(
  jobs: readonly Job[],
  slots: readonly (Slot | Promise<Slot | null>)[],
  emit: (event: SweepEvent) => void,
  signal: AbortSignal,
): Promise<Lost | null> {
  const waiting = [...jobs];
  const unfinished: Job[] = [];
  let reason = '';
  await Promise.all(
    slots.map(async (ready) => {
      const slot = await ready;
      if (slot === null) return;
      let job: Job | undefined;
      while (!signal.aborted && (job = waiting.shift()) !== undefined) {
        const loss = await trainOne(job, slot, emit, signal);
        if (loss === null) continue;
        unfinished.push(job);
        reason = loss.message;
        break;
      }
      slot.close();
    }),
  );
  if (signal.aborted || reason === '') return null;
  return { jobs: [...unfinished, ...waiting].sort((a, b) => a.run - b.run), reason };
}

/** @returns the error when the slot was lost */
async function trainOne(
  { run, plan }: Job,
  slot: Slot,
  emit: (event: SweepEvent) => void,
  signal: AbortSignal,
): Promise<EngineLostError | null> {
  const emitUnlessAborted = (event: SweepEvent): void => {
    if (!signal.aborted) emit(event);
  };
  try {
    const onEpoch = (record: EpochRecord): void => {
      emitUnlessAborted({ type: 'epoch', run, record });
    };
    emitUnlessAborted({ type: 'finished', run, file: await slot.train(plan, onEpoch, signal) });
  } catch (error) {
    if (error instanceof EngineLostError) return error;
    emitUnlessAborted({
      type: 'failed',
      run,
      reason: error instanceof Error ? error.message : String(error),
    });
  }
  return null;
}

/** A slot on an engine of this thread, which it disposes of. */
export function engineSlot(engine: Engine): Slot {
  return {
    train: async (plan, onEpoch, signal) => {
      const { recipe, set } = plan;
      // The map is wanted of a few epochs, and figures of finished runs only.
      const run = await prepareRun(plan, engine, null, { follow: false });
      const most = Math.min(MOST_FRAMES, mostFrames(set.rows.length, set.words.length));
      const planned = new Set(timelineEpochs(recipe.epochs, most));
      const frames: TimelineFrame[] = [await run.snapshot()];
      while (!run.finished) {
        signal.throwIfAborted();
        const { record } = await run.nextEpoch();
        onEpoch(record);
        if (planned.has(record.epoch)) frames.push(await run.snapshot());
      }
      const model = await run.frame();
      const scoreboards = withScoreboard([], model.document.run?.scoreboard ?? null);
      const timeline = await packToFit({ frames, scoreboards });
      return writeCheckpoint(model, await run.progress(), timeline);
    },
    close: () => {
      engine.dispose();
    },
  };
}
