/** The page's end of the line to the training worker. */
import { parseTold } from './messages';
import type { Intent, Told } from './protocol';

/** A worker that crashes this often in one visit would crash again. */
const MOST_CRASHES = 3;

/** Speaks with one worker, and starts another when that one crashes. */
export class TrainerClient {
  readonly #listeners = new Set<(told: Told) => void>();
  #worker: Worker;
  #crashes = 0;

  constructor() {
    this.#worker = this.#spawn();
  }

  /** @param transfer buffers of the intent to hand over instead of copying */
  send(intent: Intent, transfer: Transferable[] = []): void {
    this.#worker.postMessage(intent, transfer);
  }

  /** Calls `listener` with all that is told from now on; the returned function ends that. */
  onTold(listener: (told: Told) => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  #spawn(): Worker {
    const worker = new Worker(new URL('./trainer.worker.ts', import.meta.url), { type: 'module' });
    worker.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      if (worker === this.#worker) this.#hear(data);
    });
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      if (worker === this.#worker) this.#replace(event.message);
    });
    return worker;
  }

  #hear(message: unknown): void {
    let told: Told;
    try {
      told = parseTold(message);
    } catch (error) {
      this.#tell({ type: 'trouble', reason: String(error), fatal: false });
      return;
    }
    this.#tell(told);
  }

  #replace(why: string): void {
    this.#worker.terminate();
    this.#crashes++;
    const again = this.#crashes < MOST_CRASHES;
    if (again) this.#worker = this.#spawn();
    const reason =
      why === '' ? 'The training worker crashed' : `The training worker crashed (${why})`;
    this.#tell({ type: 'phase', phase: 'idle' });
    this.#tell({
      type: 'trouble',
      reason: again
        ? `${reason} and was started again; open the run to go on from its last checkpoint.`
        : `${reason} again; reload the page to go on from the last checkpoint.`,
      fatal: true,
    });
  }

  #tell(told: Told): void {
    for (const listener of this.#listeners) listener(told);
  }
}
