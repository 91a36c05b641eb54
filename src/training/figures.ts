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
