/** What each action does to the page's state, tells the worker and asks of the browser, and when. */
import { zipSync } from 'fflate';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { AuditReport } from '../../src/data/audit/report';
import { FLAT_SETTING } from '../../src/eq/parameters';
import { wordAlone } from '../../src/explore/mixture';
import { packApartMaps } from '../../src/ready/apart-maps';
import { SENSIBLE_CHOICES } from '../../src/recipe/audit-choices';
import { runName } from '../../src/recipe/run-name';
import { trainedOnName } from '../../src/recipe/trained-on-name';
import { RECIPES } from '../../src/recipe/recipes';
import { answeredTest } from '../../src/testing/listening-test';
import { sampleModel } from '../../src/testing/sample-model';
import { wordHeadModel } from '../../src/testing/word-head-model';
import type { Command } from '../../workers/trainer/messages';
import type { Action, ActionName, ActionOf } from '../state/action';
import type { ActionDefinition } from '../state/action-table';
import type { Browser } from '../state/browser';
import {
  INITIAL_STATE,
  type Notice,
  type PageState,
  type RunState,
  type ShownModel,
} from '../state/page-state';
import type { SweepState } from '../state/sweep-state';
import { takeEq } from '../state/explore';
import { newNameFrom } from '../runs/opened-model';
import { ACTIONS } from './actions';
import { loadModelCode } from '../state/model-code';

beforeAll(loadModelCode);

const { recipe } = RECIPES['seed-v2'];
const words = [
  { word: 'bright', rows: 40, contributors: 9, caution: null },
  { word: 'warm', rows: 30, contributors: 8, caution: null },
  { word: 'rare', rows: 2, contributors: 2, caution: null },
];
const loaded: PageState = {
  ...INITIAL_STATE,
  data: {
    name: 'some.csv',
    sha256: '0'.repeat(64),
    synthetic: false,
    rows: 72,
    contributors: 12,
    rejected: [],
    rejectedTotal: 0,
    reading: null,
  },
  cleaned: { choices: recipe.audit, rowsLeft: 72, dropped: [], words },
  chosenWords: new Set(['warm', 'bright']),
};
const run: RunState = {
  id: 'run-1',
  name: 'Seed V2, seed 9',
  recipe: { ...recipe, seed: 9 },
  words: ['bright', 'warm'],
  trainingRows: 60,
  heldOutRows: 12,
  stepsPerEpoch: 1,
  resumable: true,
  openedAt: 0,
  reason: null,
};
const sweep: SweepState = { members: [], words: [], engine: null, phase: 'training', pace: null };
const model = { ...sampleModel(), source: 'file', settings: null, contributors: null } as const;
const opened: PageState = { ...INITIAL_STATE, model };

/** A run's model that learnt from the data of that hash. */
function modelOf(dataSha256: string): PageState['model'] {
  const { document } = model;
  if (document.run === null) throw new Error('The sample model has a run.');
  return {
    ...model,
    source: 'run',
    document: { ...document, run: { ...document.run, dataSha256 } },
  };
}
const once: PageState = {
  ...opened,
  ...takeEq(opened, { name: 'first', setting: FLAT_SETTING, latent: [0, 0] }),
};
const twice: PageState = {
  ...once,
  ...takeEq(once, { name: 'second', setting: FLAT_SETTING, latent: [1, 0] }),
};

/** A browser that does nothing; what a test needs of it is put in its place. */
function browserWith(parts: Partial<Browser>): Browser {
  return {
    saveFile: () => undefined,
    pngOf: () => Promise.resolve(new ArrayBuffer(1)),
    copyWhenReady: async (text) => ({ copied: true, text: await text }),
    readSample: () => Promise.resolve(new ArrayBuffer(3)),
    readReadyMade: () => Promise.resolve(new ArrayBuffer(4)),
    readShared: () => Promise.reject(new Error('no shared model')),
    keepStorage: () => undefined,
    lastRun: { read: () => null, write: () => undefined },
    visit: { read: () => null, write: () => undefined },
    leavingRuns: { read: () => null, write: () => undefined },
    onLeave: () => undefined,
    eraseAndReload: () => undefined,
    onNewerPage: () => undefined,
    keepAwake: () => undefined,
    endNotices: {
      wanted: false,
      want: (wanted) => Promise.resolve(wanted),
      ended: () => undefined,
    },
    fragment: () => '',
    onFragment: () => undefined,
    setFragment: () => undefined,
    addressWith: (fragment) => `here#${fragment}`,
    ...parts,
  };
}

/** Does an action, whether it is enabled or not, and gives what came of it. */
async function doing<Name extends ActionName>(
  action: ActionOf<Name>,
  before: PageState = INITIAL_STATE,
  { browser = {}, link = Promise.resolve('here#model') }: DoingOptions = {},
): Promise<Done> {
  const done: Done = { state: before, sent: [], notices: [], saved: [] };
  const definition: ActionDefinition<Name> = ACTIONS[action.type];
  await definition.perform(
    {
      get state() {
        return done.state;
      },
      update: (change) => {
        done.state = { ...done.state, ...change };
      },
      send: (command) => done.sent.push(command),
      notify: (kind, text) => done.notices.push({ kind, text }),
      requestLink: () => link,
      browser: browserWith({
        saveFile: (...file) => done.saved.push(file),
        ...browser,
      }),
    },
    action,
  );
  return done;
}

