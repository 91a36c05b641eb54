/**
 * Training in a browser that is killed again and again. KILLS of the environment says how often;
 * `npm run kills` does it thirty times.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { once } from 'node:events';
import type { Browser } from 'puppeteer';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { temporaryFolder } from '../../src/testing/temporary-folder';
import { launchBrowser } from '../browser';
import { within } from '../within';
import { TestBrowser, Visit } from './harness';
import {
  downloadModel,
  epochsTrained,
  openSample,
  planEndlessRun,
  savedEpoch,
  step,
  useSample,
} from './person';

const KILLS = Number(process.env.KILLS ?? 2);
/** A kill takes seconds, on a busy machine tens of seconds. */
const MS_A_KILL = 100_000;

const folder = temporaryFolder();

let undisturbed: TestBrowser;
beforeAll(async () => {
  undisturbed = await TestBrowser.open();
});
afterAll(() => undisturbed.close());

/** A person whose browser keeps what it is given, from one start to the next. */
async function startAgain(): Promise<{ browser: Browser; visit: Visit }> {
  const downloads = join(folder.path, 'downloads');
  mkdirSync(downloads, { recursive: true });
  const browser = await launchBrowser(join(folder.path, 'profile'));
  const client = await browser.target().createCDPSession();
  await client.send('Browser.setDownloadBehavior', { behavior: 'allow', downloadPath: downloads });
  const page = await browser.newPage();
  const visit = new Visit(browser.defaultBrowserContext(), page, downloads, 'reduce');
  await visit.look({});
  await visit.open();
  return { browser, visit };
}

/** Ends the browser at once, without a word. */
async function kill(browser: Browser): Promise<void> {
  const program = browser.process();
  if (program === null) throw new Error('The browser was not started here.');
  const ended = once(program, 'exit');
  program.kill('SIGKILL');
  await within(30_000, 'the end of a browser that was killed', ended);
}

/**
 * Waits until the run is open, paused. The page opens by itself what was open; what it remembers of
 * that may have been lost, and then the list has the run.
 */
async function openRun({ page }: Visit): Promise<void> {
  const isOpen = async (): Promise<boolean> => {
    const resume = 'wb-app >>> wb-run-bar >>> [data-action="resume"]:not([disabled])';
    if ((await page.$(resume)) !== null) return true;
    const button = await page.$('wb-app >>> wb-runs >>> li button[data-do="open"]');
    // It goes when the page opens the run just then.
    await button?.evaluate((open) => {
      open.click();
    });
    return false;
  };
  await expect.poll(isOpen, { interval: 500 }).toBe(true);
}

it(
  `loses nothing that was saved to ${String(KILLS)} kills, and goes on to the same bits`,
  async () => {
    let { browser, visit } = await startAgain();
    await useSample(visit);
    await planEndlessRun(visit);
    await visit.click('aria/Train[role="button"]');
    let saved = 0;
    for (let kills = 0; kills < KILLS; kills++) {
      await expect.poll(() => savedEpoch(visit)).toBeGreaterThan(saved);
      saved = await savedEpoch(visit);
      await kill(browser);
      ({ browser, visit } = await startAgain());
      await openRun(visit);
      expect(await epochsTrained(visit)).toBeGreaterThanOrEqual(saved);
      saved = await epochsTrained(visit);
      if (kills + 1 < KILLS) await visit.click('aria/Resume[role="button"]');
    }
    await step(visit);
    const epochs = await epochsTrained(visit);
    const resumed = await downloadModel(visit);
    expect(visit.watch.problems).toEqual([]);
    await browser.close();

    const whole = await openSample(undisturbed);
    await planEndlessRun(whole);
    while ((await epochsTrained(whole)) < epochs) await step(whole);
    const expected = await downloadModel(whole);
    expect(resumed.weights).toEqual(expected.weights);
    expect(resumed.map?.points).toEqual(expected.map?.points);
    expect(resumed.document.words).toEqual(expected.document.words);
    expect(resumed.document.run?.scoreboard).toEqual(expected.document.run?.scoreboard);
    await whole.end();
  },
  200_000 + KILLS * MS_A_KILL,
);
