import { readFileSync } from 'node:fs';
import { fromBinary } from '@bufbuild/protobuf';
import { describe, expect, it } from 'vitest';
import { clampToBounds, EQ_PARAMETERS, type EqSetting } from '../../eq/parameters';
import { gridResponses } from '../../eq/response-grid';
import { Stream, randomUniform } from '../../math/threefry';
import { decodeRows, encodeRows } from '../../model/inference';
import { initialWeights } from '../../model/initialise';
import { encoderInputs } from '../../model/inputs';
import type { Model } from '../../model/model';
import { readModelFile } from '../../model/model-file';
import { denormalise, fitNormaliser } from '../../model/normaliser';
import {
  LATENT_SKIP,
  LOG_VARIANCE_HEAD,
  PROJECTION_HEAD,
  headOf,
  parameterTable,
} from '../../model/parameter-table';
import { wordHeadOf } from '../../model/word-head';
import type { ModelSpec } from '../../recipe/model-spec';
import { runOnnx } from '../../testing/onnx-runtime/run-onnx';
import { sampleModel } from '../../testing/sample-model';
import { sharedFile } from '../../testing/shared-files';
import { onnxFiles } from './onnx-files';
import { ModelProtoSchema } from './onnx_pb';
import { NORMALISERS } from '../../recipe/settings/data-settings';

const ROWS = 23;
/** Of an output's range. */
const TOLERANCE = 1e-5;
const TOLERANCE_DB = 1e-3;

const settings: readonly EqSetting[] = Array.from({ length: ROWS }, (_, row) =>
  EQ_PARAMETERS.map(({ kind, min, max }, i) => {
    const share = randomUniform(5, Stream.sample, row, i);
    return kind === 'gain' ? min + share * (max - min) : min * (max / min) ** share;
  }),
);

function modelOf(
  changes: Partial<ModelSpec>,
  normaliser = sampleModel().document.normaliser,
): Model {
  const { document } = sampleModel();
  const spec = { ...document.spec, ...changes };
  const weights = initialWeights(spec, 7).map(
    (weight, i) => weight + 0.2 * randomUniform(8, Stream.sample, 1, i),
  );
  return { document: { ...document, spec, normaliser }, weights, map: null };
}

/** The largest difference, of the range of what is expected. */
function farthest(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  const numbers = Array.from(expected);
  return farthestApart(actual, expected) / (Math.max(...numbers) - Math.min(...numbers));
}

/** The largest difference, of each parameter's range in the plug-in. */
function farthestSetting(actual: ArrayLike<number>, expected: readonly EqSetting[]): number {
  const shares = (numbers: ArrayLike<number>): number[] =>
    Array.from(numbers, (value, i) => {
      const parameter = EQ_PARAMETERS[i % EQ_PARAMETERS.length];
      return parameter === undefined ? Number.NaN : value / (parameter.max - parameter.min);
    });
  return farthestApart(shares(actual), shares(expected.flat()));
}

function farthestApart(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  expect(actual).toHaveLength(expected.length);
  return Math.max(
    ...Array.from(actual, (value, i) => Math.abs(value - (expected[i] ?? Number.NaN))),
  );
}

function tensorOf({ document, weights }: Model, name: string): Float32Array {
  const entry = parameterTable(document.spec).entries.find((one) => one.name === name);
  return weights.subarray(entry?.offset, (entry?.offset ?? 0) + (entry?.size ?? 0));
}

/** A linear layer of a model over latents, [rows, out]. */
function linear(model: Model, layer: string, latents: Float32Array): number[] {
  const { latent } = model.document.spec;
  const weight = tensorOf(model, `${layer}.weight`);
  return Array.from({ length: latents.length / latent }, (_, row) =>
    Array.from(tensorOf(model, `${layer}.bias`), (bias, out) =>
      latents
        .subarray(row * latent, (row + 1) * latent)
        .reduce((sum, x, i) => sum + x * (weight[out * latent + i] ?? Number.NaN), bias),
    ),
  ).flat();
}

/** Weights with which the encoder gives, in the place of the mean, the log-variance. */
function withLogVariance(model: Model): Float32Array {
  const copy = { ...model, weights: model.weights.slice() };
  for (const part of ['weight', 'bias']) {
    const { last } = headOf(model.document.spec, 'encoder');
    const variance = tensorOf(model, `${LOG_VARIANCE_HEAD}.${part}`);
    tensorOf(copy, `${last}.${part}`).set(variance);
    // Only the mean has what the skip adds.
    if (model.document.spec.latentSkip) tensorOf(copy, `${LATENT_SKIP}.${part}`).fill(0);
  }
  return copy.weights;
}

