/** A word of one's own for the current EQ: added to the data, and taken away with them. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestBrowser, type Visit } from './harness';
import { expectGoodLooks } from './looks';
import { closeDrawer, currentEq, goTo, openDrawer, openTrained, useSample } from './person';

let browser: TestBrowser;
beforeAll(async () => {
  browser = await TestBrowser.open();
});
afterAll(() => browser.close());

const FORM = 'wb-app >>> wb-bench >>> wb-own-word';

async function addAs(visit: Visit, word: string): Promise<void> {
  const field = await visit.find(`${FORM} >>> input`);
  await field.type(word);
  await field.press('Enter');
}

describe('a word of one’s own', () => {
  it('names the current EQ in the data, which are then a file that opens again', async () => {
    const visit = await openTrained(browser);
    await useSample(visit);
    await goTo(visit, 'explore');
    const { setting } = await currentEq(visit);
    await openDrawer(visit, 'presets');
    await visit.sees('Rows in synthetic sample: 603.');
    await addAs(visit, 'Silky');
    await visit.sees('Rows in synthetic sample: 604.');
    await addAs(visit, '192.0.2.1');
    await visit.sees('looks like a network address');
    await expectGoodLooks(visit, 'own-word');
    const path = await visit.download(`${FORM} >>> button[data-action="export-data"]`);
    await visit.click(`${FORM} >>> button[data-action="take-back-row"]`);
    await visit.sees('Rows in synthetic sample: 603.');
    await visit.gone(`${FORM} >>> button[data-action="take-back-row"]`);
    await closeDrawer(visit, 'presets');

    const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
    expect(lines).toHaveLength(604);
    const cells = lines.at(-1)?.split(',') ?? [];
    expect([cells.length, cells[1], cells[2]]).toEqual([25, 'Silky', 'contributor 34']);
    cells.slice(5, 18).forEach((cell, i) => {
      expect(Number(cell)).toBeCloseTo(setting[i] ?? 0, 2);
    });
    await visit.end();
  });
});
