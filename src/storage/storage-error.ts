/** What the browser's storage could not do, in sentences for people. */
import { InputError } from '../input-error';

/** Keeping or fetching something failed; what was kept before still stands. */
export class StorageError extends Error {
  override readonly name = 'StorageError';
}

/**
 * Does something with the storage.
 *
 * @throws StorageError in place of whatever the storage threw; an InputError passes
 */
export async function stored<T>(operation: () => Promise<T>): Promise<T> {
  try {
    return await operation();
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new StorageError(sentenceFor(error));
  }
}

function sentenceFor(error: unknown): string {
  const name = error instanceof Error ? error.name : 'unknown error';
  return name === 'QuotaExceededError'
    ? 'The browser has no room left to save this; the last checkpoint stands: delete runs you no longer need, or download the model.'
    : `The browser's storage cannot be used (${name}); download the model to keep it.`;
}
