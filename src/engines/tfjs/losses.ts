/** What a training step makes small. */
import * as tf from '@tensorflow/tfjs';
import type { StepSettings } from '../engine';
import { responseLoss } from './response-loss';
import { unitRows } from './unit-rows';

/** Added to a similarity that must not count: its exponential is 0 in float32. */
const EXCLUDED = -1e9;

/** What outputs are compared with. */
export interface Expected {
  /** [rows, 13 or 64] */
  readonly targets: tf.Tensor2D;
  /** [rows, 13]; null: all parameters count. */
  readonly mask: tf.Tensor2D | null;
  /** [rows, words]; null without a word head. */
  readonly votes: tf.Tensor2D | null;
}

/**
 * The loss of StepSettings' `reconstruction`, its mean over rows.
 *
 * @param output [rows, 13]
 */
export function reconstructionLoss(
  output: tf.Tensor2D,
  { targets, mask }: Expected,
  { reconstruction, columns }: Pick<StepSettings, 'reconstruction' | 'columns'>,
): tf.Scalar {
  if (reconstruction === 'response' || reconstruction === 'shape') {
    return responseLoss(output, targets, columns, reconstruction === 'shape');
  }
  const difference = tf.sub(output, targets);
  // Not tf.abs, whose gradient at 0 is −1 instead of 0.
  const errors =
    reconstruction === 'mse' ? tf.square(difference) : tf.mul(difference, tf.sign(difference));
  return tf.mean(mask === null ? errors : tf.mul(errors, mask));
}

/**
 * KL divergence of normal distributions from the standard one: summed over the latent, the mean
 * over rows. Both [rows, latent].
 *
 * Source: D. P. Kingma, M. Welling, "Auto-encoding variational Bayes", ICLR 2014, appendix B.
 */
export function klDivergence(mean: tf.Tensor2D, logVariance: tf.Tensor2D): tf.Scalar {
  const terms = tf.sub(tf.sub(tf.add(logVariance, 1), tf.square(mean)), tf.exp(logVariance));
  return tf.mul(tf.mean(tf.sum(terms, 1)), -0.5);
}

/** In the place of a share of 0, of which there is no logarithm. */
const SMALLEST_SHARE = 1e-30;

/**
 * Divergence of a word head's words, softmax of the logits, from rows' votes: its mean over rows. Both
 * [rows, words]; a row without votes adds 0.
 */
export function wordLoss(logits: tf.Tensor2D, votes: tf.Tensor2D): tf.Scalar {
  const apart = tf.sub(tf.log(tf.maximum(votes, SMALLEST_SHARE)), tf.logSoftmax(logits));
  return tf.mean(tf.sum(tf.mul(votes, apart), 1));
}

/**
 * Supervised contrastive loss: how badly a row's similarities single out its partners, the other
 * rows of its word.
 *
 * With similarities s = cosine / temperature, a row's loss is the mean over its partners j of
 * −log(exp s_j / Σ exp s), and 0 where it has no partner; the loss is the mean over all rows. Rows
 * without a word (label −1) are nobody's partners and in no sum.
 *
 * Source: P. Khosla et al., "Supervised contrastive learning", NeurIPS 2020, equation 2; there
 * the sum leaves out the row itself. The seed log's variant (`self`) keeps it.
 *
 * @param points [rows, width]
 * @param labels index of each row's word, or −1, [rows]
 */
export function contrastiveLoss(
  points: tf.Tensor2D,
  labels: Int32Array,
  temperature: number,
  self: boolean,
): tf.Scalar {
  const unit = unitRows(points);
  const similarities = tf.div(tf.matMul(unit, unit, false, true), temperature);
  const counted =
    self && !labels.includes(-1) ? similarities : tf.add(similarities, excluded(labels, self));
  const perRow = tf.sum(tf.mul(partnerShares(labels), tf.logSoftmax(counted)), 1);
  return tf.neg(tf.mean(perRow));
}

/** [rows, rows]: 1 / (number of the row's partners) at each partner, else 0. */
function partnerShares(labels: Int32Array): tf.Tensor2D {
  const rows = labels.length;
  const members = new Map<number, number>();
  for (const label of labels) members.set(label, (members.get(label) ?? 0) + 1);
  const shares = new Float32Array(rows * rows);
  labels.forEach((label, row) => {
    const partners = (members.get(label) ?? 1) - 1;
    labels.forEach((other, column) => {
      if (label >= 0 && other === label && column !== row) {
        shares[row * rows + column] = 1 / partners;
      }
    });
  });
  return tf.tensor2d(shares, [rows, rows]);
}

/** [rows, rows]: columns of rows without a word excluded, and unless `self` the diagonal. */
function excluded(labels: Int32Array, self: boolean): tf.Tensor2D {
  const rows = labels.length;
  const mask = new Float32Array(rows * rows);
  for (let row = 0; row < rows; row++) {
    labels.forEach((label, column) => {
      if (label < 0 || (!self && column === row)) mask[row * rows + column] = EXCLUDED;
    });
  }
  return tf.tensor2d(mask, [rows, rows]);
}
