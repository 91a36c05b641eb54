/** What the browser's storage could not do, in sentences for people. */
import { InputError } from '../base/input-error';

/** Keeping or fetching something failed; what was kept before still stands. */
export class StorageError extends Error {
  override readonly name = 'StorageError';
}

/** What can be done where the storage fails; each ends a sentence. */
interface Advice {
  /** Where there is no room. */
  readonly full: string;
  /** Where it cannot be used. */
  readonly closed: string;
}

const RUN_ADVICE: Advice = {
  full: 'the last checkpoint stands: delete runs you no longer need, or download the model',
  closed: 'download the model to keep it',
};

/**
 * Longest that the storage may take, in milliseconds. Browsers have been seen whose IndexedDB answers
 * nothing at all any more; what waits for it would wait for ever.
 */
export const STORAGE_DEADLINE_MS = 50_000;

/** What there is instead of an answer. */
const NO_ANSWER = 'TimeoutError';

/**
 * Does something with the storage.
 *
 * @param advice what can be done where that fails; of a run by default
 * @throws StorageError in place of whatever the storage threw; an InputError passes
 */
export async function stored<T>(operation: () => Promise<T>, advice = RUN_ADVICE): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new DOMException('The storage does not answer.', NO_ANSWER));
    }, STORAGE_DEADLINE_MS);
  });
  try {
    return await Promise.race([operation(), deadline]);
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new StorageError(sentenceFor(error, advice));
  } finally {
    clearTimeout(timer);
  }
}

function sentenceFor(error: unknown, { full, closed }: Advice): string {
  const name = error instanceof Error ? error.name : 'unknown error';
  if (name === NO_ANSWER) {
    const seconds = String(STORAGE_DEADLINE_MS / 1000);
    return `The browser’s storage has not answered for ${seconds} s; ${closed}, then restart the browser.`;
  }
  return name === 'QuotaExceededError'
    ? `The browser has no room left to save this; ${full}.`
    : `The browser’s storage cannot be used (${name}); ${closed}.`;
}
