/** The training worker's side of the thread that takes figures. */
import type { ScorerPlan } from '../../src/analysis/scoreboard/scoreboard';
import type { OnShare } from '../../src/base/share';
import { figuresHere, type FigureTaker } from '../../src/training/figures';
import type { WorkerRole } from '../shared/start-worker';
import {
  packPlan,
  type FigureAnswer,
  type FigureRequest,
  type FromFigures,
  type ToFigures,
} from './figure-messages';

/** What a thread is asked by; a {@link Worker} is one. */
export type FigureWorker = Pick<Worker, 'postMessage' | 'terminate' | 'addEventListener'>;

/** To be called in a worker, whose own script is started again in another role. */
function startFigureWorker(): FigureWorker {
  const name: WorkerRole = 'figures';
  return new Worker(self.location.href, { type: 'module', name });
}

interface Asked {
  readonly onShare: OnShare | undefined;
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

  /** Takes the figures of a run. Its rows are sent when a thread is first asked for figures. */
  open(plan: ScorerPlan): FigureTaker {
    this.giveUp();
    const here = figuresHere(plan);
    let sentTo: FigureWorker | null = null;
    const ask = async (request: FigureRequest, onShare?: OnShare): Promise<FigureAnswer> => {
      if (this.#crashed) return { type: 'failed', reason: '' };
      this.#worker ??= this.#begin();
      if (sentTo !== this.#worker) this.#post({ type: 'plan', plan: packPlan(plan) });
      sentTo = this.#worker;
      return new Promise((resolve) => {
        this.#asked.push({ onShare, resolve });
        this.#post(request);
      });
    };
    return {
      measure: async (outcome, onShare) => {
        const answer = await ask({ type: 'measure', outcome }, onShare);
        return answer.type === 'measure' ? answer.scoreboard : here.measure(outcome, onShare);
      },
      clusters: async (onShare) => {
        const answer = await ask({ type: 'clusters' }, onShare);
        return answer.type === 'clusters' ? answer.clusters : here.clusters(onShare);
      },
      cancel: () => {
        this.giveUp();
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
    this.#worker?.postMessage(message);
  }

  #begin(): FigureWorker {
    const worker = this.#start();
    worker.addEventListener('message', ({ data }: MessageEvent<FromFigures>) => {
      // What a thread that was given up has sent before is of no request.
      if (worker !== this.#worker) return;
      if (data.type === 'share') this.#asked[0]?.onShare?.(data.share);
      else this.#asked.shift()?.resolve(data);
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
