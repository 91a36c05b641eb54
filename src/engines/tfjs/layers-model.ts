/**
 * A model as files that stock TensorFlow.js opens: `tf.loadLayersModel('…/model.json')`, and no
 * code of this project.
 */
import * as tf from '@tensorflow/tfjs';
import { PARAMETER_COUNT } from '../../eq/parameters';
import { InputError } from '../../base/input-error';
import { WEIGHTS_FILE } from '../../model/file-names';
import { inputWidth } from '../../model/inputs';
import type { Model } from '../../model/model';
import {
  LATENT_SKIP,
  blocksOf,
  headOf,
  parameterTable,
  type BlockShape,
} from '../../model/parameter-table';
import { LAYER_NORM_EPSILON, type ModelSpec } from '../../recipe/model-spec';
import { startCpu } from './backends';

export interface LayersModelFiles {
  /** Content of model.json. */
  readonly modelJson: string;
  /** Content of weights.bin, which must lie beside it. */
  readonly weights: Uint8Array<ArrayBuffer>;
}

/**
 * A functional model with the input `parameters` [rows, 13], normalised, or `response` [rows, 64],
 * the response in dB divided by 6 at log-spaced points from 20 Hz to 20 kHz; and two outputs: `latent`
 * [rows, latent] (of a variational model, its mean) and `reconstruction` [rows, 13], normalised.
 * It holds what inference needs: no dropout, and neither projection, word head nor log-variance, which
 * only training looks at. Its `userDefinedMetadata` is the model's document: it says how parameters
 * are normalised and what the words are, and lets the model be opened here again.
 *
 * @throws InputError for a model with output heads
 */
export async function layersModelFiles({ document, weights }: Model): Promise<LayersModelFiles> {
  const { spec } = document;
  refuseHeads(spec);
  const layers = inferenceModel(spec);
  tf.tidy(() => {
    setWeights(layers, spec, weights);
  });
  layers.setUserDefinedMetadata({ ...document });
  const saved: LayersModelFiles[] = [];
  await layers.save(
    tf.io.withSaveHandler((artifacts) => {
      saved.push(filesOf(artifacts));
      return Promise.resolve({
        modelArtifactsInfo: tf.io.getModelArtifactsInfoForJSON(artifacts),
      });
    }),
  );
  layers.dispose();
  const [files] = saved;
  if (files === undefined) throw new Error('TensorFlow.js saved nothing.');
  return files;
}

/** What of a LayersModel follows from a spec alone. */
export interface LayersModelGraph {
  /** Class and configuration, as model.json's `modelTopology` has them. */
  readonly topology: unknown;
  /** Weights that no training changes, row-major, by the names that weights.bin's manifest has. */
  readonly constants: ReadonlyMap<string, Float32Array>;
}

/**
 * The graph that {@link layersModelFiles} writes for a spec.
 *
 * @throws InputError for a spec with output heads
 */
export async function layersModelGraph(spec: ModelSpec): Promise<LayersModelGraph> {
  refuseHeads(spec);
  // Layers want a backend to be made on, and the one that is chosen by itself may be no quiet one.
  if (Object.keys(tf.engine().registry).length === 0) await startCpu();
  const layers = inferenceModel(spec);
  const topology: unknown = JSON.parse(JSON.stringify(layers.toJSON(null, false)));
  layers.dispose();
  const constants = constantsOf(spec).flatMap(({ layer, kernel, bias }) => [
    [`${layer}/kernel`, kernel] as const,
    [`${layer}/bias`, bias] as const,
  ]);
  return { topology, constants: new Map(constants) };
}

function refuseHeads({ output }: ModelSpec): void {
  if (output !== 'heads') return;
  throw new InputError(
    'A model whose output is "heads" has no form as a TensorFlow.js model here.',
  );
}

function filesOf(artifacts: tf.io.ModelArtifacts): LayersModelFiles {
  const { weightData = new ArrayBuffer(0), weightSpecs = [], ...rest } = artifacts;
  const weightsManifest = [{ paths: [WEIGHTS_FILE], weights: weightSpecs }];
  return {
    modelJson: JSON.stringify({ ...rest, weightsManifest }),
    weights: new Uint8Array(tf.io.CompositeArrayBuffer.join(weightData)),
  };
}

type Symbolic = tf.SymbolicTensor;

function inferenceModel(spec: ModelSpec): tf.LayersModel {
  const input = tf.input({ shape: [inputWidth(spec)], name: spec.input });
  const encoded = halfOf(spec, 'encoder', input, spec.latent);
  const latent = latentOf(spec, spec.latentSkip ? beside(encoded, spec, input) : encoded);
  const decoded = halfOf(spec, 'decoder', latent, PARAMETER_COUNT);
  const output = ending('sigmoid', 'reconstruction', decoded);
  return tf.model({ inputs: input, outputs: [latent, output], name: 'warmbright' });
}

/** What the encoder's last layer gives, and what the linear skip adds to it. */
function beside(encoded: Symbolic, { latent }: ModelSpec, input: Symbolic): Symbolic {
  const sum = tf.layers.add({ name: `${LATENT_SKIP}.sum` });
  return sum.apply([encoded, dense(LATENT_SKIP, latent, input)]) as Symbolic;
}

function latentOf({ variational, latentActivation }: ModelSpec, encoded: Symbolic): Symbolic {
  if (variational || latentActivation === 'none') return ending('linear', 'latent', encoded);
  return latentActivation === 'tanh' ? ending('tanh', 'latent', encoded) : unitRows(encoded);
}

