/** A word's schools: chosen, heard of in bands and curve, and seen on the map. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { readModelFile } from '../../src/model/model-file';
import { offeredSetting } from '../../src/model/word-settings';
import { TestBrowser, type Visit } from './harness';
import { expectGoodLooks } from './looks';
import { bandLines, bandsShown, currentEq, openTrained } from './person';
import { sharedVisit } from './shared-visit';

let browser: TestBrowser;
beforeAll(async () => {
  browser = await TestBrowser.open();
});
afterAll(async () => {
  await browser.close();
});

const CHIPS = 'wb-app >>> wb-kind-choice >>> .chips button';
const PROPOSALS = 'wb-app >>> wb-proposals >>> .chips';
const UNDO = 'wb-app >>> wb-equaliser >>> button[data-action="undo"]';
const WORDS = 'wb-app >>> wb-word-panel >>> .words button';

describe('the schools of a word', () => {
  it('are chosen by key, and have bands, a curve and a place on the map', async () => {
    const visit = await visitWithSchools();
    const [all, first = ''] = (await visit.texts(CHIPS)).map((text) =>
      text.replace(/\s+[\d,]+$/, ''),
    );
    expect(all).toBe('All');
    expect(first).not.toBe('');
    const whole = await bandsShown(visit);
    // Each kind's curve is told from the others', and named by the same line.
    const dashes = (selector: string) =>
      visit.page.$$eval(`wb-app >>> wb-equaliser >>> ${selector}`, (lines) =>
        lines.map((line) => line.getAttribute('stroke-dasharray')),
      );
    const drawn = await dashes('wb-eq-graph >>> .behind');
    expect(new Set(drawn).size).toBe((await visit.texts(CHIPS)).length - 1);
    expect(await dashes('.legend .named line')).toEqual(drawn);
    expect(await visit.attribute('wb-app >>> wb-map >>> canvas', 'aria-label')).toContain(first);

    await visit.page.focus(CHIPS);
    await visit.page.keyboard.press('Tab');
    await visit.page.keyboard.press('Enter');
    await visit.find(`${CHIPS}:nth-child(2)[aria-pressed="true"]`);
    await expect.poll(() => bandsShown(visit)).not.toEqual(whole);
    const word = await visit.text(`${WORDS}[aria-pressed="true"]`);
    const { document } = readModelFile(readFileSync(inject('trainedSample')));
    const school = document.words.find((of) => of.word === word)?.schools[0];
    expect(school?.name).toBe(first);
    const offered = offeredSetting(document, school?.setting ?? []);
    expect(await bandsShown(visit)).toEqual(bandLines(offered));
    expect(await visit.attribute('wb-app >>> wb-bands >>> table', 'aria-label')).toBe(
      `Five bands of ${word}, ${first}`,
    );

    // Another word is looked at as a whole.
    await visit.click(`${WORDS}[aria-pressed="false"]`);
    await visit.find(`${CHIPS}:first-child[aria-pressed="true"]`);
    await visit.end();
  });

  it('stand beside proposals and another engineer’s word, each a step to undo', async () => {
    const visit = await visitWithSchools();
    const word = (await currentEq(visit)).name;
    const { document } = readModelFile(readFileSync(inject('trainedSample')));
    const own = document.words.find((of) => of.word === word);
    const names = own?.proposals?.at(-1)?.map(({ name }) => name) ?? [];
    expect(
      (await visit.texts(`${PROPOSALS} [data-place]`)).map((text) =>
        text.replace(/\s+[\d,]+$/, ''),
      ),
    ).toEqual(names);
    expect(await visit.text('wb-app >>> wb-evidence >>> p')).toContain(`For ${word}, `);

    await visit.click(`${PROPOSALS} [data-place="1"]`);
    const proposed = `${word}, ${names[1] ?? ''}`;
    await expect.poll(async () => (await currentEq(visit)).name).toBe(proposed);
    // What is current is neither the word nor one of its kinds.
    await visit.gone(`${CHIPS}[aria-pressed="true"]`);
    await visit.sees(`the slider goes back to ${word}`);
    for (const draw of [1, 2]) {
      await visit.click(`${PROPOSALS} .dice`);
      const name = `${word}, another engineer’s (${String(draw)})`;
      await expect.poll(async () => (await currentEq(visit)).name).toBe(name);
    }
    for (let draws = 0; draws < 2; draws++) await visit.click(UNDO);
    await expect.poll(async () => (await currentEq(visit)).name).toBe(proposed);
    await visit.end();
  });

  it('can be used by everybody and fit a phone', async () => {
    const visit = await visitWithSchools();
    await visit.click(`${CHIPS}:nth-child(2)`);
    await visit.find(`${CHIPS}:nth-child(2)[aria-pressed="true"]`);
    await expectGoodLooks(visit, 'schools');
    await visit.end();
  });
});

const sharedTrained = sharedVisit(() => openTrained(browser));
/** The word that is looked at first. */
let firstWord: string | null = null;

/** A visit with the first word as a whole, where other tests may have been before. */
async function visitWithSchools(): Promise<Visit> {
  const visit = await sharedTrained();
  await visit.find(CHIPS);
  firstWord ??= await visit.text(`${WORDS}[aria-pressed="true"]`);
  await visit.click(`${WORDS}[data-word="${firstWord}"]`);
  await visit.find(`${CHIPS}:first-child[aria-pressed="true"]`);
  await expect.poll(async () => (await currentEq(visit)).name).toBe(firstWord);
  return visit;
}
