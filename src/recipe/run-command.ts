/** The command that trains a run again on the command line. */
import { FOUNDING_CHOICES, type AuditChoices } from './audit-choices';
import type { Recipe } from './recipe';
import { DEFAULT_RECIPE, isRecipeName, RECIPES } from './recipes';
import { SETTING_KEYS } from './settings';

/**
 * As a line for a POSIX shell, in the project's folder: the recipe it started from, each setting that
 * differs, and the words.
 *
 * @param data the data set's file, which may lie elsewhere
 * @returns null where a word has a comma, or a merged one a colon, which the command line cannot name
 */
export function runCommand(recipe: Recipe, words: readonly string[], data: string): string | null {
  const preset = isRecipeName(recipe.preset) ? recipe.preset : DEFAULT_RECIPE;
  const from = RECIPES[preset].recipe;
  const sets = SETTING_KEYS.flatMap((key) => {
    if (key === 'preset') return [];
    if (key === 'audit') return auditSets(recipe.audit, from.audit);
    const value = settingValue(recipe[key]);
    return value === settingValue(from[key]) ? [] : [`${key}=${value}`];
  });
  const { unmerged, merged } = recipe.audit;
  const mergedWords = merged.flatMap(({ from: word, to }) => [word, to]);
  if ([...words, ...unmerged].some((word) => word.includes(','))) return null;
  if (mergedWords.some((word) => /[,:]/.test(word))) return null;
  return [
    ...['npm', 'run', 'cli', '--', 'train', '--data', data, '--recipe', preset],
    ...sets.flatMap((set) => ['--set', set]),
    ...['--words', words.join(','), '--out', 'trained'],
  ]
    .map(quoted)
    .join(' ');
}

function auditSets(audit: AuditChoices, from: AuditChoices): string[] {
  const { unmerged, merged, ...choices } = audit;
  const before: Readonly<Record<string, unknown>> = from;
  const pairs = (of: AuditChoices['merged']): string =>
    of.map(({ from: word, to }) => `${word}:${to}`).join(',');
  const sets = Object.entries(choices).flatMap(([key, choice]) =>
    choice === before[key] ? [] : [`audit.${key}=${choice}`],
  );
  if (unmerged.join() !== from.unmerged.join()) sets.push(`audit.unmerged=${unmerged.join()}`);
  if (pairs(merged) !== pairs(from.merged)) sets.push(`audit.merged=${pairs(merged)}`);
  return sets;
}

/** As `--set` reads it. */
function settingValue(value: Exclude<Recipe[keyof Recipe], typeof FOUNDING_CHOICES>): string {
  return Array.isArray(value) ? value.join() : String(value);
}

/** As one word of a POSIX shell. */
function quoted(argument: string): string {
  if (/^[\w.,:=/@%+-]+$/.test(argument)) return argument;
  return `'${argument.replaceAll("'", String.raw`'\''`)}'`;
}
