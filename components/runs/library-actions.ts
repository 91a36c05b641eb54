/** What is done with kept runs and with the shown model: opened, compared, taken away, sent. */
import type { ActionContext, ActionTable } from '../state/action-table';
import { always, goTo } from '../state/action-table';
import { isActive, isSweeping, type PageState } from '../state/page-state';

const hasModel = ({ model }: PageState): boolean => model !== null;
const hasRun = ({ model }: PageState): boolean => (model?.document.run ?? null) !== null;

/** Whether a model stands beside data that its own figures are not of. */
export function mayEvaluate({ model, data, reading, run, phase }: PageState): boolean {
  if (model === null || data === null || reading !== null || isActive(phase)) return false;
  return run === null || model.document.run?.dataSha256 !== data.sha256;
}

export const libraryActions = {
  'show-ready-made': {
    label: 'Open the ready-made model',
    enabled: ({ model, phase }) =>
      model?.source !== 'ready-made' && (!isActive(phase) || phase === 'paused'),
    perform: async (context) => {
      const { browser, send, notify } = context;
      try {
        const bytes = await browser.readReadyMade('model.bin');
        goTo(context, 'explore');
        send({ type: 'show-ready-made', bytes }, [bytes]);
      } catch {
        notify(
          'danger',
          'The ready-made model could not be loaded: the page’s own server did not answer.',
        );
      }
    },
  },
  'open-run': {
    enabled: ({ phase }) => !isActive(phase) || phase === 'paused',
    perform: (context, { id }) => {
      // Elsewhere a run is looked at where one is, as among the runs of a sweep.
      if (context.state.view === 'compare') {
        const unfinished = context.state.runs.some((run) => run.id === id && !run.finished);
        goTo(context, unfinished ? 'train' : 'explore');
      }
      context.send({ type: 'open-run', id });
    },
  },
  'rename-run': {
    enabled: always,
    perform: ({ send }, { id, name }) => {
      send({ type: 'rename-run', id, name });
    },
  },
  'delete-run': {
    enabled: always,
    perform: async (context, { id }) => {
      (await import('./keep-library')).letGo(context, id);
    },
  },
  'undo-delete': {
    enabled: always,
    perform: async (context, { id }) => {
      (await import('./keep-library')).undoLettingGo(context, id);
    },
  },
  'note-run': {
    enabled: always,
    perform: ({ send }, { id, note }) => {
      send({ type: 'note-run', id, note });
    },
  },
  'duplicate-run': {
    enabled: always,
    perform: ({ send }, { id }) => {
      send({ type: 'duplicate-run', id });
    },
  },
  'export-library': {
    enabled: ({ runs }) => runs.length > 0,
    perform: ({ send }) => {
      send({ type: 'export-library' });
    },
  },
  'import-library': {
    enabled: always,
    perform: async (context, { file }) => {
      await (await import('./keep-library')).importFile(context, file);
    },
  },
  compare: {
    enabled: ({ runs }) => runs.length >= 2,
    perform: ({ send }, { ids }) => {
      send({ type: 'compare', ids });
    },
  },
  'close-compare': {
    enabled: always,
    perform: ({ update }) => {
      update({ compared: null });
    },
  },
  export: {
    enabled: hasModel,
    perform: ({ send }, { what }) => {
      send({ type: 'export', what });
    },
  },
  /** One click: asks for the link and hands the clipboard a promise of it. */
  share: { label: 'Copy a link to this model', enabled: hasModel, perform: share },
  'make-link': {
    enabled: ({ model, modelLink }) => model !== null && modelLink?.state !== 'asked',
    perform: ({ send, update }, { bits }) => {
      update({ modelLink: { state: 'asked' } });
      send({ type: 'share', ...(bits !== undefined && { bits }) });
    },
  },
  'copy-address': {
    enabled: always,
    perform: (context, { address }) =>
      copyAddress(context, Promise.resolve(address), 'that lead to the model on this server.'),
  },
  evaluate: {
    label: 'Evaluate it on these data',
    enabled: (state) => mayEvaluate(state) && state.evaluation !== 'asked',
    perform: ({ send, update }) => {
      update({ evaluation: 'asked' });
      send({ type: 'evaluate' });
    },
  },
  'make-shared-file': {
    enabled: hasModel,
    perform: ({ send, update }) => {
      update({ sharedFile: null });
      send({ type: 'make-shared-file' });
    },
  },
  'keep-model': {
    enabled: hasRun,
    perform: async (context, { compare }) => {
      (await import('./opened-model')).keepModel(context, compare);
    },
  },
  'take-recipe': {
    label: 'Train by its recipe',
    enabled: (state) => hasRun(state) && !isActive(state.phase),
    perform: async (context) => {
      (await import('./opened-model')).takeRecipe(context);
    },
  },
  'train-on': {
    label: 'Train further from it',
    enabled: (state) =>
      hasModel(state) &&
      state.data !== null &&
      state.reading === null &&
      !isActive(state.phase) &&
      !isSweeping(state),
    perform: async (context) => {
      (await import('./opened-model')).trainOn(context);
    },
  },
  'copy-command': {
    label: 'Copy the command that trains it',
    enabled: hasRun,
    perform: copyCommand,
  },
  'share-eq': {
    label: 'Copy a link to this EQ',
    enabled: ({ eqHistory }) => eqHistory.present !== null,
    perform: async (context) => {
      const { present } = context.state.eqHistory;
      if (present === null) return;
      const { encodeEqLink } = await import('../../src/share/eq-link');
      const address = context.browser.addressWith(encodeEqLink(present));
      await copyAddress(context, Promise.resolve(address), 'that hold this EQ and its name.');
    },
  },
  'close-link': {
    enabled: always,
    perform: ({ update }) => {
      update({ linkToCopy: null });
    },
  },
} satisfies Partial<ActionTable>;

async function share(context: ActionContext): Promise<void> {
  try {
    await copyAddress(
      context,
      context.requestLink(),
      'that hold the model. Some chat and mail programs cut a link this long; the model file is the safer way there.',
    );
  } catch {
    // The worker refused, and its reason is already on the page.
  }
}

/** Copies a link, or shows it to be copied by hand; throws what the promise of it does. */
async function copyAddress(
  { browser, update, notify }: ActionContext,
  link: Promise<string>,
  what: string,
): Promise<void> {
  const { copied, text } = await browser.copyWhenReady(link);
  if (copied) {
    notify('success', `Link copied: ${text.length.toLocaleString('en')} characters ${what}`);
  } else {
    update({ linkToCopy: text });
  }
}

async function copyCommand({ state, browser, notify }: ActionContext): Promise<void> {
  const { model, data } = state;
  const run = model?.document.run ?? null;
  if (model === null || run === null) return;
  const { runCommand } = await import('../../src/recipe/run-command');
  const words = model.document.words.map(({ word }) => word);
  const file = run.synthetic ? 'public/sample.csv' : (data?.name ?? 'FILE');
  const command = runCommand(run.recipe, words, file);
  if (command === null) {
    notify('warning', 'A word of this model has a comma, which the command line cannot name.');
    return;
  }
  const { copied } = await browser.copyWhenReady(Promise.resolve(command));
  if (copied) notify('success', 'Command copied: it trains the same recipe on the command line.');
  else notify('info', `The browser lets nothing be copied. The command is: ${command}`);
}
