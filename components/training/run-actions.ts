/** What is done with a run as it trains, and who does its arithmetic. */
import { runName, unusedName } from '../../src/recipe/run-name';
import type { ActionContext, ActionTable } from '../state/action-table';
import { isActive, isSweeping, mayChangeEngine, type PageState } from '../state/page-state';

/** A new run can be trained: there are data, not about to be replaced, and words, and nothing trains. */
const ready = (state: PageState): boolean =>
  !isActive(state.phase) &&
  state.reading === null &&
  // What is seen in the fields is what would be trained.
  state.recipeProblems.size === 0 &&
  state.data !== null &&
  state.chosenWords.size >= 2 &&
  !isSweeping(state);

const canGoOn = (state: PageState): boolean => state.phase === 'paused' && !isSweeping(state);

/** The model that is shown is what a run has ended with, and the rows that it learnt from are here. */
export const canTrainMore = (state: PageState): boolean => {
  const { run, model, data, phase, reading } = state;
  if (phase !== 'done' || run === null || data === null || reading !== null) return false;
  return model?.document.run?.dataSha256 === data.sha256 && !isSweeping(state);
};

export const runActions = {
  train: {
    label: 'Train',
    enabled: ready,
    perform: (context) => {
      startNew(context, false);
    },
  },
  'train-one-epoch': {
    label: 'One epoch',
    enabled: ready,
    perform: (context) => {
      startNew(context, true);
      context.send({ type: 'step' });
    },
  },
  pause: {
    label: 'Pause',
    enabled: ({ phase }) => phase === 'training',
    perform: ({ send }) => {
      send({ type: 'pause' });
    },
  },
  resume: {
    label: 'Resume',
    enabled: canGoOn,
    perform: ({ send }) => {
      send({ type: 'resume' });
    },
  },
  step: {
    label: 'One epoch',
    enabled: canGoOn,
    perform: ({ send }) => {
      send({ type: 'step' });
    },
  },
  stop: {
    label: 'Stop',
    enabled: ({ phase }) => phase === 'training' || phase === 'pausing' || phase === 'paused',
    perform: ({ send }) => {
      send({ type: 'stop' });
    },
  },
  'cancel-measuring': {
    enabled: ({ measuring }) => typeof measuring === 'number',
    perform: ({ send }) => {
      send({ type: 'cancel-measuring' });
    },
  },
  measure: {
    enabled: (state) => state.measuring === 'cancelled' && !isSweeping(state),
    perform: ({ send }) => {
      send({ type: 'measure' });
    },
  },
  /** Trains the shown run's recipe and words again from the first epoch, with the same seed. */
  'start-over': {
    label: 'Start over',
    enabled: (state) =>
      state.run !== null &&
      state.data !== null &&
      state.reading === null &&
      (state.phase === 'paused' || !isActive(state.phase)) &&
      !isSweeping(state),
    perform: ({ state, update, send }) => {
      const { run } = state;
      if (run === null) return;
      const { recipe, words } = run;
      update({ recipe });
      const name = newName(run.name, state);
      send({ type: 'start', words: [...words], recipe, name, paused: false });
    },
  },
  'train-more': {
    label: 'Train further',
    enabled: canTrainMore,
    perform: async (context, { epochs }) => {
      (await import('../runs/opened-model')).trainMore(context, epochs);
    },
  },
  'choose-engine': {
    enabled: ({ phase }) => mayChangeEngine(phase),
    perform: ({ update, send }, { choice }) => {
      update({ engineChoice: choice });
      send({ type: 'choose-engine', choice });
    },
  },
} satisfies Partial<ActionTable>;

function startNew({ state, send }: ActionContext, paused: boolean): void {
  const { recipe, chosenWords } = state;
  const name = newName(runName(recipe), state);
  send({ type: 'start', words: [...chosenWords], recipe, name, paused });
}

/** Two runs in the list can be told apart. */
function newName(name: string, state: PageState): string {
  return unusedName(name, takenNames(state));
}

export function takenNames({ runs, run }: PageState): string[] {
  const own = run === null ? [] : [run.name];
  return [...runs.map((kept) => kept.name), ...own];
}
