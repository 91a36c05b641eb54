/** A person at a browser: fresh profiles, real clicks and drops, and an eye on what goes wrong. */
import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContext, ElementHandle, Page, WebWorker } from 'puppeteer';
import { expect, inject } from 'vitest';
import { closeWhenCrashed, connect, disconnect } from '../browser';
import { within } from '../within';
import { closeAfterTest } from './shared-visit';
import { findNow, findVisible, until, untilGone, untilSeen } from './waiting';
import { Watch } from './watch';

const SCREENSHOTS = fileURLToPath(new URL('../../artifacts/screenshots/', import.meta.url));

export interface View {
  readonly width: number;
  readonly height: number;
  readonly colours: 'light' | 'dark';
}

/** Whether a person wants things on the page to move, as browsers are asked. */
type Motion = 'no-preference' | 'reduce';

/** How long something may take that takes a second on an idle machine: others may be busy. */
export const DEADLINE_MS = 60_000;

/** How often a click is tried, and how long each time: together as long as anything may take. */
const CLICKS = 6;
const CLICK_MS = DEADLINE_MS / CLICKS;

export const DESK: View = { width: 1440, height: 900, colours: 'light' };

/** What a new tab shows. */
const BLANK = 'about:blank';

/** Where there is no model until a person trains or opens one. */
const TRAIN = '#train';

/** What journeys begin from. Open it in `beforeAll`, and close it in `afterAll`. */
export class TestBrowser {
  readonly #browser: Browser;
  readonly #motion: Motion;
  readonly #offline: boolean;
  /** What the visits download, a folder each. */
  readonly #downloads = mkdtempSync(join(tmpdir(), 'warmbright-downloads-'));

  private constructor(browser: Browser, motion: Motion, offline: boolean) {
    this.#browser = browser;
    this.#motion = motion;
    this.#offline = offline;
  }

  /**
   * @param motion  usually none: what fades or unfolds could be caught half-way
   * @param offline whether its pages keep a copy of themselves, as they do in browsers that have service
   *   workers: in every fresh profile that takes a third of a journey's time again
   */
  static async open(motion: Motion = 'reduce', offline = false): Promise<TestBrowser> {
    return new TestBrowser(await connect(), motion, offline);
  }

