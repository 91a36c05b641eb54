/** A person at a browser: fresh profiles, real clicks and drops, and an eye on what goes wrong. */
import { mkdirSync, mkdtempSync, readdirSync, statSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import puppeteer, { type Browser, type BrowserContext, type Page, type WebWorker } from 'puppeteer';
import { expect, inject } from 'vitest';
import { findChromium } from '../../scripts/find-chromium.mjs';

const SCREENSHOTS = fileURLToPath(new URL('../../artifacts/screenshots/', import.meta.url));

export interface View {
  readonly width: number;
  readonly height: number;
  readonly colours: 'light' | 'dark';
}

/** Whether a person wants things on the page to move, as browsers are asked. */
type Motion = 'no-preference' | 'reduce';

/** A proxy that is not there: whatever is not on this machine cannot be reached. */
const NOWHERE = '--proxy-server=http://127.0.0.1:9';

export const DESK: View = { width: 1440, height: 900, colours: 'light' };

/** One browser, for all journeys of a test file. Close it in `afterAll`. */
export class TestBrowser {
  readonly #browser: Browser;
  readonly #motion: Motion;
  /** What the visits download, a folder each. */
  readonly #downloads = mkdtempSync(join(tmpdir(), 'warmbright-downloads-'));

  private constructor(browser: Browser, motion: Motion) {
    this.#browser = browser;
    this.#motion = motion;
  }

  /** @param motion usually none: what fades or unfolds could be caught half-way */
  static async launch(motion: Motion = 'reduce'): Promise<TestBrowser> {
    const { path, args } = await findChromium();
    const browser = await puppeteer.launch({ executablePath: path, args: [...args, NOWHERE] });
    return new TestBrowser(browser, motion);
  }

  /** A person with a fresh profile, looking at the page; `path` may hold a fragment. */
  async visit(view: Partial<View> = {}, path = ''): Promise<Visit> {
    const downloads = mkdtempSync(join(this.#downloads, 'visit-'));
    const context = await this.#browser.createBrowserContext({
      downloadBehavior: { policy: 'allow', downloadPath: downloads },
    });
    const site = new URL(inject('siteUrl')).origin;
    for (const name of ['clipboard-read', 'clipboard-write']) {
      await context.setPermission(site, { permission: { name }, state: 'granted' });
    }
    const visit = new Visit(context, await context.newPage(), downloads, this.#motion);
    await visit.look(view);
    await visit.open(path);
    return visit;
  }

  async close(): Promise<void> {
    await this.#browser.close();
    rmSync(this.#downloads, { recursive: true });
  }
}

export class Visit {
  readonly context: BrowserContext;
  readonly page: Page;
  /** Errors on the console of page and workers, exceptions nobody caught, loads that failed. */
  readonly problems: string[] = [];
  /** What page and workers asked other hosts for, unless the content security policy forbade it. */
  readonly foreignRequests: string[] = [];
  readonly #downloads: string;
  readonly #motion: Motion;

  constructor(context: BrowserContext, page: Page, downloads: string, motion: Motion) {
    this.#motion = motion;
    this.context = context;
    this.page = page;
    this.#downloads = downloads;
    page.on('console', (message) => {
      if (message.type() === 'error') {
        this.problems.push(`${message.text()} (${message.location().url ?? 'somewhere'})`);
      }
    });
    page.on('pageerror', (error) => {
      this.problems.push(`uncaught: ${error instanceof Error ? error.message : String(error)}`);
    });
    page.on('request', (request) => {
      this.#note(request.url());
    });
    page.on('workercreated', (worker) => {
      void this.#watch(worker);
    });
    page.on('requestfailed', (request) => {
      const why = request.failure()?.errorText ?? 'failed';
      // A page that is left or closed gives up what it was loading.
      if (why !== 'net::ERR_ABORTED') this.problems.push(`${request.url()}: ${why}`);
    });
  }

  /** Opens the page afresh; `path` may hold a fragment. */
  async open(path = ''): Promise<void> {
    // From a blank page, since going to another fragment of the same page would not load it.
    await this.page.goto('about:blank');
    await this.page.goto(new URL(path, inject('siteUrl')).href);
  }

  /** Sets the window's size and colours. */
  async look(view: Partial<View>): Promise<void> {
    const { width, height, colours } = { ...DESK, ...view };
    await this.page.setViewport({ width, height });
    await this.page.emulateMediaFeatures([
      { name: 'prefers-color-scheme', value: colours },
      { name: 'prefers-reduced-motion', value: this.#motion },
    ]);
  }

  /**
   * The training worker, once it has started: questions put to a worker that is still being set up
   * can crash Chromium 156 (seen with `requestAdapter` within the first tenth of a second).
   */
  async worker(): Promise<WebWorker> {
    await this.page.waitForNetworkIdle({ idleTime: 1500 });
    const [worker] = this.page.workers();
    if (worker === undefined) throw new Error('The training worker is gone.');
    return worker;
  }

  /** Waits until the text can be seen, in shadow roots too. */
  async sees(text: string, timeout = 30_000): Promise<void> {
    await this.page.waitForSelector(`text/${text}`, { visible: true, timeout });
  }

  /**
   * Clicks what the selector finds, once it can be clicked: `>>>` looks into shadow roots,
   * `aria/Train[role="button"]` goes by the accessible name.
   */
  async click(selector: string): Promise<void> {
    // Left to itself, a locator waits until native controls are enabled, and clicks the kit's anyway.
    const enabled = (element: Element): boolean =>
      !('disabled' in element && element.disabled === true);
    const locator = this.page.locator(selector).filter(enabled);
    // Where the page moves just then, the click lands beside it; a person would click again.
    for (let tries = 0; tries < 3; tries++) {
      const element = await locator.waitHandle();
      const aim = await element.evaluateHandle((at) => {
        const noted = { at, hit: false };
        const { host } = at.getRootNode() as Partial<ShadowRoot>;
        // A label, or the kit's control around it, does as well.
        const control = host?.localName.startsWith('wa-') === true ? host : at.closest('label');
        for (const target of [at, control]) {
          target?.addEventListener('pointerdown', () => (noted.hit = true), { capture: true });
        }
        return noted;
      });
      await locator.click();
      const missed = await aim
        .evaluate(({ at, hit }) => !hit && at.isConnected)
        // The click led away from the page.
        .catch(() => false);
      if (!missed) return;
    }
    throw new Error(`${selector} moves away from each click.`);
  }

  /** Drops a file from outside on an element, as from a file manager. */
  async drop(selector: string, file: string): Promise<void> {
    const element = await this.page.waitForSelector(selector, { visible: true });
    await element?.scrollIntoView();
    const box = await element?.boundingBox();
    if (box === null || box === undefined) throw new Error(`${selector} has no place on the page.`);
    const x = box.x + box.width / 2;
    const y = box.y + box.height / 2;
    const client = await this.page.createCDPSession();
    const data = { items: [], files: [file], dragOperationsMask: 1 };
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
      await client.send('Input.dispatchDragEvent', { type, x, y, data });
    }
    await client.detach();
  }

  /** Clicks what opens a file chooser, and chooses the file. */
  async choose(selector: string, file: string): Promise<void> {
    const [chooser] = await Promise.all([this.page.waitForFileChooser(), this.click(selector)]);
    await chooser.accept([file]);
  }

  /** Clicks what starts a download, and gives the path of the finished file. */
  async download(selector: string, timeout = 30_000): Promise<string> {
    const before = new Set(readdirSync(this.#downloads));
    await this.click(selector);
    const finished = (): string | undefined =>
      readdirSync(this.#downloads).find(
        (name) =>
          !before.has(name) &&
          !isPartial(name) &&
          // The name may be there a moment before the bytes are.
          statSync(join(this.#downloads, name)).size > 0,
      );
    await expect.poll(finished, { timeout }).toBeDefined();
    return join(this.#downloads, finished() ?? '');
  }

  /** What the page copied last. */
  async clipboard(): Promise<string> {
    await this.page.bringToFront();
    return this.page.evaluate(() => navigator.clipboard.readText());
  }

  /**
   * Brings to its end whatever fades or unfolds, in shadow roots too. It is not waited for: Chromium
   * may draw no frame for long after a picture was taken, and fades stand still meanwhile.
   */
  async rests(): Promise<void> {
    const finish = (): Promise<number> =>
      this.page.evaluate(() => {
        const passing = (root: Document | ShadowRoot): Animation[] => [
          ...root
            .getAnimations()
            .filter(
              ({ effect, playState, timeline }) =>
                playState === 'running' &&
                timeline === document.timeline &&
                Number.isFinite(effect?.getComputedTiming().endTime),
            ),
          ...[...root.querySelectorAll('*')].flatMap(({ shadowRoot }) =>
            shadowRoot === null ? [] : passing(shadowRoot),
          ),
        ];
        const found = passing(document);
        for (const animation of found) animation.finish();
        return found.length;
      });
    await expect.poll(finish, { timeout: 10_000 }).toBe(0);
  }

  /** Keeps a picture of the whole page in artifacts/screenshots. */
  async screenshot(name: string): Promise<void> {
    mkdirSync(SCREENSHOTS, { recursive: true });
    await this.rests();
    await this.page.screenshot({ path: join(SCREENSHOTS, `${name}.png`), fullPage: true });
  }

  /** A worker's requests and the browser's complaints about it do not pass by its page. */
  async #watch({ client }: WebWorker): Promise<void> {
    client.on('Network.requestWillBeSent', ({ request }) => {
      this.#note(request.url);
    });
    client.on('Log.entryAdded', ({ entry }) => {
      if (entry.level === 'error') this.problems.push(`${entry.text} (a worker)`);
    });
    try {
      await client.send('Network.enable');
      // Tells what was logged before, too.
      await client.send('Log.enable');
    } catch {
      // The worker ended before it could be watched.
    }
  }

  #note(address: string): void {
    const { protocol, origin } = new URL(address);
    const here = new URL(inject('siteUrl')).origin;
    if (/^(https?|wss?):$/.test(protocol) && origin !== here) this.foreignRequests.push(address);
  }

  /** Ends the visit; fails if anything went wrong or another host was asked for anything. */
  async end(): Promise<void> {
    await this.context.close();
    expect(this.problems).toEqual([]);
    expect(this.foreignRequests).toEqual([]);
  }
}

/** Chromium writes a download under a passing name first. */
function isPartial(name: string): boolean {
  return name.endsWith('.crdownload') || name.startsWith('.');
}
