/** Exploring: the map answers where it is touched, words are mixed, and the current EQ is shaped and undone. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { frequencyText, gainText } from '../../components/kit/text';
import { extentOf } from '../../components/map/map-frame';
import { parseSafeCsv } from '../../src/data/parse-safe-csv';
import { bandsOf } from '../../src/eq/parameters';
import { logFrequencies, responseDb } from '../../src/eq/response';
import { readModelFile } from '../../src/model/model-file';
import { mapRows } from '../../workers/trainer/map-rows';
import { TestBrowser, type Visit } from './harness';
import { expectAccessible, expectGoodLooks, expectLegible } from './looks';
import {
  bandLines,
  bandsShown,
  chooseOption,
  closeDrawer,
  currentEq,
  goTo,
  openDrawer,
  openSample,
  openTrained,
  setSetting,
  train,
  typeInto,
  useSample,
} from './person';
import { boxOf, markerAt, scrolledTo, swipe } from './pointing';
import { sharedVisit } from './shared-visit';

let browser: TestBrowser;
beforeAll(async () => {
  browser = await TestBrowser.open();
});
afterAll(async () => {
  await browser.close();
});

const SAMPLE = fileURLToPath(new URL('../../public/sample.csv', import.meta.url));
const model = readModelFile(readFileSync(inject('trainedSample')));

const MAP = 'wb-app >>> wb-map';
const MARKER = `${MAP} >>> .current`;
const handle = (band: number): string =>
  `wb-app >>> wb-eq-graph >>> .handle[data-band="${String(band)}"]`;
const chip = (word: string): string =>
  `wb-app >>> wb-word-panel >>> .words button[data-word="${word}"]`;

describe('the map', () => {
  it('answers at once where it is clicked, dragged and moved on by keys', async () => {
    const visit = await visitWarm();
    const first = await currentEq(visit);
    const firstAt = await valueText(visit, MARKER);
    expect(first.name).toBe('warm');
    const map = await boxOf(visit, MAP);
    const { mouse, keyboard } = visit.page;
    await mouse.click(map.x + 0.3 * map.width, map.y + 0.3 * map.height);
    await expect.poll(() => name(visit)).toBe('point on the map');
    // The map may be drawn after what is beside it.
    await visit.drawn();
    const clicked = await currentEq(visit);
    const clickedAt = await valueText(visit, MARKER);
    expect(await markerAt(visit)).toEqual(near(0.3, 0.3));

    await mouse.move(map.x + 0.5 * map.width, map.y + 0.6 * map.height);
    await mouse.down();
    await mouse.move(map.x + 0.6 * map.width, map.y + 0.65 * map.height, { steps: 5 });
    await mouse.move(map.x + 0.75 * map.width, map.y + 0.7 * map.height, { steps: 5 });
    await mouse.up();
    await expect.poll(() => markerAt(visit)).toEqual(near(0.75, 0.7));
    await visit.drawn();
    expect((await currentEq(visit)).setting).not.toEqual(clicked.setting);

    await visit.page.focus(MARKER);
    const before = await valueText(visit, MARKER);
    expect(before).toMatch(/^\d+ % right, \d+ % down; nearest word \S+, [\d.]+ dB away$/);
    for (let i = 0; i < 4; i++) await keyboard.press('ArrowLeft');
    await keyboard.down('Shift');
    await keyboard.press('ArrowUp');
    await keyboard.up('Shift');
    await expect.poll(() => valueText(visit, MARKER)).not.toBe(before);
    await visit.drawn();
    expect((await markerAt(visit))[0]).toBeLessThan(0.75);

    // Five keys, one drag and one click.
    for (let i = 0; i < 6; i++) await visit.click(button('undo'));
    await expect.poll(() => currentEq(visit)).toEqual(clicked);
    await visit.drawn();
    expect(await valueText(visit, MARKER)).toBe(clickedAt);
    await visit.click(button('undo'));
    await expect.poll(() => currentEq(visit)).toEqual(first);
    await visit.drawn();
    expect(await valueText(visit, MARKER)).toBe(firstAt);
    await visit.end();
  });

  it('comes nearer around the pointer and by buttons, and is whole again', async () => {
    const visit = await visitWarm();
    const map = await boxOf(visit, MAP);
    const before = await markerAt(visit);
    const fromMiddle = ([x, y]: [number, number]): number => Math.hypot(x - 0.5, y - 0.5);
    // About the map's middle, everything goes away from it.
    await visit.page.mouse.move(map.x + 0.5 * map.width, map.y + 0.5 * map.height);
    await visit.page.mouse.wheel({ deltaY: -80 });
    await expect
      .poll(async () => fromMiddle(await markerAt(visit)))
      .toBeGreaterThan(fromMiddle(before) * 1.1);
    await visit.click('aria/The whole map[role="button"]');
    await expect.poll(() => markerAt(visit)).toEqual(near(...before));
    await visit.click('aria/Nearer[role="button"]');
    // Around the current EQ, which stays where it is, and still answers where it is clicked.
    await visit.find(`${MAP} >>> wb-map-zoom >>> button[aria-label="Farther"]:not([disabled])`);
    expect(await markerAt(visit)).toEqual(near(...before));
    await visit.page.mouse.click(map.x + 0.3 * map.width, map.y + 0.3 * map.height);
    await expect.poll(() => markerAt(visit)).toEqual(near(0.3, 0.3));
    await visit.click('aria/The whole map[role="button"]');
    await visit.end();
  });

  it('shows the setting of the person under the pointer, or says that it is not known', async () => {
    const visit = await withWarm(await openTrained(browser));
    await hoverRow(visit, 3);
    await visit.sees('As the model rebuilds it from this place');
    await visit.page.mouse.move(0, 0);
    await useSample(visit);
    await hoverRow(visit, 3);
    await visit.sees('As this person set it.');
    await visit.drawn();
    const [title, bands] = await visit.texts(`${MAP} >>> wb-map-tip >>> p`);
    const row = await tipOf(3);
    expect(title?.startsWith(row.word)).toBe(true);
    expect(bands).toBe(row.bands);
    await expectLegible(visit);
    await visit.screenshot('hovered');
    await visit.end();
  });

  it('is dragged by a finger from its marker, and scrolls the page elsewhere', async () => {
    const visit = await visitWarm();
    await visit.look({ width: 390, height: 844 });
    await visit.page.$eval(MAP, (map) => {
      map.scrollIntoView({ block: 'center' });
    });
    const map = await boxOf(visit, MAP);
    await visit.page.touchscreen.tap(map.x + 0.3 * map.width, map.y + 0.4 * map.height);
    await expect.poll(() => markerAt(visit)).toEqual(near(0.3, 0.4));
    await swipe(visit, MAP, [0.3, 0.4], [0.32, 0.75]);
    await expect.poll(() => markerAt(visit)).toEqual(near(0.32, 0.75));
    expect(await boxOf(visit, MAP)).toEqual(map);
    // Sideways it drags from anywhere.
    await swipe(visit, MAP, [0.8, 0.2], [0.5, 0.22]);
    await expect.poll(() => markerAt(visit)).toEqual(near(0.5, 0.22));
    // Up and down, away from the marker, is left to the page.
    const touchAction = await visit.page.$eval(
      `${MAP} >>> canvas`,
      (canvas) => getComputedStyle(canvas).touchAction,
    );
    expect(touchAction).toBe('pan-y');
    await swipe(visit, MAP, [0.8, 0.7], [0.8, 0.3]);
    expect(await markerAt(visit)).toEqual(near(0.5, 0.22));
    await visit.end();
  });
});

describe('the equaliser', () => {
  it('is shaped by mouse, wheel and keys, names the nearest words, and is undone', async () => {
    const visit = await visitWarm();
    const first = await currentEq(visit);
    const marker = await markerAt(visit);
    expect(await nearest(visit)).toEqual({ word: 'warm', distance: '0.0 dB' });
    const grip = await scrolledTo(visit, handle(2));
    const { mouse, keyboard } = visit.page;
    await mouse.move(grip.x, grip.y);
    await mouse.down();
    await mouse.move(grip.x + 60, grip.y - 60, { steps: 8 });
    await mouse.up();
    await expect.poll(() => name(visit)).toBe('warm, edited');
    const dragged = await currentEq(visit);
    expect(dragged.setting[5]).toBeGreaterThan((first.setting[5] ?? 0) + 3);
    expect(dragged.setting[6]).toBeGreaterThan(first.setting[6] ?? 0);
    expect(dragged.setting.toSpliced(5, 2)).toEqual(first.setting.toSpliced(5, 2));
    expect(await markerAt(visit)).not.toEqual(marker);
    expect((await nearest(visit)).distance).not.toBe('0.0 dB');

    await mouse.wheel({ deltaY: -100 });
    await expect
      .poll(async () => (await currentEq(visit)).setting[7])
      .toBeGreaterThan(first.setting[7] ?? 0);

    await visit.page.focus(handle(0));
    await keyboard.press('Home');
    await expect.poll(async () => (await currentEq(visit)).setting[0]).toBe(0);
    await keyboard.press('ArrowUp');
    await keyboard.press('ArrowUp');
    await expect.poll(() => valueText(visit, handle(0))).toMatch(/^\+1\.0 dB at \d/);
    await visit.screenshot('shaped-light');

    // Keys, not the button: Ctrl+Z where no text is typed.
    for (let i = 0; i < 4; i++) await ctrl(visit, 'KeyZ');
    await expect.poll(() => currentEq(visit)).toEqual(dragged);
    await ctrl(visit, 'KeyZ');
    await expect.poll(() => currentEq(visit)).toEqual(first);
    await ctrl(visit, 'KeyY');
    await expect.poll(() => currentEq(visit)).toEqual(dragged);

    const box = await scrolledTo(visit, handle(2));
    await mouse.click(box.x, box.y, { count: 2 });
    await expect
      .poll(async () => (await currentEq(visit)).setting.slice(5, 8))
      .toEqual([0, 1000, 0.71]);
    await visit.end();
  });

  it('takes typed numbers, and says which cannot be', async () => {
    const visit = await visitWarm();
    await openDrawer(visit, 'bands');
    await type(visit, 'Bell 1 gain in dB', '-4.5');
    await expect.poll(async () => (await currentEq(visit)).setting[2]).toBe(-4.5);
    await type(visit, 'Bell 1 gain in dB', '40');
    await visit.sees('Bell 1 gain in dB must be a number from −12 to 12 dB.');
    expect((await currentEq(visit)).setting[2]).toBe(-4.5);
    // Another number does not take away what is still to be mended.
    await type(visit, 'Bell 1 Q', '1.5');
    await expect.poll(async () => (await currentEq(visit)).setting[4]).toBe(1.5);
    await visit.sees('Bell 1 gain in dB must be a number from −12 to 12 dB.');
    await expectAccessible(visit);
    // In a text field, Ctrl+Z is the field's own.
    const edited = await currentEq(visit);
    await openDrawer(visit, 'bands');
    await visit.page.focus('aria/Bell 1 gain in dB[role="textbox"]');
    await ctrl(visit, 'KeyZ');
    expect(await currentEq(visit)).toEqual(edited);
    await closeDrawer(visit, 'bands');
    await visit.end();
  });

  it('stays as shaped while a model trains, and follows when it is of a word', async () => {
    const visit = await openSample(browser);
    await setSetting(visit, 'Epochs', '1');
    await train(visit);
    await visit.click(chip('warm'));
    await expect.poll(() => name(visit)).toBe('warm');
    await goTo(visit, 'explore');
    await visit.page.focus(handle(0));
    await visit.page.keyboard.press('Home');
    await expect.poll(() => name(visit)).toBe('warm, edited');
    const shaped = (await currentEq(visit)).setting;
    await goTo(visit, 'train');
    await setSetting(visit, 'Seed', '2');
    await train(visit);
    expect((await currentEq(visit)).setting).toEqual(shaped);
    await visit.click(chip('bright'));
    await expect.poll(() => name(visit)).toBe('bright');
    const bright = (await currentEq(visit)).setting;
    await setSetting(visit, 'Seed', '3');
    await train(visit);
    const followed = await currentEq(visit);
    expect(followed.name).toBe('bright');
    expect(followed.setting).not.toEqual(bright);
    await visit.end();
  });
});

describe('words', () => {
  it('are mixed, three at a time, in two ways, and turned into their inverse', async () => {
    const visit = await visitWarm();
    await visit.click(chip('warm'));
    const warm = (await currentEq(visit)).setting;
    await strength(visit, 'Home');
    await expect.poll(() => name(visit)).toBe('warm at −100 %');
    const inverse = (await currentEq(visit)).setting;
    const frequencies = logFrequencies(99);
    const back = responseDb(inverse, frequencies);
    responseDb(warm, frequencies).forEach((db, i) => {
      expect(db + (back[i] ?? NaN)).toBeCloseTo(0, 9);
    });
    await strength(visit, 'End');
    await expect.poll(() => name(visit)).toBe('warm at 200 %');
    await visit.click(button('undo'));
    await expect.poll(() => name(visit)).toBe('warm at −100 %');

    await visit.click(chip('warm'));
    for (const word of ['bright', 'thin']) {
      await chooseOption(visit, 'aria/Mix in[role="combobox"]', word);
      await expect.poll(() => name(visit)).toContain(word);
    }
    expect(await name(visit)).toBe('33 % warm, 33 % bright, 33 % thin');
    // Both mixtures are drawn: that of the current EQ as a line, the other dashed.
    const curve = (which: string) =>
      visit.attribute(`wb-app >>> wb-eq-graph >>> path${which}`, 'd');
    const through = await currentEq(visit);
    expect(await bandsShown(visit)).toEqual(bandLines(through.setting));
    const [line, dashes] = [await curve('.curve'), await curve('[stroke-dasharray]')];
    expect(dashes).not.toBe(line);
    await visit.click('aria/in dB, Hz and Q[role="radio"]');
    await expect.poll(() => currentEq(visit)).not.toEqual(through);
    const byNumbers = await currentEq(visit);
    expect(await bandsShown(visit)).toEqual(bandLines(byNumbers.setting));
    expect([await curve('.curve'), await curve('[stroke-dasharray]')]).toEqual([dashes, line]);
    await visit.screenshot('mixed-light');
    await visit.click('aria/Leave thin out[role="button"]');
    await expect.poll(() => name(visit)).toBe('50 % warm, 50 % bright');
    await visit.end();
  });
});

describe('picking, mixing and shaping', () => {
  it('can be done by everybody and on a phone', async () => {
    const visit = await visitWarm();
    await chooseOption(visit, 'aria/Mix in[role="combobox"]', 'bright');
    await expect.poll(() => name(visit)).toContain('bright');
    await visit.page.focus(handle(1));
    await visit.page.keyboard.press('ArrowUp');
    await expect.poll(() => name(visit)).toContain('edited');
    await expectGoodLooks(visit, 'explore');
    await visit.end();
  });
});

const sharedTrained = sharedVisit(() => openTrained(browser));

/** A visit with warm as the current EQ, where other tests may have been before. */
async function visitWarm(): Promise<Visit> {
  const visit = await sharedTrained();
  await visit.look({});
  return withWarm(visit);
}

