/** One tab at a time trains a run. */

/**
 * Takes the run's lock, which holds until it is given back or the tab is gone.
 *
 * @returns a function that gives the lock back, or null when another tab has it
 */
export function holdRun(id: string): Promise<(() => void) | null> {
  return new Promise((resolve, reject) => {
    navigator.locks
      .request(`warmbright-run-${id}`, { ifAvailable: true }, (lock) => {
        if (lock === null) {
          resolve(null);
          return;
        }
        // The lock lasts as long as this promise is pending.
        return new Promise<void>((giveBack) => {
          resolve(giveBack);
        });
      })
      .catch(reject);
  });
}
