/** The budget of the first load counts what a browser asks for, and nothing is left out of it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { firstLoad } from '../../scripts/first-load.mjs';
import { DEADLINE_MS, TestBrowser } from './harness';

let browser: TestBrowser;
beforeAll(async () => {
  browser = await TestBrowser.open();
});
afterAll(() => browser.close());

describe('the first load', () => {
  it.each([
    [1440, 900],
    [390, 844],
  ])('is what its budget counts, in a window of %i × %i', async (width, height) => {
    const visit = await browser.visit({ width, height }, '');
    await visit.find('wb-app >>> [data-figure="current"]');
    const worker = visit.worker();
    const asked = (): string[] =>
      performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname.slice(1));
    const scripts = async (): Promise<string[]> => {
      const names = [...(await visit.page.evaluate(asked)), ...(await worker.evaluate(asked))];
      return [...new Set(names.filter((name) => /\.(js|css)$/.test(name)))].sort();
    };
    const counted = [...firstLoad().keys()].filter((name) => name !== 'index.html').sort();
    // A browser notes what it asked for once all of it has come.
    await expect.poll(scripts, { timeout: DEADLINE_MS }).toEqual(expect.arrayContaining(counted));
    await visit.page.waitForNetworkIdle();
    expect(await scripts()).toEqual(counted);
    await visit.end();
  });
});
