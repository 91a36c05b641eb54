/** The first visit, in Firefox: there is no WebGPU, and no DevTools protocol for the harness. */
import { existsSync, readFileSync } from 'node:fs';
import puppeteer, { type Browser, type ElementHandle, type Page } from 'puppeteer';
import { afterAll, beforeAll, describe, expect, inject, it, onTestFailed } from 'vitest';
import { findFirefox } from '../../scripts/find-firefox.mjs';
import { temporaryFolder } from '../../src/testing/temporary-folder';
import { findNow, findVisible, until, untilSeen } from './waiting';

/** How long something may take that takes some seconds on an idle machine. */
const DEADLINE_MS = 180_000;
/** A browser begins with a profile of its own, from a disk that others may use. */
const START_MS = 180_000;
/** All of it takes 15 s on an idle machine. */
const TEST_MS = 1_200_000;
const EPOCHS = 3;

const firefox = await findFirefox();
const downloads = temporaryFolder();

/** What a visit is made of beside the person: set in the profile, which is thrown away. */
const PREFERENCES = {
  // A proxy that is not there: whatever is not on this machine cannot be reached.
  'network.proxy.type': 1,
  'network.proxy.http': '127.0.0.1',
  'network.proxy.http_port': 9,
  'network.proxy.ssl': '127.0.0.1',
  'network.proxy.ssl_port': 9,
  'ui.prefersReducedMotion': 1,
  // A sound output that is silent, as not every machine has one that sounds.
  'media.cubeb.force_mock_context': true,
  'browser.download.folderList': 2,
  'browser.download.dir': downloads.path,
  'browser.download.always_ask_before_handling_new_types': false,
};

const BENCH = 'wb-app >>> wb-bench';
const PLAYER = `${BENCH} >>> wb-audition`;
const GRAPH = `${BENCH} >>> wb-equaliser >>> wb-eq-graph`;
const CURVE = `${GRAPH} >>> path.curve`;
const EPOCHS_FIELD =
  'wb-app >>> wb-recipe-panel >>> wb-recipe-field >>> wa-number-input[label="Epochs"] >>> input';
const PRESET = `${BENCH} >>> wb-presets >>> wb-preset-export`;

describe.skipIf(firefox === null)(
  firefox === null ? 'Firefox (skipped: none is installed)' : 'Firefox',
  () => {
    let browser: Browser;
    beforeAll(async () => {
      browser = await puppeteer.launch({
        browser: 'firefox',
        executablePath: firefox ?? '',
        extraPrefsFirefox: PREFERENCES,
        timeout: START_MS,
        protocolTimeout: DEADLINE_MS,
      });
    }, 2 * START_MS);
    afterAll(async () => {
      await browser.close();
    });

    it(
      'shows a model, trains on the sample in WebAssembly, is heard and gives a preset',
      async () => {
        const page = await browser.newPage();
        page.setDefaultTimeout(DEADLINE_MS);
        const problems: string[] = [];
        page.on('console', (message) => {
          if (message.type() === 'error') problems.push(message.text());
        });
        page.on('pageerror', (error) => {
          problems.push(`uncaught: ${error instanceof Error ? error.message : String(error)}`);
        });
        onTestFailed(() => {
          console.error(problems.join('\n'));
        });
        await page.setViewport({ width: 1440, height: 900 });
        await page.goto(inject('siteUrl'));

        await untilSeen(page, 'What does warm sound like?', DEADLINE_MS);
        const readyMade = await curveShown(page);

        await click(page, 'wb-app >>> wb-header >>> a[href="#train"]');
        await click(page, 'wb-app >>> wb-data-panel >>> wa-button[variant="brand"]');
        await untilSeen(page, 'Every row can be used.', DEADLINE_MS);
        await click(page, EPOCHS_FIELD, 3);
        await page.keyboard.type(String(EPOCHS));
        await page.keyboard.press('Tab');
        await click(page, 'wb-app >>> wb-run-bar >>> [data-action="train"]');
        await click(page, 'wb-app >>> wb-run-bar >>> [data-action="explore"]');
        expect(await text(page, 'wb-app >>> wb-header >>> wb-engine >>> .badge')).toContain(
          'WebAssembly',
        );
        expect(await text(page, 'wb-app >>> wb-runs >>> li[data-run]')).toContain(
          `finished, epoch ${String(EPOCHS)} of ${String(EPOCHS)}`,
        );
        await untilSeen(page, 'What does warm sound like?', DEADLINE_MS);
        expect(await curveShown(page)).not.toBe(readyMade);

        await click(page, `${PLAYER} >>> [data-action="play"]`);
        await untilText(page, `${PLAYER} >>> wb-peak-meter >>> p`, /Peak: \S+ dBFS/);
        expect(await text(page, `${PLAYER} >>> [data-action="play"]`)).toBe('Pause');
        await untilSeen(page, 'All are as loud as the bypass', DEADLINE_MS);

        const graph = await graphHeight(page);
        await click(page, `${BENCH} >>> .take [data-drawer="presets"]`);
        const area = await findVisible(page, `${PRESET} >>> textarea`, DEADLINE_MS);
        const preset = await area.evaluate((shown) =>
          shown instanceof HTMLTextAreaElement ? shown.value : '',
        );
        expect(preset).toMatch(/^# warm\nPreamp: .*\n(Filter \d: ON .*\n){5}/);
        await click(page, `${PRESET} >>> [data-action="download-preset"]`);
        await untilSaved('ParametricEQ.txt', preset);
        // What lies beside the view takes no room from it.
        expect(await graphHeight(page)).toBe(graph);
        expect(problems).toEqual([]);
      },
      TEST_MS,
    );
  },
);

/** Clicks what the selector finds, once it can be clicked. @param count 3 selects a field's text */
async function click(page: Page, selector: string, count = 1): Promise<void> {
  const element = await findVisible(page, selector, DEADLINE_MS, true);
  await element.asLocator().setTimeout(DEADLINE_MS).click({ count });
}

/** The current EQ's curve, once it is drawn. */
async function curveShown(page: Page): Promise<string | null> {
  const curve = await findVisible(page, CURVE, DEADLINE_MS);
  return curve.evaluate((path) => path.getAttribute('d'));
}

function graphHeight(page: Page): Promise<number> {
  return page.$eval(GRAPH, (graph) => graph.getBoundingClientRect().height);
}

/** The text of what the selector finds, seen or not, once it is there. */
async function text(page: Page, selector: string): Promise<string> {
  const look = (): Promise<ElementHandle | null> => findNow(page, selector);
  const element = await until(DEADLINE_MS, selector, look, () => 'there is none');
  const found = await element.evaluate(({ textContent }) => textContent);
  return found.replaceAll(/\s+/g, ' ').trim();
}

async function untilText(page: Page, selector: string, wanted: RegExp): Promise<void> {
  let read = '';
  const look = async (): Promise<true | null> => {
    read = await text(page, selector);
    return wanted.test(read) ? true : null;
  };
  await until(DEADLINE_MS, String(wanted), look, () => read);
}

/** Waits until a file is downloaded whole: its name may be there before its bytes are. */
async function untilSaved(name: string, contents: string): Promise<void> {
  const path = downloads.at(name);
  const read = (): string => (existsSync(path) ? readFileSync(path, 'utf8') : 'no such file');
  const look = (): Promise<true | null> => Promise.resolve(read() === contents ? true : null);
  await until(DEADLINE_MS, `the download of ${name}`, look, read);
}
