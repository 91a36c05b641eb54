/** Looking back at how a run came about: one cursor for map, curves, losses and scores. */
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

/** Scrubs to the first frame and back, and sees all of the page follow. */
async function scrub(visit: Visit): Promise<void> {
  await goTo(visit, 'train');
  await expect
    .poll(() => visit.attribute(SLIDER, 'aria-valuetext'))
    .toBe(`epoch ${String(EPOCHS)}`);
  const newest = { map: await mapPicture(visit), loss: await totalLoss(visit) };
  await press(visit, 'Home', 'epoch 0');
  await expect.poll(() => mapPicture(visit)).not.toBe(newest.map);
  await visit.sees('No figures of epoch 0 or before are kept.');
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
