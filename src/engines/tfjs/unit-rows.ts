/** Rows scaled to length 1. */
import * as tf from '@tensorflow/tfjs';

/** Squared length below which a row is not scaled to length 1 (PyTorch's 1e-12, squared). */
const SMALLEST_SQUARE = 1e-24;

/** [rows, width] → [rows, width] */
export function unitRows(x: tf.Tensor2D): tf.Tensor2D {
  const squares = tf.sum(tf.square(x), 1, true);
  return tf.div<tf.Tensor2D>(x, tf.sqrt(tf.maximum(squares, SMALLEST_SQUARE)));
}
