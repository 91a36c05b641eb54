/** The bench's page in one headless Chromium: where the peers of browsers run. */
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'puppeteer';
import { openOnGpu, servePage, type Site } from '../cli/browser/gpu-browser';
import buildWasm from '../scripts/build-wasm.mjs';
import type { BenchPage } from './bench-page';
import type { Line } from './peer';

const PAGE = fileURLToPath(new URL('page/', import.meta.url));

/** Without them no memory can be shared, and there are no threads. */
const ISOLATION = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

export class PageSite {
  readonly #site: Site;
  readonly #browser: Browser;
  readonly #page: Page;

  private constructor(site: Site, browser: Browser, page: Page) {
    this.#site = site;
    this.#browser = browser;
    this.#page = page;
  }

  static async open(): Promise<PageSite> {
    await buildWasm();
    const site = await servePage(PAGE, ISOLATION);
    try {
      const { browser, page } = await openOnGpu(site.url, () => Promise.resolve());
      return new PageSite(site, browser, page);
    } catch (error) {
      await site.close();
      throw error;
    }
  }

  version(): Promise<string> {
    return this.#browser.version();
  }

  /** The WebGPU adapter, or why there is none. */
  adapter(): ReturnType<BenchPage['adapter']> {
    return this.#page.evaluate(() => window.bench.adapter());
  }

  line(peer: string): Line {
    return {
      ask: (command) =>
        this.#page.evaluate((...given) => window.bench.ask(...given), peer, command),
      close: () =>
        this.#page.evaluate((name) => {
          window.bench.stop(name);
        }, peer),
    };
  }

  async close(): Promise<void> {
    await this.#browser.close();
    await this.#site.close();
  }
}
