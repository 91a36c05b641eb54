/** A page that is there for tests alone: a production build under its policy, in a Chromium. */
import type { Browser, BrowserContext, Page } from 'puppeteer';
import { inject } from 'vitest';
import { closeWhenCrashed, connect, disconnect, launchBrowser } from '../browser';
import type { LabName } from './site';

export interface LabOptions {
  /** Whether it is served with the headers that isolate a page. */
  readonly isolated?: boolean;
  /** Whether it is opened in a browser of its own, for what harms the whole browser. */
  readonly ownBrowser?: boolean;
}

export class Lab {
  readonly browser: Browser;
  readonly #url: string;
  readonly #leave: () => Promise<void>;

  private constructor(browser: Browser, url: string, leave: () => Promise<void>) {
    this.browser = browser;
    this.#url = url;
    this.#leave = leave;
  }

  static async open(
    name: LabName,
    { isolated = false, ownBrowser = false }: LabOptions = {},
  ): Promise<Lab> {
    const { url, isolatedUrl } = inject('labs');
    const address = `${isolated ? isolatedUrl : url}${name}.html`;
    if (ownBrowser) {
      const browser = await launchBrowser();
      return new Lab(browser, address, () => browser.close());
    }
    const browser = await connect();
    return new Lab(browser, address, () => disconnect(browser));
  }

  /** A fresh profile. */
  newContext(): Promise<BrowserContext> {
    return this.browser.createBrowserContext();
  }

  /** A tab with the page, once its script has run. */
  async openPage(context: BrowserContext): Promise<Page> {
    const page = await context.newPage();
    closeWhenCrashed(page);
    await this.load(page);
    return page;
  }

  /** Loads the page afresh. */
  async load(page: Page): Promise<void> {
    await page.goto(this.#url);
  }

  close(): Promise<void> {
    return this.#leave();
  }
}
