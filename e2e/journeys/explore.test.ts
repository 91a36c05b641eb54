/** Exploring: the map answers where it is touched, words are mixed, and the hand is shaped and undone. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { logFrequencies, responseDb } from '../../src/eq/response';
import { TestBrowser, type View, type Visit } from './harness';
import { looksWell, violations } from './looks';
import { openSample, setSetting, train } from './person';
import { boxOf, scrolledTo, swipe } from './pointing';

let browser: TestBrowser;
beforeAll(async () => {
  browser = await TestBrowser.launch();
});
afterAll(async () => {
  await browser.close();
});

const MAP = 'wb-app >>> wb-map';
const MARKER = `${MAP} >>> .current`;
const handle = (band: number): string =>
  `wb-app >>> wb-eq-graph >>> .currentle[data-band="${String(band)}"]`;
const chip = (word: string): string =>
  `wb-app >>> wb-word-panel >>> .words button[data-word="${word}"]`;

describe('the map', () => {
  it('answers at once where it is clicked, dragged and moved on by keys', async () => {
    const visit = await trainedSample();
    const first = await hand(visit);
    expect(first.name).toBe('warm');
    const map = await boxOf(visit, MAP);
    const { mouse, keyboard } = visit.page;
    await mouse.click(map.x + 0.3 * map.width, map.y + 0.3 * map.height);
    await expect.poll(() => name(visit)).toBe('point on the map');
    const clicked = await hand(visit);
    expect(await markerAt(visit)).toEqual(near(0.3, 0.3));

    await mouse.move(map.x + 0.5 * map.width, map.y + 0.6 * map.height);
    await mouse.down();
    await mouse.move(map.x + 0.6 * map.width, map.y + 0.65 * map.height, { steps: 5 });
    await mouse.move(map.x + 0.75 * map.width, map.y + 0.7 * map.height, { steps: 5 });
    await mouse.up();
    await expect.poll(() => markerAt(visit)).toEqual(near(0.75, 0.7));
    expect((await hand(visit)).setting).not.toEqual(clicked.setting);

    await visit.page.focus(MARKER);
    const before = await valueText(visit, MARKER);
    expect(before).toMatch(/^\d+ % right, \d+ % down; nearest word \S+, [\d.]+ dB away$/);
    for (let i = 0; i < 4; i++) await keyboard.press('ArrowLeft');
    await keyboard.down('Shift');
    await keyboard.press('ArrowUp');
    await keyboard.up('Shift');
    await expect.poll(() => valueText(visit, MARKER)).not.toBe(before);
    expect((await markerAt(visit))[0]).toBeLessThan(0.75);

    // Five keys, one drag and one click.
    for (let i = 0; i < 6; i++) await visit.click(button('undo'));
    await expect.poll(() => hand(visit)).toEqual(clicked);
    await visit.click(button('undo'));
    await expect.poll(() => hand(visit)).toEqual(first);
    await visit.end();
  });

  it('shows the setting of the person under the pointer, or says that it is not known', async () => {
    const visit = await trainedSample();
    await hoverRow(visit, 3);
    await visit.sees('As this person set it.');
    const shown = await visit.page.$eval(`${MAP} >>> wb-map-tip >>> wb-response`, ({ curves }) => [
      ...(curves[0]?.setting ?? []),
    ]);
    const own = await visit.page.$eval(`${MAP} >>> wb-map-tip`, ({ model, row }) => [
      ...(model?.settings?.subarray(row * 13, (row + 1) * 13) ?? []),
    ]);
    expect(own.length).toBe(13);
    expect(shown).toEqual(own);
    await visit.screenshot('hovered');
    const file = await visit.download('aria/Download the model (safetensors)[role="button"]');
    await visit.end();

    const stranger = await browser.visit();
    await stranger.drop('wb-app >>> wb-data-panel', file);
    await stranger.page.waitForSelector(MARKER, { visible: true });
    await hoverRow(stranger, 3);
    await stranger.sees('As the model rebuilds it from this place');
    await stranger.end();
  });

  it('is dragged by a finger from its marker, and scrolls the page elsewhere', async () => {
    const visit = await trainedSample();
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
    const visit = await trainedSample();
    const first = await hand(visit);
    const marker = await markerAt(visit);
    await visit.click('wb-app >>> wa-button[data-action="to-bench"]');
    const heading = 'wb-app >>> wb-equaliser >>> h2';
    const { height: window } = visit.page.viewport() ?? { height: 0 };
    await expect.poll(async () => (await boxOf(visit, heading)).y).toBeLessThan(window / 2);
    expect(await nearest(visit)).toEqual({ word: 'warm', distance: '0.0 dB' });
    const grip = await scrolledTo(visit, handle(2));
    const { mouse, keyboard } = visit.page;
    await mouse.move(grip.x, grip.y);
    await mouse.down();
    await mouse.move(grip.x + 60, grip.y - 60, { steps: 8 });
    await mouse.up();
    await expect.poll(() => name(visit)).toBe('warm, edited');
    const dragged = await hand(visit);
    expect(dragged.setting[5]).toBeGreaterThan((first.setting[5] ?? 0) + 3);
    expect(dragged.setting[6]).toBeGreaterThan(first.setting[6] ?? 0);
    expect(dragged.setting.toSpliced(5, 2)).toEqual(first.setting.toSpliced(5, 2));
    expect(await markerAt(visit)).not.toEqual(marker);
    expect((await nearest(visit)).distance).not.toBe('0.0 dB');

    await mouse.wheel({ deltaY: -100 });
    await expect
      .poll(async () => (await hand(visit)).setting[7])
      .toBeGreaterThan(first.setting[7] ?? 0);

    await visit.page.focus(handle(0));
    await keyboard.press('Home');
    await expect.poll(async () => (await hand(visit)).setting[0]).toBe(0);
    await keyboard.press('ArrowUp');
    await keyboard.press('ArrowUp');
    await expect.poll(() => valueText(visit, handle(0))).toMatch(/^\+1\.0 dB at \d/);
    await visit.screenshot('shaped-light');

    // Keys, not the button: Ctrl+Z where no text is typed.
    for (let i = 0; i < 4; i++) await ctrl(visit, 'KeyZ');
    await expect.poll(() => hand(visit)).toEqual(dragged);
    await ctrl(visit, 'KeyZ');
    await expect.poll(() => hand(visit)).toEqual(first);
    await ctrl(visit, 'KeyY');
    await expect.poll(() => hand(visit)).toEqual(dragged);

    const box = await scrolledTo(visit, handle(2));
    await mouse.click(box.x, box.y, { count: 2 });
    await expect.poll(async () => (await hand(visit)).setting.slice(5, 8)).toEqual([0, 1000, 0.71]);
    await visit.end();
  });

  it('takes typed numbers, and says which cannot be', async () => {
    const visit = await trainedSample();
    await type(visit, 'Bell 1 gain in dB', '-4.5');
    await expect.poll(async () => (await hand(visit)).setting[2]).toBe(-4.5);
    await type(visit, 'Bell 1 gain in dB', '40');
    await visit.sees('Bell 1 gain in dB must be a number from −12 to 12 dB.');
    expect((await hand(visit)).setting[2]).toBe(-4.5);
    expect(await violations(visit)).toEqual([]);
    // In a text field, Ctrl+Z is the field's own.
    const edited = await hand(visit);
    await visit.page.focus('aria/Bell 1 gain in dB[role="textbox"]');
    await ctrl(visit, 'KeyZ');
    expect(await hand(visit)).toEqual(edited);
    await visit.end();
  });

  it('stays as shaped while a model trains, and follows when it is of a word', async () => {
    const visit = await trainedSample();
    await visit.page.focus(handle(0));
    await visit.page.keyboard.press('Home');
    await expect.poll(() => name(visit)).toBe('warm, edited');
    const shaped = (await hand(visit)).setting;
    await setSetting(visit, 'Seed', '2');
    await train(visit);
    expect((await hand(visit)).setting).toEqual(shaped);
    await visit.click(chip('bright'));
    await expect.poll(() => name(visit)).toBe('bright');
    const bright = (await hand(visit)).setting;
    await setSetting(visit, 'Seed', '3');
    await train(visit);
    expect(await name(visit)).toBe('bright');
    expect((await hand(visit)).setting).not.toEqual(bright);
    await visit.end();
  });
});

describe('words', () => {
  it('are mixed, three at a time, in two ways, and turned into their inverse', async () => {
    const visit = await trainedSample();
    await visit.click(chip('warm'));
    const warm = (await hand(visit)).setting;
    await strength(visit, 'Home');
    await expect.poll(() => name(visit)).toBe('warm at −100 %');
    const inverse = (await hand(visit)).setting;
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
      await visit.click('aria/Mix in[role="combobox"]');
      await visit.click(`aria/${word}[role="option"]`);
      await expect.poll(() => name(visit)).toContain(word);
    }
    expect(await name(visit)).toBe('33 % warm, 33 % bright, 33 % thin');
    const through = (await hand(visit)).setting;
    const drawn = () =>
      visit.page.$eval('wb-app >>> wb-word-panel >>> wb-response', ({ curves }) =>
        curves.slice(-2).map(({ setting }) => [...setting]),
      );
    const [byNumbers] = await drawn();
    expect(await drawn()).toEqual([byNumbers, through]);
    expect(byNumbers).not.toEqual(through);
    await visit.click('aria/by dB, Hz and Q[role="radio"]');
    await expect.poll(async () => (await hand(visit)).setting).toEqual(byNumbers);
    await visit.screenshot('mixed-light');
    await visit.click('aria/Leave thin out[role="button"]');
    await expect.poll(() => name(visit)).toBe('50 % warm, 50 % bright');
    await visit.end();
  });
});

describe('picking, mixing and shaping', () => {
  it('can be done by everybody and on a phone', async () => {
    const visit = await trainedSample();
    await visit.click('aria/Mix in[role="combobox"]');
    await visit.click('aria/bright[role="option"]');
    await expect.poll(() => name(visit)).toContain('bright');
    await visit.page.focus(handle(1));
    await visit.page.keyboard.press('ArrowUp');
    await expect.poll(() => name(visit)).toContain('edited');
    await looksWell(visit, 'explore');
    await visit.end();
  });
});

async function trainedSample(view: Partial<View> = {}): Promise<Visit> {
  const visit = await openSample(browser, view);
  await setSetting(visit, 'Epochs', '4');
  await train(visit);
  await visit.page.waitForSelector(MARKER, { visible: true });
  await visit.click(chip('warm'));
  await expect.poll(() => name(visit)).toBe('warm');
  return visit;
}

const button = (action: 'undo' | 'redo'): string =>
  `wb-app >>> wb-equaliser >>> wa-button[data-action="${action}"]`;

function hand(visit: Visit): Promise<{ name: string; setting: number[]; latent: number[] }> {
  return visit.page.$eval('wb-app >>> wb-equaliser', async (equaliser) => {
    await equaliser.updateComplete;
    const { name = '', setting = [], latent } = equaliser.current ?? {};
    return { name, setting: [...setting], latent: [...(latent ?? [])] };
  });
}

async function name(visit: Visit): Promise<string> {
  return (await hand(visit)).name;
}

function valueText(visit: Visit, selector: string): Promise<string> {
  return visit.page.$eval(selector, (slider) => slider.getAttribute('aria-valuetext') ?? '');
}

function nearest(visit: Visit): Promise<{ word: string; distance: string }> {
  return visit.page.$eval('wb-app >>> wb-nearest-words >>> li', (item) => ({
    word: item.dataset.word ?? '',
    distance: item.querySelector('.figure')?.textContent ?? '',
  }));
}

/** Where the middle of the hand's marker is, as shares of the map's width and height. */
function markerAt(visit: Visit): Promise<[number, number]> {
  return visit.page.$eval(MAP, (element): [number, number] => {
    const map = element.getBoundingClientRect();
    const marker = element.shadowRoot?.querySelector('.current')?.getBoundingClientRect();
    if (marker === undefined) throw new Error('The map has no marker.');
    return [
      (marker.x + marker.width / 2 - map.x) / map.width,
      (marker.y + marker.height / 2 - map.y) / map.height,
    ];
  });
}

