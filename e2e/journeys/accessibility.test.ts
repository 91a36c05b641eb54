/** Keyboard and screen reader: axe on the page's states and the data doctor, and a run started by keys alone. */
import { afterAll, beforeAll, describe, it } from 'vitest';
import { TestBrowser } from './harness';
import { expectGoodLooks } from './looks';
import { openSample, setSetting, tabTo, train, waitForPhase } from './person';

let browser: TestBrowser;
beforeAll(async () => {
  browser = await TestBrowser.open();
});
afterAll(async () => {
  await browser.close();
});

describe('the page', () => {
  it('has nothing axe objects to and fits a phone, empty and trained', async () => {
    const visit = await browser.visit();
    await visit.sees('Begin with the sample');
    await expectGoodLooks(visit, 'empty');
    await visit.end();
    const trained = await openSample(browser);
    await setSetting(trained, 'Epochs', '1');
    await train(trained);
    await expectGoodLooks(trained, 'one-epoch');
    await trained.click('wb-app >>> wb-audit >>> wa-button[data-action="open-audit"]');
    await trained.find('wb-app >>> wb-audit >>> wb-audit-finding');
    await trained.page.$$eval('wb-app >>> wb-audit-finding >>> details', (all) => {
      for (const details of all) details.open = true;
    });
    await expectGoodLooks(trained, 'audit-examples');
    await trained.end();
  });

  it('can be used by keys alone', async () => {
    const visit = await browser.visit();
    await visit.sees('Begin with the sample');
    const press = async (name: RegExp): Promise<void> => {
      await tabTo(visit, name);
      await visit.page.keyboard.press('Enter');
    };
    await press(/Use the sample/);
    await visit.sees('Every row can be used.');
    await press(/One epoch/);
    await waitForPhase(visit, 'paused');
    await press(/Stop/);
    await waitForPhase(visit, 'done');
    await visit.end();
  });
});
