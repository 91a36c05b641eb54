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
import type { ModelSpec } from '../../recipe/model-spec';
import type { Reconstruction, Response, Similarity, SimilarityBack, WordLoss } from './tape-losses';
import type {
  Finish,
  GradientFinish,
  LayerNorm,
  LinearLayer,
  Matrix,
  Parameter,
} from './tape-operands';

export type * from './tape-operands';

export const PHASES = ['forward', 'contrastive', 'backward', 'update'] as const;
export type Phase = (typeof PHASES)[number];

/**
 * Rows of the examples, in the epoch's order, which may be longer than the examples and name a row
 * twice. labels: their words, as floats, −1 for a row without one.
 */
interface Gather {
  readonly op: 'gather';
  /** [batch, input width] */
  readonly inputs: Matrix;
  /** [batch, 13 or 64]; null where the inputs are the targets. */
  readonly targets: Matrix | null;
  /** [batch, 13]; null where the examples have none. */
  readonly mask: Matrix | null;
  /** Shares of the words among a row's neighbours, [batch, words]; null without a word head. */
  readonly votes: Matrix | null;
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
 * Adam with the gradients outputGradientᵀ · x of the weight, which is first multiplied by the
 * step's `kept` (weight decay), and Σ_rows outputGradient of the bias; renews the transposed copy.
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

/**
 * Writes this step's [Σ_rows reconstruction, Σ_rows contrastive, Σ_rows kl] to the epoch's list. With
 * a word head the second is its loss.
 */
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
  | Response
  | Similarity
  | SimilarityBack
  | UnitRowsBack
  | WordLoss
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
   * [batch, input width] → [batch, latent], for use of the model: dropout operations are left out. It ends
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
