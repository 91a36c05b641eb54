/** The reference model's forward pass, one TensorFlow.js operation after another. */
import * as tf from '@tensorflow/tfjs';
import { blocksOf, type BlockShape, type ParameterTable } from '../../model/parameter-table';
import { timesTransposed } from './times-transposed';
import { LAYER_NORM_EPSILON, type ModelSpec } from '../../model/spec';

/** Dropout factors [rows, width] for the block numbered `site`; see dropoutMask. */
export type DropoutFactors = (site: number, rows: number, width: number) => tf.Tensor2D;

export interface Network {
  readonly spec: ModelSpec;
  /** Tensors by name. */
  readonly weights: ReadonlyMap<string, tf.Tensor>;
  /** null: dropout off. */
  readonly dropout: DropoutFactors | null;
}

/** A flat weight vector [total] cut into the table's tensors, in the table's order. */
export function cutWeights({ entries }: ParameterTable, flat: tf.Tensor1D): tf.Tensor[] {
  const pieces = tf.split(
    flat,
    entries.map(({ size }) => size),
  );
  return entries.map(({ name, shape }, i) => {
    const piece = pieces[i];
    if (piece === undefined) throw new Error(`The weights end before ${name}.`);
    return tf.reshape(piece, [...shape]);
  });
}

/** Tensors in the table's order, as a map by name. */
export function namedWeights(
  { entries }: ParameterTable,
  tensors: readonly tf.Tensor[],
): ReadonlyMap<string, tf.Tensor> {
  return new Map(
    entries.map(({ name }, i) => {
      const tensor = tensors[i];
      if (tensor === undefined) throw new Error(`There is no tensor for ${name}.`);
      return [name, tensor];
    }),
  );
}

/** Latents of normalised rows: [rows, 13] → [rows, latent]. */
export function encode(net: Network, inputs: tf.Tensor2D): tf.Tensor2D {
  const body = runBlocks(net, blocksOf(net.spec, 'encoder'), 0, inputs);
  return tf.tanh(head(net, 'encoder.to_latent', body));
}

/** What the contrastive loss looks at: [rows, latent] → [rows, projection or latent]. */
export function project(net: Network, latents: tf.Tensor2D): tf.Tensor2D {
  return net.spec.projection === null ? latents : linear(net, 'encoder.semantic_proj', latents);
}

/** Normalised parameters of latents: [rows, latent] → [rows, 13]. */
export function decode(net: Network, latents: tf.Tensor2D): tf.Tensor2D {
  const body = runBlocks(net, blocksOf(net.spec, 'decoder'), net.spec.hidden.length, latents);
  return tf.sigmoid(head(net, 'decoder.output_head', body));
}

/** @param firstSite dropout site of the first of the blocks */
function runBlocks(
  net: Network,
  blocks: readonly BlockShape[],
  firstSite: number,
  inputs: tf.Tensor2D,
): tf.Tensor2D {
  return blocks.reduce((x, shape, i) => residualBlock(net, shape, firstSite + i, x), inputs);
}

function residualBlock(net: Network, shape: BlockShape, site: number, x: tf.Tensor2D): tf.Tensor2D {
  const { prefix, inputs, outputs } = shape;
  const first = normalise(net, `${prefix}.main_path.1`, linear(net, `${prefix}.main_path.0`, x));
  const kept = drop(net, site, activate(net, first));
  const main = normalise(net, `${prefix}.main_path.5`, linear(net, `${prefix}.main_path.4`, kept));
  const skip = inputs === outputs ? x : linear(net, `${prefix}.skip`, x);
  return activate(net, tf.add(main, skip));
}

/** Linear, activation, linear: how both halves end, before tanh or sigmoid. */
function head(net: Network, prefix: string, x: tf.Tensor2D): tf.Tensor2D {
  return linear(net, `${prefix}.2`, activate(net, linear(net, `${prefix}.0`, x)));
}

/** x · weightᵀ + bias, the weight being [out, in]. */
function linear(net: Network, prefix: string, x: tf.Tensor2D): tf.Tensor2D {
  const weight = tensorOf(net, `${prefix}.weight`) as tf.Tensor2D;
  return tf.add(timesTransposed(x, weight), tensorOf(net, `${prefix}.bias`));
}

/** Layer normalisation of each row (variance with divisor n); nothing when the spec has none. */
function normalise(net: Network, prefix: string, x: tf.Tensor2D): tf.Tensor2D {
  if (net.spec.normalisation === 'none') return x;
  const centred = tf.sub(x, tf.mean(x, 1, true));
  const variance = tf.mean(tf.square(centred), 1, true);
  const unit = tf.div(centred, tf.sqrt(tf.add(variance, LAYER_NORM_EPSILON)));
  const scale = tensorOf(net, `${prefix}.weight`);
  return tf.add(tf.mul(unit, scale), tensorOf(net, `${prefix}.bias`));
}

function activate(net: Network, x: tf.Tensor2D): tf.Tensor2D {
  return net.spec.activation === 'relu' ? tf.relu(x) : tf.mul(x, tf.sigmoid(x));
}

function drop(net: Network, site: number, x: tf.Tensor2D): tf.Tensor2D {
  return net.dropout === null ? x : tf.mul(x, net.dropout(site, ...x.shape));
}

function tensorOf(net: Network, name: string): tf.Tensor {
  const tensor = net.weights.get(name);
  if (tensor === undefined) throw new Error(`The model has no tensor ${name}.`);
  return tensor;
}
