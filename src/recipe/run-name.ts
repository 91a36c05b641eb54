/** A run is named by what its settings changed. */
import { FOUNDING_CHOICES } from './audit-choices';
import { briefChoices } from './audit-choice-texts';
import type { Recipe } from './recipe';
import { isRecipeName, RECIPES } from './recipes';
import { SETTING_KEYS, shortLabel } from './settings';

/** The preset's name is none of its settings. */
export const NAMED_KEYS = SETTING_KEYS.filter((key) => key !== 'preset');

/** What a model file takes. */
const LONGEST = 200;

/**
 * For example "Seed V2, latent 8, seed 3": the preset and each setting that differs from it, or as
 * many as there is room for.
 *
 * @param also settings to name even where they are the preset's
 */
export function runName(recipe: Recipe, also: readonly (keyof Recipe)[] = []): string {
  const preset = isRecipeName(recipe.preset) ? RECIPES[recipe.preset] : null;
  const changed = preset === null ? [] : changedSettings(recipe, preset.recipe);
  const named = [...changed.filter((key) => !also.includes(key)), ...also];
  const title = preset?.title ?? recipe.preset;
  const name =
    named.length === 0 ? title : `${title}, ${settingsText(recipe, named, preset?.recipe)}`;
  if (name.length <= LONGEST) return name;
  return `${name.slice(0, name.lastIndexOf(', ', LONGEST - 3))}, …`;
}

/**
 * The name, or, where a run has it already, the name with the next free number: "Seed V2 (2)".
 *
 * @param taken names of the runs there are
 * @param as    what a run of a name will be called; the name itself where left out
 */
export function unusedName(
  name: string,
  taken: readonly string[],
  as: (own: string) => string = (own) => own,
): string {
  const plain = name.replace(/ \(\d+\)$/, '');
  const names = new Set(taken);
  if (!names.has(as(plain))) return plain;
  for (let number = 2; ; number++) {
    const numbered = `${plain.slice(0, LONGEST - 10)} (${String(number)})`;
    if (!names.has(as(numbered))) return numbered;
  }
}

/**
 * For example "seed 2, learning rate 0.0005, exact duplicates dropped": those settings of a recipe.
 *
 * @param from whose choices about the data go without saying
 */
export function settingsText(
  recipe: Recipe,
  keys: readonly (keyof Recipe)[],
  from: Pick<Recipe, 'audit'> = { audit: FOUNDING_CHOICES },
): string {
  return keys
    .flatMap((key) =>
      key === 'audit'
        ? briefChoices(recipe.audit, from.audit)
        : `${shortLabel(key)} ${settingText(recipe[key])}`,
    )
    .join(', ');
}

/** Keys of the settings in which two recipes differ. */
export function changedSettings(a: Recipe, b: Recipe): (keyof Recipe)[] {
  return NAMED_KEYS.filter((key) => settingText(a[key]) !== settingText(b[key]));
}

/** A value as names of runs have it. */
export function settingText(value: Recipe[keyof Recipe]): string {
  if (Array.isArray(value)) return value.join('–');
  if (value !== null && typeof value === 'object') return JSON.stringify(value);
  return value === null ? 'none' : String(value);
}
