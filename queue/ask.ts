/** Who asks for a sweep: puts its runs on the queue, and follows them to their ends. */
import { setTimeout } from 'node:timers/promises';
import { Queue, QueueEvents, type Job } from 'bullmq';
import type { Redis } from 'ioredis';
import * as v from 'valibot';
import { checked } from '../src/base/checked-json';
import { InputError } from '../src/base/input-error';
import { sha256Hex } from '../src/base/sha256';
import type { SafeData } from '../src/data/rows';
import { readSettings } from '../server/settings';
import { openStorage } from '../server/storage/open-storage';
import { epochSchema } from '../src/training/epoch-schema';
import type { SweepEvent } from '../src/training/sweep/train-together';
import { expandSweep, type Sweep } from '../src/training/sweep/sweep';
import { Cancelled, connect, queueName, REMEMBERED_S } from './connect';
import { asReason, definitionSchema, resultSchema, type RunJob, type RunResult } from './messages';
import { writeRows } from './rows-file';
import { sweepHash, SweepStore } from './sweep-store';

/** Of a run whose worker could not do it, as where it did not reach the store. */
const ATTEMPTS = 3;
const BEFORE_NEXT_ATTEMPT_MS = 1000;
/** The queue's events say what happens at once; looking makes up for those that were missed. */
const LOOK_EVERY_MS = 5000;
const PROGRESS_EVERY_MS = 10_000;

export interface AskedSweep {
  readonly sweep: Sweep;
  readonly words: readonly string[];
  readonly data: SafeData;
  /** Whether the rows go into the store; else only workers that have the file take the runs. */
  readonly sendsRows: boolean;
  /** Whether to take the sweep off the queue, in place of putting it on. */
  readonly cancels: boolean;
  /** See {@link connect}. */
  readonly queue: string;
  /** Names the store; see server/settings. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The file of a finished run is its model file. */
  readonly emit: (event: SweepEvent) => void;
  /** Takes a sentence on how it goes. */
  readonly note: (sentence: string) => void;
  /** Stops following; the runs stay in the queue. */
  readonly signal: AbortSignal;
}

/**
 * Has a sweep trained by workers, and returns when every run has ended, or when it is stopped. A sweep
 * that was asked for before is followed from where it is by now. One that is cancelled has ended once its
 * waiting runs are taken off and its workers have left the others, at their next epoch; what ended before
 * is told as ever.
 *
 * @throws InputError where the queue or the store cannot be had, or there is nothing to cancel
 */
export async function followSweep(asked: AskedSweep): Promise<void> {
  const { sweep, words, data, sendsRows, cancels } = asked;
  const store = new SweepStore(await openStorage(readSettings(asked.environment).store));
  const redis = await connect(asked.queue);
  try {
    const rows = sendsRows ? writeRows(data) : null;
    const described = {
      version: 1,
      ...sweep,
      words,
      data: data.sha256,
      rows: rows === null ? null : await sha256Hex(rows),
    };
    const definition = checked(definitionSchema, described, 'The sweep');
    const id = cancels ? await sweepHash(definition) : await store.putDefinition(definition);
    if (rows !== null && !cancels) await store.putRows(id, rows);
    const follower = new Follower(id, asked, store, redis);
    const ended = await follower.follow();
    // Nothing is left to train on them.
    if (ended && rows !== null) await store.removeRows(id);
  } finally {
    redis.disconnect();
  }
}

class Follower {
  readonly #sweep: string;
  readonly #asked: AskedSweep;
  readonly #store: SweepStore;
  readonly #redis: Redis;
  readonly #cancelled: Cancelled;
  readonly #queue: Queue<RunJob, RunResult>;
  readonly #events: QueueEvents;
  readonly #labels: readonly string[];
  /** Runs that have not ended yet. */
  readonly #open: Set<number>;
  /** The last epoch heard of each run that is being trained. */
  readonly #epochs = new Map<number, number>();
  /** Results that are being fetched. */
  readonly #fetching = new Set<Promise<void>>();
  readonly #allEnded = new AbortController();
  #progressDue = performance.now() + PROGRESS_EVERY_MS;

