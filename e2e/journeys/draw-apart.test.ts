/** Drawing the words of the map apart: a choice of drawing, by keys alone, that changes no sound. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { TestBrowser, type Visit } from './harness';
import { expectGoodLooks } from './looks';
import { currentEq, openTrained, useSample } from './person';
import { boxOf, markerAt } from './pointing';

let browser: TestBrowser;
beforeAll(async () => {
  browser = await TestBrowser.open();
});
afterAll(async () => {
  await browser.close();
});

const MAP = 'wb-app >>> wb-map';
const SLIDER = 'aria/Draw words apart[role="slider"]';

const described = (visit: Visit): Promise<string> =>
  visit.attribute(`${MAP} >>> canvas`, 'aria-label');
const markerText = (visit: Visit): Promise<string> =>
  visit.attribute(`${MAP} >>> .current`, 'aria-valuetext');

it('moves the points, the marker and what lies where, but no sound', async () => {
  const visit = await openTrained(browser);
  const explained = (): Promise<string> => visit.attribute(SLIDER, 'aria-description');
  expect(await explained()).toContain('once the data set that the model was trained on is loaded');
  await useSample(visit);
  await expect.poll(explained).toBe('The map is drawn as the model has it.');
  const word = await currentEq(visit);
  const { keyboard, mouse } = visit.page;
  const slider = await visit.find(SLIDER);
  await slider.focus();
  await keyboard.press('End');
  await expect.poll(() => described(visit)).toContain('Words are drawn apart by 200.');
  expect(await explained()).toContain('Drawn apart by 200');
  expect(await currentEq(visit)).toEqual(word);

  // The place under the pointer becomes the current EQ, by the way back.
  const map = await boxOf(visit, MAP);
  await mouse.click(map.x + 0.3 * map.width, map.y + 0.4 * map.height);
  const wanted = [expect.closeTo(0.3, 2), expect.closeTo(0.4, 2)];
  await expect.poll(() => markerAt(visit)).toEqual(wanted);
  const place = await currentEq(visit);
  expect(place.name).toBe('point on the map');
  const there = await markerText(visit);
  await visit.page.focus(`${MAP} >>> .current`);
  await keyboard.press('ArrowRight');
  await expect.poll(() => markerText(visit)).not.toBe(there);
  expect((await markerAt(visit))[0]).toBeGreaterThan(0.3);
  await keyboard.press('ArrowLeft');
  await expect.poll(() => markerText(visit)).toBe(there);
  await expectGoodLooks(visit, 'drawn-apart');

  // Together again, the same place has the same sound and stands elsewhere.
  const apart = await currentEq(visit);
  await slider.focus();
  await keyboard.press('Home');
  await expect.poll(() => described(visit)).not.toContain('drawn apart');
  expect(await currentEq(visit)).toEqual(apart);
  expect(await markerText(visit)).not.toBe(there);
  await visit.end();
});

it('draws the words of the ready-made model apart, which comes without its rows', async () => {
  const visit = await browser.visit({}, '#explore');
  const slider = await visit.find(SLIDER);
  const word = await currentEq(visit);
  await slider.focus();
  const { keyboard } = visit.page;
  for (const amount of ['20', '100']) {
    await keyboard.press('ArrowRight');
    await expect.poll(() => described(visit)).toContain(`Words are drawn apart by ${amount}.`);
  }
  expect(await currentEq(visit)).toEqual(word);
  await expectGoodLooks(visit, 'ready-made-drawn-apart');
  await keyboard.press('Home');
  await expect.poll(() => described(visit)).not.toContain('drawn apart');
  await visit.end();
});
