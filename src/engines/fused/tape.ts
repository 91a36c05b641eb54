/**
 * The format of the tape: one training step as a table of operations on matrices in one arena.
 *
 * The tape is made in one place (build-tape) and interpreted by every fused engine: WebAssembly,
 * WGSL and the float64 reference. An interpreter needs one kernel for each member of {@link Op}.
 *
 * The four phases are the only points where rows of a batch wait for one another:
 *
 * 1. `forward`: a row of a result depends on the same row of its operands only, so any block of
 *    rows may go through all operations at once.
 * 2. `contrastive`: a row reads all rows' points.
 * 3. `backward`: a row reads all rows' points and log-sums, and otherwise only itself.
 * 4. `update`: a tile of a tensor reads all rows of two matrices, and changes only its own part of
 *    the weights, their transposed copy and Adam's moments.
 *
 * Within a phase, operations on the same rows (or tile) go in the tape's order.
 */
import type { TensorEntry } from '../../model/parameter-table';
import type { ModelSpec } from '../../model/spec';
import type { StepSettings } from '../engine';

export const PHASES = ['forward', 'contrastive', 'backward', 'update'] as const;
export type Phase = (typeof PHASES)[number];

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

export type Activation = 'none' | 'relu' | 'silu' | 'tanh' | 'sigmoid';

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
   * (1 where y > 0). tanh: y, 1 − y². sigmoid: y, y (1 − y). silu: the kept input x,
   * s + x s (1 − s), s = sigmoid x.
   */
  readonly saved: Matrix | null;
}

/** x: rows of the examples, in the epoch's order; labels: their words, as floats. */
interface Gather {
  readonly op: 'gather';
  /** [batch, 13] */
  readonly inputs: Matrix;
  /** [1, batch] */
  readonly labels: Matrix;
}

/** y = finish(x · weightᵀ + bias) */
interface Linear {
  readonly op: 'linear';
  /** [batch, in] */
  readonly x: Matrix;
  readonly layer: LinearLayer;
  /** [batch, out] */
  readonly y: Matrix;
  readonly finish: Finish;
}

/** Factors of {@link dropoutMask} at this site. */
interface Dropout {
  readonly op: 'dropout';
  /** [batch, width]: 0 or 1 / (1 − dropout) */
  readonly factors: Matrix;
  /** Number of the hidden layer: the encoder's first, then the decoder's. */
  readonly site: number;
}

/**
 * x̂ = (x − mean) · inverse, inverse = 1 / √(variance + ε), by row, in the place of x;
 * y = finish(x̂ ⊙ scale + shift).
 */
interface Normalise {
  readonly op: 'normalise';
  /** [batch, width]; x before, x̂ after. */
  readonly x: Matrix;
  /** [1, batch] */
  readonly inverse: Matrix;
  readonly norm: LayerNorm;
  /** [batch, width] */
  readonly y: Matrix;
  readonly finish: Finish;
}

/**
 * z = mean + deviation, deviation = exp(½ logVariance) ⊙ noise, the noise being {@link latentNoise}
 * of the step; a row's loss is −½ Σ (1 + logVariance − mean² − exp logVariance) over its columns:
 * the KL divergence of the normal distribution with that mean and variance from the standard one.
 *
 * Source: D. P. Kingma, M. Welling, "Auto-encoding variational Bayes", ICLR 2014, appendix B.
 */
interface Sample {
  readonly op: 'sample';
  /** [batch, latent] */
  readonly mean: Matrix;
  /** [batch, latent] */
  readonly logVariance: Matrix;
  /** [batch, latent]: kept for the way back. */
  readonly deviation: Matrix;
  /** [batch, latent] */
  readonly z: Matrix;
  /** Of each row, [1, batch] */
  readonly losses: Matrix;
}

/** unit = x · inverse, inverse = 1 / √max(Σ x², 1e-24), by row. */
interface UnitRows {
  readonly op: 'unitRows';
  /** [batch, width] */
  readonly x: Matrix;
  /** [batch, width] */
  readonly unit: Matrix;
  /** [width, batch]: the same once more, so that `similarity` reads along rows. */
  readonly transposed: Matrix;
  /** [1, batch] */
  readonly inverse: Matrix;
}

/**
 * mse: a row's loss is the mean over parameters of (output − target)²; gradient: that of the mean
 * over the batch's rows, 2 (output − target) / (rows × 13), finished. mae: likewise of
 * |output − target|, whose gradient is sign(output − target) / (rows × 13), 0 where they are equal.
 */
interface Reconstruction {
  readonly op: 'reconstruction';
  readonly kind: StepSettings['reconstruction'];
  /** [batch, 13] */
  readonly output: Matrix;
  /** [batch, 13] */
  readonly target: Matrix;
  /** Of each row, [1, batch] */
  readonly losses: Matrix;
  /** [batch, 13] */
  readonly gradient: Matrix;
  readonly finish: GradientFinish;
}

/**
 * s_rj = unit_r · unit_j / temperature. By row: logSum_r = log Σ_j exp s_rj (over j ≠ r when the
 * settings leave the row itself out); share_r = 1 / (number of other rows of the same label), 0
 * where there are none; loss_r = Σ_j share_r · (logSum_r − s_rj) over those rows.
 */
interface Similarity {
  readonly op: 'similarity';
  /** [batch, width] */
  readonly unit: Matrix;
  /** [width, batch] */
  readonly transposed: Matrix;
  /** [1, batch] */
  readonly labels: Matrix;
  /** s, [batch, batch] */
  readonly pairs: Matrix;
  /** [1, batch] */
  readonly logSums: Matrix;
  /** [1, batch] */
  readonly shares: Matrix;
  /** Of each row, [1, batch] */
  readonly losses: Matrix;
}

