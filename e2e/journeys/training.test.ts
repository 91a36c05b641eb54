/** Journeys 1–5: data, words, recipe, training and what a word does. */
import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EQ_PARAMETERS } from '../../src/eq/parameters';
import { TestBrowser, type Visit } from './harness';
import {
  chooseEngine,
  epochsTrained,
  figure,
  inHand,
  openSample,
  realData,
  setSetting,
  train,
  waitForPhase,
} from './person';

let browser: TestBrowser;
beforeAll(async () => {
  browser = await TestBrowser.launch('no-preference');
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
    await setSetting(visit, 'Epochs', '5000');
    await visit.click('aria/Train[role="button"]');
    await expect.poll(() => epochsTrained(visit), { timeout: 60_000 }).toBeGreaterThan(1);
    await visit.click('aria/Pause[role="button"]');
    await waitForPhase(visit, 'paused');
    const paused = await epochsTrained(visit);
    await visit.click('aria/One epoch[role="button"]');
    await expect.poll(() => epochsTrained(visit), { timeout: 30_000 }).toBe(paused + 1);
    await waitForPhase(visit, 'paused');
    await visit.click('aria/Resume[role="button"]');
    await expect.poll(() => epochsTrained(visit), { timeout: 30_000 }).toBeGreaterThan(paused + 2);
    await visit.click('aria/Stop[role="button"]');
    await waitForPhase(visit, 'done');
    const stopped = await epochsTrained(visit);
    expect(stopped).toBeLessThan(5000);
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
    const { document, settings } = await inHand(visit);
    expect(document.run?.recipe).toMatchObject({ preset: 'flow-eq-2', variational: true });
    expect(document.words.map(({ word }) => word)).toEqual(['bright', 'warm']);
    expect(settings).toHaveLength(2);

    // Own ticks are kept, and the recipe's words are one click away.
    await visit.click('aria/None[role="button"]');
    await chooseRecipe('Seed V3');
    await visit.sees('0 words, 0 rows.');
    await visit.sees('Other words are ticked than it is meant for.');
    await visit.click('wb-app >>> wb-recipe-panel >>> button.text');
    await expect
      .poll(() => visit.page.$eval('wb-app >>> wb-word-list', ({ chosen }) => chosen.size))
      .toBeGreaterThan(2);
    await visit.end();
  });

  it('shows with Seed V1 how frequencies leave what can be heard, and why', async () => {
    const visit = await openSample(browser);
    await chooseEngine(visit, 'WebAssembly');
    await visit.click('aria/Start from[role="combobox"]');
    await visit.click('aria/Seed V1[role="option"]');
    await setSetting(visit, 'Epochs', '3');
    await train(visit);
    await visit.sees('lie outside 20 Hz to 20 kHz');
    await visit.sees('the hertz are de-normalised once more');
    const note = await visit.page.$eval(
      'wb-app >>> wb-unheard',
      ({ shadowRoot }) => shadowRoot?.textContent ?? '',
    );
    expect(note).toMatch(/as\s+far as \d[\d.]* MHz/);
    await visit.screenshot('seed-v1-unheard');
    await visit.look({ width: 390, height: 844, colours: 'dark' });
    await visit.screenshot('seed-v1-unheard-phone-dark');
    await visit.end();
  });

  it('warns of a split that leaks, beside the setting and beside the figures', async () => {
    const visit = await openSample(browser);
    await visit.click('aria/Split[role="combobox"]');
    await visit.click('aria/Single rows (leaks)[role="option"]');
    await visit.sees('these figures leak');
    await setSetting(visit, 'Epochs', '1');
    await train(visit);
    const { document } = await inHand(visit);
    expect(document.run?.recipe.split).toBe('row');
    await visit.sees('Held out by row, which leaks');
    await visit.end();
  });

  it('starts over with the same seed and learns exactly the same', async () => {
    const visit = await openSample(browser);
    await setSetting(visit, 'Epochs', '2');
    await train(visit);
    const first = await inHand(visit);
    await visit.click('aria/Start over[role="button"]');
    await waitForPhase(visit, 'training', 'preparing');
    await waitForPhase(visit, 'done');
    const second = await inHand(visit);
    expect(second.weights).toEqual(first.weights);
    expect(second.map?.points).toEqual(first.map?.points);
    await visit.end();
  });

  it('keeps the page free while it trains', async () => {
    const visit = await openSample(browser);
    await setSetting(visit, 'Epochs', '40');
    await visit.page.evaluate(() => {
      const seen = { longest: 0 };
      Object.assign(globalThis, { seen });
      new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) {
          seen.longest = Math.max(seen.longest, duration);
        }
      }).observe({ type: 'longtask' });
    });
    const busiest = await busiestTask(visit, () => train(visit));
    const { longest } = await visit.page.evaluate(() => Reflect.get(globalThis, 'seen') as Seen);
    // By the clock a task also waits for whatever else the machine does, so its bound is wide.
    expect(longest).toBeLessThan(400);
    // Drawing the first model takes about 25 ms; all panels in one task would take twice that.
    expect(busiest).toBeLessThan(100);
    await visit.end();
  });

  it('gives the same bits with two threads as with one', async () => {
    const visit = await openSample(browser);
    await chooseEngine(visit, 'WebAssembly, 2 threads');
    await expect.poll(() => device(visit)).toContain(', 2 threads');
    await setSetting(visit, 'Epochs', '3');
    await train(visit);
    const two = await inHand(visit);
    await chooseEngine(visit, 'WebAssembly, 1 thread');
    await expect.poll(() => device(visit)).not.toContain('threads');
    await visit.click('aria/Start over[role="button"]');
    await waitForPhase(visit, 'training', 'preparing');
    await waitForPhase(visit, 'done');
    const one = await inHand(visit);
    expect(one.weights).toEqual(two.weights);
    expect(one.map?.points).toEqual(two.map?.points);
    await visit.end();
  });

  it.each([
    [3, 1],
    [4, 2],
  ])('on %i cores trains with %i threads, unless told otherwise', async (cores, threads) => {
    const visit = await openSample(browser);
    const { client } = await visit.worker();
    await client.send('Emulation.setHardwareConcurrencyOverride', { hardwareConcurrency: cores });
    await chooseEngine(visit, 'WebAssembly');
    await visit.sees('fused-wasm');
    expect((await device(visit)).includes('2 threads')).toBe(threads === 2);
    await visit.end();
  });

  it('mixes two words, from all of one to all of the other', async () => {
    const visit = await openSample(browser);
    await setSetting(visit, 'Epochs', '2');
    await train(visit);
    const { document, settings } = await inHand(visit);
    const settingOf = (name: string) => settings[document.words.findIndex((w) => w.word === name)];
    const shown = () => visit.page.$eval('wb-app >>> wb-bands', (bands) => [...bands.setting]);
    await visit.click('wb-app >>> wb-word-panel >>> .words button[data-word="warm"]');
    await visit.click('aria/Mix in[role="combobox"]');
    await visit.click('aria/bright[role="option"]');
    const slider = (word: string) =>
      visit.page.waitForSelector(`aria/How much ${word}[role="slider"]`, { visible: true });
    await expect.poll(shown).not.toEqual(settingOf('warm'));
    await (await slider('bright'))?.focus();
    await visit.page.keyboard.press('Home');
    await expect.poll(shown).toEqual(settingOf('warm'));
    // Something has to be left of the one, so the other first gets its share back.
    for (let i = 0; i < 5; i++) await visit.page.keyboard.press('PageUp');
    await (await slider('warm'))?.focus();
    await visit.page.keyboard.press('Home');
    await expect.poll(shown).toEqual(settingOf('bright'));
    await visit.screenshot('mixture');
    await visit.end();
  });

  it('names settings that cannot be used, and resets one alone', async () => {
    const visit = await openSample(browser);
    await setSetting(visit, 'Seed', '7');
    await visit.click('aria/Reset Seed to 1[role="button"]');
    await setSetting(visit, 'Epochs', '0');
    await visit.sees('a whole number from 1 to 10000');
    await visit.end();
  });

  it('runs on WebGPU when asked to, and says on which adapter', async () => {
    const visit = await openSample(browser);
    await chooseEngine(visit, 'WebGPU');
    await visit.sees('fused-webgpu');
    await setSetting(visit, 'Epochs', '1');
    await train(visit, 240_000);
    expect(await figure(visit, 'reconstruction')).toBeGreaterThan(0);
    await visit.screenshot('webgpu');
    await visit.end();
  });
});