/**
 * Rows of length 1, of which no stock layer is capable alone: beside its negative, a row has the
 * mean 0 and, by its number of columns, the variance of its squared length, by whose root layer
 * normalisation divides.
 */
function unitRows(x: Symbolic): Symbolic {
  const width = x.shape.at(-1) ?? 0;
  const both = tf.layers
    .concatenate({ name: 'beside.opposite' })
    .apply([x, dense(OPPOSITE, width, x)]);
  const scaled = tf.layers
    .layerNormalization({
      name: 'scaled',
      epsilon: SMALLEST_VARIANCE,
      center: false,
      scale: false,
    })
    .apply(both) as Symbolic;
  return dense(UNIT_LATENT, width, scaled);
}

/** Its kernel: [width, width], what turns a row round. */
const OPPOSITE = 'opposite';

/** [2 width, width]: what takes a row of variance 1 without its negative, at length 1. */
const UNIT_LATENT = 'latent';

const SMALLEST_VARIANCE = 1e-24;

/** A dense layer whose weights nobody trains: its kernel [in, out], and its bias [out]. */
interface ConstantLayer {
  readonly layer: string;
  readonly kernel: Float32Array;
  readonly bias: Float32Array;
}

function constantsOf({ latent, latentActivation, variational }: ModelSpec): ConstantLayer[] {
  if (variational || latentActivation !== 'unit') return [];
  const opposite = new Float32Array(latent * latent);
  const kept = new Float32Array(2 * latent * latent);
  for (let i = 0; i < latent; i++) {
    opposite[i * latent + i] = -1;
    kept[i * latent + i] = 1 / Math.sqrt(latent);
  }
  const bias = new Float32Array(latent);
  return [
    { layer: OPPOSITE, kernel: opposite, bias },
    { layer: UNIT_LATENT, kernel: kept, bias },
  ];
}

/** Hidden layers and head, before tanh or sigmoid. */
function halfOf(
  spec: ModelSpec,
  half: 'encoder' | 'decoder',
  input: Symbolic,
  units: number,
): Symbolic {
  const layer = spec.body === 'plain' ? plainLayer : residualBlock;
  const hidden = blocksOf(spec, half).reduce((x, shape) => layer(spec, shape, x), input);
  const { inner, last } = headOf(spec, half);
  if (inner === null) return dense(last, units, hidden);
  const width = hidden.shape.at(-1) ?? 0;
  return dense(last, units, activate(spec, `${inner}.activation`, dense(inner, width, hidden)));
}

function ending(activation: 'linear' | 'tanh' | 'sigmoid', name: string, x: Symbolic): Symbolic {
  return tf.layers.activation({ activation, name }).apply(x) as Symbolic;
}

function plainLayer(spec: ModelSpec, { prefix, outputs }: BlockShape, x: Symbolic): Symbolic {
  const y = normalise(spec, `${prefix}.1`, dense(`${prefix}.0`, outputs, x));
  return activate(spec, `${prefix}.activation`, y);
}

function residualBlock(spec: ModelSpec, shape: BlockShape, x: Symbolic): Symbolic {
  const { prefix, inputs, outputs } = shape;
  const first = normalise(
    spec,
    `${prefix}.main_path.1`,
    dense(`${prefix}.main_path.0`, outputs, x),
  );
  const second = dense(`${prefix}.main_path.4`, outputs, activate(spec, `${prefix}.inner`, first));
  const main = normalise(spec, `${prefix}.main_path.5`, second);
  const skip = inputs === outputs ? x : dense(`${prefix}.skip`, outputs, x);
  const sum = tf.layers.add({ name: `${prefix}.sum` }).apply([main, skip]) as Symbolic;
  return activate(spec, `${prefix}.outer`, sum);
}

function dense(name: string, units: number, x: Symbolic): Symbolic {
  // Zeros, since the weights are set afterwards.
  return tf.layers.dense({ units, name, kernelInitializer: 'zeros' }).apply(x) as Symbolic;
}

function normalise(spec: ModelSpec, name: string, x: Symbolic): Symbolic {
  if (spec.normalisation === 'none') return x;
  const layer = tf.layers.layerNormalization({ name, epsilon: LAYER_NORM_EPSILON });
  return layer.apply(x) as Symbolic;
}

function activate(spec: ModelSpec, name: string, x: Symbolic): Symbolic {
  // Keras calls SiLU swish.
  const activation = spec.activation === 'relu' ? 'relu' : 'swish';
  return tf.layers.activation({ activation, name }).apply(x) as Symbolic;
}

/** Layers are named as the tensors are, up to the last dot. */
function setWeights(model: tf.LayersModel, spec: ModelSpec, weights: Float32Array): void {
  const tensors = new Map<string, tf.Tensor[]>();
  for (const { name, shape, offset, size, role } of parameterTable(spec).entries) {
    const layer = name.slice(0, name.lastIndexOf('.'));
    const tensor = tf.tensor(weights.slice(offset, offset + size), [...shape]);
    // A dense layer's kernel is [in, out].
    const value = role === 'weight' ? tf.transpose(tensor) : tensor;
    tensors.set(layer, [...(tensors.get(layer) ?? []), value]);
  }
  for (const { layer, kernel, bias } of constantsOf(spec)) {
    const shape: [number, number] = [kernel.length / bias.length, bias.length];
    tensors.set(layer, [tf.tensor2d(kernel, shape), tf.tensor1d(bias)]);
  }
  for (const layer of model.layers) {
    const values = tensors.get(layer.name);
    if (values !== undefined) layer.setWeights(values);
  }
}
