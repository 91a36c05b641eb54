/** Looking into the map: words lit and searched, points picked out by mouse, finger and keys, contours. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestBrowser, type Visit } from './harness';
import { expectGoodLooks } from './looks';
import { goTo, openTrained, typeInto, useSample } from './person';
import { boxOf, markerAt } from './pointing';
import { sharedVisit } from './shared-visit';

let browser: TestBrowser;
beforeAll(async () => {
  browser = await TestBrowser.open();
});
afterAll(async () => {
  await browser.close();
});

const MAP = 'wb-app >>> wb-map';
const TOOLS = 'wb-app >>> wb-map-tools';
const COMMON = 'wb-app >>> wb-map-common';
const legend = (word: string): string => `${TOOLS} >>> .legend button[data-word="${word}"]`;

/** How many of a word's points are in view, once they are counted. */
async function inView(visit: Visit, word: string): Promise<number> {
  const count = `${legend(word)} .count`;
  await expect.poll(() => visit.text(count)).toMatch(/\d/);
  return Number((await visit.text(count)).replaceAll(',', ''));
}

/** The title of what is said of the picked points. */
const title = (visit: Visit): Promise<string> => visit.text(`${COMMON} >>> h2`);

const sharedTrained = sharedVisit(() => openTrained(browser));
const sharedOnPhone = sharedVisit(() => openTrained(browser, { width: 390, height: 844 }));

async function drawLasso(visit: Visit): Promise<void> {
  await visit.click(`${TOOLS} >>> [data-tool="lasso"]`);
  await visit.find(`${MAP} >>> canvas.lasso`);
}

describe('the map’s legend', () => {
  it('counts what is in view, lights words, and finds those that are searched for', async () => {
    const visit = await sharedTrained();
    const all = await inView(visit, 'warm');
    expect(all).toBeGreaterThan(20);
    await visit.click(legend('bright'));
    await visit.find(`${legend('bright')}[aria-pressed="true"]`);
    await visit.click(legend('bright'));
    await visit.find(`${legend('bright')}[aria-pressed="false"]`);

    const search = 'aria/Search a word on the map[role="combobox"]';
    await typeInto(visit, search, 'war');
    await visit.page.keyboard.press('Enter');
    await visit.find(`${legend('warm')}[aria-pressed="true"]`);
    // What is not looked at is not counted.
    await visit.find(`${MAP} >>> wb-map-zoom >>> button[aria-label="Farther"]:not([disabled])`);
    const words = (await visit.texts(`${TOOLS} >>> .legend .count`)).length;
    expect(words).toBeGreaterThan(1);
    await typeInto(visit, search, 'xyzzy');
    await visit.page.keyboard.press('Enter');
    await visit.sees('No word on this map is like “xyzzy”.');
    await expectGoodLooks(visit, 'map-legend');
    await visit.click('aria/The whole map[role="button"]');
    await visit.end();
  });
});

