/** What is done with a sweep. */
import type { ActionTable } from '../state/action-table';
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
    perform: ({ state: { recipe, chosenWords }, update, send }, { vary }) => {
      update({ sweepAsked: true });
      send({ type: 'start-sweep', words: [...chosenWords], recipe, vary });
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
  'show-sweep': {
    enabled: ({ sweep }) => sweep !== null,
    perform: ({ update }, { shown }) => {
      update({ sweepShown: shown });
    },
  },
} satisfies Partial<ActionTable>;
