/** A recipe: everything about a run that a person chooses. */
import * as v from 'valibot';
import { auditChoicesSchema, FOUNDING_CHOICES } from './audit-choices';
import { modelSpecSchema, type ModelSpec } from './model-spec';

const atLeast0 = v.pipe(v.number(), v.finite(), v.minValue(0));
const share = v.pipe(v.number(), v.minValue(0), v.maxValue(0.8));
const wholeFrom = (least: number, most: number) =>
  v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most));

export const recipeSchema = v.strictObject({
  /** Key of {@link RECIPES} this recipe started from. */
  preset: v.string(),
  ...modelSpecSchema.entries,
  dropout: v.pipe(v.number(), v.minValue(0), v.maxValue(0.9)),
  epochs: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(10_000)),
  batchSize: v.pipe(v.number(), v.integer(), v.minValue(2), v.maxValue(4096)),
  /** Adam's learning rate at the start. */
  learningRate: v.pipe(v.number(), v.minValue(1e-7), v.maxValue(1)),
  /** Epochs without improvement of the total loss before the learning rate is halved; 0: never. */
  plateauPatience: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(10_000)),
  /** Weight of the contrastive loss in the first and the last epoch; linear between. */
  contrastiveStart: v.pipe(atLeast0, v.maxValue(100)),
  contrastiveEnd: v.pipe(atLeast0, v.maxValue(100)),
  temperature: v.pipe(v.number(), v.minValue(0.001), v.maxValue(100)),
  /** See StepSettings.contrastiveSelf. */
  contrastiveSelf: v.boolean(),
  // Recipes written before there was a choice leave out all that is optional.
  /**
   * What reconstruction is compared by: mean squared or mean absolute error of the normalised
   * parameters, mean squared error of the response in dB, or the same with each curve's mean taken
   * away ("shape"); see StepSettings.reconstruction.
   */
  reconstruction: v.optional(v.picklist(['mse', 'mae', 'response', 'shape']), 'mse'),
  /** A variational model's KL divergence has no weight up to this epoch. */
  klFrom: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(10_000)), 0),
  /** What its weight grows by in each epoch after that, and where it stops. */
  klStep: v.optional(v.pipe(atLeast0, v.maxValue(100)), 0),
  klMost: v.optional(v.pipe(atLeast0, v.maxValue(100)), 0),
  /** An unsigned 32-bit integer; every random number of the run follows from it. */
  seed: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(0xffff_ffff)),
  /** Share of rows held out, whole contributors; 0 trains on all rows. */
  holdout: share,
  /**
   * What is held out: whole contributors; single rows, which leaks, since one person's settings
   * are alike; or the contributors of one of `folds` parts, number `fold` from 1.
   */
  split: v.optional(v.picklist(['contributor', 'row', 'folds']), 'contributor'),
  folds: v.optional(wholeFrom(2, 20), 5),
  fold: v.optional(wholeFrom(1, 20), 1),
  /** Share of the training rows, whole contributors, that early stopping listens to; 0: none. */
  validation: v.optional(share, 0),
  /** Epochs without a better validation loss before the run ends with the best weights; 0: never. */
  stopPatience: v.optional(wholeFrom(0, 10_000), 0),
  /** Every row once an epoch, or rows drawn so that each word is as frequent as any other. */
  sampling: v.optional(v.picklist(['shuffled', 'balanced']), 'shuffled'),
  /**
   * Rows made up for each training row, by taking single bands from other training rows. They
   * train the reconstruction and have no word.
   */
  madeUp: v.optional(wholeFrom(0, 64), 0),
  /**
   * Whose word the contrastive loss takes a row to have: its own, or the one that most of its
   * nearest training rows have; see neighbourLabels. Rows without a word get one in that way, too.
   */
  labels: v.optional(v.picklist(['own', 'neighbours']), 'own'),
  /** How many of the nearest training rows have a say where `labels` is "neighbours". */
  neighbours: v.optional(wholeFrom(1, 1000), 15),
  /** Whether rows of other words train the reconstruction too, without a word. */
  otherRows: v.optional(v.boolean(), false),
  /** What the normaliser makes of the 13 parameters; see fitNormaliser. */
  normaliser: v.optional(
    v.picklist(['data', 'z-score', 'fixed-log', 'plug-in-linear', 'plug-in-log']),
    'data',
  ),
  /** Halved on a plateau, or down a half cosine to 0 after a linear warm-up. */
  schedule: v.optional(v.picklist(['plateau', 'cosine']), 'plateau'),
  /** Share of the epochs in which a cosine schedule's rate grows from 0. */
  warmUp: v.optional(share, 0.1),
  /** Decoupled weight decay: share of a linear layer's weight taken per step, times the rate. */
  weightDecay: v.optional(v.pipe(atLeast0, v.maxValue(10)), 0),
  /** What is done about what the audit finds, before anything is trained or held out. */
  audit: v.optional(auditChoicesSchema, FOUNDING_CHOICES),
});

export type Recipe = v.InferOutput<typeof recipeSchema>;

/** The part of a recipe that fixes the model's shape. */
export function specOf(recipe: Recipe): ModelSpec {
  const { latent, hidden, activation, normalisation, projection, body, variational } = recipe;
  const { input, latentActivation, output } = recipe;
  return {
    latent,
    hidden,
    activation,
    normalisation,
    projection,
    body,
    variational,
    input,
    latentActivation,
    output,
  };
}