describe('points', () => {
  it('are picked out by a lasso, which says what they have in common', async () => {
    const visit = await openTrained(browser);
    await useSample(visit);
    await goTo(visit, 'explore');
    const all = (await inView(visit, 'warm')) + (await inView(visit, 'bright'));
    await drawLasso(visit);
    const ring = await visit.attribute(`${MAP} >>> .current`, 'aria-valuetext');
    const { x, y, width, height } = await boxOf(visit, MAP);
    const { mouse } = visit.page;
    await mouse.move(x + 2, y + 2);
    await mouse.down();
    for (const [right, down] of [
      [0.99, 0.01],
      [0.99, 0.99],
      [0.01, 0.99],
    ] as const) {
      await mouse.move(x + right * width, y + down * height, { steps: 4 });
    }
    await mouse.up();
    await expect.poll(() => title(visit)).toMatch(/^What these [\d,]+ points have in common$/);
    const picked = Number((await title(visit)).replaceAll(/\D/g, ''));
    expect(picked).toBeGreaterThan(all / 2);
    expect(await visit.text(`${COMMON} >>> [data-figure="people"]`)).toMatch(
      /^Set by [\d,]+ people\.$/,
    );
    // It has moved nothing.
    expect(await visit.attribute(`${MAP} >>> .current`, 'aria-valuetext')).toBe(ring);
    await visit.click(`${TOOLS} >>> [data-tool="contours"]`);
    await visit.find(`${TOOLS} >>> [data-tool="contours"][aria-pressed="true"]`);
    await expectGoodLooks(visit, 'map-lasso');
    await visit.click('aria/Let all points go[role="button"]');
    await visit.gone(COMMON);
    await visit.end();
  });

  it('are picked out by keys, as those nearest to the ring', async () => {
    const visit = await sharedTrained();
    await inView(visit, 'warm');
    await visit.page.focus(`${TOOLS} >>> [data-tool="lasso"]`);
    await visit.page.keyboard.press('Enter');
    const count = await visit.find('aria/How many points[role="spinbutton"]');
    await count.focus();
    await visit.page.keyboard.press('Backspace');
    await visit.page.keyboard.press('Enter');
    await expect.poll(() => title(visit)).toMatch(/^What these \d+ points have in common$/);
    await visit.sees('How many people set them is not known');
    await visit.end();
  });

  it('are picked out by a finger', async () => {
    const visit = await sharedOnPhone();
    await inView(visit, 'warm');
    await visit.page.$eval(MAP, (map) => {
      map.scrollIntoView({ block: 'center' });
    });
    await drawLasso(visit);
    const { x, y, width, height } = await boxOf(visit, MAP);
    const { touchscreen } = visit.page;
    const finger = await touchscreen.touchStart(x + 0.1 * width, y + 0.1 * height);
    for (const [right, down] of [
      [0.5, 0.1],
      [0.9, 0.5],
      [0.9, 0.9],
      [0.1, 0.9],
    ] as const) {
      await finger.move(x + right * width, y + down * height);
    }
    await finger.end();
    await expect.poll(() => title(visit)).toMatch(/have in common$/);
    await visit.click('aria/Let all points go[role="button"]');
    await visit.gone(COMMON);
    await visit.end();
  });
});

describe('a map that is zoomed in', () => {
  it('is moved with Shift, and by two fingers, which also bring it nearer', async () => {
    const visit = await sharedOnPhone();
    await visit.click('aria/Nearer[role="button"]');
    await visit.find(`${MAP} >>> wb-map-zoom >>> button[aria-label="Farther"]:not([disabled])`);
    const before = await markerAt(visit);
    const { x, y, width, height } = await boxOf(visit, MAP);
    const { mouse, keyboard, touchscreen } = visit.page;
    await keyboard.down('Shift');
    await mouse.move(x + 0.2 * width, y + 0.2 * height);
    await mouse.down();
    await mouse.move(x + 0.25 * width, y + 0.25 * height, { steps: 4 });
    await mouse.up();
    await keyboard.up('Shift');
    await expect
      .poll(() => markerAt(visit))
      .toEqual([expect.closeTo(before[0] + 0.05, 1), expect.closeTo(before[1] + 0.05, 1)]);
    const moved = await markerAt(visit);
    expect(moved).not.toEqual(before);

    const first = await touchscreen.touchStart(x + 0.15 * width, y + 0.3 * height);
    const second = await touchscreen.touchStart(x + 0.25 * width, y + 0.3 * height);
    for (let step = 1; step <= 4; step++) {
      await first.move(x + (0.15 - 0.02 * step) * width, y + 0.3 * height);
      await second.move(x + (0.25 + 0.02 * step) * width, y + 0.3 * height);
    }
    await first.end();
    await second.end();
    await expect.poll(() => markerAt(visit)).not.toEqual(moved);
    await visit.end();
  });
});