interface DoingOptions {
  browser?: Partial<Browser>;
  link?: Promise<string>;
}

interface Done {
  state: PageState;
  readonly sent: Command[];
  readonly notices: Omit<Notice, 'id'>[];
  /** The arguments of each saving. */
  readonly saved: Parameters<Browser['saveFile']>[];
}

describe('when an action can be done', () => {
  const phases = [
    'idle',
    'preparing',
    'training',
    'pausing',
    'paused',
    'stopping',
    'done',
  ] as const;
  const inPhases = (name: ActionName, state: PageState): string[] =>
    phases.filter((phase) => ACTIONS[name].enabled({ ...state, phase }));
  const withRun = { ...loaded, run };

  it('measuring is cancelled while it lasts, and taken up once it was', () => {
    const can = (measuring: PageState['measuring']) =>
      (['cancel-measuring', 'measure'] as const).filter((name) =>
        ACTIONS[name].enabled({ ...withRun, measuring }),
      );
    expect(can(null)).toEqual([]);
    expect(can(0.4)).toEqual(['cancel-measuring']);
    expect(can('cancelled')).toEqual(['measure']);
  });

  it.each([
    ['train', ['idle', 'done']],
    ['train-one-epoch', ['idle', 'done']],
    ['pause', ['training']],
    ['resume', ['paused']],
    ['step', ['paused']],
    ['stop', ['training', 'pausing', 'paused']],
    ['start-over', ['idle', 'paused', 'done']],
    ['start-sweep', ['idle', 'paused', 'done']],
    ['choose-recipe', ['idle', 'done']],
    ['choose-engine', ['idle', 'pausing', 'paused', 'stopping', 'done']],
    ['open-run', ['idle', 'paused', 'done']],
  ] as const)('%s: while a run is %j', (name, expected) => {
    expect(inPhases(name, withRun)).toEqual(expected);
  });

  it.each(['train', 'train-one-epoch', 'start-sweep'] as const)(
    '%s: not without data, while others are read, without two words, or in a sweep',
    (name) => {
      const enabled = (state: PageState) => ACTIONS[name].enabled(state);
      expect(enabled(loaded)).toBe(true);
      expect(enabled({ ...loaded, data: null })).toBe(false);
      expect(enabled({ ...loaded, reading: { name: 'a.csv', share: null } })).toBe(false);
      expect(enabled({ ...loaded, chosenWords: new Set(['warm']) })).toBe(false);
      expect(enabled({ ...loaded, sweep })).toBe(false);
      expect(enabled({ ...loaded, sweepAsked: true })).toBe(false);
      expect(enabled({ ...loaded, sweep: { ...sweep, phase: 'ended' } })).toBe(true);
    },
  );

  it.each(['resume', 'step', 'start-over'] as const)('%s: not in a sweep', (name) => {
    const paused: PageState = { ...withRun, phase: 'paused' };
    expect(ACTIONS[name].enabled(paused)).toBe(true);
    expect(ACTIONS[name].enabled({ ...paused, sweep })).toBe(false);
  });

  it('start-over: only with a run and the data it was trained on, and no others being read', () => {
    const reading = { name: 'a.csv', share: null };
    expect(ACTIONS['start-over'].enabled({ ...withRun, reading })).toBe(false);
    expect(ACTIONS['start-over'].enabled(loaded)).toBe(false);
    expect(ACTIONS['start-over'].enabled({ ...INITIAL_STATE, run })).toBe(false);
  });

  it('train-more: the ended run’s words and recipe for so many epochs, as a run of another name', async () => {
    const ended: PageState = { ...withRun, phase: 'done', model: modelOf('0'.repeat(64)) };
    expect(ACTIONS['train-more'].enabled(ended)).toBe(true);
    expect(ACTIONS['train-more'].enabled({ ...ended, phase: 'paused' })).toBe(false);
    expect(ACTIONS['train-more'].enabled({ ...ended, data: null })).toBe(false);
    expect(ACTIONS['train-more'].enabled({ ...ended, sweep })).toBe(false);
    const elsewhere: PageState = { ...ended, model: modelOf('1'.repeat(64)) };
    expect(ACTIONS['train-more'].enabled(elsewhere)).toBe(false);
    const { sent } = await doing({ type: 'train-more', epochs: 12 }, ended);
    const recipeOn = { ...run.recipe, epochs: 12 };
    const start = {
      type: 'start',
      words: run.words,
      recipe: recipeOn,
      paused: false,
      from: 'shown',
    };
    expect(sent).toEqual([{ ...start, name: runName(recipeOn) }]);
    // The trainer adds what it began with; no two runs are called the same then.
    const taken = { ...run, name: trainedOnName('Seed V2', 'Seed V2') };
    expect(newNameFrom('Seed V2', 'Seed V2', { ...ended, run: taken })).toBe('Seed V2 (2)');
  });

  it.each([
    'select-word',
    'select-cluster',
    'mix',
    'take-point',
    'move-point',
    'export',
    'share',
  ] as const)('%s: once there is a model', (name) => {
    expect(ACTIONS[name].enabled(INITIAL_STATE)).toBe(false);
    expect(ACTIONS[name].enabled(opened)).toBe(true);
  });

  it('draw-apart: with a word head, the rows of the map, and no run that draws it', () => {
    const settings = new Float32Array(5 * FLAT_SETTING.length);
    const headed: PageState = {
      ...INITIAL_STATE,
      model: { ...wordHeadModel(), source: 'training', settings, contributors: null },
      phase: 'done',
    };
    expect(ACTIONS['draw-apart'].enabled(headed)).toBe(true);
    expect(ACTIONS['draw-apart'].enabled({ ...headed, phase: 'training' })).toBe(false);
    expect(ACTIONS['draw-apart'].enabled({ ...headed, model: { ...model, settings } })).toBe(false);
    const without: PageState['model'] = {
      ...wordHeadModel(),
      source: 'file',
      settings: null,
      contributors: null,
    };
    expect(ACTIONS['draw-apart'].enabled({ ...headed, model: without })).toBe(false);
    const ready: PageState['model'] = { ...without, source: 'ready-made' };
    expect(ACTIONS['draw-apart'].enabled({ ...headed, model: ready })).toBe(true);
  });

  it('undo and redo: where there is something to go back or forth to', () => {
    const can = (state: PageState) => [ACTIONS.undo.enabled(state), ACTIONS.redo.enabled(state)];
    expect(can(INITIAL_STATE)).toEqual([false, false]);
    expect(can(once)).toEqual([false, false]);
    expect(can(twice)).toEqual([true, false]);
  });

  it('shape: once there is a current EQ', () => {
    expect(ACTIONS.shape.enabled(opened)).toBe(false);
    expect(ACTIONS.shape.enabled(once)).toBe(true);
  });

  it('stop-sweep: while one trains', () => {
    expect(ACTIONS['stop-sweep'].enabled(INITIAL_STATE)).toBe(false);
    expect(ACTIONS['stop-sweep'].enabled({ ...INITIAL_STATE, sweep })).toBe(true);
    const stopping: SweepState = { ...sweep, phase: 'stopping' };
    expect(ACTIONS['stop-sweep'].enabled({ ...INITIAL_STATE, sweep: stopping })).toBe(false);
  });

  it('export-audit: once the data have been looked over', () => {
    expect(ACTIONS['export-audit'].enabled(loaded)).toBe(false);
  });

  it('add-row and export-data: with a current EQ that no run keeps, and with data', () => {
    expect(ACTIONS['add-row'].enabled(INITIAL_STATE)).toBe(false);
    expect(ACTIONS['add-row'].enabled(once)).toBe(true);
    expect(ACTIONS['add-row'].enabled({ ...once, phase: 'training' })).toBe(false);
    expect(ACTIONS['export-data'].enabled(INITIAL_STATE)).toBe(false);
    expect(ACTIONS['export-data'].enabled(loaded)).toBe(true);
  });

  it('scrub: where something is kept to look back at', async () => {
    expect(ACTIONS.scrub.enabled(INITIAL_STATE)).toBe(false);
    const frames = [{ epoch: 0, points: new Float32Array(2), settings: null }];
    const kept = { ...INITIAL_STATE, timeline: { frames, scoreboards: [] } };
    const { state } = await doing({ type: 'scrub', epoch: 0 }, kept);
    expect(state.cursor).toBe(0);
    expect((await doing({ type: 'scrub', epoch: null }, state)).state.cursor).toBeNull();
  });

  it('compare: with two kept runs', () => {
    expect(ACTIONS.compare.enabled(INITIAL_STATE)).toBe(false);
  });

  it.each([
    'open-file',
    'use-sample',
    'set-minimum-rows',
    'choose-words',
    'tick-usual-words',
    'choose-cleaning',
    'set-recipe',
    'take-eq',
    'choose-slots',
    'rename-run',
    'delete-run',
    'save-listening-test',
    'list-listening-tests',
    'delete-listening-test',
    'close-compare',
    'close-link',
    'save-text',
    'save-bytes',
    'save-picture',
    'report',
    'dismiss',
    'open-shortcuts',
    'close-shortcuts',
  ] as const)('%s: always', (name) => {
    expect(ACTIONS[name].enabled(INITIAL_STATE)).toBe(true);
  });
});

