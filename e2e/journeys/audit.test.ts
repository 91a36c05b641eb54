/** The data doctor: what it finds, what choices change, and that they stay with the run. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SENSIBLE_CHOICES } from '../../src/recipe/audit-choices';
import { auditDocumentSchema } from '../../src/data/audit/report';
import { temporaryFolder } from '../../src/testing/temporary-folder';
import { TestBrowser, type Visit } from './harness';
import { expectGoodLooks } from './looks';
import { downloadModel, openDrawer, openSample, PAGE, realData, setSetting, train } from './person';

const DOCTOR = 'wb-app >>> wb-audit >>>';

const folder = temporaryFolder();

/** The sample with what it lacks: three duplicates, two misspellings, and a word that is markup. */
function untidySample(): string {
  const sample = fileURLToPath(new URL('../../public/sample.csv', import.meta.url));
  const lines = readFileSync(sample, 'utf8').trimEnd().split('\n');
  const warm = lines.filter((line) => line.split(',')[1] === 'warm');
  /** Another word, and another gain: an equal row would be a duplicate once it is merged. */
  const named = (line: string, word: string) =>
    line.split(',').with(1, word).with(5, '1.234').join(',');
  const added = [
    ...warm.slice(0, 3),
    ...warm.slice(3, 4).map((line) => named(line, 'wram')),
    ...warm.slice(4, 5).map((line) => named(line, 'warmm')),
    ...warm.slice(5, 6).map((line) => named(line, '<b>warm</b>')),
  ];
  return folder.write('untidy.csv', `${[...lines, ...added].join('\n')}\n`);
}

/** 256 words of a row each, no two of which are alike. */
function manyWords(): { readonly path: string; readonly words: readonly string[] } {
  const sample = fileURLToPath(new URL('../../public/sample.csv', import.meta.url));
  const all = readFileSync(sample, 'utf8').trimEnd().split('\n');
  // But those with a comma in their word.
  const lines = all.filter((line) => line.split(',').length === 25);
  const [consonants, vowels] = ['bdgklmnr', 'ou'];
  const syllable = (at: number, vowel: string): string =>
    `${consonants[at % 8] ?? ''}${vowel}${vowels[at >> 3] ?? ''}s`;
  const words = Array.from({ length: 256 }, (_, at) => {
    const [first, second] = [at % 16, at >> 4];
    return syllable(first, 'a') + syllable(second, 'e') + syllable((first + second) % 16, 'i');
  });
  const rows = words.map((word, at) => (lines[at] ?? '').split(',').with(1, word).join(','));
  return { path: folder.write('many-words.csv', `${rows.join('\n')}\n`), words };
}

let browser: TestBrowser;
beforeAll(async () => {
  browser = await TestBrowser.open();
});
afterAll(() => browser.close());

/** A visit with the file read and its doctor open. */
async function openDoctor(visit: Visit): Promise<void> {
  await visit.click(`${DOCTOR} wa-button[data-action="open-audit"]`);
  await visit.find(`${DOCTOR} wb-audit-finding`);
  const opened = () => visit.page.$$eval(`${DOCTOR} wa-dialog[open]`, ({ length }) => length);
  await expect.poll(opened).toBe(1);
}

async function openUntidy(): Promise<Visit> {
  const visit = await browser.visit();
  await visit.drop(PAGE, untidySample());
  await visit.sees('Every row can be used.');
  await openDoctor(visit);
  return visit;
}

function choose(visit: Visit, id: string, value: string): Promise<void> {
  return visit.click(
    `${DOCTOR} wb-audit-finding[data-finding="${id}"] >>> input[value="${value}"]`,
  );
}

/** Waits until the line that screen readers are told says so. */
async function seesLeft(visit: Visit, text: string): Promise<void> {
  const status = async (): Promise<string> =>
    (await visit.text(`${DOCTOR} [role="status"]`)).replaceAll(' ,', ',');
  await expect.poll(status).toBe(text);
}

async function closeDoctor(visit: Visit): Promise<void> {
  await visit.page.keyboard.press('Escape');
  await expect.poll(() => visit.page.$eval(`${DOCTOR} dialog`, ({ open }) => open)).toBe(false);
}

/** How many rows the list of words has for a word; undefined where the word is not in it. */
async function rowsOf(visit: Visit, word: string): Promise<string | undefined> {
  await visit.drawn();
  const list = 'wb-app >>> wb-word-list >>> tbody';
  const words = await visit.texts(`${list} wa-checkbox`);
  return (await visit.texts(`${list} td:nth-child(2)`))[words.indexOf(word)];
}

