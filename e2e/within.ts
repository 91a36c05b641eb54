/** No wait without a deadline: for tests and for the pages that are there for tests. */

/**
 * The promise's value, or an error once the deadline has passed; what the promise stands for is not
 * ended by that.
 *
 * @param milliseconds the deadline, from now
 * @param what         what is waited for, as the object of "waited for"
 * @param instead      says what came instead, once the deadline has passed
 * @throws Error that says what was waited for, how long, and what came instead
 */
export async function within<T>(
  milliseconds: number,
  what: string,
  promise: PromiseLike<T>,
  instead?: () => string,
): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(waitedInVain(milliseconds, what, instead?.()));
    }, milliseconds);
  });
  try {
    return await Promise.race([promise, deadline]);
  } finally {
    clearTimeout(timer);
  }
}

/** The error of a wait whose deadline has passed. @param instead what came instead, if that is known */
export function waitedInVain(milliseconds: number, what: string, instead?: string): Error {
  const came = instead === undefined ? '' : `; instead: ${instead}`;
  return new Error(`Waited ${String(milliseconds / 1000)} s for ${what}${came}.`);
}
