/** The scoreboard: live while a run trains, beside baselines, word by word, at every width. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { TestBrowser, type Visit } from './harness';
import { expectGoodLooks } from './looks';
import {
  downloadModel,
  epochsTrained,
  figure,
  goTo,
  openSample,
  openTrained,
  setSetting,
  waitForPhase,
} from './person';

let browser: TestBrowser;
beforeAll(async () => {
  browser = await TestBrowser.open();
});
afterAll(async () => {
  await browser.close();
});

interface Errors {
  readonly heldOut: number;
  readonly training: number;
}

/** The response errors that the page drew last; null before the first. */
async function drawn(visit: Visit): Promise<Errors | null> {
  const text = await visit.attribute('wb-app >>> wb-curves >>> .errors', 'aria-label');
  const [, heldOut, training] = /held out ([\d.]+), training ([\d.]+)/.exec(text) ?? [];
  return heldOut === undefined ? null : { heldOut: Number(heldOut), training: Number(training) };
}

/** How many rows a column of the scores is on, as its title says. */
async function rowsOf(visit: Visit, title: string): Promise<number> {
  const titles = await visit.texts('wb-app >>> wb-scores >>> thead th');
  const [, rows] =
    titles
      .map((text) => /^(.*) \(([\d,]+)/.exec(text))
      .find((of) => of?.[1] === title)
      ?.slice(1) ?? [];
  return Number(rows?.replace(',', ''));
}

it('measures while a run trains, and at its end the last epoch', async () => {
  const visit = await openSample(browser);
  await setSetting(visit, 'Epochs', '10000');
  await visit.click('aria/Train[role="button"]');
  const seen = new Map<string, Errors>();
  const look = async (): Promise<number> => {
    const errors = await drawn(visit);
    if (errors !== null) seen.set(JSON.stringify(errors), errors);
    return seen.size;
  };
  await expect.poll(look, { timeout: 90_000 }).toBeGreaterThan(3);
  const [first, ...later] = seen.values();
  for (const { heldOut } of seen.values()) expect(heldOut).toBeGreaterThan(0);
  // Learning shows.
  expect(later.at(-1)?.training).toBeLessThan(first?.training ?? 0);
  await visit.click('aria/Pause[role="button"]');
  await waitForPhase(visit, 'paused');
  const paused = await epochsTrained(visit);
  await visit.sees(`Measured after epoch ${String(paused)}.`);
  await visit.click('aria/Stop[role="button"]');
  await waitForPhase(visit, 'done');
  expect(await rowsOf(visit, 'Training rows')).toBeGreaterThan(
    await rowsOf(visit, 'Held-out rows'),
  );
  const { document } = await downloadModel(visit);
  const board = document.run?.scoreboard;
  expect(board?.on).toBe('held-out rows');
  expect(await figure(visit, 'response-error')).toBeCloseTo(board?.responseErrorDb ?? 0, 2);
  await visit.end();
});

it('stands beside baselines, opens word by word, and fits a telephone', async () => {
  const visit = await openTrained(browser);
  await goTo(visit, 'train');
  await visit.sees('PCA on parameters');
  await visit.sees('the model is');
  await visit.click('wb-app >>> wb-scores >>> summary');
  await visit.find('wb-app >>> wb-word-scores >>> tbody tr');
  const words = () =>
    visit.page.$$eval('wb-app >>> wb-word-scores >>> tbody tr', (rows) =>
      rows.map((row) => row.dataset.word ?? ''),
    );
  await visit.click('aria/Word[role="button"]');
  await expect.poll(words).toEqual((await words()).toSorted());
  // What it comes to is in view, whatever has to be scrolled to.
  const seen = await visit.page.$eval('wb-app >>> wb-word-scores >>> .scroll', (scroller) => {
    const result = scroller.querySelector('tbody [data-column="result"]');
    const edge = scroller.getBoundingClientRect().right;
    return result !== null && result.getBoundingClientRect().right <= edge;
  });
  expect(seen).toBe(true);
  await expectGoodLooks(visit, 'scoreboard');
  await visit.end();
});
