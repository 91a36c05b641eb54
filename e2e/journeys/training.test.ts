/** Journeys 1–5: data, words, recipe, training and what a word does. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EQ_PARAMETERS } from '../../src/eq/parameters';
import { wordSettings } from '../../src/model/word-settings';
import { TestBrowser, type Visit } from './harness';
import {
  bandLines,
  bandsOfWords,
  bandsShown,
  chooseEngine,
  chooseOption,
  closeDrawer,
  downloadModel,
  epochsTrained,
  figure,
  goTo,
  openDrawer,
  openSample,
  openTrained,
  PAGE,
  planEndlessRun,
  realData,
  setSetting,
  step,
  train,
  untilTrained,
  waitForPhase,
} from './person';

const WORDS = 'wb-app >>> wb-word-panel >>> .words button';

let browser: TestBrowser;
beforeAll(async () => {
  browser = await TestBrowser.open('no-preference');
});
afterAll(async () => {
  await browser.close();
});

describe('the sample', () => {
  it('is loaded with one click, trained, paused, stepped, resumed and stopped', async () => {
    const visit = await browser.visit();
    await visit.click('aria/Begin with the sample[role="button"]');
    await visit.sees('synthetic');
    await visit.screenshot('sample-loaded');
    await planEndlessRun(visit);
    await visit.click('aria/Train[role="button"]');
    await expect.poll(() => epochsTrained(visit)).toBeGreaterThan(1);
    await visit.click('aria/Pause[role="button"]');
    await waitForPhase(visit, 'paused');
    const paused = await epochsTrained(visit);
    await step(visit);
    await visit.click('aria/Resume[role="button"]');
    await expect.poll(() => epochsTrained(visit)).toBeGreaterThan(paused + 2);
    await visit.click('aria/Stop[role="button"]');
    await waitForPhase(visit, 'done');
    expect(await epochsTrained(visit)).toBeLessThan(10_000);
    expect(await figure(visit, 'silhouette')).toBeGreaterThanOrEqual(-1);
    await visit.end();
  });

  it('is learnt by flowEQ, whose two words are ticked with it, unless others were', async () => {
    const visit = await openSample(browser);
    const chooseRecipe = async (title: string): Promise<void> => {
      await visit.click('aria/Start from[role="combobox"]');
      await visit.click(`aria/${title}[role="option"]`);
    };
    await chooseRecipe('flowEQ, 2-D');
    await visit.sees('2 words, 290 rows.');
    await visit.screenshot('flow-eq-chosen');
    await setSetting(visit, 'Epochs', '3');
    await train(visit);
    const { document } = await downloadModel(visit);
    expect(document.run?.recipe).toMatchObject({ preset: 'flow-eq-2', variational: true });
    expect(document.words.map(({ word }) => word)).toEqual(['bright', 'warm']);
    expect(Object.keys(await bandsOfWords(visit)).sort()).toEqual(['bright', 'warm']);

    // Own ticks are kept, and the recipe's words are one click away.
    await visit.click('aria/None[role="button"]');
    await chooseRecipe('Seed V3');
    await visit.sees('0 words, 0 rows.');
    await visit.sees('Other words are ticked than it is meant for.');
    await visit.click('wb-app >>> wb-recipe-panel >>> button.text');
    await visit.sees('8 words, 600 rows.');
    await visit.end();
  });

  it('shows with Seed V1 how frequencies leave what can be heard, and why', async () => {
    const visit = await openSample(browser);
    await chooseEngine(visit, 'WebAssembly');
    await visit.click('aria/Start from[role="combobox"]');
    await visit.click('aria/Seed V1[role="option"]');
    await setSetting(visit, 'Epochs', '3');
    await train(visit);
    await goTo(visit, 'explore');
    await visit.sees('lie outside 20 Hz to 20 kHz');
    await visit.sees('the hertz are de-normalised once more');
    expect(await visit.text('wb-app >>> wb-unheard >>> p')).toMatch(/as far as \d[\d.]* MHz/);
    await visit.screenshot('seed-v1-unheard');
    await visit.look({ width: 390, height: 844, colours: 'dark' });
    await visit.screenshot('seed-v1-unheard-phone-dark');
    const lit = () =>
      visit.page.$$eval('wb-app >>> wb-header >>> nav > *', (tabs) =>
        tabs
          .filter((tab) => getComputedStyle(tab).backgroundColor !== 'rgba(0, 0, 0, 0)')
          .map(({ textContent }) => textContent.trim()),
      );
    expect(await lit()).toEqual(['Explore']);
    await openDrawer(visit, 'model');
    expect(await lit()).toEqual(['Model']);
    await visit.screenshot('model-phone-dark');
    await closeDrawer(visit, 'model');
    await visit.end();
  });

  it('warns of a split that leaks, beside the setting and beside the figures', async () => {
    const visit = await openSample(browser);
    await visit.click('aria/Split[role="combobox"]');
    await visit.click('aria/Single rows (leaks)[role="option"]');
    await visit.sees('these figures leak');
    await setSetting(visit, 'Epochs', '1');
    await train(visit);
    const { document } = await downloadModel(visit);
    expect(document.run?.recipe.split).toBe('row');
    await visit.sees('Held out by row, which leaks');
    await visit.end();
  });

  it('starts over with the same seed and learns exactly the same', async () => {
    const visit = await openSample(browser);
    await setSetting(visit, 'Epochs', '2');
    await train(visit);
    const first = await downloadModel(visit);
    await untilTrained(visit, () => visit.click('aria/Start over[role="button"]'));
    const second = await downloadModel(visit);
    expect(second.weights).toEqual(first.weights);
    expect(second.map?.points).toEqual(first.map?.points);
    await visit.end();
  });

  it('leaves the page free while it trains', async () => {
    const visit = await openSample(browser);
    await planEndlessRun(visit);
    await visit.click('aria/Train[role="button"]');
    await expect.poll(() => epochsTrained(visit)).toBeGreaterThan(0);
    const before = await epochsTrained(visit);
    await visit.click(`${WORDS}[data-word="bright"]`);
    await visit.find(`${WORDS}[data-word="bright"][aria-pressed="true"]`);
    await setSetting(visit, 'Epochs', '0');
    await visit.sees('a whole number from 1 to 10000');
    await expect.poll(() => epochsTrained(visit)).toBeGreaterThan(before);
    await waitForPhase(visit, 'training');
    await visit.end();
  });

  it('gives the same bits with two threads as with one', async () => {
    const visit = await openSample(browser);
    await chooseEngine(visit, 'WebAssembly, 2 threads');
    await expect.poll(() => device(visit)).toContain(', 2 threads');
    await setSetting(visit, 'Epochs', '1');
    await train(visit);
    const two = await downloadModel(visit);
    await chooseEngine(visit, 'WebAssembly, 1 thread');
    await expect.poll(() => device(visit)).not.toContain('threads');
    await untilTrained(visit, () => visit.click('aria/Start over[role="button"]'));
    const one = await downloadModel(visit);
    expect(one.weights).toEqual(two.weights);
    expect(one.map?.points).toEqual(two.map?.points);
    await visit.end();
  });

  it.each([
    [3, 1],
    [4, 2],
  ])('on %i cores trains with %i threads, unless told otherwise', async (cores, threads) => {
    const visit = await openSample(browser);
    const { client } = visit.worker();
    await client.send('Emulation.setHardwareConcurrencyOverride', { hardwareConcurrency: cores });
    await chooseEngine(visit, 'WebAssembly');
    await expect.poll(() => device(visit)).toContain('WebAssembly');
    expect((await device(visit)).includes('2 threads')).toBe(threads === 2);
    await visit.end();
  });

  it('mixes two words, from all of one to all of the other', async () => {
    const visit = await openTrained(browser);
    const { warm, bright } = await bandsOfWords(visit);
    const shown = () => bandsShown(visit);
    await visit.click(`${WORDS}[data-word="warm"]`);
    await chooseOption(visit, 'aria/Mix in[role="combobox"]', 'bright');
    const slider = (word: string) => visit.find(`aria/How much ${word}[role="slider"]`);
    await (await slider('bright')).focus();
    expect(await shown()).not.toEqual(warm);
    await visit.page.keyboard.press('Home');
    await expect.poll(shown).toEqual(warm);
    // Something has to be left of the one, so the other first gets its share back.
    for (let i = 0; i < 5; i++) await visit.page.keyboard.press('PageUp');
    await (await slider('warm')).focus();
    await visit.page.keyboard.press('Home');
    await expect.poll(shown).toEqual(bright);
    await visit.screenshot('mixture');
    await visit.end();
  });

  it('names settings that cannot be used, and resets one alone', async () => {
    const visit = await openSample(browser);
    await setSetting(visit, 'Seed', '7');
    await visit.click('aria/Reset Seed to 1[role="button"]');
    await setSetting(visit, 'Epochs', '0');
    await visit.sees('a whole number from 1 to 10000');
    // What is seen there is what would be trained.
    await visit.find('wb-app >>> wb-run-bar >>> [data-action="train"][disabled]');
    await setSetting(visit, 'Epochs', '2');
    await visit.find('wb-app >>> wb-run-bar >>> [data-action="train"]:not([disabled])');
    await visit.end();
  });

  it('runs on WebGPU when asked to, and says on which adapter', async () => {
    const visit = await openSample(browser);
    await chooseEngine(visit, 'WebGPU');
    await expect.poll(() => device(visit)).toContain('WebGPU: ');
    await setSetting(visit, 'Epochs', '1');
    await train(visit, 240_000);
    expect(await figure(visit, 'reconstruction')).toBeGreaterThan(0);
    await visit.screenshot('webgpu');
    await visit.end();
  });
});

/** What the badge says the engine runs on. */
function device(visit: Visit): Promise<string> {
  return visit.text('wb-app >>> wb-header >>> wb-engine >>> .badge');
}

