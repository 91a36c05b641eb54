/**
 * Starts the browsers of the tests: one for each file that is tested at a time. Files do not share
 * one, since the clipboard is the browser's, and since a new tab waits for all who are connected.
 */
import type { TestProject } from 'vitest/node';
import { launchBrowser } from './browser';

declare module 'vitest' {
  interface ProvidedContext {
    /** WebSocket addresses of the browsers, in the order of vitest's worker slots. */
    browsers: string[];
  }
}

export default async function launchAll({
  config,
  provide,
}: TestProject): Promise<() => Promise<void>> {
  const browsers = await Promise.all(
    Array.from({ length: config.maxWorkers }, () => launchBrowser()),
  );
  let closing = false;
  for (const browser of browsers) {
    browser.on('disconnected', () => {
      if (!closing) console.error('A browser of the tests crashed: what still needs it will fail.');
    });
  }
  provide(
    'browsers',
    browsers.map((browser) => browser.wsEndpoint()),
  );
  return async () => {
    closing = true;
    await Promise.all(browsers.map((browser) => browser.close()));
  };
}
