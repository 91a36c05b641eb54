/** A trained model as the rest of the project uses it. */
import * as v from 'valibot';
import { count, lineOfText, numberWithin } from '../base/bounds';
import { PARAMETER_COUNT } from '../eq/parameters';
import { recipeSchema } from '../recipe/recipe';
import { normaliserSchema } from './normaliser-schema';
import { modelSpecSchema } from '../recipe/model-spec';

const hash = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, 'must be a SHA-256 in hex'));

/** A 95 % interval, [low, high], of figures within some bounds. */
const intervalOf = (bound: v.GenericSchema<number, number>) => v.tuple([bound, bound]);

/** Of decibels between two curves, or of one less another: far above what a filter does. */
const MOST_DB = 1000;
const decibels = numberWithin(0, MOST_DB);
const difference = numberWithin(-MOST_DB, MOST_DB);
const share = numberWithin(0, 1);
const silhouette = numberWithin(-1, 1);

/** Of the numbers of a latent, which an activation keeps from −1 to 1 or nothing bounds. */
export const FARTHEST_LATENT = 1e6;
/**
 * With weights up to this, the sums of all layers that a model may have stay far below the largest
 * number of 64 bits, so that no setting comes out as something that is no number.
 */
export const LARGEST_WEIGHT = 1e9;
const latent = v.array(numberWithin(-FARTHEST_LATENT, FARTHEST_LATENT));

/**
 * Figures of some rows. Files written before a figure was measured leave it out, and null stands for
 * what the rows cannot tell.
 */
const figures = {
  rows: count,
  /** How many such rows there are, where `rows` of them were drawn to be measured. */
  outOf: v.optional(count),
  /** Silhouette of the words in the latent; null where fewer than two words are present. */
  silhouette: v.nullable(silhouette),
  /** Without an upper bound of its own: centroids can nearly coincide. */
  daviesBouldin: v.nullable(numberWithin(0, 1e15)),
  /** Mean squared error on the normalised parameters, dropout off. */
  reconstruction: numberWithin(0, 1e15),
  /** People who gave the rows. */
  contributors: v.optional(v.nullable(count), null),
  /** How many of the words the rows have. */
  wordsPresent: v.optional(v.nullable(count), null),
  /**
   * Balanced accuracy, 0–1, of 15 nearest neighbours in the latent among the training rows; for
   * training rows among the others.
   */
  neighbourAccuracy: v.optional(v.nullable(share), null),
  /** Balanced accuracy, 0–1, of the word head; null without one. */
  headAccuracy: v.optional(v.nullable(share), null),
  /**
   * Difference of the response curves that went in and came out, in dB: root of the mean square over
   * rows and 256 log-spaced points from 20 Hz to 20 kHz.
   */
  responseErrorDb: v.optional(v.nullable(decibels), null),
  /** What anyone could do without a model; null where no rows are held out to compare on. */
  baselines: v.optional(
    v.nullable(
      v.strictObject({
        /** As above, by the level-free curves that people set. */
        neighbourAccuracy: v.nullable(share),
        /** Response error of a flat curve for every row. */
        flat: decibels,
        /** Of as many principal components as the latent has dimensions: of normalised parameters … */
        parameterComponents: decibels,
        /** … and of the curves themselves. */
        curveComponents: decibels,
      }),
    ),
    null,
  ),
};

/**
 * 95 % intervals of held-out figures: what other people of the same kind might have given. null
 * where fewer than four people gave the rows.
 */
const intervals = v.strictObject({
  silhouette: v.nullable(intervalOf(silhouette)),
  neighbourAccuracy: v.nullable(intervalOf(share)),
  responseErrorDb: v.nullable(intervalOf(decibels)),
  /** kNN accuracy in the latent less that by the curves. */
  neighbourGain: v.nullable(intervalOf(numberWithin(-1, 1))),
  headAccuracy: v.optional(v.nullable(intervalOf(share)), null),
  /** Accuracy of the word head less kNN accuracy by the curves. */
  headGain: v.optional(v.nullable(intervalOf(numberWithin(-1, 1))), null),
  /** By how many dB the model's response error is smaller than each baseline's. */
  responseGain: v.strictObject({
    flat: v.nullable(intervalOf(difference)),
    parameterComponents: v.nullable(intervalOf(difference)),
    curveComponents: v.nullable(intervalOf(difference)),
  }),
});

const word = v.pipe(lineOfText(200), v.minLength(1));

/** A word's rows, and how near its one curve comes to held-out people's. */
const wordScore = v.strictObject({
  word,
  /** All its rows and the people who gave them; which of them are held out. */
  rows: count,
  contributors: count,
  heldOutRows: count,
  heldOutContributors: count,
  /** Share of the held-out rows that the word head takes for the word; null without either. */
  headAccuracy: v.optional(v.nullable(share), null),
  /** Log-spectral distances in dB; null without a curve, or without rows on one side of the split. */
  distances: v.nullable(
    v.strictObject({
      /** Median over the held-out curves: the model's curve, flat, the training curves' own. */
      medians: v.strictObject({
        model: decibels,
        flat: decibels,
        mean: decibels,
        medoid: decibels,
      }),
      modelInterval: v.nullable(intervalOf(decibels)),
      nearerThanFlat: v.nullable(intervalOf(difference)),
      person: v.nullable(decibels),
    }),
  ),
});

