import { beforeEach, describe, expect, it, vi } from 'vitest';
import { packModel } from '../../src/ready/packed-model';
import { FLAT_SETTING } from '../../src/eq/parameters';
import { encodeEqLink } from '../../src/share/eq-link';
import { sampleModel } from '../../src/testing/sample-model';
import { sampleSummary } from '../../src/testing/sample-summary';
import type { Command, TrainerEvent } from '../../workers/trainer/messages';
import { ACTIONS } from '../app/actions';
import type { Browser } from './browser';
import { loadModelCode } from './model-code';
import { INITIAL_STATE } from './page-state';
import { Store } from './store';

beforeEach(loadModelCode);

const { recipe } = INITIAL_STATE;
const run: Extract<TrainerEvent, { type: 'run' }> = {
  type: 'run',
  id: 'run-1',
  name: 'Seed V2',
  recipe,
  words: ['bright', 'warm'],
  trainingRows: 60,
  heldOutRows: 12,
  stepsPerEpoch: 1,
  resumable: true,
  reason: null,
  history: [],
};
const dataLoaded: TrainerEvent = {
  type: 'data-loaded',
  name: null,
  sha256: '00',
  synthetic: false,
  rows: 3,
  contributors: 2,
  rejected: [],
  rejectedTotal: 0,
  reading: null,
};
const opened: TrainerEvent = {
  type: 'model',
  source: 'file',
  ...sampleModel(),
  settings: null,
  contributors: null,
};

const NO_COLUMNS = {
  word: null,
  contributor: null,
  parameters: Array.from({ length: 13 }, () => null),
};

/** A store on a worker and a browser that only note what they are asked for. */
function page({
  fragment = '',
  last = null,
  visit: kept = null,
  browser: parts = {},
  leaving = null,
}: PageOptions = {}) {
  const sent: Command[] = [];
  const saved: string[] = [];
  let emit: (event: TrainerEvent) => void = () => undefined;
  let remembered: string | null = last;
  let address = fragment;
  let visit: string | null = kept;
  let leave: () => void = () => undefined;
  let left = leaving;
  let fragmentChanged: () => void = () => undefined;
  const browser: Browser = {
    saveFile: (name) => saved.push(name),
    pngOf: () => Promise.reject(new Error('no picture')),
    copyWhenReady: async (text) => ({ copied: true, text: await text }),
    readSample: () => Promise.reject(new Error('no sample')),
    readReadyMade: () => Promise.reject(new Error('no model')),
    readShared: () => Promise.reject(new Error('no shared model')),
    keepStorage: () => undefined,
    lastRun: {
      read: () => remembered,
      write: (value) => (remembered = value),
    },
    visit: { read: () => visit, write: (value) => (visit = value) },
    leavingRuns: { read: () => left, write: (value) => (left = value) },
    onLeave: (listener) => (leave = listener),
    eraseAndReload: () => undefined,
    onNewerPage: () => undefined,
    keepAwake: () => undefined,
    endNotices: {
      wanted: false,
      want: (wanted) => Promise.resolve(wanted),
      ended: () => undefined,
    },
    fragment: () => address,
    onFragment: (listener) => (fragmentChanged = listener),
    setFragment: (of) => (address = of),
    addressWith: (of) => `here#${of}`,
    ...parts,
  };
  const store = new Store({
    actions: ACTIONS,
    client: {
      send: (command) => sent.push(command),
      onEvent: (listener) => (emit = listener),
    },
    browser,
  });
  return {
    store,
    browser,
    sent,
    saved,
    emit: (event: TrainerEvent) => {
      emit(event);
    },
    lastRun: () => remembered,
    leavingRuns: () => left,
    /** Leaves the page; gives what is kept of the visit. */
    leave: () => {
      leave();
      return visit;
    },
    goTo: (of: string) => {
      address = of;
      fragmentChanged();
    },
    notices: () => store.state.notices.map(({ text }) => text),
  };
}

interface PageOptions {
  /** Of the address, as the page opens. */
  readonly fragment?: string;
  /** The run that was open last. */
  readonly last?: string | null;
  /** What was kept of the tab's visit before a reload. */
  readonly visit?: string | null;
  /** Runs that were still to be deleted when a page was left. */
  readonly leaving?: string | null;
  readonly browser?: Partial<Browser>;
}

