import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { InputError } from '../../base/input-error';
import { initialWeights } from '../../model/initialise';
import { decodeRows, encodeRows } from '../../model/inference';
import { inputWidth } from '../../model/inputs';
import type { Model } from '../../model/model';
import type { ModelSpec } from '../../recipe/model-spec';
import { Stream, randomUniform } from '../../math/threefry';
import { sampleModel } from '../../testing/sample-model';
import { WEIGHTS_FILE } from '../../model/file-names';
import { layersModelFiles } from './layers-model';

const ROWS = 7;
const uniform = Float32Array.from({ length: ROWS * 64 }, (_, i) =>
  randomUniform(5, Stream.sample, 0, i),
);

/** The sample model with another spec, and with no two values of its layer norms alike. */
function modelOf(changes: Partial<ModelSpec>): Model {
  const { document, map } = sampleModel();
  const spec = { ...document.spec, ...changes };
  const weights = initialWeights(spec, 7).map(
    (weight, i) => weight + 0.2 * randomUniform(8, Stream.sample, 1, i),
  );
  return { document: { ...document, spec }, weights, map };
}

async function opened(model: Model): Promise<tf.LayersModel> {
  const { modelJson, weights } = await layersModelFiles(model);
  const { modelTopology, weightsManifest, userDefinedMetadata } = JSON.parse(
    modelJson,
  ) as tf.io.ModelJSON;
  expect(weightsManifest.map(({ paths }) => paths)).toStrictEqual([[WEIGHTS_FILE]]);
  return tf.loadLayersModel(
    tf.io.fromMemory({
      modelTopology,
      weightSpecs: weightsManifest.flatMap((group) => group.weights),
      weightData: weights.buffer,
      ...(userDefinedMetadata === undefined ? {} : { userDefinedMetadata }),
    }),
  );
}

describe('layersModelFiles', () => {
  it.each<Partial<ModelSpec>>([
    { latentSkip: true },
    { latentSkip: true, wordHead: 3, input: 'response', latentActivation: 'none' },
    { latentSkip: true, latentActivation: 'unit' },
    {},
    { hidden: [6, 6], projection: null },
    { activation: 'silu' },
    { normalisation: 'none' },
    { body: 'plain' },
    { variational: true },
    { input: 'response' },
    { latentActivation: 'none' },
    { latentActivation: 'unit' },
    { body: 'plain', variational: true, normalisation: 'none', hidden: [16], activation: 'silu' },
  ])('makes a model that stock TensorFlow.js opens, with the same outputs: %o', async (changes) => {
    const model = modelOf(changes);
    const { spec } = model.document;
    const width = inputWidth(spec);
    const inputs = uniform.slice(0, ROWS * width);
    const latents = encodeRows(spec, model.weights, inputs);
    const outputs = decodeRows(spec, model.weights, latents);

    const layers = await opened(model);
    expect(layers.inputNames).toStrictEqual([spec.input]);
    expect(layers.outputNames).toStrictEqual(['latent', 'reconstruction']);
    const results = layers.predict(tf.tensor2d(inputs, [ROWS, width])) as tf.Tensor[];
    const [theirLatents, theirOutputs] = await Promise.all(results.map((r) => r.data()));
    expect(theirLatents).toHaveLength(ROWS * spec.latent);
    latents.forEach((value, i) => {
      expect(theirLatents?.[i]).toBeCloseTo(value, 5);
    });
    outputs.forEach((value, i) => {
      expect(theirOutputs?.[i]).toBeCloseTo(value, 5);
    });
  });

  it('refuses a model with heads', async () => {
    await expect(layersModelFiles(modelOf({ output: 'heads' }))).rejects.toThrow(InputError);
  });

  it('tells how parameters are normalised and what the words are', async () => {
    const model = sampleModel();
    const metadata = (await opened(model)).getUserDefinedMetadata();
    const { spec, normaliser, words } = model.document;
    expect(metadata).toMatchObject({ spec, normaliser, words });
    expect(metadata).toStrictEqual(model.document);
  });

  it('leaks no tensors', async () => {
    await layersModelFiles(sampleModel());
    const before = tf.memory().numTensors;
    await layersModelFiles(sampleModel());
    expect(tf.memory().numTensors).toBe(before);
  });
});
