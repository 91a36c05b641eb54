/** What a recipe makes of settings for an engine to train on. */
import { silentBands } from '../../data/audit/settings';
import type { Examples, StepSettings } from '../../engines/engine';
import { EQ_PARAMETERS, type EqSetting } from '../../eq/parameters';
import { gridResponses, type ResponsesOf } from '../../eq/response-grid';
import { InputError } from '../../base/input-error';
import { curveInputs } from '../../model/inputs';
import { normalise } from '../../model/normaliser';
import type { Normaliser } from '../../model/normaliser-schema';
import type { Recipe } from '../../recipe/recipe';
import type { LearntRows } from './learnt-rows';

/**
 * The rows an engine trains on.
 *
 * @param votes words among settings' neighbours, where the model has a word head
 * @param responsesOf computes the responses, where the recipe needs them
 * @throws InputError where the recipe's outputs cannot be compared by its loss
 */
export function examplesOf(
  recipe: Recipe,
  normaliser: Normaliser,
  { settings, labels, votes }: Pick<LearntRows, 'settings' | 'labels' | 'votes'>,
  responsesOf: ResponsesOf = gridResponses,
): Examples {
  const byCurve = recipe.reconstruction === 'response' || recipe.reconstruction === 'shape';
  if (byCurve && recipe.output === 'heads') {
    throw new InputError(
      `The output "heads" makes no normalised parameters, so it cannot be trained by the loss ` +
        `"${recipe.reconstruction}".`,
    );
  }
  const seesCurves = recipe.input === 'response';
  // Worked out once: of a large file it takes a second.
  const curves = byCurve || seesCurves ? responsesOf(settings) : new Float32Array(0);
  const inputs = seesCurves ? curveInputs(curves) : normalise(settings, normaliser);
  const common = {
    rows: settings.length,
    inputs,
    labels,
    ...(votes === undefined ? {} : { votes }),
  };
  if (byCurve) return { ...common, targets: curves };
  return {
    ...common,
    ...(recipe.input === 'parameters' ? {} : { targets: normalise(settings, normaliser) }),
    ...(recipe.audit.silentBands === 'mask' ? { mask: audibleParameters(settings) } : {}),
  };
}

/** The recipe's part in the arithmetic of a step. */
export function stepSettings(recipe: Recipe, { columns }: Normaliser): StepSettings {
  const { batchSize, dropout, temperature, contrastiveSelf, reconstruction, seed } = recipe;
  const { weightDecay, beta2 } = recipe;
  return {
    batchSize,
    dropout,
    temperature,
    contrastiveSelf,
    reconstruction,
    columns,
    weightDecay,
    beta2,
    seed,
  };
}

/** 0 for frequency and Q of a silent band, which are noise; 1 for all else, [settings, 13]. */
function audibleParameters(settings: readonly EqSetting[]): Float32Array {
  return Float32Array.from(
    settings.flatMap((setting) => {
      const silent = silentBands(setting);
      return EQ_PARAMETERS.map(({ kind, band }) =>
        kind !== 'gain' && silent.includes(band) ? 0 : 1,
      );
    }),
  );
}
