/** When the visits of tests end: with the test, or after the last of several that share one. */
import type { BrowserContext, Page } from 'puppeteer';
import { onTestFinished } from 'vitest';

/** What of a visit has to do with its end. */
interface Endable {
  readonly context: BrowserContext;
  readonly page: Pick<Page, 'bringToFront'>;
  /** Whether other tests go on with it. */
  shared: boolean;
  keepEvidence(name: string): Promise<void>;
}

/**
 * A visit that tests have one after the other, for those that do not mind what others have done on the
 * page: to open it takes longer than much of what they do there. After a failure there is another.
 */
export function sharedVisit<V extends Endable>(begin: () => Promise<V>): () => Promise<V> {
  let shared: V | null = null;
  return async () => {
    if (shared === null || shared.context.closed) {
      shared = await begin();
      shared.shared = true;
    } else {
      closeAfterTest(shared.context, () => shared);
      // Others may have been opened over it, and the clipboard is for the page in front.
      await shared.page.bringToFront();
    }
    return shared;
  };
}

/**
 * Closes a visit when the test that runs has ended, unless others are to have it after a good end.
 *
 * @param visit null until it is there: what is left of one that could not be begun is closed, too
 */
export function closeAfterTest(context: BrowserContext, visit: () => Endable | null): void {
  onTestFinished(async ({ task }) => {
    const failed = task.result?.state === 'fail';
    if (context.closed || (!failed && visit()?.shared === true)) return;
    if (failed) await visit()?.keepEvidence(task.id);
    // What a failed test leaves open would go on training beside the tests after it; one that ran out
    // of time may be closing it itself.
    await context.close().catch(() => undefined);
  });
}