describe('the store as the page opens', () => {
  it('asks for the kept runs only, where a view without a model is looked at', () => {
    const { store, sent } = page({ fragment: 'train' });
    store.start();
    expect(sent).toEqual([{ type: 'list-runs' }]);
    expect(store.state.view).toBe('train');
  });

  it('shows the ready-made model where there is nothing else to explore, once', async () => {
    const file = (await packModel(sampleModel(), 10)).buffer;
    const readReadyMade = vi.fn((name: string) =>
      name === 'model.bin' ? Promise.resolve(file) : Promise.reject(new Error('no replay')),
    );
    const { store, sent, goTo } = page({ fragment: 'train', browser: { readReadyMade } });
    store.start();
    expect(readReadyMade).not.toHaveBeenCalled();
    goTo('explore');
    store.act({ type: 'go', view: 'compare' });
    store.act({ type: 'go', view: 'explore' });
    await vi.waitFor(() => {
      expect(store.state.model?.source).toBe('ready-made');
    });
    expect(readReadyMade.mock.calls.filter(([name]) => name === 'model.bin')).toHaveLength(1);
    // The worker gets it when it has something to do with it, and once.
    expect(sent).toEqual([{ type: 'list-runs' }, { type: 'look-over-runs' }]);
    store.act({ type: 'export', what: 'model' });
    store.act({ type: 'export', what: 'model' });
    expect(sent.map(({ type }) => type)).toEqual([
      ...['list-runs', 'look-over-runs', 'open-ready-made', 'export', 'export'],
    ]);
  });

  it('leaves the ready-made model where another is opened meanwhile, and not where it is refused', async () => {
    const file = (await packModel(sampleModel(), 10)).buffer;
    let give: (bytes: ArrayBuffer) => void = () => undefined;
    const readReadyMade = () => new Promise<ArrayBuffer>((resolve) => (give = resolve));
    const { store, emit } = page({ browser: { readReadyMade } });
    store.start();
    const first = give;
    const name = 'other.safetensors';
    store.act({ type: 'open-file', file: new File([new Uint8Array(9)], name) });
    await vi.waitFor(() => {
      expect(store.state.notices).toEqual([]);
    });
    await new Promise((resolve) => setTimeout(resolve, 0));
    first(file.slice(0));
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(store.state.model).toBe(null);
    emit({ type: 'refused', what: 'open-model', reason: 'It is damaged.' });
    give(file);
    await vi.waitFor(() => {
      expect(store.state.model?.source).toBe('ready-made');
    });
  });

  it('says that the ready-made model is missing, and tries again when it is looked for', async () => {
    const { store, notices } = page();
    store.start();
    await vi.waitFor(() => {
      expect(notices()).toEqual([expect.stringMatching(/ready-made model could not be loaded/)]);
    });
    store.act({ type: 'go', view: 'train' });
    store.act({ type: 'go', view: 'explore' });
    await vi.waitFor(() => {
      expect(store.state.notices[0]?.id).toBe(2);
    });
  });

  it('trains on the sample as soon as its words are known, where that was asked for', async () => {
    const readSample = () => Promise.resolve(new ArrayBuffer(3));
    const { store, sent, emit } = page({ fragment: 'explore', browser: { readSample } });
    store.act({ type: 'train-sample' });
    await vi.waitFor(() => {
      expect(sent.at(-1)?.type).toBe('load-data');
    });
    emit({ ...dataLoaded, name: 'synthetic sample' });
    expect(sent.some(({ type }) => type === 'start')).toBe(false);
    const words = ['warm', 'bright'].map((word) => ({
      word,
      rows: 9,
      contributors: 5,
      caution: null,
    }));
    emit({
      type: 'cleaned',
      cleaning: { choices: recipe.audit, rowsLeft: 18, dropped: [] },
      words,
    });
    expect(sent.at(-1)).toMatchObject({ type: 'start', paused: false });
    expect(store.state).toMatchObject({ view: 'train', trainsNext: false });
  });

  it('opens the run that was open last', () => {
    const { store, sent } = page({ last: 'run-1' });
    store.start();
    expect(sent.at(-1)).toEqual({ type: 'open-run', id: 'run-1' });
  });

  it('opens the model of its address instead, and of each address that follows', () => {
    const { store, sent, goTo } = page({ fragment: 'one', last: 'run-1' });
    store.start();
    goTo('two');
    goTo('');
    expect(sent).toEqual([
      { type: 'list-runs' },
      { type: 'open-link', fragment: 'one' },
      { type: 'open-link', fragment: 'two' },
    ]);
  });

  it('fetches the model of a short link, and opens it as links are opened', async () => {
    const answers = new Map<string, (bytes: ArrayBuffer) => void>();
    const readShared = (of: string): Promise<ArrayBuffer> =>
      new Promise((resolve) => answers.set(of, resolve));
    const { store, sent, goTo } = page({
      fragment: 's=one',
      last: 'run-1',
      browser: { readShared },
    });
    store.start();
    goTo('s=two');
    const [late, newest] = [new ArrayBuffer(1), new ArrayBuffer(2)];
    answers.get('s=two')?.(newest);
    await vi.waitFor(() => {
      expect(sent.at(-1)).toEqual({ type: 'open-shared', bytes: newest });
    });
    answers.get('s=one')?.(late);
    await new Promise(setImmediate);
    expect(sent).toEqual([{ type: 'list-runs' }, { type: 'open-shared', bytes: newest }]);
  });

  it('does not have a short link take the place of a run that was started meanwhile', async () => {
    let answer: (bytes: ArrayBuffer) => void = () => undefined;
    const readShared = (): Promise<ArrayBuffer> => new Promise((resolve) => (answer = resolve));
    const { store, sent, emit } = page({ fragment: 's=one', browser: { readShared } });
    store.start();
    emit(run);
    answer(new ArrayBuffer(1));
    await new Promise(setImmediate);
    expect(sent).toEqual([{ type: 'list-runs' }]);
  });

  it('says why a short link cannot be opened, and shows the ready-made model', async () => {
    const { store, notices, sent } = page({
      fragment: 's=one',
      browser: { readShared: () => Promise.reject(new Error('It was deleted.')) },
    });
    store.start();
    await vi.waitFor(() => {
      expect(notices()).toContain('It was deleted.');
      expect(notices().join()).toContain('The ready-made model could not be loaded');
    });
    expect(sent).toEqual([{ type: 'list-runs' }]);
  });

  it('takes up the EQ of its address, and says what is wrong with one that is damaged', async () => {
    const setting = FLAT_SETTING.with(0, 6);
    const link = encodeEqLink({ name: 'warm', setting });
    const { store, sent, goTo, notices } = page({ fragment: link, last: 'run-1' });
    store.start();
    await vi.waitFor(() => {
      expect(store.state.eqHistory.present?.name).toBe('warm');
    });
    expect(store.state.eqHistory.present?.setting[0]).toBeCloseTo(6, 3);
    // Nothing is trained, opened or overwritten by it.
    expect(sent).toEqual([{ type: 'list-runs' }]);
    goTo(link.slice(0, 30));
    await vi.waitFor(() => {
      expect(notices().join()).toContain('cut short');
    });
  });
});

