/** A run that begins with the weights of a model that there is already. */
import { InputError } from '../base/input-error';
import type { Model } from '../model/model';
import { specOf } from '../recipe/recipe';
import { trainedOnName } from '../recipe/trained-on-name';
import type { Progress } from './progress';
import type { RunPlan } from './run-plan';

/**
 * The plan with a model to begin with, and named after it. The model's normaliser is kept, since its
 * weights know settings by that; schedules and epochs begin anew.
 *
 * @param progress of a checkpoint, whose moments the optimiser goes on with; null: it begins anew
 * @throws InputError naming what of the model is other than the run's would be
 */
export function trainOn(plan: RunPlan, model: Model, progress: Progress | null = null): RunPlan {
  checkSameModel(plan, model);
  const { weights, document } = model;
  return {
    ...plan,
    name: trainedOnName(plan.name, document.run?.name ?? 'a model'),
    start: { weights, normaliser: document.normaliser, moments: progress },
  };
}

/** What people should know who read the figures of such a run; null where there is nothing. */
export function leakWarning({ set }: RunPlan, { document }: Model): string | null {
  if (document.run?.splitHash === set.splitHash || !set.heldOut.includes(1)) return null;
  return 'The model may have been trained on rows that this run holds out, so figures on held-out rows may look better than they are.';
}

function checkSameModel({ recipe, set }: RunPlan, { document }: Model): void {
  const words = document.words.map(({ word }) => word);
  const { spec } = document;
  const own = specOf(recipe, set.words.length);
  const differences = Object.entries(own).flatMap(([key, wanted]) => {
    const given = Object.entries(spec).find(([name]) => name === key)?.[1];
    if (JSON.stringify(given) === JSON.stringify(wanted)) return [];
    return [`${key} is ${JSON.stringify(given)} in the model and ${JSON.stringify(wanted)} here`];
  });
  if (differences.length > 0) {
    throw new InputError(
      `The run cannot begin with this model, which is of another shape: ${differences.join('; ')}.`,
    );
  }
  if (spec.wordHead > 0 && words.some((word, label) => word !== set.words[label])) {
    throw new InputError(
      `The run cannot begin with this model, whose word head knows other words: ${words.join(', ')} instead of ${set.words.join(', ')}.`,
    );
  }
}
