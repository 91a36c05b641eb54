/** What the values of a setting may be, and what they do. */
import type { Recipe } from './recipe';
import { factsOf, SETTINGS, type SettingKey } from './settings';

type SettingKind = 'number' | 'numbers' | 'choice' | 'switch' | 'text' | 'object';

export interface Limits {
  readonly min: number;
  readonly max: number;
  readonly whole: boolean;
}

const KINDS = {
  number: 'number',
  array: 'numbers',
  picklist: 'choice',
  boolean: 'switch',
  string: 'text',
  strict_object: 'object',
} as const satisfies Record<string, SettingKind>;

/** Whether a setting changes anything beside the others of its recipe. */
export function hasEffect(key: SettingKey, recipe: Recipe): boolean {
  const values: Readonly<Record<string, unknown>> = recipe;
  return Object.entries(factsOf(key).when ?? {}).every(([other, wanted]) =>
    wanted.some((value) => value === values[other]),
  );
}

/** What to beware of with a setting as it is; null where there is nothing. */
export function warningOf(key: SettingKey, recipe: Recipe): string | null {
  const value = recipe[key];
  return typeof value === 'string' ? (factsOf(key).warnings?.[value] ?? null) : null;
}

export function kindOf(key: SettingKey): SettingKind {
  return KINDS[valueSchema(key).type];
}

/** What the page's fields call a value that is written as that text; the text where they have no name for it. */
export function valueNameOf(key: SettingKey, text: string): string {
  if (kindOf(key) === 'switch') return text === 'true' ? 'on' : 'off';
  return factsOf(key).options?.[text] ?? text;
}

/** The bounds that the schema sets a number, or each number of a list. */
export function limitsOf(key: SettingKey): Limits {
  const schema = valueSchema(key);
  const number = schema.type === 'array' ? schema.item : schema;
  let [min, max, whole] = [-Infinity, Infinity, false];
  for (const action of 'pipe' in number ? number.pipe : []) {
    if (action.type === 'min_value') min = action.requirement;
    if (action.type === 'max_value') max = action.requirement;
    if (action.type === 'integer') whole = true;
  }
  return { min, max, whole };
}

/** What a setting may be as a recipe holds it, for the end of a sentence. */
export function rangeText(key: SettingKey): string {
  const schema = valueSchema(key);
  switch (schema.type) {
    case 'number':
      return limitsText(limitsOf(key)) + (isNullable(key) ? ', or null' : '');
    case 'array': {
      const { min, max } = limitsOf(key);
      return `${lengthText(key)} whole numbers from ${String(min)} to ${String(max)}`;
    }
    case 'picklist':
      return `one of ${schema.options.join(', ')}`;
    case 'boolean':
      return 'true or false';
    case 'string':
      return 'text';
    case 'strict_object':
      return 'an object';
  }
}

/** For example "a whole number from 1 to 64". */
export function limitsText({ min, max, whole }: Limits): string {
  return `${whole ? 'a whole number' : 'a number'} from ${String(min)} to ${String(max)}`;
}

/** How many numbers a list may have. */
function lengthText(key: SettingKey): string {
  const schema = valueSchema(key);
  let [min, max] = [0, Infinity];
  for (const action of 'pipe' in schema ? schema.pipe : []) {
    if (action.type === 'min_length') min = action.requirement;
    if (action.type === 'max_length') max = action.requirement;
  }
  return `${String(min)} to ${String(max)}`;
}

function isNullable(key: SettingKey): boolean {
  return SETTINGS[key].pipe[0].type === 'nullable';
}

/** The schema of the value itself, whether or not it may be left out or null. */
function valueSchema(key: SettingKey) {
  const [schema] = SETTINGS[key].pipe;
  return 'wrapped' in schema ? schema.wrapped : schema;
}
