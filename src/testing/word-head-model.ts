/** A small model with a word head. For tests only. */
import { initialWeights } from '../model/initialise';
import type { Model } from '../model/model';
import { specOf, type Recipe } from '../recipe/recipe';
import { sampleModel } from './sample-model';

/** The model of {@link sampleModel} with a word head for its two words, of a latent of 3 dimensions. */
export function wordHeadModel(): Model {
  const model = sampleModel();
  const { run } = model.document;
  if (run === null) throw new Error('The sample model has a run.');
  const recipe: Recipe = { ...run.recipe, wordHead: true };
  const spec = specOf(recipe, model.document.words.length);
  return {
    ...model,
    document: { ...model.document, spec, run: { ...run, recipe } },
    weights: initialWeights(spec, 7),
  };
}
