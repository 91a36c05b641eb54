/** How a row of the table of settings is drawn: its value as text, and what was typed as a value. */
import * as v from 'valibot';
import type { Recipe } from '../../src/recipe/recipe';
import { factsOf, SETTING_KEYS, SETTINGS, type KeysWhere } from '../../src/recipe/settings';
import type { PanelGroup } from '../../src/recipe/settings/setting';
import {
  kindOf,
  limitsOf,
  limitsText,
  rangeText,
  valueNameOf,
  type Limits,
} from '../../src/recipe/setting-values';

/** A setting that the recipe panel shows. */
export type FieldKey = KeysWhere<{ readonly group: PanelGroup }>;

/** In the order of the table. */
export const FIELD_KEYS = SETTING_KEYS.filter(
  (key): key is FieldKey => factsOf(key).group !== null,
);

/** A setting as its control is labelled: with its unit. */
export function fieldLabel(key: FieldKey): string {
  const { label, unit } = factsOf(key);
  if (unit === undefined) return label;
  return `${label}, ${unit === 'share' ? '%' : unit}`;
}

/** A setting as the form shows it. */
export function fieldText(key: FieldKey, recipe: Recipe): string {
  const value = recipe[key];
  if (Array.isArray(value)) return value.join(', ');
  if (isPercent(key)) return String(Math.round(Number(value) * 1000) / 10);
  return String(value);
}

/** A setting's value as a sentence calls it. */
export function valueName(key: FieldKey, recipe: Recipe): string {
  return valueNameOf(key, fieldText(key, recipe));
}

/** The recipe with one setting replaced by what was typed, or a sentence saying why not. */
export function withField(
  key: FieldKey,
  recipe: Recipe,
  text: string,
): { recipe: Recipe } | { problem: string } {
  const result = v.safeParse(SETTINGS[key], parseText(key, text));
  if (result.success) return { recipe: { ...recipe, [key]: result.output } };
  return { problem: `${factsOf(key).label} must be ${fieldRange(key)}.` };
}

function parseText(key: FieldKey, text: string): unknown {
  switch (kindOf(key)) {
    case 'switch':
      return text === 'true';
    case 'numbers':
      return text
        .split(/[\s,]+/)
        .filter(Boolean)
        .map(Number);
    case 'number': {
      const value = text.trim() === '' ? Number.NaN : Number(text);
      return isPercent(key) ? value / 100 : value;
    }
    default:
      return text;
  }
}

function fieldRange(key: FieldKey): string {
  const { options } = factsOf(key);
  if (options !== undefined) return `one of ${Object.values(options).join(', ')}`;
  return kindOf(key) === 'number' ? limitsText(fieldLimits(key)) : rangeText(key);
}

/** The bounds of a number, as the form shows it. */
export function fieldLimits(key: FieldKey): Limits {
  const { min, max, whole } = limitsOf(key);
  const scale = isPercent(key) ? 100 : 1;
  return { min: min * scale, max: max * scale, whole };
}

/** How far a press of an arrow key goes, as the form shows it. */
export function fieldStep(key: FieldKey): number | 'any' {
  const { step } = factsOf(key);
  if (step === undefined) return limitsOf(key).whole ? 1 : 'any';
  return isPercent(key) ? step * 100 : step;
}

function isPercent(key: FieldKey): boolean {
  return factsOf(key).unit === 'share';
}
