/**
 * What frames cost the built page's own thread while the map of a data set of so many rows is moved,
 * zoomed and pointed at, and a run trains; prints a line of JSON. The argument is the number of rows.
 */
import type { Page } from 'puppeteer';
import { DEADLINE_MS, loadData, pressTrain, withBuiltPage } from './built-page';
import { note, seen } from './noted';
import { frameFigures, framesOf, type FrameWork } from './frames';
import type { MapCost } from './row-cost';

/** Steps of the pointer or the wheel that are watched. */
const STEPS = 60;
/** Of the trace, what is needed: what puppeteer asks for by itself profiles the page's scripts, too. */
const CATEGORIES = [
  '-*',
  'disabled-by-default-devtools.timeline',
  'disabled-by-default-devtools.timeline.frame',
];
const MAP = 'wb-app >>> wb-map';

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Where the pointer is after so much of a way over the map that never stands still. */
function wayOver({ x, y, width, height }: Box, share: number): [number, number] {
  const turn = 2 * Math.PI * share;
  return [
    x + width * (0.5 + 0.3 * Math.sin(3 * turn)),
    y + height * (0.5 + 0.3 * Math.sin(4 * turn)),
  ];
}

/** What the page's thread does in each frame meanwhile. */
async function watched(page: Page, work: () => Promise<void>): Promise<FrameWork> {
  await page.tracing.start({ categories: CATEGORIES });
  await work();
  const trace = await page.tracing.stop();
  const frames = framesOf(new TextDecoder().decode(trace));
  if (!frames.clock.some((ms) => ms > 0)) throw new Error('The trace holds no work of the page.');
  return frames;
}

async function pointedAt(page: Page, box: Box): Promise<void> {
  for (let step = 0; step < STEPS; step++) {
    await page.mouse.move(...wayOver(box, step / STEPS));
  }
}

async function zoomed(page: Page, box: Box): Promise<void> {
  await page.mouse.move(...wayOver(box, 0.1));
  for (let step = 0; step < STEPS; step++) {
    // In and out again, and never to the end of it.
    await page.mouse.wheel({ deltaY: Math.floor(step / 20) % 2 === 0 ? -40 : 40 });
  }
}

/** Zoomed in, with the middle button. */
async function moved(page: Page, box: Box): Promise<void> {
  await page.mouse.move(...wayOver(box, 0));
  await page.mouse.down({ button: 'middle' });
  await pointedAt(page, box);
  await page.mouse.up({ button: 'middle' });
}

async function measure(rows: number): Promise<MapCost> {
  return withBuiltPage(rows, async ({ page, url, file }) => {
    await page.evaluateOnNewDocument(note);
    await page.goto(`${url}#train`);
    await loadData(page, file);
    await pressTrain(page);
    await seen(page, 'model');
    // Copying itself for visits without a network, the page takes the processor from what is measured.
    await page.evaluate(async () => void (await navigator.serviceWorker.ready));
    const element = await page.waitForSelector(MAP, { timeout: DEADLINE_MS });
    const box = await element?.boundingBox();
    if (box == null) throw new Error('The map has no place on the page.');
    const pointing = frameFigures(await watched(page, () => pointedAt(page, box)));
    const zooming = frameFigures(await watched(page, () => zoomed(page, box)));
    await page.mouse.wheel({ deltaY: -400 });
    const moving = frameFigures(await watched(page, () => moved(page, box)));
    return { rows, pointing, zooming, moving };
  });
}

console.log(JSON.stringify(await measure(Number(process.argv[2]))));
process.exit(0);
