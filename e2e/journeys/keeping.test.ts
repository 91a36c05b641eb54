/** Journeys 6 and 7: a reload in mid-training, the list of runs, and the downloads. */
import * as tf from '@tensorflow/tfjs';
import { strFromU8, unzipSync } from 'fflate';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodeRows, encodeRows } from '../../src/model/inference';
import { inputWidth } from '../../src/model/inputs';
import type { Model } from '../../src/model/model';
import { readModelFile } from '../../src/model/model-file';
import { wordSettings } from '../../src/model/word-settings';
import { sharedFile } from '../../src/testing/shared-files';
import { DEADLINE_MS, TestBrowser, type Visit } from './harness';
import {
  bandLines,
  bandsOfWords,
  downloadModel,
  epochsTrained,
  goTo,
  openDrawer,
  openSample,
  openTrained,
  PAGE,
  planEndlessRun,
  realData,
  runShown,
  savedEpoch,
  setSetting,
  step,
  train,
  typeInto,
  untilTrained,
  waitForPhase,
} from './person';
import { untilSeen } from './waiting';

const referenceModel = sharedFile('reference/seed-v2.safetensors');

let browser: TestBrowser;
beforeAll(async () => {
  browser = await TestBrowser.open();
});
afterAll(async () => {
  await browser.close();
});

const RUNS = 'wb-app >>> wb-runs >>>';

/** Selector of a button of the run of that name in the list. */
async function runButton(
  visit: Visit,
  name: string,
  what: 'open' | 'rename' | 'delete',
): Promise<string> {
  const names = (): Promise<string[]> => visit.texts(`${RUNS} li .name`);
  await expect.poll(names).toContain(name);
  const place = (await names()).indexOf(name);
  return `${RUNS} li:nth-child(${String(place + 1)}) button[data-do="${what}"]`;
}

/** Begins a run that does not end by itself: some epochs that are saved, and then on and on. */
async function trainOnAfter(visit: Visit, epochs: number): Promise<void> {
  await planEndlessRun(visit);
  for (let i = 0; i < epochs; i++) await step(visit);
  await expect.poll(() => savedEpoch(visit)).toBe(epochs);
  await visit.click('aria/Resume[role="button"]');
  await expect.poll(() => epochsTrained(visit)).toBeGreaterThan(epochs);
}

/** That two models are the same to the last bit: weights, map, words and scores. */
function expectSameModel(actual: Model, expected: Model): void {
  expect(actual.weights).toEqual(expected.weights);
  expect(actual.map?.points).toEqual(expected.map?.points);
  expect(actual.document.words).toEqual(expected.document.words);
  expect(actual.document.run?.scoreboard).toEqual(expected.document.run?.scoreboard);
}

/** Confirms the question, and waits until its dialog has faded from over the page. */
async function confirm(visit: Visit): Promise<void> {
  await visit.click('wb-app >>> wb-runs >>> wa-button[data-action="confirm"]');
  await expect
    .poll(() => visit.page.$eval('wb-app >>> wb-runs >>> dialog', ({ open }) => open))
    .toBe(false);
}

describe('a run', () => {
  it('goes on after a reload in mid-training, to the same bits', async () => {
    const visit = await openSample(browser);
    await trainOnAfter(visit, 2);
    await visit.page.reload();
    await waitForPhase(visit, 'paused');
    expect(await epochsTrained(visit)).toBeGreaterThanOrEqual(2);
    await visit.screenshot('reloaded');
    await step(visit);
    const epochs = await epochsTrained(visit);
    const resumed = await downloadModel(visit);
    await visit.end();

    const whole = await openSample(browser);
    await planEndlessRun(whole);
    while ((await epochsTrained(whole)) < epochs) await step(whole);
    expectSameModel(resumed, await downloadModel(whole));
    await whole.end();
  });

  it('goes on after a reload to its end, to the same bits', async () => {
    const whole = await openSample(browser);
    await setSetting(whole, 'Epochs', '5');
    await train(whole);
    const expected = await downloadModel(whole);
    await whole.end();

    const visit = await openSample(browser);
    await setSetting(visit, 'Epochs', '5');
    await step(visit);
    await step(visit);
    await expect.poll(() => savedEpoch(visit)).toBe(2);
    await visit.page.reload();
    await waitForPhase(visit, 'paused');
    expect(await epochsTrained(visit)).toBe(2);
    await visit.sees(
      'This run was interrupted, and is kept up to epoch 2: Resume goes on from there.',
    );
    await untilTrained(visit, () => visit.click('aria/Resume[role="button"]'));
    expect(await epochsTrained(visit)).toBe(5);
    expectSameModel(await downloadModel(visit), expected);
    await visit.end();
  });

  it('is listed, renamed, opened again and deleted', async () => {
    const visit = await openSample(browser);
    await setSetting(visit, 'Epochs', '1');
    await train(visit);
    await setSetting(visit, 'Seed', '2');
    await train(visit);
    await goTo(visit, 'compare');
    await visit.sees('Warmbright, epochs 1, seed 2');

    await visit.click(await runButton(visit, 'Warmbright, epochs 1', 'rename'));
    const name = 'wb-app >>> wb-runs >>> wa-input >>> input';
    await typeInto(visit, name, 'my <b>first</b> run');
    await visit.screenshot('renaming');
    await confirm(visit);
    await visit.sees('my <b>first</b> run');

    await visit.click(await runButton(visit, 'my <b>first</b> run', 'open'));
    // A run that has ended is there to be explored.
    await visit.sees('my <b>first</b> run · ');
    await goTo(visit, 'train');
    await expect.poll(() => runShown(visit)).toBe('my <b>first</b> run');

    await visit.page.reload();
    await goTo(visit, 'compare');
    await visit.sees('my <b>first</b> run');
    await visit.click(await runButton(visit, 'Warmbright, epochs 1, seed 2', 'delete'));
    await expect.poll(() => visit.texts(`${RUNS} li .name`)).toEqual(['my <b>first</b> run']);
    await visit.end();
  });

  it('is told apart when another tab trains it', async () => {
    const visit = await openSample(browser);
    await trainOnAfter(visit, 1);
    const second = await visit.context.newPage();
    await second.goto(visit.page.url());
    await untilSeen(second, 'Another tab trains this run', DEADLINE_MS);
    await second.close();
    await visit.end();
  });
});