describe('data and words', () => {
  it('a table is read, and a model opened: by its name, or by its bytes', async () => {
    const table = await doing({ type: 'open-file', file: new File(['1,warm'], 'some.csv') });
    expect(table.state.reading).toEqual({ name: 'some.csv', share: null });
    expect(table.sent).toMatchObject([{ type: 'load-data', name: 'some.csv', synthetic: false }]);
    const byName = await doing({ type: 'open-file', file: new File(['x'], 'a.SAFETENSORS') });
    expect(byName.sent).toMatchObject([{ type: 'open-model' }]);
    expect(byName.state.reading).toBe(null);
    const bytes = new Uint8Array([2, 0, 0, 0, 0, 0, 0, 0, 0x7b, 0x7d]);
    const byLook = await doing({ type: 'open-file', file: new File([bytes], 'renamed.bin') });
    expect(byLook.sent).toMatchObject([{ type: 'open-model' }]);
  });

  it('a library of runs is imported wherever it is brought, and shown; other zips are models', async () => {
    const zipOf = (name: string) => zipSync({ [name]: new Uint8Array(3) });
    const library = new File([zipOf('library.json')], 'called anything');
    const { sent, state } = await doing({ type: 'open-file', file: library }, loaded);
    expect(sent).toMatchObject([{ type: 'import-library' }]);
    expect(state.view).toBe('compare');
    expect(state.reading).toBeNull();
    for (const bytes of [zipOf('encoder.onnx'), zipOf('library.json').slice(0, 60)]) {
      const other = await doing({ type: 'open-file', file: new File([bytes], 'a.zip') });
      expect(other.sent).toMatchObject([{ type: 'open-model' }]);
    }
  });

  it('while something trains, data wait for an answer, and are read once it is stopped', async () => {
    const training: PageState = { ...loaded, run, phase: 'training' };
    const file = new File(['1,warm'], 'other.csv');
    const asked = await doing({ type: 'open-file', file }, training);
    expect([asked.sent, asked.state.waitingData]).toEqual([[], { name: 'other.csv', file }]);
    const sample = await doing({ type: 'use-sample' }, training);
    expect([sample.sent, sample.state.waitingData?.file]).toEqual([[], null]);

    const no = await doing({ type: 'answer-data', stop: false }, asked.state);
    expect([no.sent, no.state.waitingData]).toEqual([[], null]);
    const yes = await doing({ type: 'answer-data', stop: true }, asked.state);
    expect(yes.sent).toMatchObject([{ type: 'stop' }, { type: 'load-data', name: 'other.csv' }]);
    const yesToSample = await doing({ type: 'answer-data', stop: true }, sample.state);
    expect(yesToSample.sent).toMatchObject([{ type: 'stop' }, { type: 'load-data' }]);
    const sweeping: PageState = { ...asked.state, phase: 'idle', sweep };
    const ofSweep = await doing({ type: 'answer-data', stop: true }, sweeping);
    expect(ofSweep.sent).toMatchObject([{ type: 'stop-sweep' }, { type: 'load-data' }]);
  });

  it('a model opens beside what trains', async () => {
    const training: PageState = { ...loaded, run, phase: 'training' };
    const file = new File(['x'], 'a.safetensors');
    const { sent, state } = await doing({ type: 'open-file', file }, training);
    expect([sent.length, state.waitingData]).toEqual([1, null]);
  });

  it('the ready-made model comes back unless a run trains, or it is shown', async () => {
    const { sent, state } = await doing(
      { type: 'show-ready-made' },
      { ...opened, view: 'compare' },
    );
    expect([sent.map(({ type }) => type), state.view]).toEqual([['show-ready-made'], 'explore']);
    const can = ACTIONS['show-ready-made'].enabled;
    expect(can({ ...opened, phase: 'training' })).toBe(false);
    expect(can({ ...opened, phase: 'paused' })).toBe(true);
    expect(can({ ...opened, model: { ...model, source: 'ready-made' } })).toBe(false);
    const readReadyMade = () => Promise.reject(new Error('offline'));
    const offline = await doing({ type: 'show-ready-made' }, opened, {
      browser: { readReadyMade },
    });
    expect([offline.sent, offline.notices.length]).toEqual([[], 1]);
  });

  it('the page is explained without a drawer over it', async () => {
    const open: PageState = { ...INITIAL_STATE, drawer: 'presets' };
    const { state } = await doing({ type: 'explain', shown: true }, open);
    expect([state.explaining, state.drawer]).toEqual([true, null]);
  });

  it('what went well is no longer said in another view', async () => {
    const notice = (id: number, kind: Notice['kind']): Notice => ({ id, kind, text: kind });
    const notices = [notice(1, 'success'), notice(2, 'danger')];
    const { state } = await doing({ type: 'go', view: 'train' }, { ...INITIAL_STATE, notices });
    expect(state.notices.map(({ kind }) => kind)).toEqual(['danger']);
  });

  it('a file brings its view, and leaves the model’s drawer open that was opened meanwhile', async () => {
    const open = async (
      name: string,
      view: PageState['view'],
      drawer: PageState['drawer'],
      text = 'x',
    ) => {
      const before: PageState = { ...INITIAL_STATE, view, drawer };
      const { state } = await doing({ type: 'open-file', file: new File([text], name) }, before);
      return [state.view, state.drawer];
    };
    expect(await open('a.safetensors', 'train', 'model')).toEqual(['explore', 'model']);
    expect(await open('a.safetensors', 'explore', 'presets')).toEqual(['explore', 'presets']);
    expect(await open('a.ZIP', 'train', 'model')).toEqual(['explore', 'model']);
    // By its first bytes, whatever it is called.
    expect(await open('study', 'train', null, 'PK\u0003\u0004')).toEqual(['explore', null]);
    expect(await open('some.csv', 'explore', 'presets')).toEqual(['train', null]);
  });

  it('a file that cannot be read is told of', async () => {
    const file = new File(['x'], 'gone.csv');
    file.arrayBuffer = () => Promise.reject(new Error('gone'));
    const { sent, notices } = await doing({ type: 'open-file', file });
    expect(sent).toEqual([]);
    expect(notices).toEqual([
      { kind: 'danger', text: 'gone.csv could not be read from the disk: choose it again.' },
    ]);
  });

  it('the sample is fetched, or told of as missing', async () => {
    const there = await doing({ type: 'use-sample' });
    expect(there.sent).toMatchObject([{ type: 'load-data', synthetic: true }]);
    expect(there.state.reading?.name).toBe('synthetic sample');
    const readSample = () => Promise.reject(new Error('offline'));
    const missing = await doing({ type: 'use-sample' }, INITIAL_STATE, { browser: { readSample } });
    expect([missing.sent, missing.state.reading]).toEqual([[], null]);
    expect(missing.notices).toMatchObject([{ kind: 'danger' }]);
  });

  it('only the newest of several files is sent that still come from the disk', async () => {
    const slow = new File(['1,warm'], 'slow.csv');
    let come: (bytes: ArrayBuffer) => void = () => undefined;
    slow.arrayBuffer = () => new Promise((resolve) => (come = resolve));
    const first = doing({ type: 'open-file', file: slow });
    const second = await doing({ type: 'open-file', file: new File(['1,warm'], 'quick.csv') });
    come(new ArrayBuffer(3));
    expect((await first).sent).toEqual([]);
    expect(second.sent).toMatchObject([{ name: 'quick.csv' }]);
    const third = doing({ type: 'open-file', file: slow });
    const { sent } = await doing({ type: 'cancel-reading' });
    come(new ArrayBuffer(3));
    expect([(await third).sent, sent]).toEqual([[], [{ type: 'cancel-reading' }]]);
  });

  it('the sample gives up the file that is being read, and a model the sample', async () => {
    const reading: PageState = { ...INITIAL_STATE, reading: { name: 'long.csv', share: 0.3 } };
    let come: (bytes: ArrayBuffer) => void = () => undefined;
    const readSample = (): Promise<ArrayBuffer> => new Promise((resolve) => (come = resolve));
    const sample = doing({ type: 'use-sample' }, reading, { browser: { readSample } });
    await doing({ type: 'open-file', file: new File(['x'], 'a.safetensors') });
    come(new ArrayBuffer(3));
    const { state, sent } = await sample;
    expect([sent, state.reading]).toEqual([[{ type: 'cancel-reading' }], null]);
  });

  it('nothing is trained while a field of the recipe holds what cannot be used', async () => {
    expect(ACTIONS.train.enabled(loaded)).toBe(true);
    const problem = 'a whole number from 1 to 10000';
    const { state } = await doing({ type: 'mark-setting', label: 'Epochs', problem }, loaded);
    expect([...state.recipeProblems]).toEqual([['Epochs', problem]]);
    for (const name of ['train', 'train-one-epoch', 'start-sweep'] as const) {
      expect(ACTIONS[name].enabled(state)).toBe(false);
    }
    const mended = await doing({ type: 'mark-setting', label: 'Epochs', problem: null }, state);
    expect(ACTIONS.train.enabled(mended.state)).toBe(true);
    const other = await doing({ type: 'choose-recipe', name: 'seed-v2' }, state);
    expect(other.state.recipeProblems.size).toBe(0);
  });

  it('a reading is cancelled while there is one, and what was loaded stays', async () => {
    const reading: PageState = { ...loaded, reading: { name: 'long.csv', share: 0.3 } };
    const can = [loaded, reading].map((state) => ACTIONS['cancel-reading'].enabled(state));
    expect(can).toEqual([false, true]);
    const { state, sent } = await doing({ type: 'cancel-reading' }, reading);
    expect(sent).toEqual([{ type: 'cancel-reading' }]);
    expect(state).toEqual({
      ...loaded,
      announcement: 'Reading long.csv was cancelled.',
    });
  });

  it('the file whose columns are not named is given up', async () => {
    const asked: PageState = {
      ...loaded,
      reading: { name: 'foreign.csv', share: null },
      foreignColumns: {
        names: ['a'],
        guess: { word: null, contributor: null, parameters: [] },
      },
    };
    const again = await doing({ type: 'read-again', choices: {} }, asked);
    expect(again.state.reading?.name).toBe('foreign.csv');
    const { state, sent } = await doing({ type: 'close-columns' }, asked);
    expect([state, sent]).toEqual([loaded, [{ type: 'cancel-reading' }]]);
    const other = { ...loaded, reading: { name: 'long.csv', share: 0.3 } };
    const instead = await doing({ type: 'read-again', choices: { language: 'all' } }, other);
    expect(instead.state.reading).toEqual({ name: 'some.csv', share: null });
  });

  it('words are chosen one by one, by their rows, and as the recipe means them', async () => {
    const chosen = await doing({ type: 'choose-words', words: new Set(['rare']) }, loaded);
    expect([...chosen.state.chosenWords]).toEqual(['rare']);
    const byRows = await doing({ type: 'set-minimum-rows', rows: 35 }, loaded);
    expect([byRows.state.minimumRows, ...byRows.state.chosenWords]).toEqual([35, 'bright']);
    const usual = await doing({ type: 'tick-usual-words' }, chosen.state);
    expect([...usual.state.chosenWords].sort()).toEqual(['bright', 'warm']);
  });

  it('choices about findings are part of the recipe', async () => {
    const { state } = await doing({ type: 'choose-cleaning', choices: SENSIBLE_CHOICES }, loaded);
    expect(state.recipe).toEqual({ ...loaded.recipe, audit: SENSIBLE_CHOICES });
  });
});

