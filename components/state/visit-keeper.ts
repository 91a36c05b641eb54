/** Keeps what outlives a reload when the page goes, and takes it up when it is back. */
import type { Browser } from './browser';
import { withVisit } from './explore';
import type { PageState } from './page-state';
import { visitText } from './visit-text';

type Explored = Pick<PageState, 'mixture' | 'eqHistory' | 'slots'>;

export class VisitKeeper {
  readonly #browser: Pick<Browser, 'visit' | 'leavingRuns' | 'onLeave'>;
  readonly #state: () => PageState;
  /** What was kept before the reload, until a model is shown. */
  #before: string | null = null;

  constructor(browser: Pick<Browser, 'visit' | 'leavingRuns' | 'onLeave'>, state: () => PageState) {
    this.#browser = browser;
    this.#state = state;
  }

  start(): void {
    const { visit, leavingRuns, onLeave } = this.#browser;
    this.#before = visit.read();
    onLeave(() => {
      const state = this.#state();
      const run = shownRun(state);
      visit.write(run === undefined ? null : visitText({ ...state, run }));
      leavingRuns.write(state.leaving.map(({ id }) => id).join(' ') || null);
    });
  }

  /**
   * To be called when a model is shown; the first time it gives what was kept of the same model's.
   *
   * @returns null where there is nothing to be taken up, or somebody has begun anew meanwhile
   * @throws Error where the code for it cannot be loaded
   */
  async takeUp(): Promise<Explored | null> {
    const before = this.#before;
    this.#before = null;
    if (before === null) return null;
    const { readVisit } = await import('./kept-visit');
    const visit = readVisit(before);
    const state = this.#state();
    if (visit === null || visit.run !== shownRun(state)) return null;
    if (state.eqHistory.past.length > 0) return null;
    return { ...withVisit(state, visit), slots: visit.slots };
  }
}

/** Of the model that is shown: null of the ready-made one, undefined of one that a reload loses. */
function shownRun({ model, run }: PageState): string | null | undefined {
  return model?.source === 'ready-made' ? null : run?.id;
}
