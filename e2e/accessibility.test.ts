/** Keyboard and screen reader: axe on the page's states and the data doctor, and a run started by keys alone. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestBrowser, type Visit } from './harness';
import { openSample, setSetting, train, violations, waitForPhase } from './person';

let browser: TestBrowser;
beforeAll(async () => {
  browser = await TestBrowser.launch();
});
afterAll(async () => {
  await browser.close();
});

describe('the page', () => {
  for (const colours of ['light', 'dark'] as const) {
    it(`has nothing axe objects to, empty and trained, in ${colours} colours`, async () => {
      const visit = await browser.visit({ colours });
      await visit.sees('Begin with the sample');
      expect(await violations(visit)).toEqual([]);
      await visit.end();
      const trained = await openSample(browser, { colours });
      await setSetting(trained, 'Epochs', '1');
      await train(trained);
      expect(await violations(trained)).toEqual([]);
      await trained.click('wb-app >>> wb-audit >>> wa-button[data-action="open-audit"]');
      await trained.page.waitForSelector('wb-app >>> wb-audit >>> wb-audit-finding', {
        visible: true,
      });
      await trained.page.$$eval('wb-app >>> wb-audit-finding >>> details', (all) => {
        for (const details of all) details.open = true;
      });
      await trained.screenshot(`audit-examples-${colours}`);
      expect(await violations(trained)).toEqual([]);
      await trained.end();
    });
  }

  it('can be used by keys alone', async () => {
    const visit = await browser.visit();
    await visit.sees('Begin with the sample');
    const press = async (name: string): Promise<void> => {
      for (let tries = 0; tries < 80; tries++) {
        await visit.page.keyboard.press('Tab');
        if ((await focusedName(visit)).includes(name)) {
          await visit.page.keyboard.press('Enter');
          return;
        }
      }
      throw new Error(`${name} is not reached by the Tab key.`);
    };
    await press('Use the sample');
    await visit.sees('Every row can be used.');
    await press('One epoch');
    await waitForPhase(visit, 'paused');
    await press('Stop');
    await waitForPhase(visit, 'done');
    await visit.end();
  });

  it('fits a phone without scrolling sideways', async () => {
    const visit = await openSample(browser, { width: 390, height: 844 });
    expect(
      await visit.page.evaluate(() => document.documentElement.scrollWidth),
    ).toBeLessThanOrEqual(390);
    await visit.screenshot('phone');
    await visit.end();
  });
});

/** Text of the focused element, looked for in shadow roots. */
function focusedName(visit: Visit): Promise<string> {
  return visit.page.evaluate(() => {
    let focused = document.activeElement;
    let name = '';
    while (focused !== null) {
      name = focused.getAttribute('aria-label') ?? (focused.textContent.trim() || name);
      focused = focused.shadowRoot?.activeElement ?? null;
    }
    return name;
  });
}
