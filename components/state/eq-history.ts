/** The current EQ and those before it, for undo and redo. Pure. */
import type { CurrentEq } from './current-eq';

/** Steps that can be undone. */
const MOST_STEPS = 100;

export interface EqHistory {
  /** Oldest first. */
  readonly past: readonly CurrentEq[];
  /** null until there is a word's setting to begin with. */
  readonly present: CurrentEq | null;
  /** What redo brings back, the next one first. */
  readonly future: readonly CurrentEq[];
  /** The gesture that the present came of, such as a drag, if it goes on. */
  readonly gesture: number | null;
}

export const EMPTY_HISTORY: EqHistory = { past: [], present: null, future: [], gesture: null };

/**
 * Makes another setting the current EQ.
 *
 * @param gesture all takes of one gesture are one step to undo; null: a step of its own
 */
export function take(
  { past, present, gesture: before }: EqHistory,
  current: CurrentEq,
  gesture: number | null,
): EqHistory {
  const goesOn = gesture !== null && gesture === before;
  return {
    past: present === null || goesOn ? past : [...past, present].slice(-MOST_STEPS),
    present: current,
    future: [],
    gesture,
  };
}

/** The same history where there is nothing to undo. */
export function undo(history: EqHistory): EqHistory {
  const { past, present, future } = history;
  const before = past.at(-1);
  if (before === undefined || present === null) return history;
  return {
    past: past.slice(0, -1),
    present: before,
    future: [present, ...future],
    gesture: null,
  };
}

/** The same history where there is nothing to redo. */
export function redo(history: EqHistory): EqHistory {
  const { past, present, future } = history;
  const [next, ...rest] = future;
  if (next === undefined || present === null) return history;
  return { past: [...past, present], present: next, future: rest, gesture: null };
}

/**
 * The history under another model: the current EQ is replaced, which is no step, and where the
 * others lie is forgotten, since that was said by the model before.
 */
export function underAnotherModel(history: EqHistory, present: CurrentEq | null): EqHistory {
  return {
    ...history,
    past: history.past.map(unplaced),
    present,
    future: history.future.map(unplaced),
  };
}

function unplaced(current: CurrentEq): CurrentEq {
  return current.latent === null ? current : { ...current, latent: null };
}
