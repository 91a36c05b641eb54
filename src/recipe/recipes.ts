/** The recipes offered. */
import * as v from 'valibot';
import { FOUNDING_CHOICES, SENSIBLE_CHOICES } from './audit-choices';
import type { WordChoice } from './word-choice';
import { recipeSchema, type Recipe } from './recipe';

export type RecipeName =
  | 'warmbright'
  | 'seed-v1'
  | 'seed-v2'
  | 'seed-v3'
  | 'seed-v2-300-epochs'
  | 'seed-v2-weight-0.7'
  | 'seed-v2-10-examples'
  | 'seed-v2-latent-64'
  | 'seed-v2-batch-128'
  | 'flow-eq-1'
  | 'flow-eq-2'
  | 'flow-eq-3';

export interface OfferedRecipe {
  readonly title: string;
  /** What it is, in a sentence or two. */
  readonly summary: string;
  /** Where it stands in a list. */
  readonly group: 'Warmbright' | 'The seed log' | 'The log’s proposals' | 'flowEQ';
  /** The words it is meant for, unless a person chooses others. */
  readonly words: WordChoice;
  readonly recipe: Recipe;
}

/** What it leaves out is as it was before that could be chosen: the default of the table. */
const SEED_V2_SETTINGS: v.InferInput<typeof recipeSchema> = {
  preset: 'seed-v2',
  latent: 32,
  hidden: [64, 128, 64],
  activation: 'relu',
  normalisation: 'layer',
  projection: 128,
  dropout: 0.1,
  epochs: 150,
  batchSize: 64,
  learningRate: 0.001,
  plateauPatience: 20,
  contrastiveStart: 0.1,
  contrastiveEnd: 0.5,
  temperature: 0.1,
  contrastiveSelf: true,
  holdout: 0.2,
  seed: 1,
};
const SEED_V2 = v.parse(recipeSchema, SEED_V2_SETTINGS);

const WARMBRIGHT: Recipe = {
  ...SEED_V2,
  preset: 'warmbright',
  latent: 8,
  hidden: [128, 128],
  activation: 'silu',
  normalisation: 'none',
  projection: null,
  input: 'response',
  latentActivation: 'none',
  latentSkip: true,
  wordHead: true,
  dropout: 0,
  epochs: 40,
  batchSize: 128,
  learningRate: 0.006,
  plateauPatience: 0,
  contrastiveStart: 1,
  contrastiveEnd: 1,
  contrastiveSelf: false,
  reconstruction: 'response',
  labels: 'neighbours',
  neighbours: 31,
  madeUp: 8,
  madeUpSets: 4,
  exchange: 1,
  drawnBands: 0.2,
  otherRows: true,
  normaliser: 'plug-in-log-wide',
  schedule: 'cosine',
  weightDecay: 0.1,
  beta2: 0.98,
  audit: SENSIBLE_CHOICES,
};

/** Seed V2 with one change: what the seed log proposed to try next. */
function proposal(
  preset: RecipeName,
  title: string,
  change: Partial<Recipe>,
  words: WordChoice = { atLeast: 5 },
): OfferedRecipe {
  return {
    title: `Seed V2, ${title}`,
    summary: `A proposal of the seed log: Seed V2 with one change, ${title}.`,
    group: 'The log’s proposals',
    words,
    recipe: { ...SEED_V2, preset, ...change },
  };
}

/**
 * The autoencoder of flowEQ. Its weight of the KL divergence may grow to 0, 0.001, 0.01 or 0.02; the
 * smallest but 0 is the one here.
 */
function flowEq(dimensions: 1 | 2 | 3): OfferedRecipe {
  return {
    title: `flowEQ, ${String(dimensions)}-D`,
    summary: `A variational autoencoder with one wide layer on each side, whose latent is ${['a slider', 'a square', 'a cube'][dimensions - 1] ?? ''} to move in. Made for the two most frequent words.`,
    group: 'flowEQ',
    words: { atLeast: 5, mostFrequent: 2 },
    recipe: {
      ...SEED_V2,
      preset: `flow-eq-${String(dimensions)}`,
      latent: dimensions,
      hidden: [1024],
      normalisation: 'none',
      projection: null,
      body: 'plain',
      variational: true,
      dropout: 0,
      epochs: 300,
      batchSize: 8,
      plateauPatience: 0,
      contrastiveStart: 0,
      contrastiveEnd: 0,
      reconstruction: 'mae',
      klFrom: 50,
      klStep: 1 / 5000,
      klMost: 0.001,
      normaliser: 'plug-in-linear',
      audit: { ...FOUNDING_CHOICES, unsortedBells: 'sort' },
    },
  };
}

/** The recipes offered, by key. */
export const RECIPES: Readonly<Record<RecipeName, OfferedRecipe>> = {
  warmbright: {
    title: 'Warmbright',
    summary:
      'Looks at the curve a setting makes instead of its knobs, begins as its principal components, and learns from augmented rows and from the words of each row’s neighbours.',
    group: 'Warmbright',
    words: { atLeast: 5 },
    recipe: WARMBRIGHT,
  },
  'seed-v1': {
    title: 'Seed V1',
    summary:
      'The seed log’s first try, kept to teach: its decoder says hertz, and the hertz are de-normalised as if they were z-scores.',
    group: 'The seed log',
    words: { atLeast: 5 },
    recipe: {
      ...SEED_V2,
      preset: 'seed-v1',
      output: 'heads',
      epochs: 100,
      batchSize: 32,
      contrastiveStart: 0.5,
      normaliser: 'z-score',
    },
  },
  'seed-v2': {
    title: 'Seed V2',
    summary:
      'A residual autoencoder with a contrastive pull between words; the seed log published its weights.',
    group: 'The seed log',
    words: { atLeast: 5 },
    recipe: SEED_V2,
  },
  'seed-v3': {
    title: 'Seed V3',
    summary:
      'Seed V2 with fixed ranges, 20 Hz to 20 kHz and Q 0.1 to 10, instead of those found in the data.',
    group: 'The seed log',
    words: { atLeast: 5 },
    recipe: { ...SEED_V2, preset: 'seed-v3', normaliser: 'fixed-log' },
  },
  'seed-v2-300-epochs': proposal('seed-v2-300-epochs', '300 epochs', { epochs: 300 }),
  'seed-v2-weight-0.7': proposal('seed-v2-weight-0.7', 'final contrastive weight 0.7', {
    contrastiveEnd: 0.7,
  }),
  'seed-v2-10-examples': proposal(
    'seed-v2-10-examples',
    'words of at least 10 rows',
    {},
    { atLeast: 10 },
  ),
  'seed-v2-latent-64': proposal('seed-v2-latent-64', 'latent 64', { latent: 64 }),
  'seed-v2-batch-128': proposal('seed-v2-batch-128', 'batches of 128', { batchSize: 128 }),
  'flow-eq-1': flowEq(1),
  'flow-eq-2': flowEq(2),
  'flow-eq-3': flowEq(3),
};

/** In the order of a list. */
export const RECIPE_NAMES = Object.keys(RECIPES) as readonly RecipeName[];

/** What is offered at first. */
export const DEFAULT_RECIPE: RecipeName = 'warmbright';

/** What a recipe started from; the default for one whose start is not offered any more. */
export function presetOf({ preset }: Pick<Recipe, 'preset'>): OfferedRecipe {
  return RECIPES[isRecipeName(preset) ? preset : DEFAULT_RECIPE];
}

export function isRecipeName(name: string): name is RecipeName {
  return Object.hasOwn(RECIPES, name);
}
