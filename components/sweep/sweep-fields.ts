/** The settings that may differ in a sweep as a form offers them, and lists of values as typed. */
import * as v from 'valibot';
import { recipeSchema, type Recipe } from '../../src/recipe/recipe';
import {
  expandSweep,
  variationSchema,
  type SweepRun,
  type VariedSetting,
} from '../../src/training/sweep/sweep';
import type { Variation } from '../../workers/trainer/messages';
import { limitsOf, rangeOf } from '../recipe/recipe-fields';

/** More values of one setting than any sweep has runs. */
const MOST_VALUES = 256;

/** The form leaves to a sweep file what few recipes have. */
export type SweptSetting = Exclude<VariedSetting, `kl${string}` | 'schedule' | 'warmUp'>;

interface SweepField {
  readonly label: string;
  /** A list to begin with. */
  readonly example: string;
}

/** In the order of the columns. */
export const SWEEP_FIELDS: Readonly<Record<SweptSetting, SweepField>> = {
  seed: { label: 'Seed', example: '1–4' },
  fold: { label: 'Fold', example: '1–5' },
  learningRate: { label: 'Learning rate', example: '0.0005, 0.001, 0.002' },
  plateauPatience: { label: 'Patience', example: '0, 20' },
  contrastiveStart: { label: 'Contrastive weight, start', example: '0, 0.1, 0.5' },
  contrastiveEnd: { label: 'Contrastive weight, end', example: '0.1, 0.5, 1' },
  temperature: { label: 'Temperature', example: '0.05, 0.1, 0.5' },
  contrastiveSelf: { label: 'Row itself counts in the contrast', example: 'on, off' },
  dropout: { label: 'Dropout', example: '0, 0.1, 0.2' },
  weightDecay: { label: 'Weight decay', example: '0, 0.01, 0.1' },
};

export const SWEEP_SETTINGS = Object.keys(SWEEP_FIELDS) as readonly SweptSetting[];

/** A setting and its values as typed. */
export interface SweepRow {
  readonly setting: SweptSetting;
  readonly text: string;
}

/** The settings that make sense with a recipe: a fold only where contributors are dealt into folds. */
export function offeredSettings({ split }: Recipe): SweptSetting[] {
  return SWEEP_SETTINGS.filter((setting) => setting !== 'fold' || split === 'folds');
}

/** A row to begin with: a few values, of the folds all. */
export function exampleRow(setting: SweptSetting, { folds }: Recipe): SweepRow {
  const text = setting === 'fold' ? `1–${String(folds)}` : SWEEP_FIELDS[setting].example;
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
  const { label, example } = SWEEP_FIELDS[setting];
  const words = listed(setting, text);
  if (words.length === 0)
    return { problem: `${label}: give the values to try, such as ${example}.` };
  if (words.length > MOST_VALUES) {
    return { problem: `${label}: at most ${String(MOST_VALUES)} values, and these are more.` };
  }
  const values: (number | boolean)[] = [];
  for (const word of words) {
    const result = v.safeParse(recipeSchema.entries[setting], valueOf(setting, word));
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
      return { problem: `Fold: there is no fold ${String(missing)} of ${String(recipe.folds)}.` };
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

function isSwitch(setting: SweptSetting): boolean {
  return recipeSchema.entries[setting].type === 'boolean';
}

function isWhole(setting: SweptSetting): boolean {
  return limitsOf(numberField(setting)).whole;
}

function allowed(setting: SweptSetting): string {
  return isSwitch(setting) ? '“on” or “off”' : rangeOf(numberField(setting));
}

const numberField = (key: SweptSetting) => ({ key, kind: 'number' }) as const;
