/** The recipes offered. */
import { FOUNDING_CHOICES } from '../data/audit/choices';
import type { Recipe } from './recipe';

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
      input: 'parameters',
      latentActivation: 'tanh',
      output: 'sigmoid',
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
      split: 'contributor',
      folds: 5,
      fold: 1,
      validation: 0,
      stopPatience: 0,
      sampling: 'shuffled',
      madeUp: 0,
      otherRows: false,
      normaliser: 'data',
      schedule: 'plateau',
      warmUp: 0.1,
      weightDecay: 0,
      audit: FOUNDING_CHOICES,
    },
  },
} as const satisfies Record<string, { title: string; summary: string; recipe: Recipe }>;

export type RecipeName = keyof typeof RECIPES;
