/** `npm run bench:start`: how soon a person sees something on the built page. */
import { setTimeout } from 'node:timers/promises';
import type { Browser, Page } from 'puppeteer';
import { numberOr, readOptions } from '../../cli/options/options';
import { PROCESS_OUTPUT } from '../../cli/output';
import { InputError } from '../../src/base/input-error';
import { markdownText } from '../../src/base/table-text';
import { DEADLINE_MS, withBuiltPage } from '../rows/built-page';
import { note, seen } from '../rows/noted';
import { quantile, spreadOf } from '../statistics';
import { dragAbout, noteDrags, type DragTimes } from './dragged';
import { firstMap, firstMove, noteDrawings, type Drawing } from './drawn';

const HELP = `npm run bench:start -- [options]

Opens the built page in a browser that has none of it, and prints how long it takes from navigation to
the first map, of the ready-made model, and from the click on "Train it yourself, on a sample" to the
first point that training moves; and, of 120 moves of a drag on the map, how long each takes until its
curve is drawn, and until the audio thread has its setting, to filter anew in its next 128 samples.
Needs npm run build.

  --visits N        how often, each time with nothing kept (default 10)
`;

const TRAIN = '::-p-aria(Train it yourself, on a sample)';
const POLL_MS = 50;

interface Visit {
  /** Milliseconds from navigation. */
  readonly map: number;
  /** Milliseconds from the click. */
  readonly move: number;
}

/** Asks the page until it has an answer. */
async function answered(page: Page, of: (drawings: readonly Drawing[]) => number | null) {
  const end = Date.now() + DEADLINE_MS;
  while (Date.now() < end) {
    const answer = of(await page.evaluate(() => window.drawings));
    if (answer !== null) return answer;
    await setTimeout(POLL_MS);
  }
  throw new Error('The page has drawn nothing of the kind.');
}

async function visit(browser: Browser, url: string): Promise<Visit> {
  // Its caches are its own.
  const context = await browser.createBrowserContext();
  try {
    const page = await context.newPage();
    await page.evaluateOnNewDocument('globalThis.__name = (of) => of;');
    await page.evaluateOnNewDocument(note);
    await page.evaluateOnNewDocument(noteDrawings);
    await page.goto(url);
    const map = await answered(page, firstMap);
    await page.locator(TRAIN).setTimeout(DEADLINE_MS).click();
    const epoch = await seen(page, 'epoch');
    const move = await answered(page, (drawings) => firstMove(drawings, epoch));
    return { map, move: move - (await page.evaluate(() => window.clickedAt)) };
  } finally {
    await context.close();
  }
}

/** Times of one long drag on the ready-made map, while the built-in loop plays. */
async function drag(browser: Browser, url: string): Promise<DragTimes> {
  const page = await browser.newPage();
  await page.evaluateOnNewDocument('globalThis.__name = (of) => of;');
  await page.evaluateOnNewDocument(noteDrags);
  await page.goto(url);
  const times = await dragAbout(page, DEADLINE_MS);
  if (times.seen.length === 0 || times.heard.length === 0) {
    throw new Error('The drag was neither seen nor heard.');
  }
  return times;
}

async function main(): Promise<void> {
  const options = { visits: { type: 'string' } } as const;
  const values = readOptions(process.argv.slice(2), HELP, options, PROCESS_OUTPUT);
  if (values === null) return;
  const count = numberOr(10, '--visits', values.visits);
  if (!Number.isInteger(count) || count < 1) {
    throw new InputError("Option '--visits' is a whole number from 1.");
  }
  await withBuiltPage(1, async ({ browser, url }) => {
    const visits: Visit[] = [];
    for (let made = 0; made < count; made++) visits.push(await visit(browser, url));
    const rowOf = (what: string, of: (visit: Visit) => number): string[] => {
      const { median, smallest, largest } = spreadOf(visits.map(of));
      return [what, ...[median, smallest, largest].map((ms) => ms.toFixed(0))];
    };
    const rows = [
      rowOf('navigation → first map', ({ map }) => map),
      rowOf('click → first point that training moves', ({ move }) => move),
    ];
    const columns = [`${String(count)} visits`, 'median, ms', 'least', 'most'];
    process.stdout.write(markdownText({ columns, rows }));
    const { seen: curves, heard } = await drag(browser, url);
    const dragRow = (what: string, times: readonly number[]): string[] => {
      const shares = [0.5, 0.95, 1].map((share) => quantile(times, share));
      return [what, ...shares.map((ms) => ms.toFixed(1))];
    };
    const drags = [
      dragRow('drag → its curve drawn', curves),
      dragRow('drag → its setting in the audio thread', heard),
    ];
    const shares = [`${String(curves.length)} drawings`, 'median, ms', '95 %', 'most'];
    process.stdout.write(`\n${markdownText({ columns: shares, rows: drags })}`);
  });
}

main().catch((error: unknown) => {
  console.error(error instanceof InputError ? error.message : error);
  process.exitCode = 1;
});
