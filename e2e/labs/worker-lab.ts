/** The training worker in a lab, with a fresh profile for each test. */
import { readFileSync } from 'node:fs';
import type { Browser, BrowserContext, Page } from 'puppeteer';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { Lab, type LabOptions } from './lab';
import type {} from './worker.page';

/** What {@link sampleWithCanary} has in the personal columns. */
export const CANARY = 'canary';

/** The bundled sample, with something recognisable in every personal column. */
export const sampleWithCanary = readFileSync(
  new URL('../../public/sample.csv', import.meta.url),
  'utf8',
).replaceAll(
  // Cells may hold commas between quotes.
  /^((?:(?:"[^"]*"|[^",\n]*),){20})(?:[^",\n]*,){4}/gm,
  (_, before: string) => before + `${CANARY},`.repeat(4),
);

export interface WorkerLab {
  readonly browser: Browser;
  /** The first tab of the profile that is in use. */
  readonly page: Page;
  /** Another tab of that profile. */
  openTab(): Promise<Page>;
  /** Loads the tab's page afresh. */
  reload(tab: Page): Promise<void>;
  /** Leaves the profile for a new one. */
  leave(): Promise<void>;
}

/** Sets up the lab for the tests around it. */
export function workerLab(options: LabOptions = {}): WorkerLab {
  let lab: Lab;
  let context: BrowserContext;
  let page: Page;
  const enter = async (): Promise<void> => {
    context = await lab.newContext();
    page = await lab.openPage(context);
  };
  beforeAll(async () => {
    lab = await Lab.open('worker', options);
  });
  afterAll(() => lab.close());
  beforeEach(enter);
  afterEach(() => context.close());
  return {
    get browser() {
      return lab.browser;
    },
    get page() {
      return page;
    },
    openTab: () => lab.openPage(context),
    reload: (tab) => lab.load(tab),
    leave: async () => {
      await context.close();
      await enter();
    },
  };
}

/** Trains the sample for the recipe's epochs on WebAssembly. */
export async function trainWhole(tab: Page): Promise<void> {
  await tab.evaluate(async (text) => {
    await lab.load(text);
    await lab.chooseEngine('wasm');
    lab.start();
    await lab.phase('done');
  }, sampleWithCanary);
}
