/** What the page knows of a sweep: its runs, how far each is, and what came of it. */
import type { ModelMap, Scoreboard } from '../../src/model/model';
import type { SweepRun } from '../../src/training/sweep/sweep';
import type { LossHistory } from './loss-history';

export type SweepOutcome =
  | {
      readonly kind: 'finished';
      /** The saved run's; null when there was no room to save it. */
      readonly id: string | null;
      readonly scoreboard: Scoreboard;
      readonly map: ModelMap;
    }
  | { readonly kind: 'failed'; readonly reason: string };

export interface SweepMember extends SweepRun {
  /** Grows in place; `epochs` says how far, so that a change is seen. */
  readonly history: LossHistory;
  readonly epochs: number;
  /** null while it is unfinished. */
  readonly outcome: SweepOutcome | null;
}

/** How fast the sweep has trained so far. */
interface SweepPace {
  /** Milliseconds of one clock: when epochs were first told, and last. */
  readonly first: number;
  readonly last: number;
  /** Epochs of all runs told after the first message. */
  readonly epochs: number;
}

export interface SweepState {
  readonly members: readonly SweepMember[];
  /** In label order. */
  readonly words: readonly string[];
  /** What it trains on, and why: a sentence; null before that is known. */
  readonly engine: string | null;
  /** `broken`: the worker went down with it. */
  readonly phase: 'training' | 'stopping' | 'ended' | 'stopped' | 'broken';
  readonly pace: SweepPace | null;
}

/** True while something of the sweep trains. */
export function isTraining({ phase }: SweepState): boolean {
  return phase === 'training' || phase === 'stopping';
}

interface SweepProgress {
  readonly finished: number;
  readonly failed: number;
  /** Epochs trained of all runs, and those they will have in the end. */
  readonly epochs: number;
  readonly planned: number;
  /** null before the pace is known. */
  readonly secondsLeft: number | null;
}

/** How far the whole sweep is. A failed run's missing epochs are no longer planned. */
export function progressOf({ members, pace }: SweepState): SweepProgress {
  const count = (kind: SweepOutcome['kind']): number =>
    members.filter(({ outcome }) => outcome?.kind === kind).length;
  let epochs = 0;
  let planned = 0;
  for (const member of members) {
    epochs += member.epochs;
    planned += member.outcome === null ? member.recipe.epochs : member.epochs;
  }
  const known = pace !== null && pace.epochs > 0 && pace.last > pace.first;
  return {
    finished: count('finished'),
    failed: count('failed'),
    epochs,
    planned,
    secondsLeft: known
      ? ((planned - epochs) * (pace.last - pace.first)) / pace.epochs / 1000
      : null,
  };
}
