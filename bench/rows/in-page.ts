/**
 * What a data set of so many rows costs on the built page; prints a line of JSON. The argument is
 * the number of rows.
 */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import puppeteer, { type Browser, type Page } from 'puppeteer';
import { preview } from 'vite';
import { InputError } from '../../src/base/input-error';
import { findChromium } from '../../scripts/find-chromium.mjs';
import { csvOf } from './csv-of';
import type { PageCost } from './row-cost';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** Longest that any part may take. */
const DEADLINE_MS = 120_000;
/** How long the page is watched once it trains. */
const WATCHED_MS = 20_000;

/** What is noted in the page: when it was, and how long the page's own thread was held up. */
interface Noted {
  /** The first of each of the worker's events, and of the page's commands: milliseconds. */
  readonly at: Partial<Record<string, number>>;
  readonly longTasks: { readonly at: number; readonly ms: number }[];
  /** What a person has been shown last. */
  refused: string;
}

declare global {
  interface Window {
    noted: Noted;
  }
}

/** Runs in the page, before its own scripts. */
function note(): void {
  const noted: Noted = { at: {}, longTasks: [], refused: '' };
  window.noted = noted;
  new PerformanceObserver((list) => {
    for (const { startTime: at, duration: ms } of list.getEntries())
      noted.longTasks.push({ at, ms });
  }).observe({ type: 'longtask', buffered: true });
  const mark = (name: string): void => {
    noted.at[name] ??= performance.now();
  };
  const Original = Worker;
  window.Worker = class extends Original {
    constructor(...given: ConstructorParameters<typeof Worker>) {
      super(...given);
      this.addEventListener(
        'message',
        ({ data }: MessageEvent<{ type: string; phase?: string; reason?: string }>) => {
          mark(data.type === 'phase' ? `phase ${data.phase ?? ''}` : data.type);
          if (data.type === 'refused' || data.type === 'trouble') noted.refused = data.reason ?? '';
        },
      );
    }

    override postMessage(message: unknown, transfer?: Transferable[] | StructuredSerializeOptions) {
      if (typeof message === 'object' && message !== null && 'type' in message) {
        mark(`to ${String(message.type)}`);
      }
      super.postMessage(message, transfer as Transferable[]);
    }
  };
}

async function seen(page: Page, name: string): Promise<number> {
  const found = await page.waitForFunction(
    (of) => window.noted.at[of] ?? (window.noted.refused === '' ? false : window.noted.refused),
    { timeout: DEADLINE_MS, polling: 50 },
    name,
  );
  const value = await found.jsonValue();
  if (typeof value !== 'number') throw new InputError(`The page says: ${String(value)}`);
  return value;
}

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

async function measure(rows: number, url: string, folder: string): Promise<PageCost> {
  const file = join(folder, `rows-${String(rows)}.csv`);
  writeFileSync(file, csvOf(rows));
  const { path, args } = await findChromium();
  const browser = await puppeteer.launch({
    executablePath: path,
    args,
    protocolTimeout: DEADLINE_MS,
    defaultViewport: { width: 1440, height: 900 },
  });
  try {
    const page = await browser.newPage();
    // What the compiler calls in every function that it names.
    await page.evaluateOnNewDocument('globalThis.__name = (of) => of;');
    await page.evaluateOnNewDocument(note);
    await page.goto(url);
    const input = await page.waitForSelector('>>> input[type=file]', { timeout: DEADLINE_MS });
    await input?.uploadFile(file);
    await seen(page, 'cleaned');
    await page.locator('::-p-aria(Train[role="button"])').setTimeout(DEADLINE_MS).click();
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
  } finally {
    await browser.close();
  }
}

const folder = mkdtempSync(join(tmpdir(), 'warmbright-rows-'));
const server = await preview({
  root: ROOT,
  logLevel: 'error',
  preview: { host: '127.0.0.1', port: 4673 },
});
try {
  const url = server.resolvedUrls?.local[0];
  if (url === undefined || !existsSync(join(ROOT, 'dist', 'index.html'))) {
    throw new InputError('The page has to be built first: npm run build.');
  }
  console.log(JSON.stringify(await measure(Number(process.argv[2]), url, folder)));
} finally {
  rmSync(folder, { recursive: true, force: true });
  await server.close();
}
process.exit(0);
