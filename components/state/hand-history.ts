/** What was in hand before, for undo and redo. Pure. */
import type { Hand } from './hand';

/** Steps that can be undone. */
const MOST_STEPS = 100;

export interface HandHistory {
  /** Oldest first. */
  readonly past: readonly Hand[];
  /** null until there is a word's setting to begin with. */
  readonly present: Hand | null;
  /** What redo brings back, the next one first. */
  readonly future: readonly Hand[];
  /** The gesture that the present came of, such as a drag, if it goes on. */
  readonly gesture: number | null;
}

export const EMPTY_HANDED: HandHistory = { past: [], present: null, future: [], gesture: null };

/**
 * Takes another setting in hand.
 *
 * @param gesture all takes of one gesture are one step to undo; null: a step of its own
 */
export function take(
  { past, present, gesture: before }: HandHistory,
  hand: Hand,
  gesture: number | null,
): HandHistory {
  const goesOn = gesture !== null && gesture === before;
  return {
    past: present === null || goesOn ? past : [...past, present].slice(-MOST_STEPS),
    present: hand,
    future: [],
    gesture,
  };
}

/** The same history where there is nothing to undo. */
export function undo(history: HandHistory): HandHistory {
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
export function redo(history: HandHistory): HandHistory {
  const { past, present, future } = history;
  const [next, ...rest] = future;
  if (next === undefined || present === null) return history;
  return { past: [...past, present], present: next, future: rest, gesture: null };
}

/**
 * The history under another model: what is in hand is replaced, which is no step, and where the
 * others lie is forgotten, since that was said by the model before.
 */
export function underAnotherModel(history: HandHistory, present: Hand | null): HandHistory {
  return {
    ...history,
    past: history.past.map(unplaced),
    present,
    future: history.future.map(unplaced),
  };
}

function unplaced(hand: Hand): Hand {
  return hand.latent === null ? hand : { ...hand, latent: null };
}
