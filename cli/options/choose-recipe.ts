/** Which recipe a command works on. */
import * as v from 'valibot';
import { checked } from '../../src/base/checked-json';
import { InputError } from '../../src/base/input-error';
import type { AuditChoices } from '../../src/recipe/audit-choices';
import { recipeSchema, type Recipe } from '../../src/recipe/recipe';
import { DEFAULT_RECIPE, isRecipeName, RECIPE_NAMES, RECIPES } from '../../src/recipe/recipes';
import { kindOf, rangeText } from '../../src/recipe/setting-values';
import {
  factsOf,
  isSettingKey,
  SETTING_KEYS,
  SETTINGS,
  type SettingKey,
} from '../../src/recipe/settings';
import { namedChoices, withChoice } from './choose-audit';

const NAMES = RECIPE_NAMES.join(', ');
/** Columns of a line of the help, and of its left part. */
const WIDTH = 100;
const INDENT = 20;

/** What the help says of the two options. */
export const RECIPE_HELP = `  --recipe NAME     ${listed(RECIPE_NAMES)}
                    (default ${DEFAULT_RECIPE})
  --set KEY=VALUE   another value of one of its settings, as in --set body=plain
                    --set hidden=1024 --set reconstruction=mae; as often as wanted.
                    What is done about the audit's findings: --set audit=sensible (or founding),
                    --set audit.exactDuplicates=drop`;

/** What the help says of each setting that a recipe has, for its end. */
export const SETTINGS_HELP = `Settings for --set and for "set" in a sweep file; those with a * may stand in its "vary", too:
${SETTING_KEYS.filter(mayBeSet).map(settingHelp).join('\n')}
`;

/**
 * The recipe of that name with some settings changed.
 *
 * @param changes of the form KEY=VALUE
 * @throws InputError naming a recipe or setting that there is not, or a value that is none
 */
export function chooseRecipe(name: string, changes: readonly string[]): Recipe {
  if (!isRecipeName(name)) throw new InputError(`There is no recipe "${name}", only ${NAMES}.`);
  const preset = RECIPES[name].recipe;
  const recipe: Record<string, unknown> = { ...preset };
  let audit: AuditChoices = preset.audit;
  for (const change of changes) {
    const [key = '', ...rest] = change.split('=');
    const value = rest.join('=');
    const choice = /^audit(?:\.(.*))?$/.exec(key);
    if (choice !== null && rest.length > 0) {
      audit = choice[1] === undefined ? namedChoices(value) : withChoice(audit, choice[1], value);
      continue;
    }
    if (!isSettingKey(key) || rest.length === 0) {
      const keys = SETTING_KEYS.join(', ');
      throw new InputError(`Option '--set' takes KEY=VALUE, not "${change}"; keys are ${keys}.`);
    }
    recipe[key] = valueOf(key, value);
  }
  return checked(recipeSchema, { ...recipe, audit }, 'The recipe');
}

/** @throws InputError where it is not what the setting may be */
function valueOf(key: SettingKey, text: string): unknown {
  const value = kindOf(key) === 'numbers' ? text.split(',').map(Number) : parsed(text);
  const result = v.safeParse(SETTINGS[key], value);
  if (result.success) return value;
  const within = v.getDotPath(result.issues[0]);
  const at = within === null ? key : `${key}.${within}`;
  throw new InputError(
    `The recipe cannot be used (at ${at}): ${key} takes ${rangeText(key)}, not "${text}".`,
  );
}

/** Choices about the data are set by options of their own, the preset by --recipe. */
function mayBeSet(key: SettingKey): boolean {
  return key !== 'preset' && key !== 'audit';
}

function settingHelp(key: SettingKey): string {
  const { label, unit, help, options, sweep } = factsOf(key);
  const name = `  ${key}${typeof sweep === 'string' ? '' : '*'}`.padEnd(INDENT);
  const of = unit === undefined ? label : `${label} (${unit})`;
  const values =
    options === undefined
      ? rangeText(key)
      : Object.entries(options)
          .map(([value, what]) => `${value} – ${what}`)
          .join('; ');
  const [first = '', ...others] = wrapped(`${of}: ${values}. ${help}`);
  return [`${name}${first}`, ...others.map((line) => ' '.repeat(INDENT) + line)].join('\n');
}

/** A text in lines that fit beside the left part of the help. */
function wrapped(text: string): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const line = lines.at(-1);
    if (line === undefined || line.length + 1 + word.length > WIDTH - INDENT) lines.push(word);
    else lines[lines.length - 1] = `${line} ${word}`;
  }
  return lines;
}

/** A few to a line of the help. */
function listed(names: readonly string[]): string {
  const lines = names.flatMap((_, i) => (i % 4 === 0 ? [names.slice(i, i + 4).join(', ')] : []));
  return lines.join(',\n                    ');
}

/** A number, true, false or null; else the text itself. */
function parsed(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
