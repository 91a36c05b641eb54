/** Safari has no idle callbacks; by then what was opened has been drawn. */
const INSTEAD_MS = 500;

/**
 * Does something once the page has nothing else to do.
 *
 * @returns to be called where it is not wanted any more
 */
export function whenIdle(work: () => void): () => void {
  if (typeof requestIdleCallback === 'function') {
    const handle = requestIdleCallback(work);
    return () => {
      cancelIdleCallback(handle);
    };
  }
  const timer = setTimeout(work, INSTEAD_MS);
  return () => {
    clearTimeout(timer);
  };
}
