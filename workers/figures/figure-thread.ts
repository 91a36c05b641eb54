/** The training worker's side of the thread that takes figures. */
import type { ScorerPlan } from '../../src/analysis/scoreboard/scoreboard';
import { figuresHere, type FigureTaker } from '../../src/training/figures';
import type { WorkerRole } from '../shared/start-worker';
import { packPlan, type FigureAnswer, type FigureRequest, type ToFigures } from './figure-messages';

/** What a thread is asked by; a {@link Worker} is one. */
export type FigureWorker = Pick<Worker, 'postMessage' | 'terminate' | 'addEventListener'>;

/** To be called in a worker, whose own script is started again in another role. */
function startFigureWorker(): FigureWorker {
  const name: WorkerRole = 'figures';
  return new Worker(self.location.href, { type: 'module', name });
}

interface Asked {
  readonly request: FigureRequest;
  readonly resolve: (answer: FigureAnswer) => void;
}

/**
 * One thread for run after run. What an earlier run still waits for is given up when the next one
 * begins; a thread that crashes is replaced by this one.
 */
export class FigureThread {
  readonly #start: () => FigureWorker;
  #worker: FigureWorker | null = null;
  /** Not yet answered, the oldest first. */
  #asked: Asked[] = [];
  #crashed = false;

  constructor(start: () => FigureWorker = startFigureWorker) {
    this.#start = start;
  }

  /** Takes the figures of a run. Its rows are sent when figures are first asked for. */
  open(plan: ScorerPlan): FigureTaker {
    this.giveUp();
    const here = figuresHere(plan);
    let sent = false;
    const ask = async (request: FigureRequest): Promise<FigureAnswer> => {
      if (this.#crashed) return { type: 'failed', reason: '' };
      if (!sent) this.#post({ type: 'plan', plan: packPlan(plan) });
      sent = true;
      return new Promise((resolve) => {
        this.#asked.push({ request, resolve });
        this.#post(request);
      });
    };
    return {
      measure: async (outcome) => {
        const answer = await ask({ type: 'measure', outcome });
        return answer.type === 'measure' ? answer.scoreboard : here.measure(outcome);
      },
      clusters: async () => {
        const answer = await ask({ type: 'clusters' });
        return answer.type === 'clusters' ? answer.clusters : here.clusters();
      },
    };
  }

  /** Forgets what is under way; nobody waits for it any more. */
  giveUp(): void {
    if (this.#asked.length === 0) return;
    this.#worker?.terminate();
    this.#worker = null;
    this.#asked = [];
  }

  #post(message: ToFigures): void {
    this.#worker ??= this.#begin();
    this.#worker.postMessage(message);
  }

  #begin(): FigureWorker {
    const worker = this.#start();
    worker.addEventListener('message', ({ data }: MessageEvent<FigureAnswer>) => {
      this.#asked.shift()?.resolve(data);
    });
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      if (worker !== this.#worker) return;
      this.#crashed = true;
      worker.terminate();
      for (const { resolve } of this.#asked) resolve({ type: 'failed', reason: event.message });
      this.#asked = [];
    });
    return worker;
  }
}
