/** A model out of the two files that src/engines/tfjs/layers-model.ts makes of one. */
import * as v from 'valibot';
import { checkedJson } from '../base/checked-json';
import { InputError } from '../base/input-error';
import { sameJson } from '../base/same-json';
import { MODEL_JSON, WEIGHTS_FILE } from '../model/file-names';
import type { Model, ModelDocument } from '../model/model';
import { modelFromDocument, readDocument } from '../model/model-file';
import { quoted, type Tensor } from '../model/safetensors';
import type { ModelSpec } from '../recipe/model-spec';
import { changedGraph } from './changed-graph';

const size = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
/** What else is there says which program wrote it, or how it was trained. */
const topologySchema = v.object({
  class_name: v.optional(v.unknown()),
  config: v.optional(v.unknown()),
});
const manifestSchema = v.looseObject({
  weightsManifest: v.pipe(
    v.array(
      v.looseObject({
        paths: v.pipe(
          v.array(v.literal(WEIGHTS_FILE, `must be "${WEIGHTS_FILE}"`)),
          v.length(1, 'must name one file'),
        ),
        weights: v.array(
          v.strictObject({
            name: v.string(),
            shape: v.array(size),
            dtype: v.literal('float32', 'must be "float32"'),
          }),
        ),
      }),
    ),
    v.length(1, 'must have one group'),
  ),
  modelTopology: v.optional(topologySchema, {}),
  userDefinedMetadata: v.optional(v.unknown()),
});
const ownMetadata = v.looseObject({ version: v.number(), spec: v.unknown() });

/** What Keras calls the tensors that PyTorch calls weight and bias. */
const LAST_NAMES: ReadonlyMap<string, string> = new Map([
  ['kernel', 'weight'],
  ['gamma', 'weight'],
  ['bias', 'bias'],
  ['beta', 'bias'],
]);

/** Layers of other names hold constants. */
const WEIGHT = /^(encoder|decoder)\./;

/**
 * A LayersModel has neither projection, word head nor log-variance, so the model is read as one
 * without; where its recipe made them, it is not the recipe of the model any more and is left out.
 * There is no map. All else follows from the document: a graph that computes anything else is refused.
 *
 * @param json    content of model.json
 * @param weights content of weights.bin
 * @throws InputError naming the file, or the tensor and its shape, at fault
 */
export async function readLayersModel(json: Uint8Array, weights: Uint8Array): Promise<Model> {
  const text = new TextDecoder().decode(json);
  const { weightsManifest, modelTopology, userDefinedMetadata } = checkedJson(
    manifestSchema,
    text,
    MODEL_JSON,
  );
  const document = documentOf(userDefinedMetadata);
  const [group] = weightsManifest;
  const tensors = new Map<string, Tensor>();
  const constants = new Map<string, Float32Array>();
  let at = 0;
  for (const { name, shape } of group?.weights ?? []) {
    const count = shape.reduce((product, n) => product * n, 1);
    // Also where it is no number any more, as an endless one times 0.
    if (!(4 * count <= weights.length - at)) {
      throw new InputError(
        `${WEIGHTS_FILE} holds too few bytes for the tensor ${quoted(name)} of shape [${shape.slice(0, 8).join(', ')}].`,
      );
    }
    const data = new Float32Array(weights.slice(at, at + 4 * count).buffer);
    at += 4 * count;
    const [layer, last] = splitName(name);
    if (!WEIGHT.test(layer)) {
      constants.set(name, data);
      continue;
    }
    const ours = `${layer}.${LAST_NAMES.get(last) ?? last}`;
    if (tensors.has(ours)) throw new InputError(`Tensor ${quoted(name)} is there twice.`);
    tensors.set(ours, last === 'kernel' ? transposed(shape, data) : { dtype: 'F32', shape, data });
  }
  if (at < weights.length) {
    throw new InputError(
      `${WEIGHTS_FILE} is ${String(weights.length)} bytes long, but ${MODEL_JSON} names tensors of ${String(at)} bytes.`,
    );
  }
  const model = modelFromDocument(reduced(document), tensors);
  await checkSameGraph(model.document.spec, modelTopology, constants);
  return model;
}

/** @throws InputError where layers or constants are not those of the model's own export */
async function checkSameGraph(
  spec: ModelSpec,
  topology: v.InferOutput<typeof topologySchema>,
  constants: ReadonlyMap<string, Float32Array>,
): Promise<void> {
  const { layersModelGraph } = await import('../engines/tfjs/layers-model');
  const own = await layersModelGraph(spec);
  const same =
    sameJson(topology, v.parse(topologySchema, own.topology)) &&
    constants.size === own.constants.size &&
    [...own.constants].every(([name, values]) => nearlyEqual(values, constants.get(name)));
  if (!same) throw changedGraph(MODEL_JSON);
}

function documentOf(metadata: unknown): ModelDocument {
  if (!v.is(ownMetadata, metadata)) {
    throw new InputError(
      `${MODEL_JSON} does not describe the model: of TensorFlow.js models only those open that this program saves, from this version on.`,
    );
  }
  return readDocument(JSON.stringify(metadata));
}

function reduced(document: ModelDocument): ModelDocument {
  const { spec } = document;
  const { projection, wordHead, variational } = spec;
  if (projection === null && wordHead === 0 && !variational) return document;
  const kept: ModelSpec = {
    ...spec,
    projection: null,
    wordHead: 0,
    variational: false,
    // A variational model's mean has no activation.
    latentActivation: variational ? 'none' : spec.latentActivation,
  };
  return { ...document, spec: kept, run: null };
}

/** Some backends round as they hold numbers. */
function nearlyEqual(own: Float32Array, given: Float32Array | undefined): boolean {
  return (
    given?.length === own.length && own.every((x, i) => Math.abs(x - (given[i] ?? NaN)) <= 1e-3)
  );
}

/** "encoder.to_latent.0/kernel" in two. */
function splitName(name: string): readonly [layer: string, last: string] {
  const slash = name.lastIndexOf('/');
  return [name.slice(0, slash), name.slice(slash + 1)];
}

/** A dense layer's kernel is [in, out], PyTorch's weight [out, in]. */
function transposed(shape: readonly number[], data: Float32Array): Tensor {
  const [inputs = 0, outputs = 0] = shape;
  if (shape.length !== 2) return { dtype: 'F32', shape, data };
  const turned = new Float32Array(data.length);
  for (let i = 0; i < inputs; i++) {
    for (let o = 0; o < outputs; o++) turned[o * inputs + i] = data[i * outputs + o] ?? 0;
  }
  return { dtype: 'F32', shape: [outputs, inputs], data: turned };
}
