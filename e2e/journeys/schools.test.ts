/** A word's schools: chosen, heard of in bands and curve, and seen on the map. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestBrowser, type Visit } from './harness';
import { looksWell } from './looks';
import { openSample, setSetting, train } from './person';

let browser: TestBrowser;
beforeAll(async () => {
  browser = await TestBrowser.launch();
});
afterAll(async () => {
  await browser.close();
});

const CHIPS = 'wb-app >>> wb-kind-choice >>> .chips button';

describe('the schools of a word', () => {
  it('are chosen by key, and have bands, a curve and a place on the map', async () => {
    const visit = await trainedSample();
    const [all, first = ''] = await visit.page.$$eval(CHIPS, (chips) =>
      chips.map((chip) => chip.textContent.trim().replace(/\s+[\d,]+$/, '')),
    );
    expect(all).toBe('All');
    expect(first).not.toBe('');
    const whole = await bands(visit);
    expect(await mapText(visit)).toContain(first);

    await visit.page.$eval(CHIPS, (chip) => {
      chip.focus();
    });
    await visit.page.keyboard.press('Tab');
    await visit.page.keyboard.press('Enter');
    await visit.page.waitForSelector(`${CHIPS}:nth-child(2)[aria-pressed="true"]`, {
      visible: true,
    });
    await expect.poll(() => bands(visit)).not.toEqual(whole);
    const school = await visit.page.$eval('wb-app >>> wb-word-panel', ({ model, mixture }) => {
      const selected = mixture?.parts[0]?.word;
      const of = model?.document.words.find(({ word }) => word === selected);
      return { word: selected, ...of?.schools[0] };
    });
    expect(school.name).toBe(first);
    expect(await bands(visit)).toEqual(school.setting);
    expect(await visit.page.$eval('wb-app >>> wb-bands', ({ name }) => name)).toBe(
      `${String(school.word)}, ${first}`,
    );

    // Another word is looked at as a whole.
    await visit.click('wb-app >>> wb-word-panel >>> .words button[aria-pressed="false"]');
    await visit.page.waitForSelector(`${CHIPS}:first-child[aria-pressed="true"]`, {
      visible: true,
    });
    await visit.end();
  });

  it('can be used by everybody and fit a phone', async () => {
    const visit = await trainedSample();
    await visit.click(`${CHIPS}:nth-child(2)`);
    await visit.page.waitForSelector(`${CHIPS}:nth-child(2)[aria-pressed="true"]`, {
      visible: true,
    });
    await looksWell(visit, 'schools');
    await visit.end();
  });
});

async function trainedSample(): Promise<Visit> {
  const visit = await openSample(browser);
  await setSetting(visit, 'Epochs', '20');
  await train(visit);
  await visit.page.waitForSelector(CHIPS, { visible: true });
  return visit;
}

function bands(visit: Visit): Promise<number[]> {
  return visit.page.$eval('wb-app >>> wb-bands', async (element) => {
    await element.updateComplete;
    return [...element.setting];
  });
}

async function mapText(visit: Visit): Promise<string> {
  return visit.page.$eval(
    'wb-app >>> wb-map >>> canvas',
    (canvas) => canvas.getAttribute('aria-label') ?? '',
  );
}