  /** A person with a fresh profile, looking at the page; `path` may hold a fragment. */
  async visit(view: Partial<View> = {}, path = TRAIN): Promise<Visit> {
    const downloads = mkdtempSync(join(this.#downloads, 'visit-'));
    const context = await this.#browser.createBrowserContext({
      downloadBehavior: { policy: 'allow', downloadPath: downloads },
    });
    let visit: Visit | null = null;
    closeAfterTest(context, () => visit);
    const site = new URL(inject('siteUrl')).origin;
    for (const name of ['clipboard-read', 'clipboard-write']) {
      await context.setPermission(site, { permission: { name }, state: 'granted' });
    }
    visit = new Visit(context, await context.newPage(), downloads, this.#motion);
    if (!this.#offline) {
      await visit.page.evaluateOnNewDocument(() => {
        Reflect.deleteProperty(Navigator.prototype, 'serviceWorker');
      });
    }
    await visit.look(view);
    await visit.open(path);
    return visit;
  }

  async close(): Promise<void> {
    await disconnect(this.#browser);
    rmSync(this.#downloads, { recursive: true });
  }
}

export class Visit {
  /** Whether other tests go on with it: see shared-visit. */
  shared = false;
  readonly context: BrowserContext;
  readonly page: Page;
  readonly watch: Watch;
  readonly #downloads: string;
  readonly #motion: Motion;

  constructor(context: BrowserContext, page: Page, downloads: string, motion: Motion) {
    this.#motion = motion;
    this.context = context;
    this.page = page;
    this.#downloads = downloads;
    this.watch = new Watch(page, new URL(inject('siteUrl')).origin);
    closeWhenCrashed(page);
    page.setDefaultTimeout(DEADLINE_MS);
  }

  /** Opens the page afresh; `path` may hold a fragment. */
  async open(path = TRAIN): Promise<void> {
    // From a blank page, since going to another fragment of the same page would not load it.
    if (this.page.url() !== BLANK) await this.page.goto(BLANK);
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
   * The training worker. Call it once the page shows what the worker has done: questions put to a
   * worker that is still being set up can crash Chromium 156 (seen with `requestAdapter` within the
   * first tenth of a second).
   */
  worker(): WebWorker {
    const [worker] = this.page.workers();
    if (worker === undefined) throw new Error('The training worker is gone.');
    return worker;
  }

  /**
   * Waits until all that has happened so far is drawn. The page draws in a frame, and its panels
   * each in a task of their own after it, those inside others later.
   */
  async drawn(): Promise<void> {
    await this.page.evaluate(async () => {
      for (let depth = 0; depth < 10; depth++) {
        if (depth % 5 === 0) await new Promise(requestAnimationFrame);
        await new Promise((done) => setTimeout(done, 0));
      }
    });
  }

  /** What the selector finds first, once it can be seen. */
  find(selector: string): Promise<ElementHandle> {
    return findVisible(this.page, selector, DEADLINE_MS);
  }

  /** Waits until what the selector finds is hidden, or away. */
  gone(selector: string): Promise<void> {
    return untilGone(this.page, selector, DEADLINE_MS);
  }

  /** What the selector finds first, seen or not, once it is there. */
  #attached(selector: string): Promise<ElementHandle> {
    const look = (): Promise<ElementHandle | null> => findNow(this.page, selector);
    return until(DEADLINE_MS, selector, look, () => 'there is none');
  }

  /** The text of what the selector finds first, blanks run together, once it is there. */
  async text(selector: string): Promise<string> {
    const element = await this.#attached(selector);
    return tidy(await element.evaluate(({ textContent }) => textContent));
  }

  /** The texts of all that the selector finds now. */
  async texts(selector: string): Promise<string[]> {
    const texts = await this.page.$$eval(selector, (found) =>
      found.map(({ textContent }) => textContent),
    );
    return texts.map(tidy);
  }

  /** An attribute of what the selector finds first, once that is there; empty where it has none. */
  async attribute(selector: string, name: string): Promise<string> {
    const element = await this.#attached(selector);
    return (await element.evaluate((of, key) => of.getAttribute(key), name)) ?? '';
  }

  /** Waits until the text can be seen, in shadow roots too. */
  sees(text: string, deadlineMs = DEADLINE_MS): Promise<void> {
    return untilSeen(this.page, text, deadlineMs);
  }

  /**
   * Clicks what the selector finds, once it can be clicked: `>>>` looks into shadow roots,
   * `aria/Train[role="button"]` goes by the accessible name.
   *
   * @param count 3 selects what stands in a field
   */
  async click(selector: string, count = 1): Promise<void> {
    // Where the page moves just then, the press or its end lands beside it; a person would click again.
    let refused: unknown;
    for (let tries = 0; tries < CLICKS; tries++) {
      const element = await findVisible(this.page, selector, DEADLINE_MS, true);
      const aim = await element.evaluateHandle((at) => {
        const noted = { at, hit: false };
        const { host } = at.getRootNode() as Partial<ShadowRoot>;
        // A label, or the kit's control around it, does as well.
        const control = host?.localName.startsWith('wa-') === true ? host : at.closest('label');
        for (const target of [at, control]) {
          target?.addEventListener('click', () => (noted.hit = true), { capture: true });
        }
        return noted;
      });
      try {
        await element.asLocator().setTimeout(CLICK_MS).click({ count });
      } catch (error) {
        // The page may have drawn another in its place before the click came, or the browser no
        // frame, which it seldom does for as long as it is waited for.
        refused = error;
        continue;
      }
      const missed = await aim
        .evaluate(({ at, hit }) => !hit && at.isConnected)
        // The click led away from the page.
        .catch(() => false);
      if (!missed) return;
    }
    throw new Error(`${selector} moves away from each click.`, { cause: refused });
  }

  /** Drops a file from outside on an element, as from a file manager. */
  async drop(selector: string, file: string): Promise<void> {
    // A browser may let one pass, or never answer; a person would drop it again.
    let cause: unknown;
    for (let tries = 0; tries < 3; tries++) {
      const taken = await this.page.evaluateHandle(() => {
        const noted = { hit: false };
        addEventListener('drop', () => (noted.hit = true), { capture: true, once: true });
        return noted;
      });
      const element = await this.find(selector);
      await this.#dropOnce(element, file).catch((error: unknown) => (cause = error));
      for (let looks = 0; looks < 20; looks++) {
        if (await taken.evaluate(({ hit }) => hit)) return;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    }
    throw new Error(`${selector} takes no file.`, { cause });
  }

  async #dropOnce(element: ElementHandle, file: string): Promise<void> {
    await element.scrollIntoView();
    const box = await element.boundingBox();
    if (box === null) throw new Error('It has no place on the page.');
    const x = box.x + box.width / 2;
    const y = box.y + box.height / 2;
    const client = await this.page.createCDPSession();
    const data = { items: [], files: [file], dragOperationsMask: 1 };
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
      const answer = client.send('Input.dispatchDragEvent', { type, x, y, data });
      await within(CLICK_MS, `the browser’s answer to ${type}`, answer);
    }
    await client.detach();
  }

  /** Clicks what opens a file chooser, and chooses the file. */
  async choose(selector: string, file: string): Promise<void> {
    const [chooser] = await Promise.all([this.page.waitForFileChooser(), this.click(selector)]);
    await chooser.accept([file]);
  }

  /** Clicks what starts a download, and gives the path of the finished file. */
  download(selector: string, timeout = DEADLINE_MS): Promise<string> {
    return this.downloaded(() => this.click(selector), timeout);
  }

  /** Does what starts a download, and gives the path of the finished file. */
  async downloaded(start: () => Promise<void>, timeout = DEADLINE_MS): Promise<string> {
    const before = new Set(readdirSync(this.#downloads));
    await start();
    // The name may be there a moment before the bytes are.
    const isWhole = (name: string): boolean =>
      !isPartial(name) && statSync(join(this.#downloads, name)).size > 0;
    let there: readonly string[] = [];
    const look = (): Promise<string | null> => {
      there = readdirSync(this.#downloads).filter((name) => !before.has(name));
      return Promise.resolve(there.find(isWhole) ?? null);
    };
    const name = await until(timeout, 'a download', look, () => there.join() || 'no file began');
    // The next one of that name would take its place.
    const path = join(mkdtempSync(`${this.#downloads}-kept-`), name);
    renameSync(join(this.#downloads, name), path);
    return path;
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
    await expect.poll(finish).toBe(0);
  }

  /** Keeps a picture of the whole page in artifacts/screenshots. */
  async screenshot(name: string): Promise<void> {
    mkdirSync(SCREENSHOTS, { recursive: true });
    await this.rests();
    const path = join(SCREENSHOTS, `${name}.png`);
    // A larger file, sooner.
    await this.page.screenshot({ path, fullPage: true, optimizeForSpeed: true });
  }

  /** What may say why a test failed: a picture, and what went wrong meanwhile. */
  async keepEvidence(name: string): Promise<void> {
    if (this.watch.problems.length > 0) console.error(this.watch.problems.join('\n'));
    mkdirSync(SCREENSHOTS, { recursive: true });
    await this.page.screenshot({ path: join(SCREENSHOTS, `failed-${name}.png`) }).catch(() => null);
  }

  /**
   * Ends the visit, or a test's part of one that is shared; fails if anything went wrong or another host
   * was asked for anything.
   */
  async end(): Promise<void> {
    if (!this.shared) await this.context.close();
    expect(this.watch.problems).toEqual([]);
    expect(this.watch.foreignRequests).toEqual([]);
  }
}

/** Chromium writes a download under a passing name first. */
function isPartial(name: string): boolean {
  return name.endsWith('.crdownload') || name.startsWith('.');
}

/** Without line breaks and runs of blanks. */
function tidy(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}
