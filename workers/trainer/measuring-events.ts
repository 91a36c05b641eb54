/** Events of how far a run's figures are. */
import { PacedShare } from '../shared/paced-share';
import { AnswerWatch } from './answer-watch';
import type { Emit } from './emit';
import type { MeasuringShare } from './messages';

export class MeasuringEvents {
  readonly #emit: Emit;
  readonly #paced = new PacedShare((share) => {
    if (!this.#cancelled) this.#say(share);
  });
  readonly #watch: AnswerWatch;
  #cancelled = false;
  /** What the page knows. */
  #known: MeasuringShare = null;

  /** @param silent called once figures that are being taken have made no progress for nearly a minute */
  constructor(emit: Emit, silent: () => void) {
    this.#emit = emit;
    this.#watch = new AnswerWatch(silent);
  }

  get cancelled(): boolean {
    return this.#cancelled;
  }

  /** Whether the page shows how far figures are, or that they were given up. */
  get shown(): boolean {
    return this.#known !== null;
  }

  /** Says how it is to a page that has just been shown the run. */
  announce(): void {
    if (this.#known !== null) this.#emit({ type: 'measuring', share: this.#known });
  }

  /** @param share 0 when figures are begun, 1 at their end, whatever that is */
  readonly onShare = (share: number): void => {
    if (share === 0) {
      this.#watch.reset();
      this.#watch.asked();
    } else if (share === 1) this.#watch.reset();
    else this.#watch.heard();
    if (!this.#cancelled) this.#paced.update(share);
  };

  cancel(): void {
    this.#cancelled = true;
    this.#watch.reset();
    this.#paced.end();
    this.#say('cancelled');
  }

  /** Figures are wanted again: how far they are is said from the start. */
  resume(): void {
    this.#cancelled = false;
    this.#paced.show();
  }

  #say(share: MeasuringShare): void {
    if (share === this.#known) return;
    this.#known = share;
    this.#emit({ type: 'measuring', share });
  }
}
