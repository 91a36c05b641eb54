import { describe, expect, it } from 'vitest';
import { canonicalSetting } from '../eq/canonical-setting';
import { EQ_PARAMETERS, FLAT_SETTING } from '../eq/parameters';
import { sampleModel } from '../testing/sample-model';
import { SMALL_SPEC } from '../testing/small-spec';
import type { Model } from './model';
import { fromFounding } from './normaliser-schema';
import { parameterTable } from './parameter-table';
import type { ModelSpec } from '../recipe/model-spec';
import { RECIPE_NAMES, RECIPES } from '../recipe/recipes';
import {
  decodeAsIs,
  decodeSetting,
  offeredClusters,
  offeredSetting,
  wordSettings,
} from './word-settings';

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

/** The sample, trained by another loss. */
function sampleTrainedBy(reconstruction: 'mse' | 'response' | 'shape'): Model {
  const { document, ...rest } = sampleModel();
  const { run } = document;
  if (run === null) throw new Error('The sample has a run.');
  const recipe = { ...run.recipe, reconstruction };
  return { ...rest, document: { ...document, run: { ...run, recipe } } };
}

describe('offeredSetting', () => {
  /** +8 dB beside −8 dB. */
  const fighting = FLAT_SETTING.with(2, 8).with(5, -8);

  it('is canonical where a model learnt from curves', () => {
    for (const loss of ['response', 'shape'] as const) {
      const { document } = sampleTrainedBy(loss);
      expect(offeredSetting(document, fighting)).toEqual(canonicalSetting(fighting));
    }
    expect(canonicalSetting(fighting)).not.toEqual(fighting);
  });

  it('is as the decoder says it where a model learnt from parameters, or nobody knows from what', () => {
    const { document } = sampleTrainedBy('mse');
    expect(offeredSetting(document, fighting)).toEqual(fighting);
    expect(offeredSetting({ ...document, run: null }, fighting)).toEqual(fighting);
    const ofOthers = RECIPE_NAMES.filter((name) => RECIPES[name].group !== 'Warmbright');
    for (const name of ofOthers) {
      const { run } = document;
      if (run === null) throw new Error('The sample has a run.');
      const { recipe } = RECIPES[name];
      expect(offeredSetting({ run: { ...run, recipe } }, fighting)).toEqual(fighting);
    }
  });

  it('is what latents, words and clusters come to', () => {
    const model = sampleTrainedBy('response');
    const [word] = model.document.words;
    const latent = word?.centroid ?? [];
    const decoded = decodeAsIs(model, latent);
    expect(decodeSetting(model, latent)).toEqual(canonicalSetting(decoded));
    expect(decodeSetting(sampleTrainedBy('mse'), latent)).toEqual(decoded);
    expect(wordSettings(model)[0]?.setting).toEqual(canonicalSetting(decoded));
    const [cluster] = word?.schools ?? [];
    if (cluster === undefined) throw new Error('The word has clusters.');
    expect(offeredClusters(model.document, [{ ...cluster, setting: fighting }])).toEqual([
      { ...cluster, setting: canonicalSetting(fighting) },
    ]);
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