interface Seen {
  /** Milliseconds of the longest task on the page's thread, by the clock. */
  longest: number;
}

/** Milliseconds of processor time of the busiest task on the page's thread during `work`. */
async function busiestTask({ page }: Visit, work: () => Promise<void>): Promise<number> {
  await page.tracing.start({ categories: ['toplevel'] });
  await work();
  const trace = new TextDecoder().decode(await page.tracing.stop());
  const { traceEvents } = v.parse(traceSchema, JSON.parse(trace));
  const threads = new Set(
    traceEvents
      .filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
      .map(({ pid, tid }) => `${String(pid)}/${String(tid)}`),
  );
  const tasks = traceEvents
    .filter(({ pid, tid }) => threads.has(`${String(pid)}/${String(tid)}`))
    .map(({ tdur = 0 }) => tdur / 1000);
  expect(tasks.length).toBeGreaterThan(100);
  return Math.max(...tasks);
}

const traceSchema = v.object({
  traceEvents: v.array(
    v.object({
      name: v.string(),
      pid: v.number(),
      tid: v.number(),
      /** Processor time in microseconds. */
      tdur: v.optional(v.number()),
      args: v.optional(v.object({ name: v.optional(v.unknown()) })),
    }),
  ),
});

/** What the badge says the engine runs on. */
function device(visit: Visit): Promise<string> {
  return visit.page.$eval('wb-app >>> wb-header', ({ engine }) => engine?.device ?? '');
}

describe.skipIf(realData === null)('the real file (needs ../shared/data)', () => {
  const withRealData = async (visit: Visit): Promise<void> => {
    await visit.drop('wb-app >>> wb-data-panel', realData ?? '');
    await visit.sees('SAFEEqualiserUserData.csv');
  };

  it('is dropped, read, trained on, and gives every word a setting inside the bounds', async () => {
    const visit = await browser.visit();
    await withRealData(visit);
    await visit.sees('Every row can be used.');
    await visit.sees('10 words, 1,069 rows.');
    await visit.screenshot('real-data');
    await setSetting(visit, 'Epochs', '6');
    await train(visit);
    const model = await inHand(visit);
    expect(model.document.words.map(({ word }) => word)).not.toContain('test');
    expect(model.document.run?.scoreboard?.on).toBe('held-out rows');
    expect(model.map?.labels.length).toBe(1069);
    for (const setting of model.settings) {
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
    await visit.sees('Training rows (1,069, ');
    await visit.sees('Nothing is held out');
    await visit.end();
  });
});