describe('the downloads', () => {
  it('are a model file that opens again and a LayersModel with the same outputs', async () => {
    const visit = await openTrained(browser);
    const bands = await bandsOfWords(visit);
    await openDrawer(visit, 'model');
    const path = await visit.download('aria/Download the model (safetensors)[role="button"]');
    const model = readModelFile(readFileSync(path));
    // It says what the page shows.
    const settings = wordSettings(model).map(({ name, setting }) => [name, bandLines(setting)]);
    expect(bands).toEqual(Object.fromEntries(settings));

    const zip = await visit.download('aria/Download for TensorFlow.js (zip)[role="button"]');
    const files = unzipSync(readFileSync(zip));
    const { modelTopology, weightsManifest } = JSON.parse(
      strFromU8(files['model.json'] ?? new Uint8Array()),
    ) as tf.io.ModelJSON;
    const layers = await tf.loadLayersModel(
      tf.io.fromMemory({
        modelTopology,
        weightSpecs: weightsManifest.flatMap(({ weights }) => weights),
        weightData: new Uint8Array(files['weights.bin'] ?? []).buffer,
      }),
    );
    const width = inputWidth(model.document.spec);
    const inputs = Float32Array.from({ length: 4 * width }, (_, i) => ((i * 37) % 101) / 100);
    const outputs = layers.predict(tf.tensor2d(inputs, [4, width])) as tf.Tensor[];
    const latents = encodeRows(model.document.spec, model.weights, inputs);
    const decoded = decodeRows(model.document.spec, model.weights, latents);
    const [latentOutput, reconstructionOutput] = await Promise.all(
      outputs.map((output) => output.data()),
    );
    latents.forEach((value, i) => {
      expect(latentOutput?.[i]).toBeCloseTo(value, 5);
    });
    decoded.forEach((value, i) => {
      expect(reconstructionOutput?.[i]).toBeCloseTo(value, 5);
    });
    layers.dispose();
    await visit.end();

    const stranger = await browser.visit();
    await stranger.drop(PAGE, path);
    await openDrawer(stranger, 'model');
    await stranger.sees('20 epochs on');
    expect((await downloadModel(stranger)).weights).toEqual(model.weights);
    await stranger.end();
  });

  it.skipIf(referenceModel === null || realData === null)(
    'of other programs open too: the published weights (needs ../shared/reference and ../shared/data)',
    async () => {
      const visit = await browser.visit();
      await visit.drop(PAGE, referenceModel ?? '');
      await openDrawer(visit, 'model');
      await visit.sees('A model of 14 words from another program.');
      await visit.screenshot('published-weights-alone');
      await visit.drop(PAGE, realData ?? '');
      await visit.sees('SAFEEqualiserUserData.csv');
      await visit.sees('Every row can be used.');
      // The published setting of warm: +5.4551 dB at 286.7091 Hz with Q 0.8543.
      await goTo(visit, 'explore');
      await openDrawer(visit, 'bands');
      await expect
        .poll(() => visit.text('wb-app >>> wb-bands >>> tr[data-band="1"]'))
        .toBe('Bell 1 +5.5 dB 287 Hz 0.85');
      await visit.screenshot('published-weights');
      await visit.end();
    },
  );
});
