/** What is done with a model that somebody else has sent: nothing of it until it is asked for. */
import { runName, unusedName } from '../../src/recipe/run-name';
import { trainedOnName } from '../../src/recipe/trained-on-name';
import { goTo, type ActionContext } from '../state/action-table';
import type { PageState } from '../state/page-state';
import { takenNames } from '../training/run-actions';

/**
 * Keeps the model that is shown among the runs, beside what is there.
 *
 * @param compare whether it is then seen beside the run that was saved last
 */
export function keepModel(context: ActionContext, compare: boolean): void {
  const id = crypto.randomUUID();
  const [mine] = context.state.runs.toSorted((a, b) => b.savedAt - a.savedAt);
  context.send({ type: 'keep-model', id });
  if (!compare || mine === undefined) {
    context.notify('success', 'The model is kept now: the view Compare lists it among the runs.');
    return;
  }
  context.update({ drawer: null });
  goTo(context, 'compare');
  context.send({ type: 'compare', ids: [id, mine.id] });
}

/** Takes the recipe of the shown model over; training waits for data, and for being asked. */
export function takeRecipe(context: ActionContext): void {
  const recipe = context.state.model?.document.run?.recipe;
  if (recipe === undefined) return;
  context.update({ recipe, drawer: null });
  goTo(context, 'train');
}

/** A run by the shown model's recipe and words, or by those chosen where it has no recipe. */
export function trainOn(context: ActionContext): void {
  const { model, chosenWords, recipe: chosen } = context.state;
  if (model === null) return;
  const { run, words } = model.document;
  const recipe = run?.recipe ?? chosen;
  context.update({ recipe, drawer: null });
  goTo(context, 'train');
  context.send({
    type: 'start',
    words: run === null ? [...chosenWords] : words.map(({ word }) => word),
    recipe,
    name: newNameFrom(runName(recipe), run?.name ?? 'a model', context.state),
    paused: false,
    from: 'shown',
  });
}

/** So many more epochs for the model of the run that has ended, as a run of its own. */
export function trainMore({ state, send }: ActionContext, epochs: number): void {
  const { run } = state;
  if (run === null) return;
  const recipe = { ...run.recipe, epochs };
  const name = newNameFrom(runName(recipe), run.name, state);
  send({ type: 'start', words: [...run.words], recipe, name, paused: false, from: 'shown' });
}

/**
 * A name that no run has once the trainer has added what it began with.
 *
 * @param from name of what it begins with
 */
export function newNameFrom(name: string, from: string, state: PageState): string {
  return unusedName(name, takenNames(state), (own) => trainedOnName(own, from));
}
