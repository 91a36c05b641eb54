/** Data as a recipe wants it: what its audit choices leave, before anything is held out. */
import { FOUNDING_CHOICES } from '../../recipe/audit-choices';
import { cleanData } from '../../data/audit/clean';
import type { SafeData, TrainingSet } from '../../data/rows';
import { makeTrainingSet } from '../../data/training-set';
import type { ModelDocument } from '../../model/model';
import type { Recipe } from '../../recipe/recipe';

/**
 * The training set that a recipe makes of a data set as it was read.
 *
 * @throws InputError as {@link makeTrainingSet} does
 */
export function trainingSetFor(
  recipe: Recipe,
  data: SafeData,
  words: readonly string[],
): Promise<TrainingSet> {
  return makeTrainingSet(cleanData(data, recipe.audit), words, recipe);
}

/** A data set as the model's run had it; models of other programs did what the seed log did. */
export function dataAsTrained({ run }: ModelDocument, data: SafeData): SafeData {
  return cleanData(data, run?.recipe.audit ?? FOUNDING_CHOICES);
}
