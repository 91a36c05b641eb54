/** A page that is there for tests alone: a production build under its policy, in a Chromium. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import puppeteer, { type Browser, type Page } from 'puppeteer';
import { build, preview } from 'vite';
import { findChromium } from '../../scripts/find-chromium.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self' data:";
/** Longest a call into the page may take, in milliseconds. */
const LONGEST_CALL = 300_000;

interface LabOptions {
  /** Headers sent with every file beside the policy. */
  readonly headers?: Readonly<Record<string, string>>;
}

export class Lab {
  readonly browser: Browser;
  /** What is served; files put here can be fetched by the page. */
  readonly folder: string;
  readonly #url: string;
  readonly #ready: string;
  readonly #closeServer: () => Promise<void>;

  private constructor(
    browser: Browser,
    folder: string,
    url: string,
    ready: string,
    closeServer: () => Promise<void>,
  ) {
    this.browser = browser;
    this.folder = folder;
    this.#url = url;
    this.#ready = ready;
    this.#closeServer = closeServer;
  }

  /**
   * @param script of the page, in this folder
   * @param ready  name of the global that the script sets
   */
  static async open(script: string, ready: string, { headers }: LabOptions = {}): Promise<Lab> {
    const folder = mkdtempSync(join(tmpdir(), 'warmbright-lab-'));
    const common = { root: ROOT, configFile: false, publicDir: false, logLevel: 'warn' } as const;
    await build({
      ...common,
      base: './',
      worker: { format: 'es' },
      build: {
        outDir: folder,
        emptyOutDir: true,
        target: 'es2022',
        rolldownOptions: {
          input: join(ROOT, 'e2e/labs', script),
          output: { entryFileNames: 'page.js' },
        },
      },
    });
    writeFileSync(
      join(folder, 'index.html'),
      '<!doctype html><title>Lab</title><script type="module" src="./page.js"></script>',
    );
    // Takes the next free port where another lab is open.
    const server = await preview({
      ...common,
      build: { outDir: folder },
      preview: { host: '127.0.0.1', headers: { 'Content-Security-Policy': POLICY, ...headers } },
    });
    const [url] = server.resolvedUrls?.local ?? [];
    if (url === undefined) throw new Error('The lab cannot be served.');
    const { path, args } = await findChromium();
    const browser = await puppeteer.launch({
      executablePath: path,
      args,
      protocolTimeout: LONGEST_CALL,
    });
    return new Lab(browser, folder, url, ready, () => server.close());
  }

  /** A tab with the page, once its script has run. */
  async openPage(where: Pick<Browser, 'newPage'> = this.browser): Promise<Page> {
    const page = await where.newPage();
    await this.load(page);
    return page;
  }

  /** Loads the page afresh. */
  async load(page: Page): Promise<void> {
    await page.goto(this.#url);
    await page.waitForFunction((name) => name in globalThis, {}, this.#ready);
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.#closeServer();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
