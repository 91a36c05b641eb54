/** Waiting with an end. */

/** What was waited for did not come in time. */
export class LateError extends Error {
  override readonly name = 'LateError';
}

/**
 * What the promise brings, if it comes in time; what is under way goes on unheard otherwise.
 *
 * @param what the beginning of the sentence that says what did not come
 * @throws LateError
 */
export async function within<T>(ms: number, what: string, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new LateError(`${what} did not answer within ${String(ms / 1000)} s.`));
    }, ms);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
