/** Holds what model files take of memory, on their way in and out, to a budget. */

interface Waiting {
  readonly bytes: number;
  readonly go: () => void;
}

export class MemoryBudget {
  readonly #most: number;
  #used = 0;
  #waiting: Waiting[] = [];

  /** @param most bytes, no fewer than any one file has */
  constructor(most: number) {
    this.#most = most;
  }

  get used(): number {
    return this.#used;
  }

  /** Waits, behind those that came before, until there is room; the function that it gives makes room again. */
  async take(bytes: number, signal: AbortSignal): Promise<() => void> {
    if (this.#waiting.length > 0 || this.#used + bytes > this.#most) {
      await this.#wait(bytes, signal);
    } else this.#used += bytes;
    let taken = true;
    return () => {
      if (!taken) return;
      taken = false;
      this.#used -= bytes;
      this.#admit();
    };
  }

  /** @throws the signal's reason, where it is given first */
  #wait(bytes: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        this.#waiting = this.#waiting.filter((one) => one !== waiting);
        reject(signal.reason instanceof Error ? signal.reason : new Error('gone'));
        // Whoever stood behind may need less.
        this.#admit();
      };
      const waiting = {
        bytes,
        go: () => {
          signal.removeEventListener('abort', leave);
          resolve();
        },
      };
      signal.addEventListener('abort', leave, { once: true });
      this.#waiting.push(waiting);
      if (signal.aborted) leave();
    });
  }

  #admit(): void {
    for (;;) {
      const [next] = this.#waiting;
      if (next === undefined || this.#used + next.bytes > this.#most) return;
      this.#waiting.shift();
      this.#used += next.bytes;
      next.go();
    }
  }
}
