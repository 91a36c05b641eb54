/** The scoreboard: live while a run trains, beside baselines, word by word, at every width. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { TestBrowser, type Visit } from './harness';
import { looksWell } from './looks';
import { epochsTrained, figure, openSample, setSetting, train, waitForPhase } from './person';

let browser: TestBrowser;
beforeAll(async () => {
  browser = await TestBrowser.launch();
});
afterAll(async () => {
  await browser.close();
});

/** The response errors that the page has drawn. */
const drawn = (visit: Visit) =>
  visit.page.$eval('wb-app >>> wb-curves', ({ errors }) => errors.map((of) => ({ ...of })));

const scoreboard = (visit: Visit) =>
  visit.page.$eval('wb-app >>> wb-scores', (scores) => scores.scoreboard);

it('measures while a run trains, and at its end the last epoch', async () => {
  const visit = await openSample(browser);
  await setSetting(visit, 'Epochs', '3000');
  await visit.click('aria/Train[role="button"]');
  await expect
    .poll(async () => (await drawn(visit)).length, { timeout: 90_000 })
    .toBeGreaterThan(3);
  const errors = await drawn(visit);
  expect(errors.every(({ heldOut }) => heldOut !== null && heldOut > 0)).toBe(true);
  // Learning shows.
  expect(errors.at(-1)?.training).toBeLessThan(errors[0]?.training ?? 0);
  await visit.click('aria/Pause[role="button"]');
  await waitForPhase(visit, 'paused');
  const paused = await epochsTrained(visit);
  await expect.poll(async () => (await scoreboard(visit))?.epoch).toBe(paused);
  await visit.click('aria/Stop[role="button"]');
  await waitForPhase(visit, 'done');
  const board = await scoreboard(visit);
  expect(board?.on).toBe('held-out rows');
  expect(board?.training?.rows).toBeGreaterThan(board?.rows ?? 0);
  expect(await figure(visit, 'response-error')).toBeCloseTo(board?.responseErrorDb ?? 0, 2);
  await visit.end();
});

it('stands beside baselines, opens word by word, and fits a telephone', async () => {
  const visit = await openSample(browser);
  await setSetting(visit, 'Epochs', '20');
  await train(visit);
  await visit.sees('PCA on parameters');
  await visit.sees('the model is');
  await visit.click('wb-app >>> wb-scores >>> summary');
  await visit.page.waitForSelector('wb-app >>> wb-word-scores >>> tbody tr', { visible: true });
  const words = () =>
    visit.page.$$eval('wb-app >>> wb-word-scores >>> tbody tr', (rows) =>
      rows.map((row) => row.dataset.word ?? ''),
    );
  await visit.click('aria/Word[role="button"]');
  await expect.poll(words).toEqual((await words()).toSorted());
  await looksWell(visit, 'scoreboard');
  await visit.end();
});
