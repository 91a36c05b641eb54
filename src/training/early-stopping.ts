/** When a run ends before its last epoch: once the validation rows have long been told no better. */
import { mean } from '../math/mean';
import type { EqSetting } from '../eq/parameters';
import { GRID_POINTS, gridResponses } from '../eq/response-grid';
import { denormaliseFreely } from '../model/normaliser';
import type { Normaliser } from '../model/normaliser-schema';
import { examplesOf } from './rows/examples';
import type { EpochRecord } from './progress';
import type { Recipe } from '../recipe/recipe';

type History = readonly Pick<EpochRecord, 'validation'>[];

/** The epoch, from 1, with the smallest validation loss, the first of equal ones; 0 for none. */
export function bestEpoch(history: History): number {
  let best = 0;
  let least = Infinity;
  history.forEach(({ validation }, i) => {
    if (validation === null || validation >= least) return;
    least = validation;
    best = i + 1;
  });
  return best;
}

/** Whether so many epochs have brought no better validation loss; never for a patience of 0. */
export function stopsEarly(
  history: History,
  { stopPatience }: Pick<Recipe, 'stopPatience'>,
): boolean {
  return stopPatience > 0 && history.length - bestEpoch(history) >= stopPatience;
}

/**
 * The reconstruction loss of a recipe on rows, in float64; see StepSettings.reconstruction.
 *
 * @param decoded normalised parameters as the decoder gives them, dropout off, [rows, 13]
 */
export function validationLoss(
  settings: readonly EqSetting[],
  decoded: Float32Array,
  normaliser: Normaliser,
  recipe: Recipe,
): number {
  const {
    inputs,
    targets = inputs,
    mask,
  } = examplesOf(recipe, normaliser, { settings, labels: new Int32Array(settings.length) });
  const { reconstruction } = recipe;
  if (reconstruction === 'response' || reconstruction === 'shape') {
    const made = gridResponses(
      settings.map((_, row) => denormaliseFreely(decoded, normaliser, row)),
    );
    const losses = settings.map((_, row) => {
      const from = row * GRID_POINTS;
      const differences = Float64Array.from(
        made.subarray(from, from + GRID_POINTS),
        (db, i) => db - (targets[from + i] ?? Number.NaN),
      );
      const level = reconstruction === 'shape' ? mean(differences) : 0;
      return mean(differences.map((db) => (db - level) ** 2));
    });
    return mean(losses);
  }
  const errors = Float64Array.from(decoded, (value, i) => {
    const difference = value - (targets[i] ?? Number.NaN);
    const error = reconstruction === 'mse' ? difference ** 2 : Math.abs(difference);
    return error * (mask?.[i] ?? 1);
  });
  return mean(errors);
}
