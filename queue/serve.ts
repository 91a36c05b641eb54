/** A worker: takes runs from the queue, trains them and puts their models into the store. */
import { UnrecoverableError, WaitingError, Worker, type Job } from 'bullmq';
import { InputError } from '../src/base/input-error';
import { checked } from '../src/base/checked-json';
import type { SafeData } from '../src/data/rows';
import { readModelFile, writeModelFile } from '../src/model/model-file';
import { readSettings } from '../server/settings';
import { openStorage } from '../server/storage/open-storage';
import type { EpochRecord } from '../src/training/progress';
import type { RunPlan } from '../src/training/run-plan';
import { expandSweep } from '../src/training/sweep/sweep';
import { planSweep } from '../src/training/sweep/train-sweep';
import { Cancelled, connect, queueName } from './connect';
import { asReason, jobSchema, type RunResult, type SweepDefinition } from './messages';
import { readRows } from './rows-file';
import { StoreError, SweepStore } from './sweep-store';

/** How often an epoch is passed on; small models train hundreds of them a second. */
const PROGRESS_MS = 1000;

/** A run that so many workers have vanished with is not given to another. */
const MOST_WORKERS_LOST = 5;

/** A run that training has ended, one way or the other. */
type TrainedRun =
  | { readonly type: 'finished'; readonly file: Uint8Array }
  | { readonly type: 'failed'; readonly reason: string };

export interface Serving {
  /** See {@link connect}. */
  readonly queue: string;
  /** Names the store; see server/settings. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The data whose runs to take; null: those whose rows lie in the store. */
  readonly data: SafeData | null;
  /** How many runs to train at once. */
  readonly slots: number;
  /** After so long without a sign of a worker its run is given to another. */
  readonly lostAfterMs: number;
  /**
   * Trains a run outside this thread, which has to keep in touch with the queue.
   *
   * @throws Error where it cannot be done here but perhaps elsewhere
   */
  readonly train: (
    plan: RunPlan,
    onEpoch: (record: EpochRecord) => void,
    signal: AbortSignal,
  ) => Promise<TrainedRun>;
  /** Takes a sentence on what is being done. */
  readonly note: (sentence: string) => void;
  /** Ends it: runs that are being trained go back to the queue. */
  readonly signal: AbortSignal;
}

/**
 * Takes runs until it is told to end.
 *
 * @throws InputError where the queue or the store cannot be had
 */
export async function serveRuns(serving: Serving): Promise<void> {
  const { data, slots, lostAfterMs, note, signal } = serving;
  const store = new SweepStore(await openStorage(readSettings(serving.environment).store));
  const redis = await connect(serving.queue);
  const sweeps = new Sweeps(store, data);
  const cancelledSweeps = new Cancelled(redis);
  const worker = new Worker<unknown, RunResult>(
    queueName(data?.sha256 ?? null),
    async (job, token, cancelled) => {
      try {
        return await trainJob(
          job,
          { sweeps, store, cancelledSweeps },
          serving,
          cancelled ?? signal,
        );
      } catch (error) {
        if (signal.aborted) {
          await job.moveToWait(token);
          throw new WaitingError();
        }
        note(
          error instanceof CancelledRun
            ? `${job.name}: ${error.message}`
            : `The run ${job.name} cannot be trained here: ${messageOf(error)}`,
        );
        throw error;
      }
    },
    {
      connection: redis,
      concurrency: slots,
      lockDuration: lostAfterMs,
      stalledInterval: lostAfterMs,
      maxStalledCount: MOST_WORKERS_LOST,
    },
  );
  // Somebody else has the run by then.
  worker.on('lockRenewalFailed', (jobs) => {
    for (const job of jobs) worker.cancelJob(job, 'The queue took the run back.');
  });
  let last = '';
  worker.on('error', (error) => {
    if (error.message !== last) note(`The queue: ${error.message}`);
    last = error.message;
  });
  try {
    await worker.waitUntilReady();
    note(
      data === null
        ? 'Takes runs whose rows lie in the store.'
        : 'Takes runs on the data file, and no others.',
    );
    await new Promise<void>((resolve) => {
      const end = (): void => {
        resolve();
      };
      if (signal.aborted) end();
      else signal.addEventListener('abort', end, { once: true });
    });
    const closing = worker.close();
    worker.cancelAllJobs('The worker ends.');
    await closing;
  } finally {
    redis.disconnect();
  }
}

