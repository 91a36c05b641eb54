/** Looking back at how a run came about: one cursor for map, curves, losses and scores. */
import { readFileSync } from 'node:fs';
import { ALL_FORMATS, BufferSource, Input } from 'mediabunny';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { TestBrowser, type Visit } from './harness';
import { expectAccessible } from './looks';
import { goTo, openSample, setSetting, train } from './person';

let browser: TestBrowser;
beforeAll(async () => {
  browser = await TestBrowser.open();
});
afterAll(async () => {
  await browser.close();
});

const EPOCHS = 6;
const TIMELINE = 'wb-app >>> wb-watch-panel >>> wb-timeline >>>';
const SLIDER = `${TIMELINE} input`;
const BEHIND = 'wb-app >>> wb-bench >>> wb-equaliser >>> wb-eq-graph >>> path.behind';

/** What the map's canvas shows, as far as two pictures of it are told apart. */
const mapPicture = (visit: Visit): Promise<string> =>
  visit.page.$eval('wb-app >>> wb-watch-panel >>> wb-map >>> canvas', (canvas) =>
    canvas.toDataURL(),
  );

/** The loss that stands over its curve. */
const totalLoss = (visit: Visit): Promise<string> =>
  visit.text('wb-app >>> wb-learnt >>> wb-curves >>> [data-curve="total"]');

async function press(visit: Visit, key: 'Home' | 'End' | 'ArrowRight' | 'ArrowLeft', says: string) {
  const slider = await visit.find(SLIDER);
  await slider.press(key);
  await expect.poll(() => visit.text(`${TIMELINE} output`)).toBe(says);
  await visit.drawn();
}

/** How many axes a plot of curves has, that of the epochs with them. */
const axesOf = async (visit: Visit, plot: string): Promise<number> =>
  (await visit.page.$$(`wb-app >>> wb-learnt >>> wb-curves >>> .${plot} .u-axis`)).length;

/** Scrubs to the first frame and back, and sees all of the page follow. */
async function scrub(visit: Visit): Promise<void> {
  await goTo(visit, 'train');
  await expect
    .poll(() => visit.attribute(SLIDER, 'aria-valuetext'))
    .toBe(`epoch ${String(EPOCHS)}`);
  // Losses are read off one axis, whatever their colour.
  expect(await axesOf(visit, 'losses')).toBe(2);
  expect(await axesOf(visit, 'schedule')).toBe(3);
  const newest = { map: await mapPicture(visit), loss: await totalLoss(visit) };
  await press(visit, 'Home', 'epoch 0');
  await expect.poll(() => mapPicture(visit)).not.toBe(newest.map);
  await visit.sees('Figures were first taken after epoch 0.');
  expect(await totalLoss(visit)).toBe('total');
  await press(visit, 'ArrowRight', 'epoch 1');
  const first = { map: await mapPicture(visit), loss: await totalLoss(visit) };
  expect(first.loss).toMatch(/^total \d/);
  expect(first.loss).not.toBe(newest.loss);
  await visit.find(
    'wb-app >>> wb-learnt >>> wb-curves >>> [aria-label^="Losses on the training rows after 1 epochs"]',
  );
  await expectAccessible(visit);

  await goTo(visit, 'explore');
  await expect
    .poll(() => visit.text('wb-app >>> wb-equaliser >>> .legend'))
    .toContain('after epoch 1');
  const curve = (): Promise<string> => visit.attribute(BEHIND, 'd');
  const then = await curve();
  await press(visit, 'ArrowRight', 'epoch 2');
  await expect.poll(curve).not.toBe(then);

  await press(visit, 'End', `epoch ${String(EPOCHS)}`);
  await expect
    .poll(() => visit.text('wb-app >>> wb-equaliser >>> .legend'))
    .not.toContain('after epoch');
  await goTo(visit, 'train');
  await expect.poll(() => totalLoss(visit)).toBe(newest.loss);
  await visit.find(
    `wb-app >>> wb-learnt >>> wb-curves >>> [aria-label^="Losses on the training rows after ${String(EPOCHS)} epochs"]`,
  );
}

it('is scrubbed after training, and again after a reload', async () => {
  const visit = await openSample(browser);
  await setSetting(visit, 'Epochs', String(EPOCHS));
  await train(visit);
  await scrub(visit);
  await visit.page.reload();
  await scrub(visit);
  await visit.end();
});

it('is looked at in two runs together, lit up, and taken away', async () => {
  const visit = await openSample(browser);
  for (const epochs of ['3', '4']) {
    await setSetting(visit, 'Epochs', epochs);
    await train(visit);
  }
  const MENU = 'wb-app >>> wb-watch-panel >>> wb-timeline-menu >>>';
  await visit.click('wb-app >>> wb-watch-panel >>> [data-action="take-timeline"]');
  const strip = readFileSync(
    await visit.download(`${MENU} wb-take-timeline >>> [data-action="filmstrip"]`),
    'utf8',
  );
  for (const epoch of [0, 1, 2, 3, 4]) expect(strip).toContain(`>epoch ${String(epoch)}<`);
  expect(strip).toContain('Warmbright, epochs 4');
  await visit.screenshot('timeline-menu');
  const film = readFileSync(
    await visit.download(`${MENU} wb-take-timeline >>> [data-action="film"]`),
  );
  const video = new Input({ formats: ALL_FORMATS, source: new BufferSource(film) });
  // Five epochs, the last of them for two seconds.
  const seconds = await video.computeDuration();
  expect(seconds).toBeGreaterThanOrEqual(4 * 0.4 + 2);
  expect(seconds).toBeLessThan(4 * 0.4 + 3);
  expect(await (await video.getPrimaryVideoTrack())?.getDisplayWidth()).toBe(720);

  await visit.page.keyboard.press('Escape');
  await goTo(visit, 'compare');
  await visit.click('wb-app >>> wb-runs >>> li:nth-child(2) input');
  await visit.click('wb-app >>> wb-runs >>> li:nth-child(1) input');
  await visit.click('wb-app >>> wb-runs >>> wa-button[data-action="compare"]');
  const COMPARE = 'wb-app >>> wb-compare >>>';
  await visit.find(`${COMPARE} wb-figure[data-figure="map"]`);
  const pictures = (): Promise<string[]> =>
    visit.page.$$eval(`${COMPARE} wb-figure >>> img`, (images) => images.map(({ src }) => src));
  const before = await pictures();
  const slider = await visit.find(`${COMPARE} wb-run-key >>> input`);
  await slider.press('Home');
  await expect
    .poll(() => visit.texts(`${COMPARE} wb-run-key >>> small`))
    .toEqual(['epoch 0', 'epoch 0']);
  // Both maps and the word's curves are of then; of losses there are none yet.
  await expect
    .poll(async () => (await pictures()).map((picture, i) => picture !== before[i]))
    .toEqual([false, true, true, true]);
  await expectAccessible(visit);
  for (let i = 0; i < 50; i++) await slider.press('ArrowRight');
  await expect
    .poll(() => visit.texts(`${COMPARE} wb-run-key >>> small`))
    .toEqual([expect.stringMatching(/^epoch 2, \d/), expect.stringMatching(/^epoch 2, \d/)]);
  await visit.page.focus(`${COMPARE} wb-run-key >>> li:nth-child(2) button`);
  await visit.find(`${COMPARE} wb-text-table[data-table="scores"] >>> thead th.lit:nth-child(4)`);
  await visit.find(`${COMPARE} wb-figure[data-figure="map"].pale`);
  await visit.screenshot('compare-lit');
  await slider.press('End');
  await expect.poll(pictures).toEqual(before);
  await visit.end();
});
