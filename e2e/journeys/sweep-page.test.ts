/** Sweeps: several settings at once, compared in small pictures and a table. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestBrowser, type Visit } from './harness';
import { expectGoodLooks, expectLayout } from './looks';
import {
  closeDrawer,
  goTo,
  openDrawer,
  openSample,
  planEndlessRun,
  runShown,
  setSetting,
  typeInto,
} from './person';

let browser: TestBrowser;
beforeAll(async () => {
  browser = await TestBrowser.open();
});
afterAll(async () => {
  await browser.close();
});

/** Titles of the columns of a run's scores. */
const SCORES = 'wb-app >>> wb-scores >>> thead';

/** Opens the dialog and types the values; a setting it does not show yet is added. */
async function planSweep(visit: Visit, values: Readonly<Record<string, string>>): Promise<void> {
  await visit.click('wb-app >>> [data-action="sweep"]');
  for (const [label, text] of Object.entries(values)) {
    if (label !== 'Seed') await visit.click(`aria/+ ${label}[role="button"]`);
    await typeValues(visit, label, text);
  }
}

async function typeValues(visit: Visit, label: string, text: string): Promise<void> {
  await typeInto(visit, `aria/${label}[role="textbox"]`, text);
}

async function startSweep(visit: Visit, values: Readonly<Record<string, string>>): Promise<void> {
  await planSweep(visit, values);
  await visit.click('aria/Start sweep[role="button"]');
  await visit.find('wb-app >>> wb-sweep-view');
}

/** A sweep over two seeds and two learning rates, ended. */
async function sweepOfFour(visit: Visit): Promise<void> {
  await setSetting(visit, 'Epochs', '2');
  await startSweep(visit, { Seed: '1, 2', 'Learning rate': '0.002, 0.001' });
  await visit.sees('Done', 120_000);
}

/** What the table shows, a list a row from top to bottom. */
async function rowsOf(visit: Visit): Promise<string[][]> {
  await visit.find('wb-app >>> wb-sweep-table');
  await visit.drawn();
  return visit.page.$$eval('wb-app >>> wb-sweep-table >>> tbody tr', (rows) =>
    rows.map((row) =>
      Array.from(row.children, (cell) => cell.textContent.replaceAll(/\s+/g, ' ').trim()),
    ),
  );
}