describe('actions', () => {
  it('do nothing where they cannot be done', () => {
    const { store, sent } = page();
    const before = store.state;
    store.act({ type: 'train' });
    store.act({ type: 'undo' });
    store.act({ type: 'share' });
    expect(sent).toEqual([]);
    expect(store.state).toBe(before);
  });

  it('are seen by those who listen, until they no longer do', () => {
    const { store } = page();
    let seen = 0;
    const end = store.subscribe(() => seen++);
    store.act({ type: 'open-shortcuts' });
    expect([seen, store.state.shortcutsShown]).toEqual([1, true]);
    end();
    store.act({ type: 'close-shortcuts' });
    expect(seen).toBe(1);
  });

  it('that fail unforeseen are told of', async () => {
    const saveFile = () => {
      throw new Error('no disk');
    };
    const { store, notices } = page({ browser: { saveFile } });
    store.act({ type: 'save-text', name: 'a', mediaType: 'text/plain', text: '' });
    await Promise.resolve();
    expect(notices()).toEqual(['This could not be done: Error: no disk']);
  });
});

describe('what the worker tells', () => {
  it('of new data leads to the questions that go with them', () => {
    const { store, sent, emit } = page();
    emit(dataLoaded);
    expect(sent).toEqual([{ type: 'audit' }, { type: 'clean', choices: recipe.audit }]);
    const choices = { ...recipe.audit };
    store.act({ type: 'choose-cleaning', choices });
    expect(sent.at(-1)).toEqual({ type: 'clean', choices });
  });

  it('of a run is remembered, until a model takes its place or it cannot be opened', () => {
    const { emit, lastRun } = page();
    emit(run);
    expect(lastRun()).toBe('run-1');
    emit(opened);
    expect(lastRun()).toBe(null);
    emit(run);
    emit({ type: 'refused', what: 'open-run', reason: 'It is gone.' });
    expect(lastRun()).toBe(null);
  });

  it('of a file saves it', () => {
    const { emit, saved } = page();
    emit({ type: 'file', name: 'a.zip', mediaType: 'application/zip', bytes: new ArrayBuffer(0) });
    expect(saved).toEqual(['a.zip']);
  });

  it('of a refusal is a notice, and ends the waiting', () => {
    const { store, emit, notices } = page();
    emit({ type: 'refused', what: 'load-data', reason: 'No table.' });
    emit({ type: 'refused', what: 'start-sweep', reason: 'No sweep.' });
    expect([store.state.reading, store.state.sweepAsked]).toEqual([null, false]);
    expect(notices()).toEqual(['No table.', 'No sweep.']);
  });

  it('of the end of a run goes to those who look elsewhere, of its beginning does not', () => {
    const told: string[] = [];
    const endNotices: Browser['endNotices'] = {
      wanted: true,
      want: (wanted) => Promise.resolve(wanted),
      ended: (text) => told.push(text),
    };
    const { store, emit } = page({ browser: { endNotices } });
    store.start();
    expect(store.state.endNotices).toBe('on');
    emit(run);
    emit({ type: 'phase', phase: 'training' });
    expect(told).toEqual([]);
    emit({ type: 'phase', phase: 'done' });
    expect(told).toEqual(['Training is done after 0 epochs.']);
  });

  it('of a crash ends the waiting for a file', () => {
    const { store, emit } = page();
    store.act({ type: 'use-sample' });
    expect(store.state.reading?.name).toBe('synthetic sample');
    emit({ type: 'trouble', reason: 'The training worker crashed.', fatal: true });
    expect(store.state.reading).toBeNull();
  });

  it('of blind tests that are not kept is said where the blind test is', () => {
    const { store, emit, notices } = page();
    emit({ type: 'refused', what: 'save-listening-test', reason: 'No room.' });
    expect([store.state.listening.problem, notices()]).toEqual(['No room.', []]);
  });

  it('of a data file names the file, and goes when one is read', () => {
    const { store, emit, notices } = page();
    store.act({ type: 'report', text: 'Other.' });
    emit({ type: 'columns-needed', names: ['a', 'b'], guess: NO_COLUMNS });
    expect(store.state.foreignColumns?.names).toEqual(['a', 'b']);
    emit(dataLoaded);
    emit({ type: 'refused', what: 'load-data', reason: 'No table.' });
    expect(notices()).toEqual(['Other.', 'data set of the open run: No table.']);
    expect(store.state.foreignColumns).toBeNull();
    emit(dataLoaded);
    expect(notices()).toEqual(['Other.']);
  });

  it('is shown in four notices at most, the same one once', () => {
    const { emit, notices } = page();
    for (const reason of ['a', 'b', 'c', 'd', 'e', 'd']) {
      emit({ type: 'trouble', reason, fatal: false });
    }
    expect(notices()).toEqual(['b', 'c', 'e', 'd']);
  });
});

