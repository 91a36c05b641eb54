/** What the page has let be taken away, dropped on it again: each zip opens, by its bytes. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { exportModel, type ExportFormatName } from '../../src/exports/model-exports';
import { readModelFile, writeModelFile } from '../../src/model/model-file';
import { writeLibrary } from '../../src/storage/library-file';
import { summaryOf } from '../../src/storage/summary-of';
import { sampleModel } from '../../src/testing/sample-model';
import { temporaryFolder } from '../../src/testing/temporary-folder';
import { TestBrowser } from './harness';
import { goTo, openDrawer, PAGE, runShown, useSample, waitForPhase } from './person';

const folder = temporaryFolder();

let browser: TestBrowser;
beforeAll(async () => {
  browser = await TestBrowser.open();
});
afterAll(() => browser.close());

/** A zip of the sample model, called as somebody may have called it. */
async function zip(format: ExportFormatName, name: string): Promise<string> {
  return folder.write(name, await exportModel(sampleModel(), format));
}

const MODEL = 'wb-app >>> wb-header >>> .right [data-action="open-model"]';

describe('a zip of this page', () => {
  it.each([
    ['onnx', 'for-runtime.zip'],
    ['tfjs', 'layers.zip'],
    ['study', 'a study without an ending'],
  ] as const)('opens wherever it is dropped: %s', async (format, name) => {
    const visit = await browser.visit();
    await visit.find('wb-app >>> wb-data-panel');
    await visit.drop('wb-app >>> wb-header', await zip(format, name));
    await visit.find(`${PAGE}[data-view="explore"]`);
    await expect.poll(() => visit.text(MODEL)).toMatch(/A small run|A model of 2 words/);
    await visit.end();
  });

  it.each(['wb-app >>> wb-header', 'wb-app >>> wb-bench >>> wb-presets'])(
    'with all runs is imported wherever it is dropped: %s',
    async (place) => {
      const visit = await browser.visit({}, '#explore');
      await openDrawer(visit, 'presets');
      await visit.find('wb-app >>> wb-bench >>> wb-presets');
      const bytes = writeModelFile(sampleModel());
      const kept = { id: 'a', savedAt: 1, bytes: bytes.length, finished: true, plannedEpochs: 2 };
      const summary = summaryOf(sampleModel(), kept);
      const library = await writeLibrary([{ summary, bytes }], []);
      await visit.drop(place, folder.write('everything.zip', library));
      await visit.find(`${PAGE}[data-view="compare"]`);
      await visit.sees('1 run was imported.');
      await expect
        .poll(() => visit.texts('wb-app >>> wb-runs >>> li .name'))
        .toEqual(['A small run']);
      await visit.end();
    },
  );

  it('is evaluated on loaded data, and trained on from', async () => {
    const visit = await browser.visit();
    await useSample(visit);
    // Trained on the sample, as everything here that is trained.
    const trained = readModelFile(readFileSync(inject('trainedSample')));
    await visit.drop(PAGE, folder.write('study.zip', await exportModel(trained, 'study')));
    await expect.poll(() => visit.text(MODEL)).toContain(trained.document.run?.name);
    await goTo(visit, 'train');
    await visit.click('wb-app >>> wb-learnt >>> [data-action="evaluate"]');
    await visit.find('wb-app >>> wb-learnt >>> .evaluation wb-scores');
    await visit.screenshot('evaluated');
    await openDrawer(visit, 'model');
    await visit.click('wb-app >>> wb-keep-panel >>> [data-action="train-on"]');
    await visit.find(`${PAGE}[data-view="train"]`);
    await expect.poll(() => runShown(visit)).toContain('trained on from');
    await visit.click('aria/Stop[role="button"]');
    await waitForPhase(visit, 'done');
    await visit.end();
  });
});
