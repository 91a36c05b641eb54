/** When a run ends before its last epoch: once the validation rows have long been told no better. */
import { silentBands } from '../data/audit/settings';
import { EQ_PARAMETERS, PARAMETER_COUNT, type EqSetting } from '../eq/parameters';
import { logFrequencies, responseDb } from '../eq/response';
import { denormaliseFreely, normalise } from '../model/normaliser';
import type { Normaliser } from '../model/normaliser-schema';
import type { EpochRecord } from './progress';
import type { Recipe } from './recipe';

/** Points at which the losses `response` and `shape` look at curves. */
const FREQUENCIES = logFrequencies(64);

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
  { reconstruction, audit }: Pick<Recipe, 'reconstruction' | 'audit'>,
): number {
  if (reconstruction === 'response' || reconstruction === 'shape') {
    const losses = settings.map((setting, row) => {
      const made = responseDb(denormaliseFreely(decoded, normaliser, row), FREQUENCIES);
      const wanted = responseDb(setting, FREQUENCIES);
      const differences = made.map((db, i) => db - (wanted[i] ?? Number.NaN));
      const level = reconstruction === 'shape' ? mean(differences) : 0;
      return mean(differences.map((db) => (db - level) ** 2));
    });
    return mean(losses);
  }
  const targets = normalise(settings, normaliser);
  const errors = Float64Array.from(decoded, (value, i) => {
    const difference = value - (targets[i] ?? Number.NaN);
    return reconstruction === 'mse' ? difference ** 2 : Math.abs(difference);
  });
  if (audit.silentBands === 'mask') {
    settings.forEach((setting, row) => {
      const silent = silentBands(setting);
      EQ_PARAMETERS.forEach(({ kind, band }, i) => {
        if (kind !== 'gain' && silent.includes(band)) errors[row * PARAMETER_COUNT + i] = 0;
      });
    });
  }
  return mean(errors);
}

function mean(values: readonly number[] | Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}
