/** What is not the same in recipes that are compared. */
import { FOUNDING_CHOICES } from './audit-choices';
import { briefChoices } from './audit-choice-texts';
import type { Recipe } from './recipe';
import { changedSettings, NAMED_KEYS, settingText } from './run-name';
import { valueNameOf } from './setting-values';
import { shortLabel } from './settings';

/** A setting, and what it is in each of some recipes. */
export interface DifferingSetting {
  readonly label: string;
  /** As many as there are recipes. */
  readonly texts: readonly string[];
}

/** The settings that are not the same in all the recipes, in the order of names. */
export function differingSettings(recipes: readonly Recipe[]): DifferingSetting[] {
  const [first, ...others] = recipes;
  if (first === undefined) return [];
  const changed = new Set(others.flatMap((other) => changedSettings(first, other)));
  return NAMED_KEYS.filter((key) => changed.has(key)).map((key) => ({
    label: shortLabel(key),
    texts: recipes.map((recipe) =>
      key === 'audit' ? choicesText(recipe) : valueNameOf(key, settingText(recipe[key])),
    ),
  }));
}

function choicesText({ audit }: Recipe): string {
  const changed = briefChoices(audit, FOUNDING_CHOICES);
  return changed.length === 0 ? 'data as in the seed log' : changed.join(', ');
}
