/** A journey through the library: runs found by search and note, copied, deleted and taken elsewhere. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { TestBrowser, type Visit } from './harness';
import { expectGoodLooks } from './looks';
import { goTo, openSample, setSetting, train, typeInto } from './person';

const RUNS = 'wb-app >>> wb-runs >>>';
const NOTE = 'For <b>Ana</b>: less of the 200 Hz';
const FIRST = 'Warmbright, epochs 1';
const SECOND = 'Warmbright, epochs 1, seed 2';

let browser: TestBrowser;
beforeAll(async () => {
  browser = await TestBrowser.open();
});
afterAll(async () => {
  await browser.close();
});

const names = (visit: Visit): Promise<string[]> => visit.texts(`${RUNS} li .name`);

/** Presses a button of the run of that name. */
async function press(visit: Visit, name: string, what: string): Promise<void> {
  await expect.poll(() => names(visit)).toContain(name);
  const ids = await visit.page.$$eval(`${RUNS} li[data-run]`, (rows) =>
    rows.map((row) => [
      row.querySelector('.name')?.textContent ?? '',
      row.getAttribute('data-run') ?? '',
    ]),
  );
  const [, id = ''] = ids.find(([called]) => called === name) ?? [];
  await visit.click(`${RUNS} li[data-run="${id}"] button[data-do="${what}"]`);
}

/** Types into the search, in place of what stands there. */
async function search(visit: Visit, query: string): Promise<void> {
  await typeInto(visit, `${RUNS} input[type="search"]`, query);
}

it('a library is searched, noted, cleared out and taken to another browser', async () => {
  const visit = await openSample(browser);
  await setSetting(visit, 'Epochs', '1');
  await train(visit);
  await setSetting(visit, 'Seed', '2');
  await train(visit);
  await goTo(visit, 'compare');
  await expect.poll(() => names(visit)).toEqual([SECOND, FIRST]);
  // Each has a small map, drawn from the list's own record.
  const pictures = () =>
    visit.page.$$eval(`${RUNS} li svg`, (all) =>
      all.map((picture) => picture.querySelectorAll('path').length > 1),
    );
  expect(await pictures()).toEqual([true, true]);
  await visit.sees('The runs take ');
  expect(await visit.text(`${RUNS} [data-lasting]`)).toMatch(/keep it for good|may clear it/);

  await press(visit, FIRST, 'note');
  const field = await visit.find(`${RUNS} wa-textarea >>> textarea`);
  await field.type(NOTE);
  await visit.screenshot('library-note');
  await visit.click(`${RUNS} wa-button[data-action="confirm"]`);
  // Text, and no markup.
  await expect.poll(() => visit.texts(`${RUNS} li .note`)).toEqual([NOTE]);
  await visit.gone(`${RUNS} wa-textarea >>> textarea`);
  await search(visit, 'ana 200');
  await expect.poll(() => names(visit)).toEqual([FIRST]);
  expect(await visit.text(`${RUNS} [data-found]`)).toBe('1 of 2 runs');
  await search(visit, 'nothing like that');
  await expect.poll(() => names(visit)).toEqual([]);
  await search(visit, ' ');
  await expect.poll(() => names(visit)).toEqual([SECOND, FIRST]);

  await press(visit, FIRST, 'duplicate');
  await expect.poll(() => names(visit)).toEqual([`${FIRST} (2)`, SECOND, FIRST]);
  await expectGoodLooks(visit, 'library');

  // Undone by the key that is at hand: the row's button keeps the focus.
  await press(visit, SECOND, 'delete');
  await visit.find(`${RUNS} li.leaving button[data-do="undo"]`);
  await visit.screenshot('library-undo');
  await visit.page.keyboard.press('Enter');
  await expect.poll(() => names(visit)).toEqual([`${FIRST} (2)`, SECOND, FIRST]);
  await press(visit, `${FIRST} (2)`, 'delete');
  await expect.poll(() => names(visit)).toEqual([SECOND, FIRST]);
  // The page goes, and the undo with it.
  await visit.page.reload();
  await goTo(visit, 'compare');
  await expect.poll(() => visit.texts(`${RUNS} li[data-run]`)).toHaveLength(2);
  expect(await names(visit)).toEqual([SECOND, FIRST]);

  const library = await visit.download(`${RUNS} wa-button[data-action="export-library"]`);
  await visit.sees('the data set that they learnt from was saved with them');
  const choose = `${RUNS} wa-button[data-action="import-library"]`;
  await visit.choose(choose, library);
  await visit.sees('No run was imported; 2 were kept here already');
  expect(await names(visit)).toEqual([SECOND, FIRST]);
  await visit.end();

  const elsewhere = await browser.visit({}, '#compare');
  await elsewhere.choose(choose, library);
  await elsewhere.sees('2 runs were imported; 1 data set came with them.');
  await expect.poll(() => names(elsewhere)).toEqual([SECOND, FIRST]);
  expect(await elsewhere.texts(`${RUNS} li .note`)).toEqual([NOTE]);
  await press(elsewhere, FIRST, 'open');
  await elsewhere.sees(`${FIRST} · `);
  // Its data came with it, so that it is trained on at once.
  await goTo(elsewhere, 'train');
  await expect
    .poll(() => elsewhere.text('wb-app >>> wb-data-panel >>> .name'))
    .toContain('synthetic sample');
  await elsewhere.end();
});