/** Somebody has cancelled its sweep; no other worker is to try it. */
class CancelledRun extends UnrecoverableError {
  override readonly name = 'CancelledRun';
}

/** Where a worker finds what it needs for a run. */
interface Sources {
  readonly sweeps: Sweeps;
  readonly store: SweepStore;
  readonly cancelledSweeps: Cancelled;
}

async function trainJob(
  job: Job<unknown, RunResult>,
  { sweeps, store, cancelledSweeps }: Sources,
  { train, note }: Serving,
  signal: AbortSignal,
): Promise<RunResult> {
  const { sweep, run } = knownJob(job.data);
  if (await cancelledSweeps.has(sweep)) {
    throw new CancelledRun('It was cancelled before it was trained.');
  }
  const { definition, data } = await sweeps.get(sweep);
  const of = expandSweep(definition)[run];
  if (of === undefined) throw new UnrecoverableError('The sweep has no such run.');
  note(`Trains ${of.name}.`);
  const heard: { last: EpochRecord | null } = { last: null };
  let due = 0;
  const cancel = new AbortController();
  const endIfCancelled = async (epoch: number): Promise<void> => {
    if (!(await cancelledSweeps.has(sweep))) return;
    cancel.abort(new CancelledRun(`It was cancelled after epoch ${String(epoch)}.`));
  };
  const onEpoch = (record: EpochRecord): void => {
    heard.last = record;
    if (performance.now() < due) return;
    due = performance.now() + PROGRESS_MS;
    // Whoever asked only watches by these.
    job.updateProgress(record).catch(() => undefined);
    endIfCancelled(record.epoch).catch(() => undefined);
  };
  const stop = AbortSignal.any([signal, cancel.signal]);
  const trained = await trainPlanned(of, definition, data, (plan) =>
    train(plan, onEpoch, stop),
  ).catch((error: unknown) => {
    cancel.signal.throwIfAborted();
    throw error;
  });
  if (trained.type === 'failed') return { type: 'failed', reason: asReason(trained.reason) };
  const { last } = heard;
  if (last === null) throw new Error('The run has had no epoch.');
  const model = await store.putModel(sweep, writeModelFile(readModelFile(trained.file)));
  note(`Done: ${of.name}.`);
  return { type: 'finished', model, last };
}

async function trainPlanned(
  run: ReturnType<typeof expandSweep>[number],
  { words }: SweepDefinition,
  data: SafeData,
  train: (plan: RunPlan) => Promise<TrainedRun>,
): Promise<TrainedRun> {
  let plan: RunPlan | undefined;
  try {
    [plan] = await planSweep([run], data, words);
  } catch (error) {
    // The same rows cannot be split this way elsewhere, either.
    if (error instanceof InputError) return { type: 'failed', reason: error.message };
    throw error;
  }
  if (plan === undefined) throw new Error('The run has no plan.');
  return train(plan);
}

function knownJob(payload: unknown) {
  try {
    return checked(jobSchema, payload, 'What stands in the queue');
  } catch (error) {
    // It will be no better when it is tried again.
    throw new UnrecoverableError(messageOf(error));
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

interface KnownSweep {
  readonly definition: SweepDefinition;
  readonly data: SafeData;
}

/** The sweep that was asked for last with its data, since its runs mostly come one after the other. */
class Sweeps {
  readonly #store: SweepStore;
  readonly #own: SafeData | null;
  #last: { readonly sweep: string; readonly known: Promise<KnownSweep> } | null = null;

  constructor(store: SweepStore, own: SafeData | null) {
    this.#store = store;
    this.#own = own;
  }

  async get(sweep: string): Promise<KnownSweep> {
    if (this.#last?.sweep !== sweep) this.#last = { sweep, known: this.#read(sweep) };
    const { known } = this.#last;
    try {
      return await known;
    } catch (error) {
      // It may be there the next time.
      this.#last = null;
      throw error;
    }
  }

  async #read(sweep: string): Promise<KnownSweep> {
    const definition = await this.#store.definition(sweep);
    const data =
      this.#own ??
      (definition.rows === null ? null : readRows(await this.#store.rows(sweep, definition.rows)));
    if (data?.sha256 !== definition.data) {
      throw new StoreError('The sweep is of other data than this worker has.');
    }
    return { definition, data };
  }
}
