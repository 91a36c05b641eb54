import { describe, expect } from 'vitest';
import { EQ_PARAMETERS } from '../eq/parameters';
import { damaged, fuzz, withHostileParts } from '../testing/fuzz';
import { sampleModel } from '../testing/sample-model';
import type { Model } from './model';
import { readModelFile, writeModelFile } from './model-file';
import { denormaliseFreely } from './normaliser';
import { readSafetensors, writeSafetensors } from './safetensors';
import { wordSettings } from './word-settings';

/** What is shown and exported of a model is finite, and inside the plug-in's bounds. */
function expectUsable(model: Model): void {
  for (const { setting } of wordSettings(model)) {
    EQ_PARAMETERS.forEach(({ min, max }, i) => {
      expect(setting[i]).toBeGreaterThanOrEqual(min);
      expect(setting[i]).toBeLessThanOrEqual(max);
    });
  }
  for (const value of [0, 0.5, 1]) {
    const freely = denormaliseFreely(new Array<number>(13).fill(value), model.document.normaliser);
    expect(freely.every((x) => Math.abs(x) <= 2e6)).toBe(true);
  }
  for (const { word } of model.document.words) expect(word).toMatch(/^\P{Cc}+$/u);
  // What was read can be written, and is read as the same.
  expect(readModelFile(writeModelFile(model))).toEqual(model);
}

describe('the reader of model files', () => {
  const bytes = writeModelFile(sampleModel());
  const file = readSafetensors(bytes);

  fuzz('damaged model files', damaged(bytes), (input) => {
    expectUsable(readModelFile(input));
  });

  const document: unknown = JSON.parse(file.metadata.get('warmbright') ?? '');
  fuzz('model files with other descriptions', withHostileParts(document), (input) => {
    const metadata = new Map([['warmbright', JSON.stringify(input)]]);
    expectUsable(readModelFile(writeSafetensors({ ...file, metadata })));
  });
});
