/** One tab a run: who trains a run holds its lock, and the browser frees it when the tab is gone. */

/**
 * How long to wait for a lock that is held. The worker of a page that is being reloaded holds its
 * run's lock until the browser has ended it, which takes up to two seconds in mid-epoch.
 */
const PATIENCE_MS = 3000;

/**
 * Claims a run for this tab, waiting a while for another tab to give it back.
 *
 * @param id the run's id
 * @returns a function that gives the claim back, or null when another tab keeps it
 */
export function holdRun(id: string): Promise<(() => void) | null> {
  return hold(id, { signal: AbortSignal.timeout(PATIENCE_MS) });
}

/** The same without waiting. */
export function holdFreeRun(id: string): Promise<(() => void) | null> {
  return hold(id, { ifAvailable: true });
}

function hold(id: string, options: LockOptions): Promise<(() => void) | null> {
  return new Promise((resolve, reject) => {
    navigator.locks
      .request(`warmbright-run-${id}`, options, (lock) => {
        if (lock === null) {
          resolve(null);
          return undefined;
        }
        // The lock is held until this promise settles.
        return new Promise<void>((release) => {
          resolve(release);
        });
      })
      .catch((error: unknown) => {
        if (error instanceof DOMException && error.name === 'TimeoutError') resolve(null);
        else reject(error instanceof Error ? error : new Error(String(error)));
      });
  });
}
