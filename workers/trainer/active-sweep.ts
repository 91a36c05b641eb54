/** The sweep that trains in threads beside the worker: what it tells, and its runs being saved. */
import type { EngineChoice } from '../../src/engines/engine-choice';
import type { Model } from '../../src/model/model';
import { saveNewRun } from '../../src/storage/runs';
import { summaryOf } from '../../src/storage/summary-of';
import { readCheckpoint } from '../../src/training/checkpoint';
import type { SweepRun } from '../../src/training/sweep/sweep';
import { trainSweep } from '../../src/training/sweep/train-sweep';
import type { SweepEvent } from '../../src/training/sweep/train-together';
import type { RunPlan } from '../../src/training/run-plan';
import { copyOfMap } from './copy-map';
import type { TrainerEvent } from './messages';
import { startSweepThread, threadsHere } from '../threads/sweep-threads';
import { reasonOf, type Emit } from './emit';

/** Epochs are told together, as often as a page draws something new. */
const INTERVAL_MS = 1000 / 12;

export interface SweepContext {
  readonly emit: Emit;
  /** The list of saved runs has changed. */
  readonly listChanged: () => Promise<void>;
}

export class ActiveSweep {
  readonly #runs: readonly SweepRun[];
  readonly #plans: readonly RunPlan[];
  readonly #context: SweepContext;
  readonly #stop = new AbortController();
  #ended = false;
  #epochs: Extract<TrainerEvent, { type: 'sweep-epochs' }>['epochs'] = [];
  #emittedAt = 0;
  /** Runs are saved and told one after the other; training goes on beside that. */
  #saving: Promise<void> = Promise.resolve();
  /** Whether the page knows that runs are not saved any more. */
  #unsaved = false;

  constructor(runs: readonly SweepRun[], plans: readonly RunPlan[], context: SweepContext) {
    this.#runs = runs;
    this.#plans = plans;
    this.#context = context;
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** Trains all runs. Whatever happens is told; nothing is thrown. */
  async train(choice: EngineChoice): Promise<void> {
    const { emit, listChanged } = this.#context;
    emit({ type: 'sweep', runs: [...this.#runs], words: [...(this.#plans[0]?.set.words ?? [])] });
    const { signal } = this.#stop;
    try {
      await trainSweep(this.#plans, {
        choice,
        threads: threadsHere(),
        startThread: startSweepThread,
        signal,
        emit: (event) => {
          this.#handle(event);
        },
        emitEngine: (reason) => {
          emit({ type: 'sweep-engine', reason });
        },
      });
    } catch (error) {
      emit({ type: 'trouble', reason: reasonOf(error), fatal: false });
    }
    this.#emitEpochs();
    await this.#saving;
    this.#ended = true;
    emit({ type: 'sweep-ended', stopped: signal.aborted });
    await listChanged();
  }

  /** Ends the training at once; runs that have finished stand. */
  stop(): void {
    this.#stop.abort();
  }

  #handle(event: SweepEvent): void {
    const { run } = event;
    switch (event.type) {
      case 'epoch':
        this.#epochs.push({ run, record: event.record });
        if (performance.now() - this.#emittedAt >= INTERVAL_MS) this.#emitEpochs();
        return;
      case 'finished': {
        this.#emitEpochs();
        const { file } = event;
        this.#saving = this.#saving
          .then(() => this.#finish(run, file))
          .catch((error: unknown) => {
            this.#fail(run, reasonOf(error));
          });
        return;
      }
      case 'failed':
        this.#emitEpochs();
        this.#fail(run, event.reason);
    }
  }

  #fail(run: number, reason: string): void {
    this.#context.emit({ type: 'sweep-failed', run, reason });
  }

  #emitEpochs(): void {
    this.#emittedAt = performance.now();
    if (this.#epochs.length === 0) return;
    this.#context.emit({ type: 'sweep-epochs', epochs: this.#epochs });
    this.#epochs = [];
  }

  /** Keeps a finished run as any other, and tells of it. */
  async #finish(run: number, file: Uint8Array): Promise<void> {
    const { model } = readCheckpoint(file);
    const { map } = model;
    const scoreboard = model.document.run?.scoreboard;
    if (map === null || scoreboard == null) throw new Error('A finished run has no figures.');
    const id = await this.#save(model, file);
    const copy = copyOfMap(map);
    this.#context.emit(
      { type: 'sweep-run', run, id, scoreboard, map: copy },
      Object.values(copy).map(({ buffer }) => buffer),
    );
  }

  /** @returns the saved run's id; null where there was no room, which is said once */
  async #save(model: Model, file: Uint8Array): Promise<string | null> {
    const { run } = model.document;
    if (run === null) return null;
    const id = crypto.randomUUID();
    try {
      await saveNewRun(
        summaryOf(model, {
          id,
          savedAt: Date.now(),
          plannedEpochs: run.recipe.epochs,
          finished: true,
          bytes: file.length,
        }),
        file,
      );
      return id;
    } catch (error) {
      if (!this.#unsaved) {
        this.#context.emit({ type: 'trouble', reason: reasonOf(error), fatal: false });
      }
      this.#unsaved = true;
      return null;
    }
  }
}
