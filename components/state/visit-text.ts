/** What of a visit outlives a reload of the page: the current EQ, the steps to undo, and the words. */
import type { Mixture } from '../../src/explore/mixture';
import type { CurrentEq, SlotSource } from './current-eq';
import type { EqHistory } from './eq-history';

export interface KeptVisit {
  /** Id of the run whose model was shown; null: the ready-made one. */
  readonly run: string | null;
  readonly mixture: Mixture | null;
  readonly eqHistory: EqHistory;
  readonly slots: readonly SlotSource[] | null;
}

/** Of all the steps that can be undone in a visit, so many are kept each way. */
const MOST_STEPS = 30;

/** @returns null where there is nothing worth keeping */
export function visitText({ run, mixture, eqHistory, slots }: KeptVisit): string | null {
  const { past, present, future } = eqHistory;
  if (present === null) return null;
  return JSON.stringify({
    run,
    mixture,
    past: past.slice(-MOST_STEPS).map(unplaced),
    present: unplaced(present),
    future: future.slice(0, MOST_STEPS).map(unplaced),
    slots,
  });
}

/** Where it lies is said anew by the model. */
function unplaced({ name, setting, follows }: CurrentEq): Omit<CurrentEq, 'latent'> {
  return { name, setting, ...(follows !== undefined && { follows }) };
}
