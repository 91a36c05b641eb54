/**
 * What asker and workers say to each other. All of it comes back from the queue or the store, which
 * others may have written to, so each has a schema.
 */
import * as v from 'valibot';
import { count, lineOfText } from '../src/base/bounds';
import { recipeSchema } from '../src/recipe/recipe';
import { epochSchema } from '../src/training/epoch-schema';
import { variationSchema } from '../src/training/sweep/sweep';

const MOST_WORDS = 10_000;
const LONGEST_WORD = 200;
const LONGEST_REASON = 500;

const sha256Schema = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, 'must be a SHA-256 in hex'));

/** A sweep as it lies in the store, under its own hash: equal sweeps are one. */
export const definitionSchema = v.strictObject({
  version: v.literal(1),
  recipe: recipeSchema,
  vary: variationSchema,
  words: v.pipe(
    v.array(v.pipe(v.string(), v.minLength(1), v.maxLength(LONGEST_WORD))),
    v.minLength(1),
    v.maxLength(MOST_WORDS),
  ),
  /** Hash of the data set; see SafeData. */
  data: sha256Schema,
  /** Hash of its rows in the store; null where workers have the file themselves. */
  rows: v.nullable(sha256Schema),
});
export type SweepDefinition = v.InferOutput<typeof definitionSchema>;

/** What stands in the queue for a run. */
export const jobSchema = v.strictObject({
  sweep: sha256Schema,
  /** From 0, in the order of the grid. */
  run: v.pipe(count, v.maxValue(255)),
});
export type RunJob = v.InferOutput<typeof jobSchema>;

/** What a worker says of a run that is over. */
export const resultSchema = v.variant('type', [
  v.strictObject({
    type: v.literal('finished'),
    /** Hash of the model file in the store. */
    model: sha256Schema,
    last: epochSchema,
  }),
  /** The run cannot be trained, wherever: its numbers grew beyond bounds, for example. */
  v.strictObject({ type: v.literal('failed'), reason: lineOfText(LONGEST_REASON) }),
]);
export type RunResult = v.InferOutput<typeof resultSchema>;

/** A sentence that {@link resultSchema} takes. */
export function asReason(text: string): string {
  return text.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ').slice(0, LONGEST_REASON);
}
