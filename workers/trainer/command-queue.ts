interface QueuedCommand {
  readonly serve: () => Promise<void>;
  readonly mayOvertake: boolean;
}

/**
 * Serves commands one at a time, in the order in which they came.
 *
 * A command that waits for something long, such as another tab, can stand aside. Those behind it that may overtake are served
 * meanwhile; the others wait for it.
 */
export class CommandQueue {
  readonly #waiting: QueuedCommand[] = [];
  /** Whether a command is being served, other than the one that stands aside. */
  #serving = false;
  #standsAside = false;
  /** Lets the command that stood aside go on. */
  #goOn: (() => void) | null = null;

  /** @param serve must handle its errors itself */
  add(serve: () => Promise<void>, { mayOvertake }: { mayOvertake: boolean }): void {
    this.#waiting.push({ serve, mayOvertake });
    this.#next();
  }

  /**
   * Waits for something; to be called by the command that is being served, which may not be one that
   * overtakes. When this returns, no other command is being served.
   */
  async standAside<T>(wait: Promise<T>): Promise<T> {
    this.#standsAside = true;
    this.#serving = false;
    this.#next();
    try {
      return await wait;
    } finally {
      await this.#untilNoneIsServed();
      this.#standsAside = false;
      this.#serving = true;
    }
  }

  async #untilNoneIsServed(): Promise<void> {
    if (!this.#serving) return;
    await new Promise<void>((resolve) => {
      this.#goOn = resolve;
    });
  }

  #next(): void {
    if (this.#serving) return;
    if (this.#goOn !== null) {
      // Nobody else is let in before it has gone on.
      this.#serving = true;
      this.#goOn();
      this.#goOn = null;
      return;
    }
    const place = this.#waiting.findIndex(({ mayOvertake }) => mayOvertake || !this.#standsAside);
    const command = this.#waiting[place];
    if (command === undefined) return;
    this.#waiting.splice(place, 1);
    this.#serving = true;
    void command.serve().finally(() => {
      this.#serving = false;
      this.#next();
    });
  }
}
