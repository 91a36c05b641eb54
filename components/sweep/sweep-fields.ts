/** The settings that may differ in a sweep as a form offers them, and lists of values as typed. */
import * as v from 'valibot';
import type { Recipe } from '../../src/recipe/recipe';
import { hasEffect, kindOf, limitsOf, rangeText } from '../../src/recipe/setting-values';
import { factsOf, SETTINGS, variesOf, type KeysWhere } from '../../src/recipe/settings';
import type { Varies } from '../../src/recipe/settings/setting';
import {
  expandSweep,
  VARIED_SETTINGS,
  variationSchema,
  type SweepRun,
} from '../../src/training/sweep/sweep';
import type { Variation } from '../../workers/trainer/messages';

/** More values of one setting than any sweep has runs. */
const MOST_VALUES = 256;

/** The form leaves to a sweep file what few recipes have: settings without an example. */
export type SweptSetting = KeysWhere<{ readonly sweep: Varies & { readonly example: string } }>;

/** In the order of the columns. */
export const SWEEP_SETTINGS = VARIED_SETTINGS.filter(
  (key): key is SweptSetting => variesOf(key).example !== undefined,
);

/** A setting and its values as typed. */
export interface SweepRow {
  readonly setting: SweptSetting;
  readonly text: string;
}

/** A setting as its input and its column are called: with its unit. */
export function sweepLabel(setting: SweptSetting): string {
  const { label, unit } = factsOf(setting);
  return unit === undefined ? label : `${label}, ${unit}`;
}

/** The settings that make sense with a recipe: a fold only where contributors are dealt into folds. */
export function offeredSettings(recipe: Recipe): SweptSetting[] {
  return SWEEP_SETTINGS.filter((setting) => hasEffect(setting, recipe));
}

/** A row to begin with: a few values, of the folds all. */
export function exampleRow(setting: SweptSetting, { folds }: Recipe): SweepRow {
  const text = setting === 'fold' ? `1–${String(folds)}` : exampleOf(setting);
  return { setting, text };
}

/** What a sweep begins with: each fold held out in turn where there are folds, else a few seeds. */
export function firstRows(recipe: Recipe): readonly SweepRow[] {
  return [exampleRow(recipe.split === 'folds' ? 'fold' : 'seed', recipe)];
}

/** The values a person typed for a setting, or a sentence saying why not. */
export function parseValues(
  setting: SweptSetting,
  text: string,
): { values: (number | boolean)[] } | { problem: string } {
  const { label } = factsOf(setting);
  const words = listed(setting, text);
  if (words.length === 0)
    return { problem: `${label}: give the values to try, such as ${exampleOf(setting)}.` };
  if (words.length > MOST_VALUES) {
    return { problem: `${label}: at most ${String(MOST_VALUES)} values, and these are more.` };
  }
  const values: (number | boolean)[] = [];
  for (const word of words) {
    const result = v.safeParse(SETTINGS[setting], valueOf(setting, word));
    if (!result.success) return { problem: `${label}: “${word}” is not ${allowed(setting)}.` };
    if (values.includes(result.output)) return { problem: `${label}: ${word} is there twice.` };
    values.push(result.output);
  }
  return { values };
}

/** The sweep that rows describe: its values and its runs, or a sentence saying why there is none. */
export function planSweep(
  recipe: Recipe,
  rows: readonly SweepRow[],
): { vary: Variation; runs: readonly SweepRun[] } | { problem: string } {
  const vary: Partial<Record<SweptSetting, (number | boolean)[]>> = {};
  for (const { setting, text } of rows) {
    const result = parseValues(setting, text);
    if ('problem' in result) return result;
    const missing = setting === 'fold' && result.values.find((fold) => Number(fold) > recipe.folds);
    if (typeof missing === 'number') {
      return {
        problem: `${factsOf(setting).label}: there is no fold ${String(missing)} of ${String(recipe.folds)}.`,
      };
    }
    vary[setting] = result.values;
  }
  const result = v.safeParse(variationSchema, vary);
  if (result.success) {
    return { vary: result.output, runs: expandSweep({ recipe, vary: result.output }) };
  }
  const { message } = result.issues[0];
  return { problem: `${message.charAt(0).toUpperCase()}${message.slice(1)}.` };
}

/** The words of a list; where whole numbers are wanted, "1–4" stands for 1, 2, 3, 4. */
function listed(setting: SweptSetting, text: string): string[] {
  if (!isWhole(setting)) return split(text);
  return split(text.replaceAll(/\s*(?:-|–|\.\.)\s*/g, '–')).flatMap((word) => {
    const ends = /^(\d{1,10})–(\d{1,10})$/.exec(word);
    const [first, last] = [Number(ends?.[1]), Number(ends?.[2])];
    if (ends === null || last < first) return [word];
    // One more than is allowed is enough to say so.
    const length = Math.min(last - first, MOST_VALUES) + 1;
    return Array.from({ length }, (_, i) => String(first + i));
  });
}

const split = (text: string): string[] => text.split(/[\s,;]+/).filter(Boolean);

function valueOf(setting: SweptSetting, word: string): unknown {
  if (isSwitch(setting)) return SWITCH.get(word.toLowerCase());
  return Number(word);
}

const SWITCH = new Map([
  ['on', true],
  ['yes', true],
  ['true', true],
  ['off', false],
  ['no', false],
  ['false', false],
]);

/** A value of a setting as the table shows it. */
export function valueText(value: number | boolean): string {
  return typeof value === 'boolean' ? (value ? 'on' : 'off') : String(value);
}

function exampleOf(setting: SweptSetting): string {
  return SETTINGS[setting].pipe[1].metadata.sweep.example;
}

function isSwitch(setting: SweptSetting): boolean {
  return kindOf(setting) === 'switch';
}

function isWhole(setting: SweptSetting): boolean {
  return limitsOf(setting).whole;
}

function allowed(setting: SweptSetting): string {
  return isSwitch(setting) ? '“on” or “off”' : rangeText(setting);
}
