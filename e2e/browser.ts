/** Chromium for tests: the one that waits for a test file, or one of its own. */
import puppeteer, { type Browser, type Page } from 'puppeteer';
import { inject } from 'vitest';
import { findChromium } from '../scripts/find-chromium.mjs';
import { within } from './within';

/** A proxy that is not there: whatever is not on this machine cannot be reached. */
const NOWHERE = '--proxy-server=http://127.0.0.1:9';

/** Connecting takes milliseconds; on a busy machine a second. */
const CONNECTION_MS = 30_000;
/** Longest that a call into a page may take: less than a test's own deadline, so that it is named. */
const LONGEST_CALL_MS = 240_000;

/**
 * Starts a browser: once for each file that is tested at a time, by the global set-up. A test does
 * so itself only where it harms or measures the whole browser.
 *
 * @param profile folder that it keeps everything in; one that is thrown away where left out
 */
export async function launchBrowser(profile?: string): Promise<Browser> {
  const { path, args } = await findChromium();
  return puppeteer.launch({
    executablePath: path,
    args: [...args, NOWHERE],
    protocolTimeout: LONGEST_CALL_MS,
    ...(profile === undefined ? {} : { userDataDir: profile }),
  });
}

/**
 * The browser that the global set-up keeps for the file that runs here. Everything is done in
 * contexts of the file's own, since other files come after it; end with {@link disconnect}.
 *
 * @throws Error when the browser has crashed
 */
export async function connect(): Promise<Browser> {
  const endpoints = inject('browsers');
  const endpoint = endpoints[Number(process.env.VITEST_POOL_ID) - 1];
  if (endpoint === undefined) throw new Error('The global set-up has started no browser for this.');
  let browser: Browser;
  try {
    browser = await within(
      CONNECTION_MS,
      'a connection to the browser of the global set-up',
      puppeteer.connect({ browserWSEndpoint: endpoint, protocolTimeout: LONGEST_CALL_MS }),
    );
  } catch (error) {
    throw new Error('The browser of the global set-up is gone: it crashed, or was closed.', {
      cause: error,
    });
  }
  // A file that failed may have left some open, which would go on working.
  await closeContexts(browser);
  return browser;
}

/** Closes all that was opened in the browser of {@link connect}, and leaves it to the next file. */
export async function disconnect(browser: Browser): Promise<void> {
  await closeContexts(browser);
  await browser.disconnect();
}

async function closeContexts(browser: Browser): Promise<void> {
  for (const context of browser.browserContexts()) {
    // The default one has no id, and cannot be closed.
    if (context.id !== undefined) await context.close();
  }
}

/**
 * Closes the page when it crashes, so that what waits for its answer fails at once: left to itself,
 * puppeteer waits until its own deadline.
 */
export function closeWhenCrashed(page: Page): void {
  page.once('error', () => {
    // It may be closed already.
    page.close().catch(() => undefined);
  });
}
