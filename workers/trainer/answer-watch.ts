/** Notices when a worker that has something to do has not been heard of for long. */

/** Longest that a worker that works is silent, unless it hangs: an epoch is far shorter. */
export const LONGEST_SILENCE_MS = 55_000;

/** A timer that comes later than this has slept, with the whole machine or the tab. */
const LATE_MS = 5000;

export class AnswerWatch {
  readonly #silent: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Commands that have not been served yet. */
  #unserved = 0;
  /** Whether a run is under way. */
  #working = false;
  #said = false;

  /** @param silent called once for each silence */
  constructor(silent: () => void) {
    this.#silent = silent;
  }

  /** A command was sent. */
  asked(): void {
    this.#unserved++;
    if (this.#timer === undefined) this.#arm();
  }

  /** The worker said something. @param working whether it has a run under way, where that is known */
  heard({ served = false, working = this.#working } = {}): void {
    if (served) this.#unserved--;
    this.#working = working;
    this.#said = false;
    this.#arm();
  }

  /** Another worker took its place, of which nothing has been asked. */
  reset(): void {
    this.#unserved = 0;
    this.heard({ working: false });
  }

  #arm(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#said || (this.#unserved <= 0 && !this.#working)) return;
    const due = Date.now() + LONGEST_SILENCE_MS;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      if (Date.now() > due + LATE_MS) {
        this.#arm();
        return;
      }
      this.#said = true;
      this.#silent();
    }, LONGEST_SILENCE_MS);
  }
}
