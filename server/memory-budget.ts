/** Holds what model files take of memory, on their way in and out, to a budget. */

/** What one client may hold of it, so that nobody keeps the others out by taking answers slowly. */
const SHARE_OF_ONE = 1 / 4;

/** Memory that was granted. */
export interface Room {
  /** Gives back what is more than so many bytes. */
  readonly shrink: (bytes: number) => void;
  /** Gives it all back. */
  readonly free: () => void;
}

interface Waiting {
  readonly client: string;
  readonly bytes: number;
  readonly go: () => void;
}

export class MemoryBudget {
  readonly #most: number;
  #used = 0;
  readonly #usedBy = new Map<string, number>();
  #waiting: Waiting[] = [];

  /** @param most bytes, no fewer than any one file has */
  constructor(most: number) {
    this.#most = most;
  }

  get used(): number {
    return this.#used;
  }

  /**
   * Waits, behind those that came before, until there is room.
   *
   * @throws the signal's reason, where it is given first
   */
  async take(client: string, bytes: number, signal: AbortSignal): Promise<Room> {
    if (signal.aborted) throw reasonOf(signal);
    await new Promise<void>((resolve, reject) => {
      const leave = (): void => {
        this.#waiting = this.#waiting.filter((one) => one !== waiting);
        reject(reasonOf(signal));
        // Whoever stood behind may need less.
        this.#admit();
      };
      const waiting: Waiting = {
        client,
        bytes,
        go: () => {
          signal.removeEventListener('abort', leave);
          resolve();
        },
      };
      signal.addEventListener('abort', leave, { once: true });
      this.#waiting.push(waiting);
      this.#admit();
    });
    let held = bytes;
    const shrink = (to: number): void => {
      if (to >= held) return;
      this.#change(client, to - held);
      held = to;
      this.#admit();
    };
    return {
      shrink,
      free: () => {
        shrink(0);
      },
    };
  }

  #admit(): void {
    for (const one of this.#waiting) {
      // Nobody overtakes one for whom there is no room at all.
      if (this.#used + one.bytes > this.#most) return;
      const own = this.#usedBy.get(one.client) ?? 0;
      if (own > 0 && own + one.bytes > this.#most * SHARE_OF_ONE) continue;
      this.#waiting = this.#waiting.filter((other) => other !== one);
      this.#change(one.client, one.bytes);
      one.go();
    }
  }

  #change(client: string, bytes: number): void {
    this.#used += bytes;
    const own = (this.#usedBy.get(client) ?? 0) + bytes;
    if (own === 0) this.#usedBy.delete(client);
    else this.#usedBy.set(client, own);
  }
}

function reasonOf({ reason }: AbortSignal): Error {
  return reason instanceof Error ? reason : new Error('The client is gone.');
}
