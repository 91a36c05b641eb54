/** What a person comes back to after a reload, is asked before losing, and can erase. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../src/testing/temporary-folder';
import { syntheticCsv } from '../../src/data/synthetic';
import { DEADLINE_MS, TestBrowser } from './harness';
import { expectAccessible, expectLayout } from './looks';
import {
  goTo,
  openSample,
  PAGE,
  planEndlessRun,
  setSetting,
  train,
  useSample,
  waitForPhase,
} from './person';

const folder = temporaryFolder();

let browser: TestBrowser;
beforeAll(async () => {
  browser = await TestBrowser.open();
});
afterAll(() => browser.close());

const CURRENT = 'wb-app >>> [data-figure="current"]';
const UNDO = 'wb-app >>> wb-bench >>> wb-equaliser >>> button[data-action="undo"]';
const QUESTION = 'wb-app >>> wb-question >>> dialog[open]';

describe('a reload', () => {
  it('brings back the data’s name, the current EQ, the step to undo, and what B plays', async () => {
    const visit = await openSample(browser);
    await setSetting(visit, 'Epochs', '2');
    await train(visit);
    await goTo(visit, 'explore');
    const first = await visit.text(CURRENT);
    await visit.click(`wb-app >>> wb-word-panel >>> .words button:not([data-word="${first}"])`);
    await expect.poll(() => visit.text(CURRENT)).not.toBe(first);
    const second = await visit.text(CURRENT);
    const slot = 'wb-app >>> wb-slots >>> select[aria-label="What B plays"]';
    await (await visit.find(slot)).select(`word ${second}`);

    await visit.page.reload();
    await expect.poll(() => visit.text(CURRENT)).toBe(second);
    const chosen = (): Promise<string> =>
      visit.page.$eval(slot, (select) => (select instanceof HTMLSelectElement ? select.value : ''));
    await expect.poll(chosen).toBe(`word ${second}`);
    await visit.click(UNDO);
    await expect.poll(() => visit.text(CURRENT)).toBe(first);
    await goTo(visit, 'train');
    await visit.sees('synthetic sample');
    await visit.end();
  });
});

describe('who looks elsewhere', () => {
  it('is told that training has ended, once that was asked for', async () => {
    const visit = await browser.visit();
    // Neither can be done to a browser without a window: notifications are noted, and hiding is said.
    await visit.page.evaluateOnNewDocument(() => {
      const told: string[] = [];
      class Noted extends EventTarget {
        static readonly permission = 'granted';
        static readonly requestPermission = (): Promise<string> => Promise.resolve('granted');
        constructor(_: string, { body }: { body: string }) {
          super();
          told.push(body);
        }
      }
      Object.assign(globalThis, { Notification: Noted, told });
    });
    await visit.open();
    await useSample(visit);
    await setSetting(visit, 'Epochs', '2');
    const hide = (hidden: boolean): Promise<void> =>
      visit.page.evaluate(
        (state) => {
          Object.defineProperty(document, 'visibilityState', { value: state, configurable: true });
        },
        hidden ? 'hidden' : 'visible',
      );
    const told = (): Promise<unknown> =>
      visit.page.evaluate((): unknown => Reflect.get(globalThis, 'told'));

    await train(visit);
    await visit.click('aria/Settings[role="button"]');
    const tick = 'wb-app >>> wb-engine >>> [data-action="want-end-notices"]';
    await visit.click(tick);
    await expect
      .poll(() => visit.page.$eval(tick, (box) => box instanceof HTMLInputElement && box.checked))
      .toBe(true);
    await visit.screenshot('settings');
    await visit.page.keyboard.press('Escape');
    expect(await told()).toEqual([]);
    await visit.click('aria/Train anew[role="button"]');
    await hide(true);
    await expect.poll(told, { timeout: DEADLINE_MS }).toEqual(['Training is done after 2 epochs.']);
    await hide(false);
    await visit.end();
  });
});

describe('other data', () => {
  it('wait for an answer while a run trains', async () => {
    const visit = await openSample(browser);
    const other = folder.write('other.csv', syntheticCsv(2));
    await planEndlessRun(visit);
    await visit.click('aria/Train[role="button"]');
    await waitForPhase(visit, 'training');
    await visit.find('wb-app >>> wb-map >>> canvas.ready');

    await visit.drop(PAGE, other);
    await visit.find(QUESTION);
    await expectAccessible(visit);
    await expectLayout(visit);
    await visit.screenshot('stop-the-run');
    await visit.page.keyboard.press('Escape');
    await visit.gone(QUESTION);
    await waitForPhase(visit, 'training');

    await visit.drop(PAGE, other);
    await visit.click('wb-app >>> wb-question >>> dialog[open] [data-answer="yes"]');
    await visit.sees('other.csv');
    await visit.sees('Every row can be used.');
    await waitForPhase(visit, 'done');
    // What comes next is to learn them, and not to look at what others taught.
    const primary = 'wb-app >>> wb-run-bar >>> wa-button[variant="brand"]';
    expect(await visit.texts(primary)).toEqual(['Train on these data']);
    await visit.end();
  });
});

describe('what is kept in this browser', () => {
  it('is erased once that is confirmed', async () => {
    const visit = await openSample(browser);
    await setSetting(visit, 'Epochs', '1');
    await train(visit);
    const erase = async (answer: 'yes' | 'no'): Promise<void> => {
      await visit.click('aria/Settings[role="button"]');
      await visit.click('wb-app >>> wb-header >>> wb-engine >>> [data-action="ask-erase"]');
      await visit.click(`wb-app >>> wb-question >>> dialog[open] [data-answer="${answer}"]`);
    };
    await erase('no');
    await visit.gone(QUESTION);
    await goTo(visit, 'compare');
    expect(await visit.texts('wb-app >>> wb-runs >>> li[data-run]')).toHaveLength(1);

    await Promise.all([visit.page.waitForNavigation(), erase('yes')]);
    await visit.sees('None yet.');
    const left = await visit.page.evaluate(async () => {
      const databases = await indexedDB.databases();
      const counts = databases.map(
        ({ name = '' }) =>
          new Promise<number>((resolve, reject) => {
            const request = indexedDB.open(name);
            request.onerror = () => {
              reject(request.error ?? new Error('no answer'));
            };
            request.onsuccess = () => {
              const database = request.result;
              const stores = [...database.objectStoreNames];
              if (stores.length === 0) {
                resolve(0);
                return;
              }
              const transaction = database.transaction(stores);
              let entries = 0;
              for (const store of stores) {
                const count = transaction.objectStore(store).count();
                count.onsuccess = () => (entries += count.result);
              }
              transaction.oncomplete = () => {
                database.close();
                resolve(entries);
              };
            };
          }),
      );
      return { entries: await Promise.all(counts), local: localStorage.length };
    });
    expect(left.entries.every((count) => count === 0)).toBe(true);
    expect(left.local).toBe(0);
    await visit.end();
  });
});
