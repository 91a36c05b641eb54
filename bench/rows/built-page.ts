/** The built page in a browser, for what is measured there. */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import puppeteer, { type Browser, type Page } from 'puppeteer';
import { preview } from 'vite';
import { InputError } from '../../src/base/input-error';
import { findChromium } from '../../scripts/find-chromium.mjs';
import { csvOf } from './csv-of';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** Longest that any part may take. */
export const DEADLINE_MS = 120_000;
const FILE_INPUT = 'wb-app >>> wb-data-panel >>> input[type=file]';

interface BuiltPage {
  readonly browser: Browser;
  readonly page: Page;
  readonly url: string;
  /** A data set of so many rows. */
  readonly file: string;
}

/**
 * Does something with a page that nothing is opened in yet, and closes it.
 *
 * @throws InputError where the page is not built
 */
export async function withBuiltPage<T>(
  rows: number,
  work: (built: BuiltPage) => Promise<T>,
): Promise<T> {
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
      return await work({ browser, page, url, file });
    } finally {
      await browser.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
    await server.close();
  }
}

/** Loads the data on the page, in its view of training. */
export async function loadData(page: Page, file: string): Promise<void> {
  const end = Date.now() + DEADLINE_MS;
  // Puppeteer's own wait does not see what is added inside shadow roots.
  let input = await page.$(FILE_INPUT);
  while (input === null && Date.now() < end) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    input = await page.$(FILE_INPUT);
  }
  if (input === null) throw new Error('The page takes no file.');
  await input.uploadFile(file);
}

export async function pressTrain(page: Page): Promise<void> {
  await page.locator('::-p-aria(Train[role="button"])').setTimeout(DEADLINE_MS).click();
}