describe('the recipe', () => {
  it('is set, and begun with another', async () => {
    const set = await doing({ type: 'set-recipe', recipe: { ...recipe, epochs: 7 } });
    expect(set.state.recipe.epochs).toBe(7);
    const other = await doing({ type: 'choose-recipe', name: 'seed-v1' }, loaded);
    expect(other.state.recipe).toEqual(RECIPES['seed-v1'].recipe);
    expect([set.notices, other.notices]).toEqual([[], []]);
  });

  it('says when choices about the data go with another', async () => {
    const own: PageState = { ...loaded, recipe: { ...recipe, audit: SENSIBLE_CHOICES } };
    const { notices } = await doing({ type: 'choose-recipe', name: 'seed-v1' }, own);
    expect(notices).toMatchObject([{ kind: 'info' }]);
  });
});

describe('a run', () => {
  const start = {
    type: 'start',
    words: ['warm', 'bright'],
    recipe: loaded.recipe,
    name: runName(loaded.recipe),
  };

  it('is trained, or set up for one epoch', async () => {
    expect((await doing({ type: 'train' }, loaded)).sent).toEqual([{ ...start, paused: false }]);
    expect((await doing({ type: 'train-one-epoch' }, loaded)).sent).toEqual([
      { ...start, paused: true },
      { type: 'step' },
    ]);
  });

  it.each(['pause', 'resume', 'step', 'stop', 'cancel-measuring', 'measure'] as const)(
    'is told to %s',
    async (type) => {
      expect((await doing({ type }, loaded)).sent).toEqual([{ type }]);
    },
  );

  it('is trained again as it was', async () => {
    const { sent, state } = await doing({ type: 'start-over' }, { ...loaded, run });
    const { name, words: own, recipe: again } = run;
    expect(sent).toEqual([
      { type: 'start', words: own, recipe: again, name: `${name} (2)`, paused: false },
    ]);
    expect(state.recipe).toBe(run.recipe);
  });

  it('has its arithmetic done by the chosen engine', async () => {
    const { sent, state } = await doing({ type: 'choose-engine', choice: 'wasm' });
    expect(sent).toEqual([{ type: 'choose-engine', choice: 'wasm' }]);
    expect(state.engineChoice).toBe('wasm');
  });
});

