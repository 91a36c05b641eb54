/**
 * The session, loaded with the first command that needs it. What a page asks as it opens, which runs
 * are kept, needs the storage alone; all that reads data, trains and measures can come later.
 */
import { listRuns } from '../../src/storage/runs';
import { reasonOf, type Emit } from './emit';
import type { Session } from './session';

/** What it stands on; tests put others in their place. */
interface Parts {
  readonly listRuns: typeof listRuns;
  readonly loadSession: (emit: Emit) => Promise<Pick<Session, 'receive'>>;
}

const PARTS: Parts = {
  listRuns,
  loadSession: async (emit) => {
    const { Session } = await import('./session');
    return new Session(emit);
  },
};

export class LateSession {
  readonly #emit: Emit;
  readonly #parts: Parts;
  #session: Pick<Session, 'receive'> | null = null;
  /** Messages are handed on in order. */
  #queue: Promise<void> = Promise.resolve();

  constructor(emit: Emit, parts = PARTS) {
    this.#emit = emit;
    this.#parts = parts;
  }

  /** Takes a message of the page, which may be anything. */
  receive(message: unknown): void {
    this.#queue = this.#queue.then(async () => {
      try {
        if (this.#session === null && asksForRuns(message)) {
          await this.#list();
        } else {
          this.#session ??= await this.#parts.loadSession(this.#emit);
          this.#session.receive(message);
        }
      } catch (error) {
        this.#emit({ type: 'trouble', reason: reasonOf(error), fatal: false });
      }
    });
  }

  async #list(): Promise<void> {
    try {
      this.#emit({ type: 'runs', runs: await this.#parts.listRuns() });
    } catch (error) {
      this.#emit({ type: 'refused', what: 'list-runs', reason: reasonOf(error) });
    }
  }
}

function asksForRuns(message: unknown): boolean {
  return (
    typeof message === 'object' &&
    message !== null &&
    'type' in message &&
    message.type === 'list-runs'
  );
}
