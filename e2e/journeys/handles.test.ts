/** The curve's handles under a finger and a mouse: off the graph and back, and the grip of a bell's Q. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestBrowser, type View, type Visit } from './harness';
import { currentEq, openTrained } from './person';
import { boxOf, scrolledTo } from './pointing';
import { sharedVisit } from './shared-visit';

let browser: TestBrowser;
beforeAll(async () => {
  browser = await TestBrowser.open();
});
afterAll(async () => {
  await browser.close();
});

const GRAPH = 'wb-app >>> wb-eq-graph';
const GRIP = `${GRAPH} >>> wb-q-grip >>> div`;
const handle = (band: number): string => `${GRAPH} >>> .handle[data-band="${String(band)}"]`;

const sharedTrained = sharedVisit(() => openTrained(browser));

/** A visit where other tests may have shaped the current EQ before. */
async function visitCurve(view: Partial<View> = {}): Promise<Visit> {
  const visit = await sharedTrained();
  await visit.look(view);
  await visit.find(handle(2));
  return visit;
}

const valueText = (visit: Visit): Promise<string> => visit.attribute(handle(2), 'aria-valuetext');

describe('a handle', () => {
  it('of a bell has a grip that changes its Q alone, by mouse and by finger', async () => {
    const visit = await visitCurve();
    await visit.page.focus(handle(2));
    await visit.find(GRIP);
    // Away from the other handles, which lie above a grip.
    for (let press = 0; press < 12; press++) await visit.page.keyboard.press('ArrowUp');
    const first = await currentEq(visit);
    await visit.page.focus(handle(2));
    const grip = await scrolledTo(visit, GRIP);
    const box = await boxOf(visit, GRIP);
    expect([box.width, box.height]).toEqual([44, 44]);
    const { x } = await scrolledTo(visit, handle(2));
    const outwards = Math.sign(grip.x - x);
    const { mouse, touchscreen } = visit.page;
    await mouse.move(grip.x, grip.y);
    await mouse.down();
    await mouse.move(grip.x + 40 * outwards, grip.y, { steps: 5 });
    await mouse.up();
    await expect
      .poll(async () => (await currentEq(visit)).setting[7])
      .toBeLessThan((first.setting[7] ?? 0) * 0.9);
    const wide = await currentEq(visit);
    expect(wide.setting.toSpliced(7, 1)).toEqual(first.setting.toSpliced(7, 1));
    const next = await scrolledTo(visit, GRIP);
    const inwards = Math.sign((await scrolledTo(visit, handle(2))).x - next.x);
    const finger = await touchscreen.touchStart(next.x, next.y);
    for (let step = 1; step <= 5; step++) await finger.move(next.x + 6 * step * inwards, next.y);
    await finger.end();
    await expect
      .poll(async () => (await currentEq(visit)).setting[7])
      .toBeGreaterThan(wide.setting[7] ?? 0);
    await visit.end();
  });

  it('that a finger drags off the graph keeps its drag, and the page does not scroll', async () => {
    const visit = await visitCurve({ width: 390, height: 844 });
    const { x, y } = await scrolledTo(visit, handle(2));
    const before = await boxOf(visit, GRAPH);
    const { touchscreen } = visit.page;
    const finger = await touchscreen.touchStart(x, y);
    for (let step = 1; step <= 8; step++) await finger.move(x, y - 50 * step);
    await expect.poll(() => valueText(visit)).toMatch(/^\+12\.0 dB/);
    expect(await boxOf(visit, GRAPH)).toEqual(before);
    // Back from outside, it still follows.
    for (let step = 7; step >= -6; step--) await finger.move(x, y - 50 * step);
    await expect.poll(() => valueText(visit)).toMatch(/^−12\.0 dB/);
    expect(await boxOf(visit, GRAPH)).toEqual(before);
    await finger.end();
    await visit.end();
  });

  it('gets wider as a second finger goes away from the one that holds it, and is not moved', async () => {
    const visit = await visitCurve({ width: 390, height: 844 });
    const { x, y } = await scrolledTo(visit, handle(2));
    const { touchscreen } = visit.page;
    const first = await touchscreen.touchStart(x, y);
    const before = await currentEq(visit);
    const second = await touchscreen.touchStart(x - 60, y);
    for (let step = 1; step <= 5; step++) await second.move(x - 60 - 12 * step, y);
    const q = before.setting[7] ?? NaN;
    await expect.poll(async () => (await currentEq(visit)).setting[7]).toBeCloseTo(q / 2, 2);
    const wide = await currentEq(visit);
    expect(wide.setting.toSpliced(7, 1)).toEqual(before.setting.toSpliced(7, 1));
    await second.end();
    await first.end();
    await visit.click('aria/Undo[role="button"]');
    await expect.poll(async () => (await currentEq(visit)).setting[7]).toBe(q);
    await visit.end();
  });
});
