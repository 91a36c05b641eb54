/** The page's end of the line to the training worker. */
import { startWorker } from '../shared/start-worker';
import { isServed, isTrainerEvent } from './event-types';
import { AnswerWatch } from './answer-watch';
import type { Command, Phase, TrainerEvent } from './messages';

const SILENT =
  'The training worker has not answered for nearly a minute. It may be busy with something very large; if it does not go on soon, reload the page: what was saved last stands.';

/** In which phases a worker that is well says something again and again. */
const WORKING: Readonly<Record<Phase, boolean>> = {
  idle: false,
  preparing: true,
  training: true,
  pausing: true,
  paused: false,
  stopping: true,
  done: false,
};

/** A worker that crashes this often in one visit would crash again. */
const MOST_CRASHES = 3;

/** Speaks with one worker, and starts another when that one crashes. */
export class TrainerClient {
  readonly #listeners = new Set<(event: TrainerEvent) => void>();
  readonly #watch = new AnswerWatch(() => {
    this.#emit({ type: 'trouble', reason: SILENT, fatal: false });
  });
  #worker: Worker;
  #crashes = 0;

  constructor() {
    this.#worker = this.#spawn();
  }

  /** @param transfer buffers of the command to hand over instead of copying */
  send(command: Command, transfer: Transferable[] = []): void {
    this.#watch.asked();
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
    if (isServed(message)) {
      this.#watch.heard({ served: true });
    } else if (isTrainerEvent(message)) {
      this.#watch.heard(message.type === 'phase' ? { working: WORKING[message.phase] } : {});
      this.#emit(message);
    } else {
      const reason = 'The training worker sent a message that this page does not know.';
      this.#emit({ type: 'trouble', reason, fatal: false });
    }
  }

  #replace(why: string): void {
    this.#worker.terminate();
    this.#watch.reset();
    this.#crashes++;
    const again = this.#crashes < MOST_CRASHES;
    if (again) this.#worker = this.#spawn();
    const reason =
      why === '' ? 'The training worker crashed' : `The training worker crashed (${why})`;
    this.#emit({ type: 'phase', phase: 'idle' });
    this.#emit({ type: 'measuring', share: null });
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
