/** One batch's losses and the gradient of their sum. */
import * as tf from '@tensorflow/tfjs';
import type { ParameterTable } from '../../model/parameter-table';
import type { ModelSpec } from '../../recipe/model-spec';
import { dropoutMask } from '../../math/dropout-mask';
import { latentNoise } from '../../math/normal';
import type { StepSettings } from '../engine';
import {
  contrastiveLoss,
  klDivergence,
  reconstructionLoss,
  wordLoss,
  type Expected,
} from './losses';
import {
  cutWeights,
  decode,
  drawLatents,
  encode,
  namedWeights,
  project,
  wordLogits,
  type DropoutFactors,
  type Network,
} from './network';

export interface Batch extends Expected {
  /** What the encoder sees, [rows, input width]. */
  readonly inputs: tf.Tensor2D;
  /** Index of each row's word, or −1, [rows]. */
  readonly labels: Int32Array;
  /** Adam steps taken so far: the counter of the dropout masks and of a latent's noise. */
  readonly step: number;
  readonly contrastiveWeight: number;
  readonly klWeight: number;
}

export interface StepGradients {
  /** Of the total loss (see EpochLosses), flat in table order, [total]. */
  readonly gradient: tf.Tensor1D;
  /** [reconstruction, contrastive, kl] of the batch. */
  readonly losses: tf.Tensor1D;
}

/** Call inside tf.tidy. @param weights flat, in the table's order, [total] */
export function stepGradients(
  spec: ModelSpec,
  table: ParameterTable,
  weights: tf.Tensor1D,
  batch: Batch,
  settings: StepSettings,
): StepGradients {
  const dropout = settings.dropout > 0 ? dropoutFactors(settings, batch.step) : null;
  const parts: tf.Scalar[] = [];
  const loss = (...tensors: tf.Tensor[]): tf.Scalar => {
    const net = { spec, weights: namedWeights(table, tensors), dropout };
    const { latents, kl } = latentsOf(net, batch, settings);
    const outputs = decode(net, latents);
    const reconstruction = reconstructionLoss(outputs, batch, settings);
    const contrastive = lossOfWords(net, latents, batch, settings);
    parts.push(tf.keep(reconstruction), tf.keep(contrastive), tf.keep(kl));
    const both = tf.add(reconstruction, tf.mul(contrastive, batch.contrastiveWeight));
    return tf.add(both, tf.mul(kl, batch.klWeight));
  };
  // One gradient tensor an entry: the flat vector is cut outside the recorded operations.
  const { grads } = tf.valueAndGrads(loss)(cutWeights(table, weights));
  const gradient = tf.concat(grads.map((grad) => tf.reshape<tf.Rank.R1>(grad, [-1])));
  const losses = tf.stack(parts) as tf.Tensor1D;
  tf.dispose(parts);
  return { gradient, losses };
}

/** The word head's loss, or in its absence the contrastive one. */
function lossOfWords(
  net: Network,
  latents: tf.Tensor2D,
  { labels, votes }: Batch,
  { temperature, contrastiveSelf }: StepSettings,
): tf.Scalar {
  if (votes !== null) return wordLoss(wordLogits(net, latents), votes);
  return contrastiveLoss(project(net, latents), labels, temperature, contrastiveSelf);
}

/** What decoder and contrastive loss look at, and the KL divergence. */
function latentsOf(
  net: Network,
  { inputs, step }: Batch,
  { seed }: StepSettings,
): { latents: tf.Tensor2D; kl: tf.Scalar } {
  const { variational, latent } = net.spec;
  if (!variational) return { latents: encode(net, inputs), kl: tf.scalar(0) };
  const [rows] = inputs.shape;
  const noise = tf.tensor2d(latentNoise({ seed, step }, rows, latent), [rows, latent]);
  const { latents, mean, logVariance } = drawLatents(net, inputs, noise);
  return { latents, kl: klDivergence(mean, logVariance) };
}

function dropoutFactors({ seed, dropout }: StepSettings, step: number): DropoutFactors {
  return (site, rows, width) =>
    tf.tensor2d(dropoutMask({ seed, step, site }, dropout, rows, width), [rows, width]);
}
