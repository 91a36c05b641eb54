/** A recipe: everything about a run that a person chooses. */
import * as v from 'valibot';
import type { ModelSpec } from './model-spec';
import { SETTINGS } from './settings';
import { MODEL_SETTINGS } from './settings/model-settings';

export const recipeSchema = v.strictObject(SETTINGS);

export type Recipe = v.InferOutput<typeof recipeSchema>;

/** Lets through what a specification has and leaves out the rest. */
const specSchema = v.object(MODEL_SETTINGS);

/**
 * The part of a recipe that fixes the model's shape.
 *
 * @param words of the run, for each of which a word head has an output
 */
export function specOf(recipe: Recipe, words: number): ModelSpec {
  return { ...v.parse(specSchema, recipe), wordHead: recipe.wordHead ? words : 0 };
}