/** A link to a model as the worker tells of one. */
const madeLink = {
  type: 'link',
  fragment: 'model',
  weights: 10,
  bitsPerWeight: 4,
  cost: { responseErrorDb: { before: 1, after: 1.01 }, wordCurvesDb: 0.02 },
  measuredOn: 'rows',
  measured: 5,
  words: 2,
} as const;

describe('sharing', () => {
  it('copies the link when the worker has made it', async () => {
    let copied = '';
    const copyWhenReady = async (text: Promise<string>) => {
      copied = await text;
      return { copied: true, text: copied };
    };
    const { store, sent, emit, notices } = page({ browser: { copyWhenReady } });
    emit(opened);
    store.act({ type: 'share' });
    expect(sent).toEqual([{ type: 'share' }]);
    emit(madeLink);
    await expect.poll(() => copied).toBe('here#model');
    await expect.poll(notices).toMatchObject([expect.stringContaining('Link copied')]);
  });

  it('makes a link that is looked at once, copies that, and forgets it with its model', async () => {
    const copied: string[] = [];
    const copyWhenReady = async (text: Promise<string>) => {
      copied.push(await text);
      return { copied: true, text: await text };
    };
    const { store, sent, emit, notices } = page({ browser: { copyWhenReady } });
    emit(opened);
    store.act({ type: 'make-link', bits: 6 });
    // Asked for while it is on its way, it is waited for.
    store.act({ type: 'make-link' });
    store.act({ type: 'share' });
    emit(madeLink);
    expect(store.state.modelLink).toMatchObject({ state: 'made', address: 'here#model' });
    store.act({ type: 'share' });
    await expect.poll(() => copied).toEqual(['here#model', 'here#model']);
    expect(sent).toEqual([{ type: 'share', bits: 6 }]);
    emit(opened);
    expect(store.state.modelLink).toBe(null);
    store.act({ type: 'make-link' });
    emit({ type: 'refused', what: 'share', reason: 'Too large.' });
    expect(store.state.modelLink).toEqual({ state: 'refused', reason: 'Too large.' });
    expect(notices()).not.toContain('Too large.');
  });

  it('copies no link of a model in whose place another was opened, and says so', async () => {
    const failed: string[] = [];
    const copyWhenReady = (text: Promise<string>) =>
      text.catch((error: unknown) => {
        failed.push(String(error));
        throw error;
      }) as Promise<never>;
    const { store, emit, notices } = page({ browser: { copyWhenReady } });
    emit(opened);
    store.act({ type: 'share' });
    emit(opened);
    const reason = 'Another model was opened before the link was made, so no link was copied.';
    await expect.poll(() => failed).toEqual([`Error: ${reason}`]);
    expect(notices()).toEqual([reason]);
    expect(store.state.modelLink).toBeNull();
  });

  it('offers what can be done with a model that came by a link, and does none of it', () => {
    const { store, sent, emit } = page();
    emit({ ...opened, source: 'link' });
    const [notice] = store.state.notices;
    expect(notice?.text).toBe('A small run came by a link; what is kept here stays as it is.');
    notice?.offer?.take();
    expect(store.state.drawer).toBe('model');
    expect(store.state.notices).toEqual([]);
    expect(sent).toEqual([]);
  });

  it('says why there is no link, once', async () => {
    const { store, emit, notices } = page();
    emit(opened);
    store.act({ type: 'share' });
    emit({ type: 'refused', what: 'share', reason: 'Too large.' });
    await new Promise((done) => setTimeout(done, 0));
    expect(notices()).toEqual(['Too large.']);
    expect(store.state.linkToCopy).toBe(null);
  });
});

