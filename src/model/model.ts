/** A trained model as the rest of the project uses it. */
import * as v from 'valibot';
import { PARAMETER_COUNT } from '../eq/parameters';
import { recipeSchema } from '../training/recipe';
import { modelSpecSchema } from './spec';

const pair = v.pipe(
  v.tuple([v.pipe(v.number(), v.finite()), v.pipe(v.number(), v.finite())]),
  v.check(([low, high]) => low < high, 'the lower end must be below the upper end'),
);

export const normaliserSchema = v.strictObject({
  /** dB that become 0 and 1. */
  gainDb: pair,
  /** log₁₀(Hz + offset) that become 0 and 1. */
  frequencyLog10: pair,
  frequencyOffsetHz: v.pipe(v.number(), v.finite(), v.minValue(0)),
  /** log₁₀(Q) that become 0 and 1. */
  qLog10: pair,
});

/** Min–max scaling of gains in dB and of the logarithms of frequencies and Qs. */
export type Normaliser = v.InferOutput<typeof normaliserSchema>;

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const finite = v.pipe(v.number(), v.finite());
const hash = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, 'must be a SHA-256 in hex'));

/** Quality figures, and which rows they were measured on. */
export const scoreboardSchema = v.strictObject({
  on: v.picklist(['held-out rows', 'training rows']),
  rows: count,
  /** Silhouette of the words in the latent; null where fewer than two words are present. */
  silhouette: v.nullable(finite),
  daviesBouldin: v.nullable(finite),
  /** Mean squared error on the normalised parameters, dropout off. */
  reconstruction: finite,
});
export type Scoreboard = v.InferOutput<typeof scoreboardSchema>;

/** One of the practices that go by a word; see src/analysis/schools. */
const schoolSchema = v.strictObject({
  /** What it does; no two schools of a word share it. */
  name: v.pipe(v.string(), v.minLength(1), v.maxLength(100)),
  /** Training rows that are nearest to it, and the people they are of. */
  rows: count,
  contributors: count,
  /** Mean latent of those who make it up, [latent]. */
  latent: v.array(finite),
  /** What it sounds like, inside the plug-in's bounds; found without the model. */
  setting: v.pipe(v.array(finite), v.length(PARAMETER_COUNT)),
});
export type School = v.InferOutput<typeof schoolSchema>;

/** What a model file says about its model beside the tensors. */
export const modelDocumentSchema = v.strictObject({
  version: v.literal(1),
  spec: modelSpecSchema,
  normaliser: normaliserSchema,
  /** In label order. `centroid` is the mean latent of the word's training rows, [latent]. */
  words: v.array(
    v.strictObject({
      word: v.pipe(v.string(), v.minLength(1), v.maxLength(200)),
      rows: count,
      /** null in files of other programs, which do not store it. */
      centroid: v.nullable(v.array(finite)),
      /** Those with most rows first; none in files of earlier versions and of other programs. */
      schools: v.optional(v.array(schoolSchema), []),
    }),
  ),
  /** null in files of other programs. */
  run: v.nullable(
    v.strictObject({
      name: v.pipe(v.string(), v.maxLength(200)),
      recipe: recipeSchema,
      engine: v.pipe(v.string(), v.maxLength(100)),
      /** Epochs trained. */
      epochs: count,
      dataSha256: hash,
      synthetic: v.boolean(),
      splitHash: hash,
      trainingRows: count,
      heldOutRows: count,
      scoreboard: v.nullable(scoreboardSchema),
    }),
  ),
});
export type ModelDocument = v.InferOutput<typeof modelDocumentSchema>;

/** The rows of the run seen from above, so that the map can be drawn without the data set. */
export interface ModelMap {
  /** [rows, 2] */
  readonly points: Float32Array;
  /** Index of each row's word, [rows]. */
  readonly labels: Int32Array;
  /** [rows], 1 where held out. */
  readonly heldOut: Uint8Array;
  /** Index of each row's nearest school among its word's, 0 where the word has none, [rows]. */
  readonly schools: Uint8Array;
  /** Latent that lands on (0, 0), [latent]. */
  readonly origin: Float32Array;
  /** The map's two axes in the latent, [2, latent]: point = axes · (latent − origin). */
  readonly axes: Float32Array;
}

export interface Model {
  readonly document: ModelDocument;
  /** Flat, in parameter-table order, [total]. */
  readonly weights: Float32Array;
  /** null in files of other programs. */
  readonly map: ModelMap | null;
}
