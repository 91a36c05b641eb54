/** Keeps something that is done at the ends of epochs from being done too often. */
export class Throttle {
  readonly #interval: number;
  readonly #share: number;
  #due = 0;

  /**
   * @param interval milliseconds at least between one end and the next start
   * @param share    the pause is at least this many times as long as the thing itself took
   */
  constructor(interval: number, share: number) {
    this.#interval = interval;
    this.#share = share;
  }

  /** For what the page draws: 30 times a second at most, in a quarter of the time at most. */
  static ofFrames(): Throttle {
    return new Throttle(1000 / 30, 3);
  }

  /** Does it, unless it is too soon. */
  async attempt(work: () => Promise<void>): Promise<void> {
    const start = performance.now();
    if (start < this.#due) return;
    await work();
    const end = performance.now();
    this.#due = end + Math.max(this.#interval, this.#share * (end - start));
  }
}