describe('a sweep', () => {
  it('is started, which leads to it, and stopped', async () => {
    const started = await doing({ type: 'start-sweep', vary: { seed: [1, 2] } }, loaded);
    expect(started.state.sweepAsked).toBe(true);
    expect(started.state.view).toBe('compare');
    expect(started.sent).toEqual([
      {
        type: 'start-sweep',
        words: ['warm', 'bright'],
        recipe: loaded.recipe,
        vary: { seed: [1, 2] },
      },
    ]);
    const stopped = await doing({ type: 'stop-sweep' }, { ...loaded, sweep });
    expect(stopped.sent).toEqual([{ type: 'stop-sweep' }]);
    expect(stopped.state.sweep?.phase).toBe('stopping');
  });
});

describe('the map', () => {
  it('is drawn apart by the worker', async () => {
    const settings = new Float32Array(5 * FLAT_SETTING.length);
    const headed: PageState = {
      ...INITIAL_STATE,
      model: { ...wordHeadModel(), source: 'training', settings, contributors: null },
    };
    const action = { type: 'draw-apart', amount: 50 } as const;
    expect((await doing(action, headed)).sent).toEqual([action]);
  });

  it('is drawn apart by maps that come with the ready-made model, which has no rows', async () => {
    const own = wordHeadModel();
    const shown: ShownModel = { ...own, source: 'ready-made', settings: null, contributors: null };
    const ready: PageState = { ...INITIAL_STATE, model: shown };
    const rows = own.map?.heldOut ?? expect.fail('It has a map.');
    const settings = Array.from(rows, () => ({ setting: FLAT_SETTING }));
    const file = (await packApartMaps(own, settings)).buffer;
    const readReadyMade = vi.fn(() => Promise.resolve(file));
    const by = (amount: number) =>
      doing({ type: 'draw-apart', amount }, ready, { browser: { readReadyMade } });
    const apart = await by(20);
    expect([apart.sent, apart.notices]).toEqual([[], []]);
    expect(apart.state.apart?.pull.amount).toBe(20);
    expect(apart.state.announcement).toBe('The words are drawn apart by 20.');
    expect((await by(0)).state.apart).toBeNull();
    expect(readReadyMade.mock.calls).toEqual([['apart.bin']]);

    // What cannot be loaded is said, and asked for again.
    const refused: PageState = { ...ready, model: { ...shown } };
    const offline = vi.fn(() => Promise.reject(new Error('offline')));
    const none = await doing({ type: 'draw-apart', amount: 0 }, refused, {
      browser: { readReadyMade: offline },
    });
    expect([none.notices, offline.mock.calls]).toEqual([[], []]);
    for (const time of [1, 2]) {
      const { state, notices } = await doing({ type: 'draw-apart', amount: 20 }, refused, {
        browser: { readReadyMade: offline },
      });
      expect([state.apart, notices.length]).toEqual([null, 1]);
      expect(offline).toHaveBeenCalledTimes(time);
    }
  });
});