function near(x: number, y: number): [unknown, unknown] {
  return [expect.closeTo(x, 2), expect.closeTo(y, 2)];
}

/** Moves the pointer over a row's point. */
async function hoverRow(visit: Visit, row: number): Promise<void> {
  const map = await boxOf(visit, MAP);
  const [x = 0, y = 0] = await visit.page.$eval(
    MAP,
    ({ model, clientWidth: width, clientHeight: height }, index) => {
      const points = model?.map?.points ?? new Float32Array();
      // The scale of a map that has just been opened: all points, and a margin.
      const extent = (axis: number) =>
        1.12 *
        points.reduce(
          (most, value, i) => (i % 2 === axis ? Math.max(most, Math.abs(value)) : most),
          0,
        );
      const scale = Math.min(width / 2 / extent(0), height / 2 / extent(1));
      return [
        width / 2 + (points[2 * index] ?? 0) * scale,
        height / 2 - (points[2 * index + 1] ?? 0) * scale,
      ];
    },
    row,
  );
  await visit.page.mouse.move(map.x + x, map.y + y);
}

async function ctrl(visit: Visit, key: 'KeyZ' | 'KeyY'): Promise<void> {
  const { keyboard } = visit.page;
  await keyboard.down('Control');
  await keyboard.press(key);
  await keyboard.up('Control');
}

/** Moves the strength's slider to an end. */
async function strength(visit: Visit, key: 'Home' | 'End'): Promise<void> {
  const slider = await visit.page.waitForSelector('aria/Strength[role="slider"]', {
    visible: true,
  });
  await slider?.focus();
  await visit.page.keyboard.press(key);
}

async function type(visit: Visit, label: string, value: string): Promise<void> {
  const input = await visit.page.waitForSelector(`aria/${label}[role="textbox"]`, {
    visible: true,
  });
  await input?.click({ count: 3 });
  await input?.type(value);
  await input?.press('Tab');
}