async function expectSameAsOurs(model: Model): Promise<void> {
  const { document, weights } = model;
  const { spec, normaliser } = document;
  const files = onnxFiles(model);
  const encoded = await runOnnx(files.encoder, 'setting', 13, settings.flat());
  const latents = encodeRows(spec, weights, encoderInputs(spec, settings, normaliser));
  expect(farthest(encoded('latent'), latents)).toBeLessThan(TOLERANCE);
  expect(farthestApart(encoded('response'), gridResponses(settings))).toBeLessThan(TOLERANCE_DB);
  const head = wordHeadOf(spec, weights);
  if (head !== null) {
    const scores = Array.from({ length: ROWS }, (_, row) =>
      head.weight.map((factors, word) =>
        factors.reduce(
          (sum, factor, d) => sum + factor * (latents[row * spec.latent + d] ?? 0),
          head.bias[word] ?? 0,
        ),
      ),
    ).flat();
    expect(farthest(encoded('word_scores'), scores)).toBeLessThan(TOLERANCE);
  }
  if (head === null && spec.projection !== null) {
    const projected = linear(model, PROJECTION_HEAD, latents);
    expect(farthest(encoded('projection'), projected)).toBeLessThan(TOLERANCE);
  }
  if (spec.variational) {
    const variance = encodeRows(
      spec,
      withLogVariance(model),
      encoderInputs(spec, settings, normaliser),
    );
    expect(farthest(encoded('log_variance'), variance)).toBeLessThan(TOLERANCE);
  }

  // Anywhere, and of a sphere's latents also inside and outside of it.
  const places = Float32Array.from(
    { length: ROWS * spec.latent },
    (_, i) => 4 * randomUniform(6, Stream.sample, 2, i) - 2,
  );
  const decoded = await runOnnx(files.decoder, 'latent', spec.latent, places);
  const normalised = decodeRows(spec, weights, places);
  const given = Array.from({ length: ROWS }, (_, row) => denormalise(normalised, normaliser, row));
  expect(farthest(decoded('normalised'), normalised)).toBeLessThan(TOLERANCE);
  expect(farthestSetting(decoded('setting'), given)).toBeLessThan(TOLERANCE);
  expect(farthestApart(decoded('response'), gridResponses(given))).toBeLessThan(TOLERANCE_DB);
  expect(given).toStrictEqual(given.map(clampToBounds));
}

describe('onnxFiles', () => {
  it.each<Partial<ModelSpec>>([
    {},
    { latent: 2 },
    { latent: 8, activation: 'silu', normalisation: 'none' },
    { body: 'plain' },
    { body: 'plain', activation: 'silu', hidden: [9] },
    { variational: true, projection: null },
    { variational: true, latentSkip: true, input: 'response' },
    { input: 'response', latentActivation: 'none', projection: null },
    { input: 'response', latentActivation: 'unit', latentSkip: true, wordHead: 2 },
    { latentActivation: 'unit', latent: 8 },
    { wordHead: 5, projection: null },
    { output: 'heads' },
    { hidden: [13, 13], latent: 13 },
  ])('makes graphs that ONNX Runtime runs as we do: %j', async (changes) => {
    await expectSameAsOurs(modelOf(changes));
  });

  it.each(NORMALISERS)('holds the normaliser %s', async (kind) => {
    await expectSameAsOurs(modelOf({}, fitNormaliser(kind, settings)));
  });

  const published = sharedFile('reference/seed-v2.safetensors');
  it.skipIf(published === null)('holds Seed V2', async () => {
    await expectSameAsOurs(readModelFile(readFileSync(published ?? '')));
  });

  it('leaves a latent of zeros on a sphere where it is', async () => {
    const model = modelOf({ latentActivation: 'unit' });
    const { decoder } = onnxFiles(model);
    const decoded = await runOnnx(decoder, 'latent', 3, [0, 0, 0]);
    const expected = decodeRows(model.document.spec, model.weights, new Float32Array(3));
    expect(farthestApart(decoded('normalised'), expected)).toBeLessThan(TOLERANCE);
  });

  it('says which versions it needs, what it is, and how the model was made', () => {
    const model = modelOf({});
    const { irVersion, opsetImport, producerName, metadataProps } = fromBinary(
      ModelProtoSchema,
      onnxFiles(model).encoder,
    );
    expect(irVersion).toBe(8n);
    expect(opsetImport).toMatchObject([{ domain: '', version: 17n }]);
    expect(producerName).toBe('Warmbright');
    const [{ key, value } = { key: '', value: '' }] = metadataProps;
    expect(key).toBe('warmbright');
    expect(JSON.parse(value)).toStrictEqual(model.document);
  });

  it('gives equal models equal bytes', () => {
    expect(onnxFiles(modelOf({}))).toStrictEqual(onnxFiles(modelOf({})));
  });
});
