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
 * Where mask is left out it is 1. mse: a row's loss is Σ mask (output − target)² / 13 over the
 * parameters; gradient: that of the mean over the batch's rows, 2 mask (output − target) /
 * (rows × 13), finished. mae: likewise of |output − target|, whose gradient is
 * mask sign(output − target) / (rows × 13), 0 where they are equal.
 */
interface Reconstruction {
  readonly op: 'reconstruction';
  readonly kind: 'mse' | 'mae';
  /** [batch, 13] */
  readonly output: Matrix;
  /** [batch, 13] */
  readonly target: Matrix;
  /** [batch, 13] */
  readonly mask: Matrix | null;
  /** Of each row, [1, batch] */
  readonly losses: Matrix;
  /** [batch, 13] */
  readonly gradient: Matrix;
  readonly finish: GradientFinish;
}

/**
 * The response error in dB of the five bands that a row's outputs make, at the grid's 64 points.
 *
 * An output v of column c is x = from + v (to − from), or 10 to that power less the offset, by the
 * settings' columns; x′ = dx/dv is to − from, or that times ln 10 (x + offset). With fs the grid's
 * rate, F a point's frequency (its cot²(π F / fs) is a constant) and gain, f and Q a band's own:
 *
 *   A = 10^(gain / 40), ρ = tan²(π f / fs) cot²(π F / fs), κ = 1 / 0.71² − 2
 *   bell        N / D with o = (ρ − 1)², w = ρ / Q²: N = o + A² w, D = o + w / A²
 *   low shelf   A² M₁ / M₂ with M₁ = A² ρ² + 1 + κ A ρ, M₂ = ρ² + A² + κ A ρ
 *   high shelf  A² M₂ / M₁
 *
 * difference = 10 log₁₀ of the product of the five, less the target; for `shape` (`levelFree`) less
 * its own mean over the points too. A row's loss is the mean of difference² over the points. With
 * g = (10 / ln 10) · 2 difference / (64 × rows), what a band's three parameters get is Σ g · e over
 * the points, where e, the derivative of ln of the band's factor, is
 *
 *   bell        by ln A  2 w (A² D + N / A²) / (N D)
 *               by ln f  K w (1 − ρ) (1 + ρ) / (N D) · 4h / sin 2h, h = π f / fs, K = A² − 1 / A²
 *               by ln Q  −2 K w o / (N D)
 *   low shelf   by ln A  (2 A² ρ² + κ A ρ) / M₁ + (2 ρ² + κ A ρ) / M₂
 *               by ln f  (A² − 1) ρ (2 (A² + 1) ρ + κ A (ρ² + 1)) / (M₁ M₂) · 4h / sin 2h
 *   high shelf  by ln A  (2 + κ A ρ) / M₁ + (2 A² + κ A ρ) / M₂
 *               by ln f  that of the low shelf, times −1
 *
 * and a column's gradient is that times x′ ln 10 / 40 for a gain, x′ / x otherwise; then finished.
 *
 * Nothing but 1 − ρ, differences of A from 1, and `difference` itself subtracts, and next to a
 * small 1 − ρ stands w; so float32 has enough digits down to 20 Hz.
 *
 * Source: the filters of src/eq/response.ts, R. Bristow-Johnson's cookbook; its p and r have the
 * quotient ρ, and its α² φ (1 − φ) is p r / Q².
 */
interface Response {
  readonly op: 'response';
  /** Whether a curve's mean is taken away: the loss `shape`. */
  readonly levelFree: boolean;
  /** v, [batch, 13] */
  readonly output: Matrix;
  /** dB, [batch, 64] */
  readonly target: Matrix;
  /** [batch, 64]: room for what the way back needs. */
  readonly differences: Matrix;
  /** Of each row, [1, batch] */
  readonly losses: Matrix;
  /** [batch, 13] */
  readonly gradient: Matrix;
  readonly finish: GradientFinish;
}

/**
 * s_rj = unit_r · unit_j / temperature. By row: logSum_r = log Σ_j exp s_rj over the rows j that
 * have a label (and j ≠ r when the settings leave the row itself out); share_r = 1 / (number of
 * other rows of the same label), 0 where there are none or the row has no label;
 * loss_r = Σ_j share_r · (logSum_r − s_rj) over those rows. A label of −1 is none.
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
 * (p_rj + p_jr − t_rj − t_jr), p_rj = exp(s_rj − logSum_r) where row r has partners and j counts
 * in its sum, else 0, t_rj = share_r where j is a partner of r else 0. s is symmetric, so p_jr
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

/**
 * With p the softmax of a row's logits and t its votes, which sum to 1, or to 0 where it has none:
 * loss = Σ t (log t − log p), the divergence of p from t; gradient of the logits =
 * contrastiveWeight / rows × (p Σ t − t).
 */
interface WordLoss {
  readonly op: 'wordLoss';
  /** [batch, words] */
  readonly logits: Matrix;
  /** t, [batch, words] */
  readonly votes: Matrix;
  /** Of each row, [1, batch] */
  readonly losses: Matrix;
  /** [batch, words] */
  readonly gradient: Matrix;
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