async function withWarm(visit: Visit): Promise<Visit> {
  await visit.find(MARKER);
  await visit.click(chip('warm'));
  await expect.poll(() => name(visit)).toBe('warm');
  return visit;
}

const button = (action: 'undo' | 'redo'): string =>
  `wb-app >>> wb-equaliser >>> button[data-action="${action}"]`;

async function name(visit: Visit): Promise<string> {
  return (await currentEq(visit)).name;
}

function valueText(visit: Visit, selector: string): Promise<string> {
  return visit.attribute(selector, 'aria-valuetext');
}

function nearest(visit: Visit): Promise<{ word: string; distance: string }> {
  return visit.page.$eval('wb-app >>> wb-nearest-words >>> li', (item) => ({
    word: item.dataset.word ?? '',
    distance: item.querySelector('.figure')?.textContent ?? '',
  }));
}

function near(x: number, y: number): [unknown, unknown] {
  return [expect.closeTo(x, 2), expect.closeTo(y, 2)];
}

/** Moves the pointer over a row's point. */
async function hoverRow(visit: Visit, row: number): Promise<void> {
  const { x, y, width, height } = await boxOf(visit, `${MAP} >>> canvas`);
  const points = model.map?.points ?? new Float32Array();
  // The scale of a map that has just been opened.
  const [wide, high] = extentOf(points);
  const scale = Math.min(width / 2 / wide, height / 2 / high);
  const [across = 0, up = 0] = points.subarray(2 * row);
  await visit.page.mouse.move(x + width / 2 + across * scale, y + height / 2 - up * scale);
}

