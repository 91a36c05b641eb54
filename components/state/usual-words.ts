/** Which words are ticked unless a person ticks others. */
import { defaultWords } from '../../src/data/words';
import { presetOf, RECIPES, type RecipeName } from '../../src/recipe/recipes';
import type { PageState } from './page-state';

type Choice = Pick<PageState, 'cleaned' | 'recipe' | 'minimumRows' | 'chosenWords'>;

/** The words that the recipe is meant for, of those with that many rows. */
export function wordsWithRows(
  { cleaned, recipe }: Pick<Choice, 'cleaned' | 'recipe'>,
  rows: number,
): ReadonlySet<string> {
  return new Set(defaultWords(cleaned?.words ?? [], rows, presetOf(recipe).words.mostFrequent));
}

/** Ticks the words that the recipe is meant for. */
export function tickUsualWords(state: Choice): Pick<Choice, 'minimumRows' | 'chosenWords'> {
  const minimumRows = presetOf(state.recipe).words.atLeast;
  return { minimumRows, chosenWords: wordsWithRows(state, minimumRows) };
}

/** The words that the recipe is meant for, where others are ticked, else null. */
export function usualWords(state: Choice): readonly string[] | null {
  const { minimumRows, chosenWords } = tickUsualWords(state);
  const same =
    minimumRows === state.minimumRows &&
    chosenWords.size === state.chosenWords.size &&
    [...chosenWords].every((word) => state.chosenWords.has(word));
  return same ? null : [...chosenWords];
}

/** Begins with another recipe. Its words are ticked, unless the ticks are a person's own choice. */
export function chooseRecipe(
  state: Choice,
  name: RecipeName,
): Pick<Choice, 'recipe'> & Partial<Choice> {
  const { recipe } = RECIPES[name];
  return usualWords(state) === null
    ? { recipe, ...tickUsualWords({ ...state, recipe }) }
    : { recipe };
}
