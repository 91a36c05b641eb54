/** Saves a run's checkpoints, and tells the page of it. */
import type { SavedAs } from '../../src/storage/run-records';
import type { RunSummary } from '../../src/storage/run-summary';
import { saveRun } from '../../src/storage/runs';
import { reasonOf, type Emit } from './emit';

/** What is kept of a run already. */
export interface Kept {
  /** What it was last saved as; null for a run that is new. */
  readonly savedAs: SavedAs | null;
  /** Keeps the data set, before the run is first saved; null where it is kept already. */
  readonly keepData: (() => Promise<void>) | null;
}

interface SavingContext {
  readonly emit: Emit;
  /** The list of saved runs has changed. */
  readonly listChanged: () => Promise<void>;
}

export class RunSaving {
  readonly #context: SavingContext;
  #savedAs: Kept['savedAs'];
  #keepData: Kept['keepData'];
  /** Whether the list of runs that the page has seen has this run. */
  #listed = false;
  /** Whether the page knows that checkpoints are not saved any more. */
  #unsaved = false;

  constructor({ savedAs, keepData }: Kept, context: SavingContext) {
    this.#savedAs = savedAs;
    this.#keepData = keepData;
    this.#context = context;
  }

  /** It is stored under this name now. */
  rename(name: string): void {
    if (this.#savedAs !== null) this.#savedAs = { ...this.#savedAs, name };
  }

  /**
   * Saves a checkpoint. Where there is no room, training goes on and the one before stands.
   *
   * @param summary what it is saved as
   * @param bytes   of the checkpoint
   * @returns what it is saved as now; null where it could not be
   */
  async save(summary: RunSummary, bytes: Uint8Array): Promise<SavedAs | null> {
    const { id, epochs, finished } = summary;
    const { emit, listChanged } = this.#context;
    await this.#keepData?.();
    this.#keepData = null;
    try {
      this.#savedAs = await saveRun(summary, bytes, this.#savedAs);
    } catch (error) {
      if (!this.#unsaved || finished)
        emit({ type: 'trouble', reason: reasonOf(error), fatal: false });
      this.#unsaved = true;
      return null;
    }
    if (this.#unsaved) {
      const text = `There is room again: the run is saved as of epoch ${String(epochs)}.`;
      emit({ type: 'library-notice', kind: 'success', text });
    }
    this.#unsaved = false;
    emit({ type: 'saved', id, epoch: epochs });
    if (!this.#listed || finished) await listChanged();
    this.#listed = true;
    return this.#savedAs;
  }
}