describe('the current EQ', () => {
  const name = ({ state }: Done) => state.eqHistory.present?.name;
  const word = model.document.words[0]?.word ?? '';

  it('is a word, a cluster of it, or a mixture', async () => {
    const picked = await doing({ type: 'select-word', word }, opened);
    expect(picked.state.mixture).toEqual(wordAlone(word));
    const whole = await doing({ type: 'select-cluster', cluster: null }, picked.state);
    expect(whole.state.mixture?.parts[0]?.cluster).toBe(null);
    const mixture = { ...wordAlone(word), strength: 0.5 };
    const mixed = await doing({ type: 'mix', mixture }, opened);
    expect(mixed.state.mixture).toEqual(mixture);
  });

  it('is what is taken, a point of the map, or one beside it', async () => {
    const current = { name: 'a preset', setting: FLAT_SETTING, latent: null };
    const taken = await doing({ type: 'take-eq', current }, opened);
    expect(name(taken)).toBe('a preset');
    expect(taken.state.eqHistory.present?.latent).not.toBe(null);
    const size = model.document.spec.latent;
    const latent = new Array<number>(size).fill(0.1);
    const point = await doing({ type: 'take-point', place: latent, gesture: 1 }, opened);
    expect(point.state.eqHistory.present?.latent).toEqual(latent);
    const by = new Array<number>(size).fill(0.2);
    const moved = await doing({ type: 'move-point', by, gesture: 2 }, point.state);
    expect(moved.state.eqHistory.present?.latent?.[0]).toBeCloseTo(0.3);
  });

  it('is shaped, and taken back and forth', async () => {
    const change = (setting: readonly number[]) => setting.map((value, i) => (i === 0 ? 3 : value));
    const shaped = await doing({ type: 'shape', change, gesture: 1 }, twice);
    expect(shaped.state.eqHistory.present?.setting[0]).toBe(3);
    expect(name(shaped)).toBe('second, edited');
    const undone = await doing({ type: 'undo' }, shaped.state);
    expect(name(undone)).toBe('second');
    expect(undone.state.announcement).toBe('Undone. Current EQ: second.');
    const redone = await doing({ type: 'redo' }, undone.state);
    expect(name(redone)).toBe('second, edited');
    expect(redone.state.announcement).toBe('Done again. Current EQ: second, edited.');
  });
});

