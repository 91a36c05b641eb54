import { describe, expect, it } from 'vitest';
import { RECIPES } from '../../src/recipe/recipes';
import { FOUNDING_CHOICES } from '../../src/recipe/audit-choices';
import { INITIAL_STATE, type PageState } from './page-state';
import { chooseRecipe, tickUsualWords, usualWords, wordsWithRows } from './usual-words';

const words = [
  ['warm', 30],
  ['bright', 20],
  ['thin', 9],
  ['test', 40],
].map(([word, rows]) => ({
  word: String(word),
  rows: Number(rows),
  contributors: 3,
  caution: word === 'test' ? 'A placeholder.' : null,
}));

const state: PageState = {
  ...INITIAL_STATE,
  recipe: RECIPES['seed-v2'].recipe,
  minimumRows: 5,
  cleaned: { words, choices: FOUNDING_CHOICES, rowsLeft: 99, dropped: [] },
  chosenWords: new Set(['bright', 'warm', 'thin']),
};

describe('the words of a recipe', () => {
  it('are ticked when it is chosen, as long as nobody has ticked others', () => {
    expect(usualWords(state)).toBe(null);
    const flow = { ...state, ...chooseRecipe(state, 'flow-eq-2') };
    expect(flow.chosenWords).toEqual(new Set(['bright', 'warm']));
    expect(flow.recipe.preset).toBe('flow-eq-2');
    const ten = { ...flow, ...chooseRecipe(flow, 'seed-v2-10-examples') };
    expect([ten.minimumRows, ten.chosenWords]).toEqual([10, new Set(['bright', 'warm'])]);
    const back = { ...ten, ...chooseRecipe(ten, 'seed-v2') };
    expect([back.minimumRows, back.chosenWords]).toEqual([5, state.chosenWords]);
  });

  it('do not take the place of a person’s own, but are at hand', () => {
    const own = { ...state, chosenWords: new Set(['thin', 'warm']) };
    const flow = { ...own, ...chooseRecipe(own, 'flow-eq-2') };
    expect(flow.chosenWords).toEqual(new Set(['thin', 'warm']));
    expect(usualWords(flow)).toEqual(['warm', 'bright']);
    const ticked = { ...flow, ...tickUsualWords(flow) };
    expect(ticked.chosenWords).toEqual(new Set(['bright', 'warm']));
    expect(usualWords(ticked)).toBe(null);
    // Another least number of rows is a person's choice, too.
    const frequent = { ...state, minimumRows: 10, chosenWords: wordsWithRows(state, 10) };
    expect(chooseRecipe(frequent, 'flow-eq-2').chosenWords).toBeUndefined();
  });

  it('are set for the data to come, when there is none yet', () => {
    const empty = { ...state, cleaned: null, chosenWords: new Set<string>() };
    expect(chooseRecipe(empty, 'seed-v2-10-examples').minimumRows).toBe(10);
  });
});
