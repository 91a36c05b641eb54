/** Numbers that the records of a program and the kernels that read them agree on. */
import type { Activation } from '../tape/tape';

/** In the place of a matrix or vector that is not there. */
export const NONE = 0xffff_ffff;

/** In the place of a size that is the number of the batch's rows. */
export const BATCH = 0;

/** Operations on rows. */
export const OP = {
  GATHER: 0,
  TAKE: 1,
  GIVE: 2,
  PRODUCT: 3,
  DROPOUT: 4,
  NORMALISE: 5,
  NORMALISE_BACK: 6,
  RECONSTRUCTION: 7,
  UNIT_ROWS: 8,
  SIMILARITY: 9,
  COEFFICIENTS: 10,
  UNIT_ROWS_BACK: 11,
  FINISH: 12,
  SAMPLE: 13,
  MEAN_BACK: 14,
  LOG_VARIANCE_BACK: 15,
  RESPONSE: 16,
  SHAPE: 17,
  HEADS: 18,
  HEADS_BACK: 19,
  WORD_LOSS: 20,
} as const;

/** Reconstruction losses. */
export const RECONSTRUCTION_KIND = { MSE: 0, MAE: 1 } as const;

/** What the tiles of the update do. */
export const UPDATE = { UPDATE_LINEAR: 0, UPDATE_NORM: 1, SUM_LOSSES: 2 } as const;

export const ACTIVATION = { LINEAR: 0, RELU: 1, SILU: 2, TANH: 3, SIGMOID: 4 } as const;

export const ACTIVATION_CODES: Readonly<Record<Activation, number>> = {
  none: ACTIVATION.LINEAR,
  relu: ACTIVATION.RELU,
  silu: ACTIVATION.SILU,
  tanh: ACTIVATION.TANH,
  sigmoid: ACTIVATION.SIGMOID,
  // Operations of their own.
  heads: ACTIVATION.LINEAR,
};
