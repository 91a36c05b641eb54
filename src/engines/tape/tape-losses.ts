/** The tape's operations that take a loss and its gradient. */
import type { GradientFinish, Matrix } from './tape-operands';

/**
 * Where mask is left out it is 1. mse: a row's loss is Σ mask (output − target)² / 13 over the
 * parameters; gradient: that of the mean over the batch's rows, 2 mask (output − target) /
 * (rows × 13), finished. mae: likewise of |output − target|, whose gradient is
 * mask sign(output − target) / (rows × 13), 0 where they are equal.
 */
export interface Reconstruction {
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
export interface Response {
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
export interface Similarity {
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
export interface SimilarityBack {
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
 * With p the softmax of a row's logits and t its votes, which sum to 1, or to 0 where it has none:
 * loss = Σ t (log t − log p), the divergence of p from t; gradient of the logits =
 * contrastiveWeight / rows × (p Σ t − t).
 */
export interface WordLoss {
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
