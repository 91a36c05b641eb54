/** What is done with a sweep. */
import { goTo, type ActionTable } from '../state/action-table';
import { isActive, isSweeping } from '../state/page-state';

export const sweepActions = {
  /** Trains the recipe in every combination of the varied settings. */
  'start-sweep': {
    label: 'Start sweep',
    enabled: (state) =>
      state.data !== null &&
      state.reading === null &&
      state.recipeProblems.size === 0 &&
      state.chosenWords.size >= 2 &&
      (state.phase === 'paused' || !isActive(state.phase)) &&
      !isSweeping(state),
    perform: (context, { vary }) => {
      const { recipe, chosenWords } = context.state;
      context.update({ sweepAsked: true });
      goTo(context, 'compare');
      context.send({ type: 'start-sweep', words: [...chosenWords], recipe, vary });
    },
  },
  'stop-sweep': {
    label: 'Stop the sweep',
    enabled: ({ sweep }) => sweep?.phase === 'training',
    perform: ({ state: { sweep }, update, send }) => {
      if (sweep !== null) update({ sweep: { ...sweep, phase: 'stopping' } });
      send({ type: 'stop-sweep' });
    },
  },
} satisfies Partial<ActionTable>;
