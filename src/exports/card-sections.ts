/** What the cards of all models have in common, in Markdown. */
import { markdownText } from '../base/table-text';
import type { Recipe } from '../recipe/recipe';
import { factsOf, SETTING_KEYS } from '../recipe/settings';

/** What SAFE-DB asks those who use it to cite. */
export const SAFE_CITATION =
  'R. Stables, S. Enderby, B. De Man, G. Fazekas, J. D. Reiss, “SAFE: A System for the Extraction and Retrieval of Semantic Audio Descriptors”, International Society for Music Information Retrieval Conference (ISMIR), late-breaking session, 2014.';
/** What there is to cite where the data are our sample. */
export const MADE_UP = 'Nothing: the file is Warmbright’s own sample, which a program made up.';
/** Of the code, and of the model that comes with it. */
export const READY_LICENCE = 'Code and model: MIT, as the project’s LICENSE says.';

/** What is held out of training, by how the rows are split. */
export const HELD_OUT: Readonly<Record<Recipe['split'], string>> = {
  contributor: 'whole people',
  folds: 'whole people, one fold of them',
  row: 'single rows, which flatters the figures',
};

/** All settings but those that say themselves above. */
export function settingsTable(recipe: Recipe): string {
  return markdownText({
    columns: ['Setting', 'Value'],
    rows: SETTING_KEYS.filter((key) => key !== 'preset').map((key) => {
      const { label, unit } = factsOf(key);
      return [`${label}${unit === undefined ? '' : ` (${unit})`}`, valueText(recipe[key])];
    }),
  });
}

function valueText(value: Recipe[keyof Recipe]): string {
  if (typeof value !== 'object') return String(value);
  if (value === null) return 'none';
  const parts = Array.isArray(value)
    ? value.map(String)
    : Object.entries(value).map(
        ([key, choice]) =>
          `${key}: ${typeof choice === 'string' ? choice : choice.map(String).join(' ') || 'none'}`,
      );
  return parts.join(', ');
}

export function fenced(text: string): string {
  return `\`\`\`text\n${text}\n\`\`\``;
}
