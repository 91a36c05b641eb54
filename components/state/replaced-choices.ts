/** What to tell people whose choices about the data went with another recipe. */
import { differingChoices } from '../../src/recipe/audit-choice-texts';
import type { Recipe } from '../../src/recipe/recipe';
import { RECIPES, type RecipeName } from '../../src/recipe/recipes';

/**
 * A sentence where another preset brings other choices than somebody had made; else null: nobody
 * need be told that a preset brings its own in place of another preset's.
 */
export function replacedChoices(before: Recipe, after: Recipe): string | null {
  if (after.preset === before.preset) return null;
  const own = isPreset(before.preset)
    ? differingChoices(before.audit, RECIPES[before.preset].recipe.audit)
    : [];
  if (own.length === 0 || differingChoices(before.audit, after.audit).length === 0) return null;
  const title = isPreset(after.preset) ? RECIPES[after.preset].title : after.preset;
  return `The choices about the data are now those of ${title}; yours were: ${own.join(', ')}.`;
}

function isPreset(name: string): name is RecipeName {
  return Object.hasOwn(RECIPES, name);
}
