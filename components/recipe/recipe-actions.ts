/** What is done with the recipe, as a whole and setting by setting. */
import type { Recipe } from '../../src/recipe/recipe';
import type { ActionContext, ActionTable } from '../state/action-table';
import { always } from '../state/action-table';
import { isActive } from '../state/page-state';
import { replacedChoices } from '../state/replaced-choices';
import { chooseRecipe } from '../state/usual-words';

export const recipeActions = {
  'set-recipe': {
    enabled: always,
    perform: (context, { recipe }) => {
      change(context, { recipe });
    },
  },
  'mark-setting': {
    enabled: always,
    perform: ({ state, update }, { label, problem }) => {
      const recipeProblems = new Map(state.recipeProblems);
      if (problem === null) recipeProblems.delete(label);
      else recipeProblems.set(label, problem);
      update({ recipeProblems });
    },
  },
  'choose-recipe': {
    enabled: ({ phase }) => !isActive(phase),
    perform: (context, { name }) => {
      context.update({ recipeProblems: new Map() });
      change(context, chooseRecipe(context.state, name));
    },
  },
} satisfies Partial<ActionTable>;

/** Says so where the change takes choices about the data with it. */
function change({ state, update, notify }: ActionContext, changed: { recipe: Recipe }): void {
  const replaced = replacedChoices(state.recipe, changed.recipe);
  update(changed);
  if (replaced !== null) notify('info', replaced);
}
