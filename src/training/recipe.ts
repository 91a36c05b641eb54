/** A recipe: everything about a run that a person chooses. */
import * as v from 'valibot';
import { modelSpecSchema, type ModelSpec } from '../model/spec';

const atLeast0 = v.pipe(v.number(), v.finite(), v.minValue(0));

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
  // Recipes written before there was a choice leave the next four out.
  /** Mean squared or mean absolute error; see StepSettings.reconstruction. */
  reconstruction: v.optional(v.picklist(['mse', 'mae']), 'mse'),
  /** A variational model's KL divergence has no weight up to this epoch. */
  klFrom: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(10_000)), 0),
  /** What its weight grows by in each epoch after that, and where it stops. */
  klStep: v.optional(v.pipe(atLeast0, v.maxValue(100)), 0),
  klMost: v.optional(v.pipe(atLeast0, v.maxValue(100)), 0),
  /** An unsigned 32-bit integer; every random number of the run follows from it. */
  seed: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(0xffff_ffff)),
  /** Share of rows held out, whole contributors; 0 trains on all rows. */
  holdout: v.pipe(v.number(), v.minValue(0), v.maxValue(0.8)),
});

export type Recipe = v.InferOutput<typeof recipeSchema>;

/** The recipes offered, by key. */
export const RECIPES = {
  'seed-v2': {
    title: 'Seed V2',
    summary: 'The founding model: a residual autoencoder with a contrastive pull between words.',
    recipe: {
      preset: 'seed-v2',
      latent: 32,
      hidden: [64, 128, 64],
      activation: 'relu',
      normalisation: 'layer',
      projection: 128,
      body: 'residual',
      variational: false,
      dropout: 0.1,
      epochs: 150,
      batchSize: 64,
      learningRate: 0.001,
      plateauPatience: 20,
      contrastiveStart: 0.1,
      contrastiveEnd: 0.5,
      temperature: 0.1,
      contrastiveSelf: true,
      reconstruction: 'mse',
      klFrom: 0,
      klStep: 0,
      klMost: 0,
      seed: 1,
      holdout: 0.2,
    },
  },
} as const satisfies Record<string, { title: string; summary: string; recipe: Recipe }>;

export type RecipeName = keyof typeof RECIPES;

/** The part of a recipe that fixes the model's shape. */
export function specOf(recipe: Recipe): ModelSpec {
  const { latent, hidden, activation, normalisation, projection, body, variational } = recipe;
  return { latent, hidden, activation, normalisation, projection, body, variational };
}
