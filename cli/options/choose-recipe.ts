/** Which recipe a command works on. */
import type { AuditChoices } from '../../src/recipe/audit-choices';
import { InputError } from '../../src/base/input-error';
import { checked } from '../../src/base/checked-json';
import { recipeSchema, type Recipe } from '../../src/recipe/recipe';
import { DEFAULT_RECIPE, isRecipeName, RECIPE_NAMES, RECIPES } from '../../src/recipe/recipes';
import { namedChoices, withChoice } from './choose-audit';

const NAMES = RECIPE_NAMES.join(', ');

/** What the help says of the two options. */
export const RECIPE_HELP = `  --recipe NAME     ${listed(RECIPE_NAMES)}
                    (default ${DEFAULT_RECIPE})
  --set KEY=VALUE   another value of one of its settings, as in --set body=plain
                    --set hidden=1024 --set reconstruction=mae; as often as wanted.
                    What is done about the audit's findings: --set audit=sensible (or founding),
                    --set audit.exactDuplicates=drop`;

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
    const choice = /^audit(?:\.(.*))?$/.exec(key);
    if (choice !== null && rest.length > 0) {
      const value = rest.join('=');
      audit = choice[1] === undefined ? namedChoices(value) : withChoice(audit, choice[1], value);
      continue;
    }
    if (!Object.hasOwn(preset, key) || rest.length === 0) {
      const keys = Object.keys(preset).join(', ');
      throw new InputError(`Option '--set' takes KEY=VALUE, not "${change}"; keys are ${keys}.`);
    }
    const value = rest.join('=');
    recipe[key] = Array.isArray(recipe[key]) ? value.split(',').map(Number) : parsed(value);
  }
  return checked(recipeSchema, { ...recipe, audit }, 'The recipe');
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