describe('the data doctor', () => {
  it('shows what choices leave, exports it, and gives it to the run that is trained', async () => {
    const visit = await openUntidy();
    await seesLeft(visit, '609 rows →become 606 rows, 8 words with 5 rows or more');
    await visit.click(`${DOCTOR} button[data-set="founding"]`);
    await seesLeft(visit, '609 rows →become 609 rows, 8 words with 5 rows or more');
    await visit.click(`${DOCTOR} button[data-set="sensible"]`);
    await seesLeft(visit, '609 rows →become 606 rows, 8 words with 5 rows or more');
    await visit.screenshot('audit');
    await choose(visit, 'exactDuplicates', 'keep');
    await seesLeft(visit, '609 rows →become 609 rows, 8 words with 5 rows or more');
    await choose(visit, 'exactDuplicates', 'drop');
    await seesLeft(visit, '609 rows →become 606 rows, 8 words with 5 rows or more');

    // Words of one row are listed once they are asked for.
    await closeDoctor(visit);
    await setSetting(visit, 'Rows at least', '1');
    await openDoctor(visit);
    const merge = `${DOCTOR} wb-audit-finding >>> wb-audit-merges >>> input[data-from="wram"]`;
    await visit.click(merge);
    await visit.sees('kept apart');
    await expect.poll(() => rowsOf(visit, 'wram')).toBe('1');
    expect(await rowsOf(visit, 'warmm')).toBeUndefined();
    expect(await rowsOf(visit, 'warm')).toBe('151');
    expect(await rowsOf(visit, '<b>warm</b>')).toBe('1');

    const path = await visit.download(`${DOCTOR} wa-button[data-action="export-audit"]`);
    const exported = v.parse(auditDocumentSchema, JSON.parse(readFileSync(path, 'utf8')));
    const choices = { ...SENSIBLE_CHOICES, unmerged: ['wram'] };
    expect(exported.chosen).toEqual({
      choices,
      rowsLeft: 606,
      dropped: [
        { id: 'pluginDefaults', rows: 0 },
        { id: 'exactDuplicates', rows: 3 },
        { id: 'copies', rows: 0 },
      ],
    });
    expect(exported.rowsLeft).toEqual({ founding: 609, sensible: 606 });

    await closeDoctor(visit);
    await setSetting(visit, 'Rows at least', '5');
    await setSetting(visit, 'Epochs', '1');
    await train(visit);
    const name = 'Warmbright, epochs 1, “wram” kept apart';
    const { document } = await downloadModel(visit);
    expect(document.run).toMatchObject({ name, recipe: { audit: choices } });
    expect(document.words.find(({ word }) => word === 'warm')?.rows).toBe(151);

    await visit.page.reload();
    await openDrawer(visit, 'model');
    await visit.sees('Data: misspellings merged, exact duplicates dropped');
    const again = await downloadModel(visit);
    expect(again.document.run?.recipe.audit).toEqual(choices);
    await visit.sees('606 rows');
    await expect.poll(() => rowsOf(visit, 'warm')).toBe('151');
    await visit.end();
  });

  it('sets all choices at once, and says which set they are', async () => {
    const visit = await openUntidy();
    const pressed = (): Promise<string[]> =>
      visit.page.$$eval(`${DOCTOR} button[aria-pressed="true"]`, (buttons) =>
        buttons.map((button) => button.getAttribute('data-set') ?? ''),
      );
    expect((await pressed()).sort()).toEqual(['recipe', 'sensible']);
    await visit.click(`${DOCTOR} button[data-set="founding"]`);
    await expect.poll(pressed).toEqual(['founding']);
    await choose(visit, 'rails', 'drop');
    await expect.poll(pressed).toEqual([]);
    await visit.click(`${DOCTOR} button[data-set="sensible"]`);
    await expect.poll(async () => (await pressed()).sort()).toEqual(['recipe', 'sensible']);
    await visit.end();
  });

  it('goes by keys, and back to where it was opened', async () => {
    const visit = await openSample(browser);
    const button = await visit.find(`${DOCTOR} wa-button[data-action="open-audit"]`);
    await button.focus();
    await visit.page.keyboard.press('Enter');
    await visit.find(`${DOCTOR} wb-audit-finding`);
    const radio = await visit.find(
      `${DOCTOR} wb-audit-finding[data-finding="rails"] >>> input[value="keep"]`,
    );
    await radio.focus();
    await visit.page.keyboard.press('ArrowDown');
    await seesLeft(visit, '603 rows →become 558 rows, 8 words with 5 rows or more');
    await closeDoctor(visit);
    await visit.end();
  });

  it('lists the first of many words, more on request, and those that are looked for', async () => {
    const { path, words } = manyWords();
    const visit = await browser.visit();
    await visit.drop(PAGE, path);
    await visit.sees('Every row can be used.');
    await setSetting(visit, 'Rows at least', '1');
    const list = 'wb-app >>> wb-word-list >>>';
    const listed = (): Promise<string[]> => visit.texts(`${list} tbody wa-checkbox`);
    await expect.poll(async () => (await listed()).length).toBe(100);
    await visit.sees('Show 100 of 156 more');
    await visit.click(`${list} button[data-action="more"]`);
    await expect.poll(async () => (await listed()).length).toBe(200);
    await visit.click(`${list} button[data-action="more"]`);
    await expect.poll(async () => (await listed()).length).toBe(256);
    // The button is gone, and the focus is where it was.
    const focused = 'wb-app >>> wb-word-list >>> .list:focus';
    await expect.poll(() => visit.page.$$eval(focused, ({ length }) => length)).toBe(1);
    const last = words.toSorted().at(-1) ?? '';
    await visit.click(`${list} input[type="search"]`);
    await visit.page.keyboard.type(last.toUpperCase());
    await expect.poll(listed).toEqual([last]);
    await visit.sees('1 found');
    await expectGoodLooks(visit, 'many-words');
    await visit.end();
  });

  it('looks over a file of one row', async () => {
    const visit = await browser.visit();
    const sample = fileURLToPath(new URL('../../public/sample.csv', import.meta.url));
    const path = folder.write('one.csv', readFileSync(sample, 'utf8').split('\n')[0] ?? '');
    await visit.drop(PAGE, path);
    await visit.sees('Every row can be used.');
    await openDoctor(visit);
    await seesLeft(visit, '1 row →become 1 row, 0 words with 5 rows or more');
    await visit.end();
  });

  it.skipIf(realData === null)('reads well on the real file (needs ../shared/data)', async () => {
    const visit = await browser.visit();
    await visit.drop(PAGE, realData ?? '');
    await visit.sees('Every row can be used.');
    await openDoctor(visit);
    await visit.click(`${DOCTOR} button[data-set="sensible"]`);
    await seesLeft(visit, '1,700 rows →become 1,470 rows, 12 words with 5 rows or more');
    await expectGoodLooks(visit, 'audit-real');
    await visit.end();
  });
});
