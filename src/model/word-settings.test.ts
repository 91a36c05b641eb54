import { describe, expect, it } from 'vitest';
import { EQ_PARAMETERS } from '../eq/parameters';
import { sampleModel } from '../testing/sample-model';
import { SMALL_SPEC } from '../testing/small-spec';
import type { Model } from './model';
import { fromFounding } from './normaliser-schema';
import { parameterTable } from './parameter-table';
import type { ModelSpec } from '../recipe/model-spec';
import { decodeSetting, wordSettings } from './word-settings';

/** A model whose weights are all 0 but for the last bias: it decodes all latents alike. */
function constantModel(outputBias: number): Pick<Model, 'document' | 'weights'> {
  const spec: ModelSpec = SMALL_SPEC;
  const normaliser = fromFounding({
    gainDb: [-12, 12],
    frequencyLog10: [1, 5],
    frequencyOffsetHz: 1,
    qLog10: [-1, 1],
  });
  const weights = new Float32Array(parameterTable(spec).total);
  weights.fill(outputBias, weights.length - 13);
  return {
    document: { version: 1, spec, normaliser, words: [], run: null },
    weights,
  };
}

describe('decodeSetting', () => {
  it('de-normalises what the decoder says, inside the bounds', () => {
    // Sigmoid of 0 is the middle of each range: 0 dB, 10³ − 1 Hz, Q 1.
    decodeSetting(constantModel(0), [0.3, -0.4]).forEach((value, i) => {
      const { kind } = EQ_PARAMETERS[i] ?? { kind: 'gain' };
      expect(value).toBeCloseTo({ gain: 0, frequency: 999, q: 1 }[kind], 3);
    });
    expect(decodeSetting(constantModel(50), [0, 0])).toEqual(EQ_PARAMETERS.map(({ max }) => max));
  });
});

describe('wordSettings', () => {
  it('has every word that lies somewhere, as it decodes alone, those with most rows first', () => {
    const { document, ...rest } = sampleModel();
    const [bright, warm] = document.words;
    if (bright === undefined || warm === undefined) throw new Error('The sample has two words.');
    const model = {
      ...rest,
      document: {
        ...document,
        words: [bright, { ...warm, word: 'lost', centroid: null }, { ...warm, rows: 1e6 }],
      },
    };
    expect(wordSettings(model)).toEqual(
      [warm, bright].map(({ word, centroid }) => ({
        name: word,
        setting: decodeSetting(model, centroid ?? []),
      })),
    );
  });
});
