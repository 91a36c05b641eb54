/** Many runs at once, each on a seat of its own, from one queue. */
import { EngineLostError, type Engine } from '../../engines/engine';
import { writeCheckpoint } from '../checkpoint';
import type { EpochRecord } from '../progress';
import type { RunPlan } from '../run-plan';
import { prepareRun } from '../trainer';

/** Where one run at a time is trained: an engine, here or in another thread. */
export interface Seat {
  /**
   * Trains a whole run.
   *
   * @returns the bytes of the run's last checkpoint
   * @throws InputError where the run cannot go on; the seat can take another
   * @throws EngineLostError when the device is gone; the seat cannot be used any more
   */
  train(
    plan: RunPlan,
    onEpoch: (record: EpochRecord) => void,
    signal: AbortSignal,
  ): Promise<Uint8Array<ArrayBuffer>>;
  /** No run is left for this seat: those that train in step do not wait for it any more. */
  close(): void;
}

/** One run of many, and the number that what is told of it bears. */
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

/** What seats that were lost leave behind. */
export interface Lost {
  /** Runs to be trained elsewhere, from their beginning. */
  readonly jobs: readonly Job[];
  readonly reason: string;
}

/**
 * Trains runs, as many at once as there are seats; the others wait for their turn. A run that
 * cannot go on is told as failed, and the others go on. Each gives the bits that it gives alone,
 * but for how its map is turned (see {@link prepareRun}).
 *
 * @param seats  taken as they become ready, and closed when no run is left for them; null is none
 * @param signal stops between two epochs; nothing is told any more then
 * @returns what is left to be trained where devices were lost, else null
 */
export async function trainTogether(
  jobs: readonly Job[],
  seats: readonly (Seat | Promise<Seat | null>)[],
  tell: (event: SweepEvent) => void,
  signal: AbortSignal,
): Promise<Lost | null> {
  const waiting = [...jobs];
  const unfinished: Job[] = [];
  let reason = '';
  await Promise.all(
    seats.map(async (ready) => {
      const seat = await ready;
      if (seat === null) return;
      let job: Job | undefined;
      while (!signal.aborted && (job = waiting.shift()) !== undefined) {
        const loss = await trainOne(job, seat, tell, signal);
        if (loss === null) continue;
        unfinished.push(job);
        reason = loss.message;
        break;
      }
      seat.close();
    }),
  );
  if (signal.aborted || reason === '') return null;
  return { jobs: [...unfinished, ...waiting].sort((a, b) => a.run - b.run), reason };
}

/** @returns the error when the seat was lost */
async function trainOne(
  { run, plan }: Job,
  seat: Seat,
  tell: (event: SweepEvent) => void,
  signal: AbortSignal,
): Promise<EngineLostError | null> {
  const told = (event: SweepEvent): void => {
    if (!signal.aborted) tell(event);
  };
  try {
    const onEpoch = (record: EpochRecord): void => {
      told({ type: 'epoch', run, record });
    };
    told({ type: 'finished', run, file: await seat.train(plan, onEpoch, signal) });
  } catch (error) {
    if (error instanceof EngineLostError) return error;
    told({ type: 'failed', run, reason: error instanceof Error ? error.message : String(error) });
  }
  return null;
}

/** A seat on an engine of this thread, which it disposes of. */
export function engineSeat(engine: Engine): Seat {
  return {
    train: async (plan, onEpoch, signal) => {
      // Map and figures are wanted of finished runs only.
      const run = await prepareRun(plan, engine, null, { follow: false });
      while (!run.finished) {
        signal.throwIfAborted();
        const { record } = await run.nextEpoch();
        onEpoch(record);
      }
      return writeCheckpoint(await run.frame(), await run.progress());
    },
    close: () => {
      engine.dispose();
    },
  };
}