describe('kept runs and the shown model', () => {
  const told: readonly Action[] = [
    { type: 'save-listening-test', test: answeredTest('AB') },
    { type: 'list-listening-tests' },
    { type: 'delete-listening-test', id: 'a' },
    { type: 'open-run', id: 'a' },
    { type: 'rename-run', id: 'a', name: 'b' },
    { type: 'note-run', id: 'a', note: 'Mine.' },
    { type: 'duplicate-run', id: 'a' },
    { type: 'export-library' },
    { type: 'compare', ids: ['a', 'b'] },
    { type: 'export', what: 'model' },
  ];
  it.each(told)('are the worker’s: $type', async (action) => {
    expect((await doing(action, opened)).sent).toEqual([action]);
  });

  it('a comparison is closed', async () => {
    const { state } = await doing({ type: 'close-compare' }, { ...INITIAL_STATE, compared: [] });
    expect(state.compared).toBe(null);
  });

  it('a link is copied, or shown where the clipboard is closed', async () => {
    const copied = await doing({ type: 'share' }, opened);
    expect(copied.notices).toMatchObject([{ kind: 'success' }]);
    expect(copied.state.linkToCopy).toBe(null);
    const copyWhenReady = async (text: Promise<string>) => ({ copied: false, text: await text });
    const shown = await doing({ type: 'share' }, opened, { browser: { copyWhenReady } });
    expect([shown.notices, shown.state.linkToCopy]).toEqual([[], 'here#model']);
    const closed = await doing({ type: 'close-link' }, shown.state);
    expect(closed.state.linkToCopy).toBe(null);
  });

  it('a model that came by a link is kept, compared with the newest run, or its recipe taken', async () => {
    const runs = [1, 2].map((savedAt) => ({
      ...{ id: `run-${String(savedAt)}`, name: 'a', savedAt, epochs: 1, plannedEpochs: 1 },
      ...{ finished: true, synthetic: true, scoreboard: null, bytes: 1 },
    }));
    const before: PageState = { ...opened, runs, drawer: 'model' };
    const kept = await doing({ type: 'keep-model', compare: false }, before);
    expect(kept.sent).toMatchObject([{ type: 'keep-model' }]);
    expect(kept.notices).toMatchObject([{ kind: 'success' }]);
    const compared = await doing({ type: 'keep-model', compare: true }, before);
    const [keeping] = compared.sent;
    const id = keeping?.type === 'keep-model' ? keeping.id : '';
    expect(compared.sent[1]).toEqual({ type: 'compare', ids: [id, 'run-2'] });
    expect(compared.state.view).toBe('compare');
    const taken = await doing({ type: 'take-recipe' }, before);
    expect(taken.state).toMatchObject({ view: 'train', drawer: null });
    expect(taken.state.recipe).toEqual(model.document.run?.recipe);
    expect(taken.sent).toEqual([]);
  });

  it('an opened model is trained on from, by its own recipe and words', async () => {
    const { run: own, words: known } = model.document;
    const before: PageState = { ...loaded, model: { ...model, source: 'file' }, drawer: 'model' };
    const { sent, state } = await doing({ type: 'train-on' }, before);
    expect(sent).toMatchObject([
      { type: 'start', from: 'shown', words: known.map(({ word }) => word), recipe: own?.recipe },
    ]);
    expect(state).toMatchObject({ view: 'train', drawer: null, recipe: own?.recipe });
    const can = ACTIONS['train-on'].enabled;
    expect(can(before)).toBe(true);
    expect(can({ ...before, data: null })).toBe(false);
    expect(can({ ...before, phase: 'training' })).toBe(false);
    const foreign = { ...model, document: { ...model.document, run: null } };
    const chosen = await doing({ type: 'train-on' }, { ...before, model: foreign });
    expect(chosen.sent).toMatchObject([
      { words: [...before.chosenWords], recipe: before.recipe, from: 'shown' },
    ]);
  });

  it('a refused link is told of once, by the refusal itself', async () => {
    const link = Promise.reject<string>(new Error('There is no model yet.'));
    const { notices, state } = await doing({ type: 'share' }, opened, { link });
    expect([notices, state.linkToCopy]).toEqual([[], null]);
  });
});