describe('the first model', () => {
  it('waits for the code that works with it, and what comes after it waits for it', async () => {
    vi.resetModules();
    const fresh = await import('./store');
    let emit: (event: TrainerEvent) => void = () => undefined;
    const store = new fresh.Store({
      actions: ACTIONS,
      client: { send: () => undefined, onEvent: (listener) => (emit = listener) },
      browser: page().browser,
    });
    emit(run);
    emit(opened);
    emit({ type: 'phase', phase: 'paused' });
    expect(store.state.run?.name).toBe('Seed V2');
    expect(store.state.model).toBeNull();
    await vi.waitFor(() => {
      expect(store.state.model).not.toBeNull();
    });
    expect(store.state.phase).toBe('paused');
    expect(store.state.eqHistory.present?.name).toBe('bright');
  });
});

describe('the way back', () => {
  it('to the address without a view leads to what the page opened with', () => {
    const { store, goTo } = page();
    store.start();
    store.act({ type: 'go', view: 'train' });
    goTo('');
    expect(store.state.view).toBe('explore');
  });

  it('to an older run says that its data have taken the place of others', () => {
    const { store, emit, notices } = page();
    store.start();
    emit({ ...dataLoaded, name: 'new.csv' });
    emit({ ...dataLoaded, name: 'old.csv' });
    expect(notices()).toEqual([
      'The data are those of the opened run now: old.csv, no longer new.csv.',
    ]);
  });
});

