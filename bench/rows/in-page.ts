/**
 * What a data set of so many rows costs on the built page; prints a line of JSON. The argument is
 * the number of rows.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { Browser } from 'puppeteer';
import { loadData, pressTrain, withBuiltPage } from './built-page';
import { note, seen, type Noted } from './noted';
import type { PageCost } from './row-cost';

/** How long the page is watched once it trains. */
const WATCHED_MS = 20_000;

/** Most memory that the page and its workers have held, in bytes; null where that cannot be told. */
function peakOf(browser: Browser): number | null {
  if (!existsSync('/proc/self/status')) return null;
  const parents = new Map<number, number>();
  const peaks = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    try {
      const status = readFileSync(`/proc/${name}/status`, 'utf8');
      const numberOf = (key: string): number =>
        Number(new RegExp(`^${key}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0);
      parents.set(Number(name), numberOf('PPid'));
      peaks.set(Number(name), Math.max(numberOf('VmHWM'), numberOf('VmRSS')) * 1024);
    } catch {
      // No process, or one that has ended.
    }
  }
  const own = browser.process()?.pid ?? -1;
  const isOurs = (pid: number): boolean => {
    const parent = parents.get(pid);
    return parent !== undefined && (parent === own || isOurs(parent));
  };
  // The renderer is by far the largest of the browser's processes.
  return Math.max(...[...peaks].filter(([pid]) => isOurs(pid)).map(([, peak]) => peak));
}

/** The longest that the page's thread was held up between two moments, in seconds. */
function longest({ longTasks }: Noted, from: number, to: number): number {
  return (
    Math.max(0, ...longTasks.filter(({ at }) => at >= from && at < to).map(({ ms }) => ms)) / 1000
  );
}

async function measure(rows: number): Promise<PageCost> {
  return withBuiltPage(rows, async ({ browser, page, url, file }) => {
    await page.evaluateOnNewDocument(note);
    await page.goto(`${url}#train`);
    await loadData(page, file);
    await seen(page, 'cleaned');
    await pressTrain(page);
    await seen(page, 'epoch');
    await seen(page, 'saved');
    // Watched for a while: frames, the first figures.
    await page
      .waitForFunction(() => window.noted.at['phase done'] !== undefined, { timeout: WATCHED_MS })
      .catch(() => undefined);
    const noted = await page.evaluate(() => window.noted);
    const at = (name: string): number => noted.at[name] ?? Number.NaN;
    return {
      rows,
      read: (at('data-loaded') - at('to load-data')) / 1000,
      audit: (at('cleaned') - at('to audit')) / 1000,
      start: (at('phase training') - at('to start')) / 1000,
      firstEpoch: (at('epoch') - at('phase training')) / 1000,
      longestRead: longest(noted, 0, at('to start')),
      longestTrain: longest(noted, at('to start'), Infinity),
      peakBytes: peakOf(browser),
    };
  });
}

console.log(JSON.stringify(await measure(Number(process.argv[2]))));
process.exit(0);
