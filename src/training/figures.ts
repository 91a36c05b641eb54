/** What takes a run's figures: in this thread, or in another. */
import { measuredRows, type MeasuredSet } from '../analysis/scoreboard/measured-sample';
import { Scorer, type Outcome, type ScorerPlan } from '../analysis/scoreboard/scoreboard';
import {
  clusteredRows,
  clustersOfWords,
  type FoundClusters,
} from '../analysis/word-clusters/word-clusters';
import { partsOf, type OnShare } from '../base/share';
import type { Scoreboard } from '../model/model';

/** Takes the figures of one run's models, and finds the clusters of its words. */
export interface FigureTaker {
  measure(outcome: Outcome, onShare?: OnShare): Promise<Scoreboard>;
  /** The same whenever asked. */
  clusters(onShare?: OnShare): Promise<FoundClusters>;
  /** Gives up what is under way, if that can be; what was promised may never come. */
  cancel(): void;
}

/**
 * What a row costs: for the baselines, for a model's figures, and for its word's clusters. Measured
 * in milliseconds on 600 to 50,000 rows of 2 to 20 words; only their ratios matter.
 */
const COST = { baselines: 0.2, model: 0.15, clusters: 0.8 };

/** Takes them in this thread, which they keep busy. */
export function figuresHere(plan: ScorerPlan): FigureTaker {
  let scorer: Scorer | null = null;
  return {
    measure: (outcome, onShare = unheard) => {
      const [baselines = unheard, model = unheard] = partsOf(onShare, [COST.baselines, COST.model]);
      scorer ??= new Scorer(plan);
      baselines(1);
      const scoreboard = scorer.measure(outcome);
      model(1);
      return Promise.resolve(scoreboard);
    },
    clusters: (onShare = unheard) => Promise.resolve(clustersOfWords(plan.set, onShare)),
    cancel: () => undefined,
  };
}

function unheard(): void {
  // Nobody asks how far it is.
}

/** A run's figures as they come in. */
export class RunFigures {
  readonly #taker: FigureTaker;
  readonly #onShare: OnShare;
  /** Of the model's figures with the baselines, and of the clusters. */
  readonly #costs: readonly [number, number];
  #scoreboard: Scoreboard | null = null;
  #clusters: FoundClusters | null = null;
  #taking: Promise<void> | null = null;
  #giveUp: (() => void) | null = null;

  /** @param onShare is given 0 when figures are begun and 1 when they are there, or given up */
  constructor(taker: FigureTaker, set: MeasuredSet, onShare: OnShare = unheard) {
    this.#taker = taker;
    this.#onShare = onShare;
    this.#costs = [
      (COST.baselines + COST.model) * measuredRows(set).length,
      COST.clusters * clusteredRows(set).reduce((sum, rows) => sum + rows, 0),
    ];
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
    this.#onShare(0);
    this.#taking = this.#take(outcome);
    // Nobody may be waiting for them.
    this.#taking.catch(() => undefined);
  }

  /** Resolves once those that were begun are there, or cancelled; what stood in their way is thrown. */
  async settled(): Promise<void> {
    await this.#taking;
  }

  /** Gives up those that are being taken; the ones before stand. */
  cancel(): void {
    const giveUp = this.#giveUp;
    if (giveUp === null) return;
    this.#giveUp = null;
    this.#taker.cancel();
    giveUp();
  }

  async #take(outcome: Outcome): Promise<void> {
    const [cost, clustersCost] = this.#costs;
    const known = this.#clusters !== null;
    const givenUp = new Promise<null>((resolve) => {
      this.#giveUp = () => {
        resolve(null);
      };
    });
    const onShare: OnShare = (share) => {
      if (this.#giveUp !== null) this.#onShare(share);
    };
    const [measured, found] = partsOf(onShare, [cost, known ? 0 : clustersCost]);
    try {
      const taken = await Promise.race([
        Promise.all([this.#taker.measure(outcome, measured), this.#taker.clusters(found)]),
        givenUp,
      ]);
      // Those that came in the moment of the cancel are given up with the rest.
      if (taken === null || this.#giveUp === null) return;
      [this.#scoreboard, this.#clusters] = taken;
    } finally {
      this.#giveUp = null;
      this.#taking = null;
      this.#onShare(1);
    }
  }
}