/** What the tip beside the map has to say of a row of the sample. */
async function tipOf(row: number): Promise<{ word: string; bands: string }> {
  const data = await parseSafeCsv(readFileSync(SAMPLE), { synthetic: true });
  const setting = mapRows(model, data)?.settings.subarray(13 * row, 13 * (row + 1)) ?? [];
  const heard = bandsOf(Array.from(setting)).filter(({ gainDb }) => Math.abs(gainDb) >= 0.05);
  const bands = heard
    .map(({ gainDb, frequencyHz }) => `${gainText(gainDb)} at ${frequencyText(frequencyHz)}`)
    .join(' · ');
  return { word: model.document.words[model.map?.labels[row] ?? -1]?.word ?? '', bands };
}

async function ctrl(visit: Visit, key: 'KeyZ' | 'KeyY'): Promise<void> {
  const { keyboard } = visit.page;
  await keyboard.down('Control');
  await keyboard.press(key);
  await keyboard.up('Control');
}

/** Moves the strength's slider to an end. */
async function strength(visit: Visit, key: 'Home' | 'End'): Promise<void> {
  const slider = await visit.find('aria/Strength[role="slider"]');
  await slider.focus();
  await visit.page.keyboard.press(key);
}

async function type(visit: Visit, label: string, value: string): Promise<void> {
  await typeInto(visit, `aria/${label}[role="textbox"]`, value);
  await visit.page.keyboard.press('Tab');
}
