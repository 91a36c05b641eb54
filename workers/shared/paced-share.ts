/** Says how far a long piece of work is, now and then, and nothing of a short one. */

/** Work that is done sooner is not worth a word, in milliseconds. */
const SHOWN_AFTER_MS = 1000;
/** Milliseconds at least from one word to the next. */
const INTERVAL_MS = 250;

export class PacedShare {
  readonly #say: (share: number | null) => void;
  #share = 0;
  /** Whether the work has been spoken of; its end is to be said then. */
  #shown = false;
  /** When the next word may be said, on the clock of `performance`. */
  #due = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param say is given 0 to below 1, and null once there is nothing under way any more */
  constructor(say: (share: number | null) => void) {
    this.#say = say;
  }

  /** @param share how much is done: 0 when the work begins, 1 at its end */
  update(share: number): void {
    if (share === 0) this.#begin();
    else if (share === 1) this.end();
    else {
      this.#share = share;
      if (performance.now() >= this.#due) this.show();
    }
  }

  /** Says how far it is at once, however short the work may be. */
  show(): void {
    clearTimeout(this.#timer);
    this.#shown = true;
    this.#due = performance.now() + INTERVAL_MS;
    this.#say(this.#share);
  }

  /** The work is done, or given up. */
  end(): void {
    clearTimeout(this.#timer);
    this.#share = 0;
    if (!this.#shown) return;
    this.#shown = false;
    this.#say(null);
  }

  /** Work that begins in the place of work that was shown is shown at once. */
  #begin(): void {
    this.#share = 0;
    if (this.#shown) {
      this.show();
      return;
    }
    this.#due = performance.now() + SHOWN_AFTER_MS;
    clearTimeout(this.#timer);
    // The work may say nothing of itself for long.
    this.#timer = setTimeout(() => {
      this.show();
    }, SHOWN_AFTER_MS);
  }
}
