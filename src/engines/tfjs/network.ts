/** The reference model's forward pass, one TensorFlow.js operation after another. */
import * as tf from '@tensorflow/tfjs';
import {
  LATENT_SKIP,
  LOG_VARIANCE_HEAD,
  WORD_HEAD,
  blocksOf,
  headOf,
  type BlockShape,
  type ParameterTable,
} from '../../model/parameter-table';
import { OUTPUT_HEADS } from '../../model/heads';
import { timesTransposed } from './times-transposed';
import { unitRows } from './unit-rows';
import { LAYER_NORM_EPSILON, type ModelSpec } from '../../recipe/model-spec';

/** Dropout factors [rows, width] for the hidden layer numbered `site`; see dropoutMask. */
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

/** Latents; of a variational model, their means: [rows, input width] → [rows, latent]. */
export function encode(net: Network, inputs: tf.Tensor2D): tf.Tensor2D {
  const last = latentLayer(net, runBody(net, 'encoder', inputs), inputs);
  const { variational, latentActivation } = net.spec;
  if (variational || latentActivation === 'none') return last;
  return latentActivation === 'tanh' ? tf.tanh(last) : unitRows(last);
}

/** Latents as a variational model draws them in training. */
export interface DrawnLatents {
  /** mean + exp(½ logVariance) ⊙ noise, [rows, latent] */
  readonly latents: tf.Tensor2D;
  /** [rows, latent] */
  readonly mean: tf.Tensor2D;
  /** [rows, latent] */
  readonly logVariance: tf.Tensor2D;
}

/** @param noise [rows, latent]; see latentNoise */
export function drawLatents(net: Network, inputs: tf.Tensor2D, noise: tf.Tensor2D): DrawnLatents {
  const body = runBody(net, 'encoder', inputs);
  const mean = latentLayer(net, body, inputs);
  const logVariance = linear(net, LOG_VARIANCE_HEAD, body);
  const deviation = tf.mul(tf.exp(tf.mul(logVariance, 0.5)), noise);
  return { latents: tf.add(mean, deviation), mean, logVariance };
}

/** The encoder's last layer, with what the linear skip adds to it: [rows, latent]. */
function latentLayer(net: Network, body: tf.Tensor2D, inputs: tf.Tensor2D): tf.Tensor2D {
  const last = linear(net, headOf(net.spec, 'encoder').last, body);
  return net.spec.latentSkip ? tf.add(last, linear(net, LATENT_SKIP, inputs)) : last;
}

/** What the word head makes of latents: [rows, latent] → [rows, words]. */
export function wordLogits(net: Network, latents: tf.Tensor2D): tf.Tensor2D {
  return linear(net, WORD_HEAD, latents);
}

/** What the contrastive loss looks at: [rows, latent] → [rows, projection or latent]. */
export function project(net: Network, latents: tf.Tensor2D): tf.Tensor2D {
  return net.spec.projection === null ? latents : linear(net, 'encoder.semantic_proj', latents);
}

/** Normalised parameters of latents, or what heads give: [rows, latent] → [rows, 13]. */
export function decode(net: Network, latents: tf.Tensor2D): tf.Tensor2D {
  const last = linear(net, headOf(net.spec, 'decoder').last, runBody(net, 'decoder', latents));
  return net.spec.output === 'heads' ? ownHeads(last) : tf.sigmoid(last);
}

/** Seed V1's output, [rows, 13]. */
function ownHeads(x: tf.Tensor2D): tf.Tensor2D {
  const share = tf.sigmoid(
    tf.mul(
      x,
      OUTPUT_HEADS.map(({ steepness }) => steepness),
    ),
  );
  const spans = OUTPUT_HEADS.map(({ low, high }) => high - low);
  return tf.add(
    tf.mul(share, spans),
    OUTPUT_HEADS.map(({ low }) => low),
  );
}

/** A half without its last linear layer. */
function runBody(net: Network, half: 'encoder' | 'decoder', inputs: tf.Tensor2D): tf.Tensor2D {
  const run = net.spec.body === 'plain' ? plainLayer : residualBlock;
  const firstSite = half === 'encoder' ? 0 : net.spec.hidden.length;
  const hidden = blocksOf(net.spec, half).reduce(
    (x, shape, i) => run(net, shape, firstSite + i, x),
    inputs,
  );
  const { inner } = headOf(net.spec, half);
  return inner === null ? hidden : activate(net, linear(net, inner, hidden));
}

function plainLayer(net: Network, shape: BlockShape, site: number, x: tf.Tensor2D): tf.Tensor2D {
  const { prefix } = shape;
  return drop(
    net,
    site,
    activate(net, normalise(net, `${prefix}.1`, linear(net, `${prefix}.0`, x))),
  );
}

function residualBlock(net: Network, shape: BlockShape, site: number, x: tf.Tensor2D): tf.Tensor2D {
  const { prefix, inputs, outputs } = shape;
  const first = normalise(net, `${prefix}.main_path.1`, linear(net, `${prefix}.main_path.0`, x));
  const kept = drop(net, site, activate(net, first));
  const main = normalise(net, `${prefix}.main_path.5`, linear(net, `${prefix}.main_path.4`, kept));
  const skip = inputs === outputs ? x : linear(net, `${prefix}.skip`, x);
  return activate(net, tf.add(main, skip));
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
