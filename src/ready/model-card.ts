/** What is said of a ready-made model: where it comes from, what it reaches, and how to make it again. */
import * as v from 'valibot';
import { count, lineOfText, numberWithin } from '../base/bounds';
import { scoreboardSchema } from '../model/model';
import { recipeSchema } from '../recipe/recipe';

const hash = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, 'must be a SHA-256 in hex'));
const decibels = numberWithin(0, 1000);
const line = lineOfText(1000);

/** The card as a document; `card.md` says the same for people. */
export const modelCardSchema = v.strictObject({
  version: v.literal(1),
  name: line,
  recipe: recipeSchema,
  engine: line,
  /** What the engine ran on, for people: another may round otherwise. */
  device: line,
  /** Epochs trained. */
  epochs: count,
  /** Weights of the network. */
  parameters: count,
  words: v.array(
    v.strictObject({
      word: line,
      rows: count,
      /** Who gave its rows. */
      people: count,
    }),
  ),
  data: v.strictObject({
    sha256: hash,
    /** Made up by a program, as the sample is. */
    synthetic: v.boolean(),
    rows: count,
    trainingRows: count,
    heldOutRows: count,
    splitHash: hash,
    citation: line,
    licence: line,
  }),
  /** Figures of the model as it is shipped. */
  scoreboard: scoreboardSchema,
  packing: v.strictObject({
    bits: count,
    responseErrorDb: v.strictObject({ before: decibels, after: decibels }),
    /** The largest difference of a word's curve. */
    wordCurvesDb: decibels,
  }),
  replay: v.strictObject({ epochs: v.array(count) }),
  /** How far the words are drawn apart on the maps beside the model's own. */
  drawnApart: v.strictObject({ amounts: v.array(count) }),
  files: v.array(v.strictObject({ name: line, bytes: count, sha256: hash })),
  /** Of the code that made it. */
  licence: line,
  command: line,
});
export type ModelCard = v.InferOutput<typeof modelCardSchema>;
