/**
 * The map with its words drawn apart: a choice of drawing, which changes neither the model nor what
 * any place decodes to.
 *
 * A latent z is drawn at z′ = z + A · Uᵀ softmax(β (M z + b)), M and b being the word head and U the
 * rows of M less their mean, divided by their mean length s. But for a constant vector that is the
 * gradient of ½ |z|² + A / (β s) · logsumexp(β (M z + b)), which is at least as convex as ½ |z|². So no
 * two latents are drawn nearer to each other than they are, and Newton's method finds the latent of
 * every place.
 */
import { InputError } from '../base/input-error';
import { solvePositive } from '../math/linear-algebra';
import { wordHeadOf } from '../model/word-head';
import type { Model } from '../model/model';

/**
 * β: how sure of a word a latent must be to be drawn to it as a whole.
 *
 * Chosen on inner folds of the training contributors of the splits 31 to 35 of the SAFE-DB file, in
 * three parts each, one training of the default recipe for each of the fifteen: the smallest of 0.25,
 * 0.5, 1, 1.5, 2, 3, 4 and 6 whose silhouette of held-out rows of warm and bright is within 0.01 of the
 * best at every amount. At the amounts 0, 20, 50 and 200 its means were 0.292, 0.560, 0.619 and 0.657
 * in the latent's 8 dimensions (standard deviations 0.08 to 0.14), and 0.427, 0.610, 0.643 and 0.664 in
 * the map's two; β = 1 gave 0.292, 0.503, 0.553 and 0.581 in eight, β = 6 0.564, 0.623 and 0.662.
 */
export const SHARPNESS = 4;

/**
 * The amounts that are offered, A. At 0, where every map begins, nothing is drawn apart: what parts
 * the words further is the drawing, not the model.
 */
export const AMOUNTS: readonly number[] = [0, 5, 10, 20, 50, 100, 200];

/**
 * Those of the ready-made model beside 0, whose maps are shipped with it in place of its rows. They are few, so
 * that a row's places are fewer numbers than its latent has, and do not tell what it is.
 */
export const READY_AMOUNTS: readonly number[] = [20, 100];

/** What draws latents to words; plain numbers that can be posted. */
export interface WordPull {
  /** A, in the latent's units. */
  readonly amount: number;
  /** β */
  readonly sharpness: number;
  /** M, [words][latent] */
  readonly weight: readonly (readonly number[])[];
  /** b, [words] */
  readonly bias: readonly number[];
  /** U, [words][latent] */
  readonly directions: readonly (readonly number[])[];
  /** s */
  readonly scale: number;
}

/** How near to a place the latent found must be drawn; the latent is as near to the right one. */
const TOLERANCE = 1e-9;
/** The same as a share of the place's distance from 0, above rounding: for places very far away. */
const RELATIVE_TOLERANCE = 1e-13;
/** A search from afar takes some twenty steps. */
const MOST_STEPS = 200;
/** Halvings of a step; what a step this short gains is below rounding. */
const MOST_HALVINGS = 40;
/** Share of what a step promises that it must keep. */
const KEPT = 1e-4;

/**
 * @param amount A, 0 or more
 * @returns null where the model has no word head, or one that tells no words apart
 */
export function wordPull(
  { document, weights }: Pick<Model, 'document' | 'weights'>,
  amount: number,
): WordPull | null {
  const head = wordHeadOf(document.spec, weights);
  return head === null ? null : pullOf(head, amount, SHARPNESS);
}

/** The same of a word head; see {@link wordPull}. */
export function pullOf(
  { weight, bias }: Pick<WordPull, 'weight' | 'bias'>,
  amount: number,
  sharpness: number,
): WordPull | null {
  const mean = (weight[0] ?? []).map(
    (_, d) => weight.reduce((sum, row) => sum + (row[d] ?? 0), 0) / weight.length,
  );
  const centred = weight.map((row) => row.map((value, d) => value - (mean[d] ?? 0)));
  const scale = centred.reduce((sum, row) => sum + Math.hypot(...row), 0) / centred.length;
  if (!(scale > 0)) return null;
  const directions = centred.map((row) => row.map((value) => value / scale));
  return { amount, sharpness, weight, bias, directions, scale };
}

/**
 * Where a latent is drawn, in the latent's space.
 *
 * @param latent [latent]
 * @returns [latent]
 */
export function drawnApart(latent: ArrayLike<number>, pull: WordPull): number[] {
  const shares = sharesAt(latent, pull);
  return Array.from(latent, (value, d) => value + pull.amount * towards(pull, shares, d));
}

/**
 * The latent that is drawn at a place: {@link drawnApart} the other way round, by Newton's method with
 * steps halved until they come nearer.
 *
 * @param place [latent]
 * @returns [latent], to within 1e-8
 * @throws InputError where the search comes to no end, which numbers of ordinary size never make it do
 */
export function latentDrawnAt(place: ArrayLike<number>, pull: WordPull): number[] {
  const tolerance = Math.max(TOLERANCE, RELATIVE_TOLERANCE * length(Array.from(place)));
  let latent = Array.from(place);
  let missing = missingAt(latent, place, pull);
  for (let step = 0; step < MOST_STEPS; step++) {
    const error = length(missing);
    if (error <= tolerance) return latent;
    const change = solvePositive(slopesAt(latent, pull), missing);
    let next: number[] | null = null;
    for (let halving = 0, share = 1; halving < MOST_HALVINGS; halving++, share /= 2) {
      const tried = latent.map((value, d) => value + share * (change[d] ?? 0));
      const left = missingAt(tried, place, pull);
      if (!(length(left) <= (1 - KEPT * share) * error)) continue;
      next = tried;
      missing = left;
      break;
    }
    if (next === null) break;
    latent = next;
  }
  throw new InputError('No latent was found for this place of the map: draw the words less apart.');
}

/** softmax(β (M z + b)), [words] */
function sharesAt(latent: ArrayLike<number>, { sharpness, weight, bias }: WordPull): number[] {
  const logits = weight.map(
    (row, word) =>
      sharpness * row.reduce((sum, value, d) => sum + value * (latent[d] ?? 0), bias[word] ?? 0),
  );
  const largest = Math.max(...logits);
  const powers = logits.map((logit) => Math.exp(logit - largest));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}

/** Mean of the words' directions by their shares, in one dimension. */
function towards({ directions }: WordPull, shares: readonly number[], d: number): number {
  return shares.reduce((sum, share, word) => sum + share * (directions[word]?.[d] ?? 0), 0);
}

function missingAt(latent: readonly number[], place: ArrayLike<number>, pull: WordPull): number[] {
  return drawnApart(latent, pull).map((value, d) => (place[d] ?? 0) - value);
}

/** The derivative of {@link drawnApart}, I + A β s · Uᵀ (diag p − p pᵀ) U, [latent][latent]. */
function slopesAt(latent: readonly number[], pull: WordPull): number[][] {
  const { amount, sharpness, directions, scale } = pull;
  const shares = sharesAt(latent, pull);
  const means = latent.map((_, d) => towards(pull, shares, d));
  const factor = amount * sharpness * scale;
  return latent.map((_, i) =>
    latent.map((__, j) => {
      const spread = directions.reduce(
        (sum, row, word) =>
          sum +
          (shares[word] ?? 0) *
            ((row[i] ?? 0) - (means[i] ?? 0)) *
            ((row[j] ?? 0) - (means[j] ?? 0)),
        0,
      );
      return Number(i === j) + factor * spread;
    }),
  );
}

function length(values: readonly number[]): number {
  return Math.hypot(...values);
}