/**
 * gradient_r = Σ_j c_rj unit_j, where c_rj = contrastiveWeight / (rows · temperature) ×
 * (p_rj + p_jr − t_rj − t_jr), p_rj = exp(s_rj − logSum_r) where row r has partners (and j counts
 * in its sum) else 0, t_rj = share_r where j is a partner of r else 0. s is symmetric, so p_jr
 * needs nothing of row j but its logSum and share.
 */
interface SimilarityBack {
  readonly op: 'similarityBack';
  /** [batch, batch]; s before, c after. */
  readonly pairs: Matrix;
  /** [1, batch] */
  readonly logSums: Matrix;
  /** [1, batch] */
  readonly shares: Matrix;
  /** [1, batch] */
  readonly labels: Matrix;
  /** [batch, width] */
  readonly unit: Matrix;
  /** [batch, width] */
  readonly gradient: Matrix;
}

/**
 * gradient of x = inverse × (g − unit (unit · g)), g being the gradient of unit; inverse × g for
 * a row whose length was below 1e-12. Then finished.
 */
interface UnitRowsBack {
  readonly op: 'unitRowsBack';
  /** [batch, width] */
  readonly unit: Matrix;
  /** [1, batch] */
  readonly inverse: Matrix;
  /** [batch, width] */
  readonly unitGradient: Matrix;
  /** [batch, width] */
  readonly gradient: Matrix;
  readonly finish: GradientFinish;
}

/**
 * What is added to g, the gradient of z, and what becomes of it, where k = klWeight / rows:
 * gradient of mean = g + k mean, of logVariance = ½ (g ⊙ deviation + k (exp logVariance − 1)).
 */
interface SampleBack {
  readonly op: 'sampleBack';
  /** [batch, latent] */
  readonly mean: Matrix;
  /** [batch, latent] */
  readonly logVariance: Matrix;
  /** [batch, latent] */
  readonly deviation: Matrix;
  /** g, [batch, latent] */
  readonly outputGradient: Matrix;
  /** [batch, latent] */
  readonly meanGradient: Matrix;
  /** [batch, latent] */
  readonly logVarianceGradient: Matrix;
}

/** gradient of x = finish(outputGradient · weight). */
interface LinearBack {
  readonly op: 'linearBack';
  /** [batch, out] */
  readonly outputGradient: Matrix;
  readonly layer: LinearLayer;
  /** [batch, in] */
  readonly gradient: Matrix;
  readonly finish: GradientFinish;
}

/**
 * gradient of x = inverse × (g − mean(g) − x̂ mean(g ⊙ x̂)), g = outputGradient ⊙ scale, the means
 * being over the row.
 */
interface NormaliseBack {
  readonly op: 'normaliseBack';
  /** [batch, width] */
  readonly outputGradient: Matrix;
  /** x̂, [batch, width] */
  readonly unit: Matrix;
  /** [1, batch] */
  readonly inverse: Matrix;
  readonly norm: LayerNorm;
  /** [batch, width] */
  readonly gradient: Matrix;
}

/**
 * Adam with the gradients outputGradientᵀ · x of the weight and Σ_rows outputGradient of the bias;
 * renews the transposed copy.
 */
interface UpdateLinear {
  readonly op: 'updateLinear';
  /** [batch, in] */
  readonly x: Matrix;
  /** [batch, out] */
  readonly outputGradient: Matrix;
  readonly layer: LinearLayer;
}

/** Adam with the gradients Σ_rows outputGradient ⊙ x̂ of scale and Σ_rows outputGradient of shift. */
interface UpdateNorm {
  readonly op: 'updateNorm';
  /** x̂, [batch, width] */
  readonly unit: Matrix;
  /** [batch, width] */
  readonly outputGradient: Matrix;
  readonly norm: LayerNorm;
}

/** Numbers that a step adds to the epoch's list of losses. */
export const LOSS_SUMS = 3;

/** Writes this step's [Σ_rows reconstruction, Σ_rows contrastive, Σ_rows kl] to the epoch's list. */
interface SumLosses {
  readonly op: 'sumLosses';
  /** [1, batch] */
  readonly reconstruction: Matrix;
  /** [1, batch] */
  readonly contrastive: Matrix;
  /** [1, batch]; null, for sums of 0, where the model is not variational. */
  readonly kl: Matrix | null;
}

export type Op =
  | Gather
  | Linear
  | Dropout
  | Normalise
  | Sample
  | UnitRows
  | Reconstruction
  | Similarity
  | SimilarityBack
  | UnitRowsBack
  | SampleBack
  | LinearBack
  | NormaliseBack
  | UpdateLinear
  | UpdateNorm
  | SumLosses;

/** Which consecutive forward operations turn `input` into `output`. */
export interface Span {
  readonly ops: readonly Op[];
  readonly input: Matrix;
  readonly output: Matrix;
}

export interface Tape {
  readonly spec: ModelSpec;
  /** Most rows of a batch. */
  readonly batchSize: number;
  /** Operations in order, by phase. */
  readonly phases: Readonly<Record<Phase, readonly Op[]>>;
  /**
   * [batch, 13] → [batch, latent], for use of the model: dropout operations are left out. It ends
   * at the mean where the model is variational.
   */
  readonly encode: Span;
  /** [batch, latent] → [batch, 13], likewise. */
  readonly decode: Span;
  /** In the order of the parameter table. */
  readonly parameters: readonly Parameter[];
  readonly layers: readonly LinearLayer[];
  /** Every matrix, in the order of its place. */
  readonly matrices: readonly Matrix[];
  /** Size of the arena in floats. */
  readonly arenaSize: number;
}
