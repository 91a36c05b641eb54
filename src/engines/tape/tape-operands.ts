/** What the tape's operations work on. */
import type { TensorEntry } from '../../model/parameter-table';

/**
 * A matrix in the arena. Its columns lie in panels: element (row, column) is at
 *
 *   offset + ⌊column / panel⌋ × rows × panel + row × panel + column mod panel
 *
 * A matrix of one panel is a plain row-major one whose row stride is `panel`. Places beyond the
 * last column are padding: always zero, and every operation leaves them zero (exception: a matrix
 * whose columns are the batch's rows, beyond the rows that a short batch has).
 */
export interface Matrix {
  readonly name: string;
  readonly rows: number;
  readonly columns: number;
  /** Columns in a panel. */
  readonly panel: number;
  /** First element's place in the arena, in floats; a multiple of 16. */
  readonly offset: number;
  /** Which sides count the batch's rows: these are run-time values, here their largest. */
  readonly batch: 'none' | 'rows' | 'columns' | 'both';
}

/** One tensor of the model with Adam's memory of it. Vectors are matrices of one row. */
export interface Parameter {
  readonly entry: TensorEntry;
  /** A linear layer's weight is [out, in]. */
  readonly value: Matrix;
  readonly firstMoment: Matrix;
  readonly secondMoment: Matrix;
}

export interface LinearLayer {
  /** [out, in]: read along its rows by `linearBack`. */
  readonly weight: Parameter;
  /** [in, out]: a copy of the weight, read along its rows by `linear`. */
  readonly transposed: Matrix;
  readonly bias: Parameter;
}

/** Layer normalisation's own tensors. */
export interface LayerNorm {
  readonly scale: Parameter;
  readonly shift: Parameter;
}

/**
 * `heads` is for 13 columns, each with its own [low, high] and steepness k out of OUTPUT_HEADS:
 * y = low + (high − low) sigmoid(k x).
 */
export type Activation = 'none' | 'relu' | 'silu' | 'tanh' | 'sigmoid' | 'heads';

/** What becomes of a result before it is stored: y = factors ⊙ activation(result + add). */
export interface Finish {
  readonly add: Matrix | null;
  readonly activation: Activation;
  /** Where result + add is kept for the way back; null where y itself tells enough. */
  readonly kept: Matrix | null;
  /** Dropout factors, left out when the model is only used. */
  readonly factors: Matrix | null;
}

/**
 * What becomes of a gradient before it is stored: (gradient + add) ⊙ factors ⊙ activation′, so
 * that a stored gradient is one with respect to result + add of the {@link Finish} before.
 * `add` may be the matrix that is being written.
 */
export interface GradientFinish {
  readonly add: Matrix | null;
  readonly factors: Matrix | null;
  readonly activation: Activation;
  /**
   * What activation′ is computed from; null when the activation is `none`. relu: the output y
   * (1 where y > 0). tanh: y, 1 − y². sigmoid: y, y (1 − y). heads: y,
   * k (y − low) (high − y) / (high − low). silu: the kept input x, s + x s (1 − s), s = sigmoid x.
   */
  readonly saved: Matrix | null;
}