describe('a reload', () => {
  const ofRun: TrainerEvent = { ...opened, source: 'run' };
  const mine = { name: 'mine', setting: FLAT_SETTING, latent: null };

  it('keeps the current EQ, the steps to undo, and what A, B and C play', async () => {
    const before = page();
    before.store.start();
    before.emit(run);
    before.emit(ofRun);
    const word = before.store.state.eqHistory.present?.name;
    before.store.act({ type: 'take-eq', current: mine });
    const slots = [{ from: 'current' }, { from: 'current' }, { from: 'word', word: 'x' }] as const;
    before.store.act({ type: 'choose-slots', slots });
    const visit = before.leave();

    const after = page({ visit, last: 'run-1' });
    after.store.start();
    after.emit(run);
    after.emit(ofRun);
    await vi.waitFor(() => {
      expect(after.store.state.eqHistory.present?.name).toBe('mine');
    });
    expect(after.store.state.slots).toEqual(slots);
    after.store.act({ type: 'undo' });
    expect(after.store.state.eqHistory.present?.name).toBe(word);
  });

  it('takes up nothing of another run, and nothing over what was done meanwhile', async () => {
    const before = page();
    before.store.start();
    before.emit(run);
    before.emit(ofRun);
    before.store.act({ type: 'take-eq', current: mine });
    const visit = before.leave();

    const another = page({ visit, last: 'run-2' });
    another.store.start();
    another.emit({ ...run, id: 'run-2' });
    another.emit(ofRun);
    const same = page({ visit, last: 'run-1' });
    same.store.start();
    same.emit(run);
    same.emit(ofRun);
    same.store.act({ type: 'take-eq', current: { ...mine, name: 'meanwhile' } });
    await vi.dynamicImportSettled();
    expect(another.store.state.eqHistory.present?.name).not.toBe('mine');
    expect(same.store.state.eqHistory.present?.name).toBe('meanwhile');
  });

  it('keeps nothing of a model that a reload loses', () => {
    const { store, emit, leave } = page();
    store.start();
    emit(opened);
    expect(store.state.eqHistory.present).not.toBeNull();
    expect(leave()).toBeNull();
  });
});

describe('runs that are to be deleted', () => {
  it('are written down when the page is left, and deleted when it opens again', async () => {
    const before = page();
    before.store.start();
    before.emit({
      type: 'runs',
      runs: [sampleSummary('a'), sampleSummary('b'), sampleSummary('c')],
      unreadable: 0,
    });
    before.store.act({ type: 'delete-run', id: 'a' });
    before.store.act({ type: 'delete-run', id: 'b' });
    await vi.waitFor(() => {
      expect(before.store.state.leaving).toHaveLength(2);
    });
    // Until then nothing is: a tab that dies deletes nothing.
    expect(before.leavingRuns()).toBeNull();
    before.leave();
    expect(before.leavingRuns()).toBe('a b');

    const after = page({ leaving: before.leavingRuns(), last: 'b' });
    after.store.start();
    expect(after.sent.slice(0, 3)).toEqual([
      { type: 'delete-run', id: 'a' },
      { type: 'delete-run', id: 'b' },
      { type: 'list-runs' },
    ]);
    expect(after.leavingRuns()).toBeNull();
    // Nor is it opened again.
    expect(after.sent.map(({ type }) => type)).not.toContain('open-run');
  });

  it('are none where the page is left after an undo', async () => {
    const { store, emit, leave, leavingRuns } = page();
    store.start();
    emit({ type: 'runs', runs: [sampleSummary('a')], unreadable: 0 });
    store.act({ type: 'delete-run', id: 'a' });
    await vi.waitFor(() => {
      expect(store.state.leaving).toHaveLength(1);
    });
    store.act({ type: 'undo-delete', id: 'a' });
    await vi.waitFor(() => {
      expect(store.state.leaving).toEqual([]);
    });
    leave();
    expect(leavingRuns()).toBeNull();
  });

  it('are shown again where one cannot be deleted', () => {
    const { store, emit, notices } = page();
    emit({ type: 'runs', runs: [sampleSummary('a')], unreadable: 2 });
    store.act({ type: 'delete-run', id: 'a' });
    emit({ type: 'refused', what: 'delete-run', reason: 'Another tab trains this run.' });
    expect(store.state.leaving).toEqual([]);
    expect(notices()).toEqual(['Another tab trains this run.']);
    expect(store.state.unreadableRuns).toBe(2);
  });
});

describe('storage', () => {
  it('that lists no runs says why where they would stand, until it does', () => {
    const { store, emit, notices } = page();
    emit({ type: 'refused', what: 'list-runs', reason: 'No storage.' });
    expect([store.state.runsProblem, notices()]).toEqual(['No storage.', ['No storage.']]);
    emit({ type: 'runs', runs: [], unreadable: 0 });
    expect(store.state.runsProblem).toBeNull();
  });

  it('is asked to last once there is something to lose', () => {
    const keepStorage = vi.fn();
    const { emit } = page({ browser: { keepStorage } });
    emit(run);
    expect(keepStorage).not.toHaveBeenCalled();
    emit({ type: 'saved', id: 'run-1', epoch: 1 });
    expect(keepStorage).toHaveBeenCalledOnce();
  });
});
