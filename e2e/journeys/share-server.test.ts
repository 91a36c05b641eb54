/** Models that a share server keeps: opened by what is sent of them, and what is said where that fails. */
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { ShareClient } from '../../src/share/share-client';
import { temporaryFolder } from '../../src/testing/temporary-folder';
import { modelBytes } from '../../server/testing/models';
import { startServer, type ServerProcess } from '../../server/testing/server-process';
import { TestBrowser, type Visit } from './harness';
import { openDrawer } from './person';

const DIST = fileURLToPath(new URL('../../dist/', import.meta.url));

const folder = temporaryFolder();
let server: ServerProcess;
let client: ShareClient;
let browser: TestBrowser;
beforeAll(async () => {
  server = await startServer({ PAGE_DIR: DIST, DATA_DIR: folder.at('data') });
  client = new ShareClient(server.url);
  browser = await TestBrowser.open('reduce', true);
});
afterAll(async () => {
  await browser.close();
  await server.end();
});

const shared = async (...words: [string, string]): Promise<string> =>
  (await client.upload(modelBytes(words[0].length, words))).id;

async function seesModel(visit: Visit, id: string, word: string): Promise<void> {
  await visit.page.waitForFunction((to) => location.href === to, {}, `${server.url}#s=${id}`);
  await visit.sees(word);
  await openDrawer(visit, 'model');
  await visit.sees('A small run');
}

describe('a short link', () => {
  it('is made by leaving the model with the page’s server, and the model can be taken back', async () => {
    const visit = await browser.visit();
    await visit.page.goto(server.url);
    await openDrawer(visit, 'model');
    await visit.click('aria/Make a short link[role="button"]');
    await visit.sees('takes the model back, also later');
    const address = await visit.page.$eval(
      'wb-app >>> [data-link=short] dd',
      ({ textContent }) => textContent,
    );
    expect(address).toMatch(/\/m\/[\w-]{22}$/);
    const other = await browser.visit();
    await other.page.goto(address);
    await other.page.waitForFunction(() => location.hash.startsWith('#s='));
    await openDrawer(other, 'model');
    await other.sees('Keep it among my runs');
    await visit.click('aria/Take the model back[role="button"]');
    await visit.sees('The model was taken back');
    expect((await fetch(address)).status).toBe(404);
    expect(visit.watch.problems).toEqual([]);
    for (const { context } of [visit, other]) await context.close();
  });

  it('opens the model by the address that is sent, also once the page works without a network', async () => {
    const [first, second] = [await shared('creamy', 'rough'), await shared('glassy', 'dull')];
    const visit = await browser.visit();
    await visit.page.goto(client.addressOf(first));
    await seesModel(visit, first, 'creamy');
    await visit.page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    await visit.page.reload();
    await visit.sees('creamy');
    expect(await visit.page.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true);
    await visit.page.goto(client.addressOf(second));
    await seesModel(visit, second, 'glassy');
    expect(await visit.page.evaluate(() => crossOriginIsolated)).toBe(true);
    expect(visit.watch.problems).toEqual([]);
    await visit.context.close();
  });

  it('says why it cannot be opened, and shows the ready-made model', async () => {
    const { id, token } = await client.upload(modelBytes(7));
    await client.remove({ id, token });
    const visit = await browser.visit();
    for (const [address, sentence] of [
      [`${server.url}#s=${id}`, 'No model is kept under this id'],
      [`${server.url}#s=${id.slice(0, -1)}`, 'This short link was cut short on the way'],
      [`${inject('siteUrl')}#s=${id}`, 'this page’s host keeps no shared models'],
    ] as const) {
      await visit.page.goto('about:blank');
      await visit.page.goto(address);
      await visit.sees(sentence);
      await visit.sees('Ready-made model');
    }
    await visit.context.close();
  });
});