describe('the page', () => {
  it('tells of ends where the browser allows it, and says where it does not', async () => {
    const endNotices = (comes: boolean): Partial<Browser> => ({
      endNotices: { wanted: false, want: () => Promise.resolve(comes), ended: () => undefined },
    });
    const allowed = await doing({ type: 'want-end-notices', wanted: true }, INITIAL_STATE, {
      browser: endNotices(true),
    });
    expect(allowed.state.endNotices).toBe('on');
    const refused = await doing({ type: 'want-end-notices', wanted: true }, INITIAL_STATE, {
      browser: endNotices(false),
    });
    expect(refused.state.endNotices).toBe('refused');
    const off = await doing({ type: 'want-end-notices', wanted: false }, allowed.state, {
      browser: endNotices(false),
    });
    expect(off.state.endNotices).toBe('off');
  });

  it('saves texts and pictures, and tells of a picture that cannot be drawn', async () => {
    const text = await doing({
      type: 'save-text',
      name: 'a.csv',
      mediaType: 'text/csv',
      text: 'é',
    });
    expect(text.saved).toEqual([['a.csv', 'text/csv', new TextEncoder().encode('é').buffer]]);
    const bytes = new ArrayBuffer(3);
    const film = await doing({
      type: 'save-bytes',
      name: 'a.webm',
      mediaType: 'video/webm',
      bytes,
    });
    expect(film.saved).toEqual([['a.webm', 'video/webm', bytes]]);
    const picture = {
      type: 'save-picture',
      name: 'a.png',
      svg: '<svg/>',
      millimetres: 80,
    } as const;
    expect((await doing(picture)).saved).toEqual([['a.png', 'image/png', new ArrayBuffer(1)]]);
    const pngOf = () => Promise.reject(new Error('too large'));
    const failed = await doing(picture, INITIAL_STATE, { browser: { pngOf } });
    expect(failed.saved).toEqual([]);
    expect(failed.notices).toMatchObject([{ kind: 'danger' }]);
  });

  it('saves what was found in the data', async () => {
    const audit: AuditReport = {
      version: 2,
      dataSha256: '0123456789abcdef',
      rows: 72,
      contributors: 12,
      rawLabels: 4,
      words: 3,
      findings: [],
      variants: [],
      misspellings: [],
      doubtful: [],
      rowsLeft: { founding: 72, sensible: 72 },
    };
    const state = { ...loaded, audit };
    expect(ACTIONS['export-audit'].enabled(state)).toBe(true);
    const { saved } = await doing({ type: 'export-audit' }, state);
    const [name, mediaType, bytes] = saved[0] ?? [];
    expect([saved.length, name, mediaType]).toEqual([1, 'audit-01234567.json', 'application/json']);
    const text = new TextDecoder().decode(bytes as ArrayBuffer);
    const chosen = { choices: recipe.audit, rowsLeft: 72, dropped: [] };
    expect(JSON.parse(text)).toEqual({ ...audit, chosen });
  });

  it('tells, and forgets what is dismissed', async () => {
    const told = await doing({ type: 'report', text: 'Something.' });
    expect(told.notices).toEqual([{ kind: 'danger', text: 'Something.' }]);
    const notices = [1, 2].map((id) => ({ id, kind: 'info', text: String(id) }) as const);
    const { state } = await doing({ type: 'dismiss', notice: 1 }, { ...INITIAL_STATE, notices });
    expect(state.notices.map(({ id }) => id)).toEqual([2]);
  });

  it('opens and closes the help on keys', async () => {
    const shown = await doing({ type: 'open-shortcuts' });
    expect(shown.state.shortcutsShown).toBe(true);
    const closed = await doing({ type: 'close-shortcuts' }, shown.state);
    expect(closed.state.shortcutsShown).toBe(false);
  });
});
