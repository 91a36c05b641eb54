/** What is done with a model that somebody else has sent: nothing of it until it is asked for. */
import { goTo, type ActionContext } from '../state/action-table';

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
