/** The page's end of the line to the training worker. */
import { startWorker } from '../shared/start-worker';
import { isTrainerEvent } from './event-types';
import type { Command, TrainerEvent } from './messages';

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

  /** Calls `listener` with all events from now on; the returned function ends that. */
  onEvent(listener: (event: TrainerEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  #spawn(): Worker {
    const worker = startWorker('trainer');
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
    if (isTrainerEvent(message)) {
      this.#emit(message);
    } else {
      const reason = 'The training worker sent a message that this page does not know.';
      this.#emit({ type: 'trouble', reason, fatal: false });
    }
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