describe('a sweep', () => {
  it('trains every combination, is sorted, and opens a run from its row or its picture', async () => {
    const visit = await openSample(browser);
    await sweepOfFour(visit);
    await visit.sees('held-out rows (');
    // The last run's figures may come after the word that all is done.
    const isFull = (row: string[]): boolean => row.every((cell) => cell !== '' && cell !== '–');
    await expect.poll(async () => (await rowsOf(visit)).every(isFull)).toBe(true);
    const laidOut = await rowsOf(visit);
    expect(laidOut.map(([, seed, rate]) => [seed, rate])).toEqual([
      ['1', '0.002'],
      ['1', '0.001'],
      ['2', '0.002'],
      ['2', '0.001'],
    ]);

    await visit.click('aria/Learning rate[role="button"]');
    await expect
      .poll(async () => (await rowsOf(visit)).map(([run]) => run))
      .toEqual(['2', '4', '1', '3']);
    await visit.click('aria/Silhouette[role="button"]');
    const sorted = await visit.find('wb-app >>> wb-sweep-table >>> th[aria-sort="descending"]');
    expect(await sorted.evaluate((head) => head.textContent)).toContain('Silhouette');
    const silhouettes = (await rowsOf(visit)).map((row) => number(row[6]));
    expect(silhouettes).toEqual(silhouettes.toSorted((a, b) => b - a));
    // Each seed holds out other people: none is the best.
    expect((await rowsOf(visit)).flat().filter((cell) => cell.includes('★'))).toEqual([]);
    await expectGoodLooks(visit, 'sweep');

    const [best] = await rowsOf(visit);
    await visit.click('wb-app >>> wb-sweep-table >>> tbody tr:first-child button');
    await goTo(visit, 'train');
    const shown = await visit.find('wb-app >>> [data-figure="silhouette"]');
    expect(number(await shown.evaluate(({ textContent }) => textContent))).toBe(silhouettes[0]);
    expect(await runShown(visit)).toContain(
      `seed ${best?.[1] ?? ''}, learning rate ${best?.[2] ?? ''}`,
    );
    await goTo(visit, 'compare');
    expect(await rowsOf(visit)).toHaveLength(4);
    await visit.click('wb-app >>> li[data-run="2"] >>> button');
    await goTo(visit, 'train');
    expect(await runShown(visit)).toContain('seed 2, learning rate 0.002');
    await visit.end();
  });

  it('holds every fold out in turn, and ends with mean and spread', async () => {
    const visit = await openSample(browser);
    await visit.click('aria/Split[role="combobox"]');
    await visit.click('aria/Folds of contributors[role="option"]');
    await setSetting(visit, 'Number of folds', '3');
    await setSetting(visit, 'Epochs', '1');
    await startSweep(visit, {});
    await visit.sees('Done', 120_000);
    await openDrawer(visit, 'model');
    await closeDrawer(visit, 'model');
    const rows = await rowsOf(visit);
    expect(rows.map(([, fold]) => fold)).toEqual(['1', '2', '3']);
    await visit.sees('mean ± s.d.');
    await visit.sees('Each fold is other people');
    // Of the eight words' 600 rows, each is held out once.
    let held = 0;
    for (const fold of [1, 2, 3]) {
      await visit.click(`wb-app >>> wb-sweep-table >>> tbody tr:nth-child(${String(fold)}) button`);
      await goTo(visit, 'train');
      // What is said of the model comes with its scores; the run may be named before.
      await expect
        .poll(() => visit.text('wb-app >>> wb-keep-panel >>> .about'))
        .toContain(`fold ${String(fold)}:`);
      await visit.drawn();
      const [, rows] = /Held-out rows \((\d+)/.exec(await visit.text(SCORES)) ?? [];
      held += Number(rows);
      await goTo(visit, 'compare');
    }
    expect(held).toBe(600);
    await visit.end();
  });

  it('says what spreads when the seed alone differs', async () => {
    const visit = await openSample(browser);
    await setSetting(visit, 'Epochs', '1');
    await startSweep(visit, { Seed: '1–3' });
    await visit.sees('mean ± s.d.', 120_000);
    await visit.end();
  });

  it('keeps single runs waiting, is stopped midway, and makes room for another', async () => {
    const visit = await openSample(browser);
    await planEndlessRun(visit);
    await startSweep(visit, { Seed: '1–3' });
    const firstRun = (): Promise<string> => visit.text('wb-app >>> li[data-run="0"] >>> .picture');
    await expect.poll(firstRun).toMatch(/^epoch [1-9]\d* of 10000$/);
    await visit.sees('map once it has ended');
    await goTo(visit, 'train');
    await visit.sees('A sweep is training: a single run can be trained when it has ended.');
    await visit.find('wb-app >>> [data-action="train"][disabled]');
    await visit.click('aria/Look at the sweep[role="button"]');
    await visit.click('aria/Stop the sweep[role="button"]');
    await visit.sees('stopped at epoch');
    await goTo(visit, 'train');
    await setSetting(visit, 'Epochs', '1');
    await startSweep(visit, {});
    await visit.sees('Done', 120_000);
    await visit.end();
  });

  it('names values that cannot be used, and cannot be started with them', async () => {
    const visit = await openSample(browser);
    await planSweep(visit, { Seed: '1–300' });
    await visit.sees('at most 256 values');
    await typeValues(visit, 'Seed', '1–100');
    await visit.click('aria/+ Dropout[role="button"]');
    await typeValues(visit, 'Dropout', '0, 0.1, 0.2');
    await visit.sees('A sweep has at most 256 runs, and these values make 300.');
    await visit.find('wb-app >>> [data-action="start-sweep"][disabled]');
    await visit.end();
  });

  it('is planned by everybody, on a phone too', async () => {
    const visit = await openSample(browser);
    await planSweep(visit, { Seed: '1, x' });
    await visit.sees('“x” is not');
    await expectGoodLooks(visit, 'sweep-plan');
    await visit.end();
  });

  it('fits a phone without scrolling sideways', async () => {
    const visit = await openSample(browser, { width: 390, height: 844 });
    await visit.click('wb-app >>> wb-recipe-panel >>> details[data-group="run"] > summary');
    await planEndlessRun(visit);
    await startSweep(visit, { Seed: '1, 2', 'Learning rate': '0.002, 0.001' });
    await visit.sees('Stop the sweep');
    await expectLayout(visit);
    await visit.end();
  });
});

/** A figure as the page shows it, its mark and its minus read. */
function number(text: string | undefined): number {
  return Number((text ?? '').replace('−', '-').replaceAll(/[★\s]|\(best\)/g, ''));
}
