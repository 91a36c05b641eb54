/** The product that a linear layer is made of. */
import * as tf from '@tensorflow/tfjs';

const product = tf.customGrad((...given) => {
  const [x, weight, save] = given as [tf.Tensor2D, tf.Tensor2D, (kept: tf.Tensor[]) => void];
  save([x, weight]);
  const gradFunc = (dy: tf.Tensor, kept: tf.Tensor[]): tf.Tensor[] => {
    const [keptX, keptWeight] = kept as [tf.Tensor2D, tf.Tensor2D];
    return [tf.matMul(dy, keptWeight), tf.matMul(tf.transpose(dy), keptX)];
  };
  return { value: tf.matMul<tf.Tensor>(x, tf.transpose(weight)), gradFunc };
});

/**
 * x · weightᵀ: [rows, in] · [out, in]ᵀ → [rows, out].
 *
 * The same as tf.matMul(x, weight, false, true), with transpositions written out: matMul's own
 * gradient is made with its transposing flags, which slow the WebAssembly backend's
 * multiplication down so far that a training step takes twice as long.
 */
export function timesTransposed(x: tf.Tensor2D, weight: tf.Tensor2D): tf.Tensor2D {
  return product(x, weight) as tf.Tensor2D;
}
