/** The page's end of the line to the training worker. */
import { parseEvent } from './messages';
import type { Command, TrainerEvent } from './protocol';

/** A worker that crashes this often in one visit would crash again. */
const MOST_CRASHES = 3;

/** Speaks with one worker, and starts another when that one crashes. */
export class TrainerClient {
  readonly #listeners = new Set<(event: TrainerEvent) => void>();
  #worker: Worker;
  #crashes = 0;

  constructor() {
    this.#worker = this.#spawn();
  }

  /** @param transfer buffers of the command to hand over instead of copying */
  send(command: Command, transfer: Transferable[] = []): void {
    this.#worker.postMessage(command, transfer);
  }

  /** Calls `listener` with all that is told from now on; the returned function ends that. */
  onEvent(listener: (event: TrainerEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  #spawn(): Worker {
    const worker = new Worker(new URL('./trainer.worker.ts', import.meta.url), { type: 'module' });
    worker.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      if (worker === this.#worker) this.#handle(data);
    });
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      if (worker === this.#worker) this.#replace(event.message);
    });
    return worker;
  }

  #handle(message: unknown): void {
    let event: TrainerEvent;
    try {
      event = parseEvent(message);
    } catch (error) {
      this.#emit({ type: 'trouble', reason: String(error), fatal: false });
      return;
    }
    this.#emit(event);
  }

  #replace(why: string): void {
    this.#worker.terminate();
    this.#crashes++;
    const again = this.#crashes < MOST_CRASHES;
    if (again) this.#worker = this.#spawn();
    const reason =
      why === '' ? 'The training worker crashed' : `The training worker crashed (${why})`;
    this.#emit({ type: 'phase', phase: 'idle' });
    this.#emit({
      type: 'trouble',
      reason: again
        ? `${reason} and was started again; open the run to go on from its last checkpoint.`
        : `${reason} again; reload the page to go on from the last checkpoint.`,
      fatal: true,
    });
  }

  #emit(event: TrainerEvent): void {
    for (const listener of this.#listeners) listener(event);
  }
}
