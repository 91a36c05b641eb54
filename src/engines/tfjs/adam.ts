/** One step of Adam on flat vectors. */
import * as tf from '@tensorflow/tfjs';
import { ADAM } from '../engine';

/** What Adam changes, each [total]. */
export interface AdamTensors extends tf.NamedTensorMap {
  weights: tf.Tensor1D;
  firstMoment: tf.Tensor1D;
  secondMoment: tf.Tensor1D;
}

/**
 * Source: D. P. Kingma, J. Ba, "Adam: a method for stochastic optimization", ICLR 2015, in the
 * arrangement of PyTorch, where ε is added to the bias-corrected root.
 *
 * Call inside tf.tidy.
 *
 * @param gradient [total]
 * @param step     number of this step, from 1
 * @param kept     what the weights are multiplied by first, [total]: weight decay; null for none
 */
export function adamStep(
  { weights, firstMoment, secondMoment }: AdamTensors,
  gradient: tf.Tensor1D,
  step: number,
  { learningRate, beta2 }: { readonly learningRate: number; readonly beta2: number },
  kept: tf.Tensor1D | null = null,
): AdamTensors {
  const { beta1, epsilon } = ADAM;
  const first = tf.add<tf.Tensor1D>(tf.mul(firstMoment, beta1), tf.mul(gradient, 1 - beta1));
  const squared = tf.mul(tf.square(gradient), 1 - beta2);
  const second = tf.add<tf.Tensor1D>(tf.mul(secondMoment, beta2), squared);
  const root = tf.div(tf.sqrt(second), Math.sqrt(1 - beta2 ** step));
  const change = tf.div(tf.mul(first, learningRate / (1 - beta1 ** step)), tf.add(root, epsilon));
  const before = kept === null ? weights : tf.mul<tf.Tensor1D>(weights, kept);
  return { weights: tf.sub(before, change), firstMoment: first, secondMoment: second };
}