/** Quality figures, and which rows they were measured on. */
export const scoreboardSchema = v.strictObject({
  /** All rows: those of a file of which nobody says what was trained on. */
  on: v.picklist(['held-out rows', 'training rows', 'all rows']),
  ...figures,
  /** Epochs the model had trained when it was measured. */
  epoch: v.optional(v.nullable(count), null),
  /** How the held-out rows were chosen; see the recipe's. By row, figures on them flatter. */
  split: v.optional(v.picklist(['contributor', 'row', 'folds']), 'contributor'),
  intervals: v.optional(v.nullable(intervals), null),
  /** The same figures on the training rows, beside those on held-out rows. */
  training: v.optional(v.nullable(v.strictObject(figures)), null),
  /** In label order. */
  words: v.optional(v.array(wordScore), []),
});
export type Scoreboard = v.InferOutput<typeof scoreboardSchema>;
/** Figures of one side of the split. */
export type ScoreFigures = NonNullable<Scoreboard['training']>;
export type ScoreBaselines = NonNullable<ScoreFigures['baselines']>;
export type WordScore = Scoreboard['words'][number];

const setting = v.pipe(v.array(v.pipe(v.number(), v.finite())), v.length(PARAMETER_COUNT));

/** One of the practices that go by a word; see src/analysis/word-clusters. */
const clusterSchema = v.strictObject({
  /** What it does; no two clusters of a word share it. */
  name: v.pipe(lineOfText(100), v.minLength(1)),
  /** Training rows that are nearest to it, and the people they are of. */
  rows: count,
  contributors: count,
  /** Mean latent of those who make it up, [latent]. */
  latent,
  /** What it sounds like, inside the plug-in's bounds; found without the model. */
  setting,
});
export type WordCluster = v.InferOutput<typeof clusterSchema>;

/** More proposals for a word than these nobody would try one after the other. */
export const MOST_PROPOSALS = 5;

/** One of a few settings that people may mean by a word; see src/analysis/word-clusters. */
const proposalSchema = v.strictObject({
  /** What it does; no two proposals of a set share it. */
  name: v.pipe(lineOfText(100), v.minLength(1)),
  /** Training rows that are nearest to it, and the people they are of. */
  rows: count,
  contributors: count,
  /** Fitted to people's curves without the model; inside the plug-in's bounds. */
  setting,
});
export type Proposal = v.InferOutput<typeof proposalSchema>;

/** A part of the density of a word's training rows in the latent: a normal distribution. */
const densityPartSchema = v.strictObject({
  /** Training rows it stands for: its share of all parts' together. */
  rows: count,
  /** Mean and standard deviation in each dimension, [latent] each. */
  mean: latent,
  deviation: v.array(numberWithin(0, FARTHEST_LATENT)),
});
export type DensityPart = v.InferOutput<typeof densityPartSchema>;

/**
 * Whether what anyone could do with a word's training rows comes nearer to people who are left out
 * of them, one by one, than a flat curve does; see src/analysis/metrics/left-out.ts. Intervals are null where fewer than four
 * people gave the word.
 */
const evidenceSchema = v.strictObject({
  /** Who gave the word's training rows. */
  people: count,
  /** Of the mean curve of the others, and of their medoid. */
  mean: v.nullable(intervalOf(difference)),
  medoid: v.nullable(intervalOf(difference)),
});

/** What a model file says about its model beside the tensors. */
export const modelDocumentSchema = v.strictObject({
  version: v.literal(1),
  spec: modelSpecSchema,
  normaliser: normaliserSchema,
  /** In label order. `centroid` is the mean latent of the word's training rows, [latent]. */
  words: v.array(
    v.strictObject({
      word,
      rows: count,
      /** null in files of other programs, which do not store it. */
      centroid: v.nullable(latent),
      /** Those with most rows first; none in files of earlier versions and of other programs. */
      schools: v.optional(v.array(clusterSchema), []),
      /**
       * Sets of ever more proposals. Each stands in such an order that its first n are the best n of
       * it. Left out in files of earlier versions and of other programs.
       */
      proposals: v.optional(
        v.pipe(
          v.array(v.pipe(v.array(proposalSchema), v.maxLength(MOST_PROPOSALS))),
          v.maxLength(MOST_PROPOSALS),
        ),
      ),
      /** Left out likewise, and empty where there are no proposals. */
      density: v.optional(v.pipe(v.array(densityPartSchema), v.maxLength(MOST_PROPOSALS))),
      /** Left out likewise. */
      evidence: v.optional(evidenceSchema),
    }),
  ),
  /** null in files of other programs. */
  run: v.nullable(
    v.strictObject({
      name: lineOfText(200),
      recipe: recipeSchema,
      engine: lineOfText(100),
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

export type ModelWord = ModelDocument['words'][number];

/** The rows of the run seen from above, so that the map can be drawn without the data set. */
export interface ModelMap {
  /** [rows, 2] */
  readonly points: Float32Array;
  /** Index of each row's word, [rows]. */
  readonly labels: Int32Array;
  /** [rows], 1 where held out. */
  readonly heldOut: Uint8Array;
  /** Index of each row's nearest cluster among its word's, 0 where the word has none, [rows]. */
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
