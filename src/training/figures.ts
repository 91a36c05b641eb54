/** What takes a run's figures: in this thread, or in another. */
import { Scorer, type Outcome, type ScorerPlan } from '../analysis/scoreboard/scoreboard';
import { clustersOfWords, type FoundClusters } from '../analysis/word-clusters/word-clusters';
import type { Scoreboard } from '../model/model';

/** Takes the figures of one run's models, and finds the clusters of its words. */
export interface FigureTaker {
  measure(outcome: Outcome): Promise<Scoreboard>;
  /** The same whenever asked. */
  clusters(): Promise<FoundClusters>;
}

/** Takes them in this thread, which they keep busy. */
export function figuresHere(plan: ScorerPlan): FigureTaker {
  let scorer: Scorer | null = null;
  return {
    measure: (outcome) => Promise.resolve((scorer ??= new Scorer(plan)).measure(outcome)),
    clusters: () => Promise.resolve(clustersOfWords(plan.set)),
  };
}

/** A run's figures as they come in. */
export class RunFigures {
  readonly #taker: FigureTaker;
  #scoreboard: Scoreboard | null = null;
  #clusters: FoundClusters | null = null;
  #taking: Promise<void> | null = null;

  constructor(taker: FigureTaker) {
    this.#taker = taker;
  }

  /** The newest; null before the first. */
  get scoreboard(): Scoreboard | null {
    return this.#scoreboard;
  }

  /** null until they have been found. */
  get clusters(): FoundClusters | null {
    return this.#clusters;
  }

  /** Whether some are being taken. */
  get busy(): boolean {
    return this.#taking !== null;
  }

  /** Sets those of a model going; to be called while none are being taken. */
  begin(outcome: Outcome): void {
    this.#taking = this.#take(outcome);
    // Nobody may be waiting for them.
    this.#taking.catch(() => undefined);
  }

  /** Resolves once those that were begun are there; what stood in their way is thrown. */
  async settled(): Promise<void> {
    await this.#taking;
  }

  async #take(outcome: Outcome): Promise<void> {
    try {
      [this.#scoreboard, this.#clusters] = await Promise.all([
        this.#taker.measure(outcome),
        this.#taker.clusters(),
      ]);
    } finally {
      this.#taking = null;
    }
  }
}
