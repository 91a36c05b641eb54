/**
 * The session, loaded with the first command that needs it. The lists that a page asks for as it
 * opens need the storage alone; all that reads data, trains and measures can come later.
 */
import { reasonOf, type Emit } from './emit';
import { ListeningService } from './services/listening-service';
import { RunList } from './services/run-list';
import type { Session } from './session';
import { BROWSER_STORAGE, type TrainerStorage } from './storage';

/** What it stands on; tests put others in their place. */
interface Parts {
  readonly storage: Pick<TrainerStorage, 'listRuns' | keyof TestStorage>;
  readonly loadSession: (emit: Emit, served: () => void) => Promise<Pick<Session, 'receive'>>;
}

type TestStorage = Pick<TrainerStorage, 'saveTest' | 'listTests' | 'deleteTest'>;

const PARTS: Parts = {
  storage: BROWSER_STORAGE,
  loadSession: async (emit, served) => {
    const { Session } = await import('./session');
    return new Session(emit, BROWSER_STORAGE, served);
  },
};

export class LateSession {
  readonly #emit: Emit;
  readonly #served: () => void;
  readonly #loadSession: Parts['loadSession'];
  readonly #lists: Readonly<Record<ListCommand, () => Promise<void>>>;
  #session: Pick<Session, 'receive'> | null = null;
  /** Messages are handed on in order. */
  #queue: Promise<void> = Promise.resolve();

  /** @param served called whenever a message has been served, or refused */
  constructor(emit: Emit, { storage, loadSession } = PARTS, served: () => void = () => undefined) {
    this.#emit = emit;
    this.#served = served;
    this.#loadSession = loadSession;
    const runs = new RunList(emit, storage);
    const tests = new ListeningService(emit, storage);
    this.#lists = {
      'list-runs': () => runs.send(),
      'list-listening-tests': () => tests.list(),
    };
  }

  /** Takes a message of the page, which may be anything. */
  receive(message: unknown): void {
    this.#queue = this.#queue.then(async () => {
      const list = this.#session === null ? listAskedFor(message) : null;
      if (list !== null) await this.#list(list);
      else await this.#handOn(message);
    });
  }

  async #list(what: ListCommand): Promise<void> {
    try {
      await this.#lists[what]();
    } catch (error) {
      this.#emit({ type: 'refused', what, reason: reasonOf(error) });
    } finally {
      this.#served();
    }
  }

  async #handOn(message: unknown): Promise<void> {
    try {
      this.#session ??= await this.#loadSession(this.#emit, this.#served);
      this.#session.receive(message);
    } catch (error) {
      this.#emit({ type: 'trouble', reason: reasonOf(error), fatal: false });
      this.#served();
    }
  }
}

type ListCommand = 'list-runs' | 'list-listening-tests';

/** Which of the lists the message asks for; null where it is another. */
function listAskedFor(message: unknown): ListCommand | null {
  if (typeof message !== 'object' || message === null || !('type' in message)) return null;
  const { type } = message;
  return type === 'list-runs' || type === 'list-listening-tests' ? type : null;
}