  constructor(sweep: string, asked: AskedSweep, store: SweepStore, redis: Redis) {
    this.#sweep = sweep;
    this.#asked = asked;
    this.#store = store;
    this.#redis = redis;
    this.#cancelled = new Cancelled(redis);
    this.#labels = expandSweep(asked.sweep).map(({ label }) => label);
    this.#open = new Set(this.#labels.keys());
    const name = queueName(asked.sendsRows ? null : asked.data.sha256);
    this.#queue = new Queue(name, { connection: redis });
    this.#events = new QueueEvents(name, { connection: redis });
    // Connections come back by themselves, and nothing is missed by then.
    this.#queue.on('error', () => undefined);
    this.#events.on('error', () => undefined);
  }

  /** @returns whether all runs have ended */
  async follow(): Promise<boolean> {
    const { signal, note, cancels } = this.#asked;
    try {
      this.#listen();
      await this.#events.waitUntilReady();
      await (cancels ? this.#cancel() : this.#add());
      if (!cancels && (await this.#queue.getWorkersCount().catch(() => 1)) === 0) {
        note('No worker takes runs from this queue yet; "npm run cli -- worker" starts one.');
      }
      const stop = AbortSignal.any([signal, this.#allEnded.signal]);
      while (!stop.aborted) {
        await this.#look();
        await setTimeout(LOOK_EVERY_MS, undefined, { signal: stop }).catch(() => undefined);
      }
      await Promise.all(this.#fetching);
      if (signal.aborted) {
        note(
          cancels
            ? 'The sweep is cancelled, but not all of its workers have been heard of since.'
            : 'The runs stay in the queue; the same command follows them again, and takes them off with --cancel.',
        );
      }
      return this.#open.size === 0;
    } finally {
      await this.#events.close();
      await this.#queue.close();
    }
  }

  #listen(): void {
    this.#events.on('completed', ({ jobId, returnvalue }) => {
      this.#end(this.#runOf(jobId), returnvalue);
    });
    this.#events.on('failed', ({ jobId, failedReason }) => {
      this.#end(this.#runOf(jobId), { type: 'failed', reason: asReason(failedReason) });
    });
    this.#events.on('stalled', ({ jobId }) => {
      const run = this.#runOf(jobId);
      if (run === null) return;
      this.#epochs.delete(run);
      this.#asked.note(
        `${this.#labels[run] ?? ''} begins anew, since its worker is not heard of any more.`,
      );
    });
    this.#events.on('progress', ({ jobId, data }) => {
      const run = this.#runOf(jobId);
      const record = v.safeParse(epochSchema, data);
      if (run === null || !record.success) return;
      this.#asked.emit({ type: 'epoch', run, record: record.output });
      this.#epochs.set(run, record.output.epoch);
      this.#noteProgress();
    });
  }

  /** Has workers end the runs they are training; those that wait are taken off when they are looked at. */
  async #cancel(): Promise<void> {
    if ((await this.#jobs()).every((job) => job === undefined)) {
      throw new InputError(
        'No run of this sweep is in the queue: cancel it by the very command that asked for it, with --cancel.',
      );
    }
    await this.#cancelled.set(this.#sweep);
    this.#asked.note(
      'Runs that wait are taken off the queue; those that are being trained end at their next epoch.',
    );
  }

  /** Puts in what is not there yet, and has what workers could not do tried again. */
  async #add(): Promise<void> {
    const jobs = this.#labels.map((label, run) => ({
      name: label,
      data: { sweep: this.#sweep, run },
      opts: {
        jobId: this.#jobId(run),
        attempts: ATTEMPTS,
        backoff: { type: 'exponential', delay: BEFORE_NEXT_ATTEMPT_MS },
        removeOnComplete: { age: REMEMBERED_S },
        removeOnFail: { age: REMEMBERED_S },
      },
    }));
    await this.#cancelled.clear(this.#sweep);
    await this.#queue.addBulk(jobs);
    for (const job of await this.#jobs()) {
      if (job !== undefined && (await job.isFailed())) await job.retry('failed');
    }
  }

  /** The jobs of runs that have not ended; undefined for those that somebody has removed. */
  #jobs(): Promise<(Job<RunJob, RunResult> | undefined)[]> {
    return Promise.all([...this.#open].map((run) => this.#queue.getJob(this.#jobId(run))));
  }

  /** Takes the results of runs that ended unheard. */
  async #look(): Promise<void> {
    const open = [...this.#open];
    for (const [at, job] of (await this.#jobs()).entries()) {
      const run = open[at] ?? -1;
      if (job === undefined) {
        this.#end(run, { type: 'failed', reason: 'Somebody has removed the run from the queue.' });
      } else if (job.finishedOn !== undefined) {
        const failed = await job.isFailed();
        this.#end(
          run,
          failed ? { type: 'failed', reason: asReason(job.failedReason) } : job.returnvalue,
        );
      } else if (this.#asked.cancels && (await this.#takeOff(job))) {
        this.#end(run, { type: 'failed', reason: 'It was cancelled before it was trained.' });
      }
    }
  }

  /**
   * Removes a job that no worker holds, which may be one that its worker has vanished from.
   *
   * @returns whether it is gone; one that is held ends by its worker, and one that has ended is kept
   */
  async #takeOff(job: Job<RunJob, RunResult>): Promise<boolean> {
    const lock = `${this.#queue.toKey(job.id ?? '')}:lock`;
    if ((await this.#redis.exists(lock)) === 1) return false;
    // A run ends and its lock goes in one step, so one that has ended by now is seen here.
    if (['completed', 'failed'].includes(await job.getState())) return false;
    return job.remove().then(
      () => true,
      // A worker has just taken it.
      () => false,
    );
  }

  #jobId(run: number): string {
    return `${this.#sweep}-${String(run)}`;
  }

  /** null where the job is of another sweep, or has been counted. */
  #runOf(jobId: string): number | null {
    const run = Number(/-(\d{1,3})$/.exec(jobId)?.[1] ?? NaN);
    return this.#open.has(run) && jobId === this.#jobId(run) ? run : null;
  }

  /** Counts a run, once. */
  #end(run: number | null, result: unknown): void {
    if (run === null || !this.#open.delete(run)) return;
    this.#epochs.delete(run);
    const fetching = this.#fetch(run, result)
      .catch((error: unknown): SweepEvent => {
        const reason = error instanceof Error ? error.message : String(error);
        return { type: 'failed', run, reason };
      })
      .then((event) => {
        this.#asked.emit(event);
        this.#fetching.delete(fetching);
        if (this.#open.size === 0 && this.#fetching.size === 0) this.#allEnded.abort();
      });
    this.#fetching.add(fetching);
  }

  async #fetch(run: number, result: unknown): Promise<SweepEvent> {
    const ended = checked(resultSchema, result, "The worker's answer");
    if (ended.type === 'failed') return { type: 'failed', run, reason: ended.reason };
    const file = await this.#store.model(this.#sweep, ended.model);
    this.#asked.emit({ type: 'epoch', run, record: ended.last });
    return { type: 'finished', run, file };
  }

  #noteProgress(): void {
    if (performance.now() < this.#progressDue) return;
    this.#progressDue = performance.now() + PROGRESS_EVERY_MS;
    const { epochs } = this.#asked.sweep.recipe;
    const training = [...this.#epochs].map(
      ([run, epoch]) => `${this.#labels[run] ?? ''} ${String(epoch)}/${String(epochs)}`,
    );
    this.#asked.note(`Epochs: ${training.join(', ')}.`);
  }
}