describe.skipIf(realData === null)('the real file (needs ../shared/data)', () => {
  const withRealData = async (visit: Visit): Promise<void> => {
    await visit.drop(PAGE, realData ?? '');
    await visit.sees('SAFEEqualiserUserData.csv');
  };

  it('is dropped, read, trained on, and gives every word a setting inside the bounds', async () => {
    const visit = await browser.visit();
    await withRealData(visit);
    await visit.sees('Every row can be used.');
    await visit.sees('10 words, 1,067 rows.');
    await visit.screenshot('real-data');
    await setSetting(visit, 'Epochs', '6');
    await train(visit);
    const model = await downloadModel(visit);
    expect(model.document.words.map(({ word }) => word)).not.toContain('test');
    expect(model.document.run?.scoreboard?.on).toBe('held-out rows');
    expect(model.map?.labels.length).toBe(1067);
    const bands = await bandsOfWords(visit);
    for (const { name, setting } of wordSettings(model)) {
      expect(bands[name]).toEqual(bandLines(setting));
      EQ_PARAMETERS.forEach(({ min, max }, i) => {
        expect(setting[i]).toBeGreaterThanOrEqual(min);
        expect(setting[i]).toBeLessThanOrEqual(max);
      });
    }
    await visit.sees('Held-out rows (');
    await visit.screenshot('real-trained');
    await visit.look({ colours: 'dark' });
    await visit.screenshot('real-trained-dark');
    await visit.look({ width: 390, height: 844 });
    await visit.screenshot('real-trained-phone');
    await visit.end();
  });

  it('trains on all rows when nothing is held out, and says so', async () => {
    const visit = await browser.visit();
    await withRealData(visit);
    await setSetting(visit, 'Held out, %', '0');
    await setSetting(visit, 'Epochs', '1');
    await train(visit);
    await visit.sees('Training rows (1,067, ');
    await visit.sees('Nothing is held out');
    await visit.end();
  });
});
