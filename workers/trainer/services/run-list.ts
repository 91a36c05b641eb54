/** The list of saved runs, as the page sees it. */
import { reasonOf, type Emit } from '../emit';
import type { TrainerStorage } from '../storage';

export class RunList {
  readonly #emit: Emit;
  readonly #storage: Pick<TrainerStorage, 'listRuns'>;

  constructor(emit: Emit, storage: Pick<TrainerStorage, 'listRuns'>) {
    this.#emit = emit;
    this.#storage = storage;
  }

  /** Sends the list to the page. */
  async send(): Promise<void> {
    this.#emit({ type: 'runs', ...(await this.#storage.listRuns()) });
  }

  /** The same after a change that nobody asked for: where it fails, the page is told why. */
  async changed(): Promise<void> {
    try {
      await this.send();
    } catch (error) {
      this.#emit({ type: 'refused', what: 'list-runs', reason: reasonOf(error) });
    }
  }
}
