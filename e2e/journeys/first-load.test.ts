/** What the first load asks for and leaves out, and that nothing on the page jumps meanwhile. */
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

/** Most that parts of the page may jump in all: a fifth of what Core Web Vitals call good. */
const MOST_SHIFT = 0.02;

describe('while the page is drawn', () => {
  it.each([
    ['', 1440, 900],
    ['', 1280, 800],
    ['', 820, 1180],
    ['', 390, 844],
    ['#train', 1440, 900],
    ['#train', 820, 1180],
    ['#train', 390, 844],
    ['#compare', 1440, 900],
    ['#compare', 390, 844],
  ])('nothing of “%s” jumps, in a window of %i × %i', async (view, width, height) => {
    const visit = await browser.visit({ width, height }, 'about:blank');
    await visit.page.evaluateOnNewDocument(() => {
      let total = 0;
      const shifts: string[] = [];
      // As the API has it (WICG, Layout Instability), which TypeScript's types do not know.
      interface Shift extends PerformanceEntry {
        readonly value: number;
        readonly sources: readonly { readonly node: Node | null }[];
      }
      new PerformanceObserver((list) => {
        for (const { value, sources } of list.getEntries() as Shift[]) {
          total += value;
          const names = sources.map(({ node }) => node?.nodeName ?? 'something in a shadow root');
          shifts.push(`${value.toFixed(4)} ${names.join(', ')}`);
        }
        document.documentElement.dataset.shifts = `${String(total)} = ${shifts.join(' + ')}`;
      }).observe({ type: 'layout-shift', buffered: true });
    });
    await visit.open(view);
    if (view === '') await visit.find('wb-app >>> [data-figure="current"]');
    await visit.page.waitForNetworkIdle();
    await visit.drawn();
    const shifts = await visit.page.$eval('html', ({ dataset }) => dataset.shifts ?? '0');
    expect(Number.parseFloat(shifts), shifts).toBeLessThanOrEqual(MOST_SHIFT);
    await visit.end();
  });
});
