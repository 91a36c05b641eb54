import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { describe, expect } from 'vitest';
import { EQ_PARAMETERS } from '../eq/parameters';
import { exportModel } from '../exports/model-exports';
import { onnxFiles } from '../exports/onnx/onnx-files';
import type { Model } from '../model/model';
import { readModelFile, writeModelFile } from '../model/model-file';
import { wordSettings } from '../model/word-settings';
import { damaged, fuzz, withHostileParts } from '../testing/fuzz';
import { sampleModel } from '../testing/sample-model';
import { openModel } from './open-model';

/** What is opened can be saved, and does something possible. */
function expectUsable(model: Model): void {
  for (const { setting } of wordSettings(model)) {
    EQ_PARAMETERS.forEach(({ min, max }, i) => {
      expect(setting[i]).toBeGreaterThanOrEqual(min);
      expect(setting[i]).toBeLessThanOrEqual(max);
    });
  }
  expect(readModelFile(writeModelFile(model))).toEqual(model);
}

const onnx = await exportModel(sampleModel(), 'onnx');
const layersModel = await exportModel(sampleModel(), 'tfjs');
const study = await exportModel(sampleModel(), 'study');

describe('the opener of zips', () => {
  fuzz('damaged zips', damaged(onnx, layersModel, study), async (input) => {
    expectUsable(await openModel(input));
  });

  const { encoder, decoder } = onnxFiles(sampleModel());
  fuzz('zips with a damaged encoder.onnx', damaged(encoder), async (input) => {
    const files = { 'encoder.onnx': input, 'decoder.onnx': decoder };
    expectUsable(await openModel(zipSync(files, { level: 0 })));
  });

  const files = unzipSync(layersModel);
  const json: unknown = JSON.parse(strFromU8(files['model.json'] ?? new Uint8Array()));
  fuzz('zips with another model.json', withHostileParts(json), async (input) => {
    const changed = { ...files, 'model.json': strToU8(JSON.stringify(input)) };
    expectUsable(await openModel(zipSync(changed, { level: 0 })));
  });
});
