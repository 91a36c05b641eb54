/** Events of how far a run's figures are. */
import type { Emit } from './emit';
import type { MeasuringShare } from './messages';

/** Figures that are there sooner are not worth a word, in milliseconds. */
const SHOWN_AFTER = 1000;
/** Milliseconds at least from one event to the next. */
const INTERVAL = 250;

export class MeasuringEvents {
  readonly #emit: Emit;
  readonly #now: () => number;
  #cancelled = false;
  /** What the page knows. */
  #known: MeasuringShare = null;
  /** When the next event may be emitted. */
  #due = 0;

  /** @param now milliseconds of a clock that only goes forward */
  constructor(emit: Emit, now = () => performance.now()) {
    this.#emit = emit;
    this.#now = now;
  }

  get cancelled(): boolean {
    return this.#cancelled;
  }

  /** Says how it is to a page that has just been shown the run. */
  announce(): void {
    if (this.#known !== null) this.#emit({ type: 'measuring', share: this.#known });
  }

  /** @param share 0 when figures are begun, 1 at their end */
  readonly onShare = (share: number): void => {
    if (this.#cancelled) return;
    const now = this.#now();
    if (share === 0) this.#due = now + SHOWN_AFTER;
    else if (share === 1) this.#say(null);
    else if (now >= this.#due) {
      this.#due = now + INTERVAL;
      this.#say(share);
    }
  };

  cancel(): void {
    this.#cancelled = true;
    this.#say('cancelled');
  }

  /** Figures are wanted again: how far they are is said from the start. */
  resume(): void {
    this.#cancelled = false;
    this.#say(0);
  }

  #say(share: MeasuringShare): void {
    if (share === this.#known) return;
    this.#known = share;
    this.#emit({ type: 'measuring', share });
  }
}
