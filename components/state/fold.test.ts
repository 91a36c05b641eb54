import { beforeAll, describe, expect, it } from 'vitest';
import { FOUNDING_CHOICES } from '../../src/recipe/audit-choices';
import { wordAlone } from '../../src/explore/mixture';
import { answeredTest } from '../../src/testing/listening-test';
import { earlierScoreboard, sampleModel } from '../../src/testing/sample-model';
import { RECIPES } from '../../src/recipe/recipes';
import { EMPTY_TIMELINE } from '../../src/timeline/timeline';
import type { TrainerEvent } from '../../workers/trainer/messages';
import { fold } from './fold';
import { INITIAL_STATE, type PageState } from './page-state';
import { loadModelCode } from './model-code';

beforeAll(loadModelCode);

const { recipe } = RECIPES['seed-v2'];
const run: Extract<TrainerEvent, { type: 'run' }> = {
  type: 'run',
  id: 'a',
  name: 'Seed V2',
  recipe: { ...recipe, seed: 9 },
  words: ['bright', 'warm'],
  trainingRows: 640,
  heldOutRows: 160,
  stepsPerEpoch: 10,
  resumable: true,
  reason: null,
  history: [],
};
const epoch = (number: number, seconds: number): Extract<TrainerEvent, { type: 'epoch' }> => ({
  type: 'epoch',
  record: {
    epoch: number,
    reconstruction: 0.1,
    contrastive: 4,
    kl: 0,
    total: 0.5,
    contrastiveWeight: 0.1,
    validation: null,
    klWeight: 0,
    learningRate: 0.001,
  },
  steps: 10,
  seconds,
});
const shown = (source: 'training' | 'link'): Extract<TrainerEvent, { type: 'model' }> => ({
  type: 'model',
  source,
  settings: null,
  contributors: null,
  ...sampleModel(),
});

describe('what the page knows after the worker told something', () => {
  it('draws the map apart until another model is shown', () => {
    const pull = { amount: 50, sharpness: 3, weight: [], bias: [], directions: [], scale: 1 };
    const { map } = sampleModel();
    if (map === null) throw new Error('The sample model has a map.');
    const { points, origin, axes } = map;
    const apart = { points, origin, axes, pull };
    const open = fold(INITIAL_STATE, shown('link'));
    expect(open.apart).toBeNull();
    const drawn = fold(open, { type: 'map-drawn', apart });
    expect(drawn.apart).toBe(apart);
    expect(drawn.model).toBe(open.model);
    expect(drawn.announcement).toBe('The words are drawn apart by 50.');
    expect(fold(drawn, { type: 'map-drawn', apart: null }).apart).toBeNull();
    expect(fold(drawn, shown('training')).apart).toBeNull();
  });

  it('starts a run with an empty history and the run’s own recipe', () => {
    const state = fold({ ...INITIAL_STATE, epochs: 7, stepsPerSecond: 3 }, run);
    expect(state.epochs).toBe(0);
    expect(state.stepsPerSecond).toBeNull();
    expect(state.recipe.seed).toBe(9);
  });

  it('adds to the run’s timeline what the worker takes, until another run is set up', () => {
    const frame = (number: number) => ({
      epoch: number,
      points: new Float32Array(10),
      settings: null,
    });
    const figures = { ...earlierScoreboard({}), on: 'training rows', responseErrorDb: 2 } as const;
    const board = (number: number) => ({ ...figures, epoch: number });
    let state = fold(INITIAL_STATE, run);
    state = fold(state, {
      type: 'timeline',
      frames: [frame(0), frame(1)],
      scoreboards: [board(1)],
    });
    state = fold(state, { type: 'timeline', frames: [frame(2)], scoreboards: [] });
    state = fold(state, { type: 'timeline', frames: [], scoreboards: [board(1), board(2)] });
    expect(state.timeline.frames.map((one) => one.epoch)).toEqual([0, 1, 2]);
    expect(state.timeline.scoreboards.map((one) => one.epoch)).toEqual([1, 2]);
    expect(state.errors).toEqual([1, 2].map((of) => ({ epoch: of, heldOut: null, training: 2 })));
    const back = { ...state, cursor: 1 };
    expect(fold(back, shown('training')).cursor).toBe(1);
    for (const event of [run, shown('link')]) {
      expect(fold(back, event)).toMatchObject({ cursor: null, timeline: EMPTY_TIMELINE });
    }
  });

  it('knows how far the figures are, until another run is set up', () => {
    const state = fold(INITIAL_STATE, { type: 'measuring', share: 0.4 });
    expect(state.measuring).toBe(0.4);
    expect(fold(state, run).measuring).toBeNull();
  });

  it('knows how far a file is read, announces that once, and forgets it with the file', () => {
    const before: PageState = { ...INITIAL_STATE, reading: { name: 'long.csv', share: null } };
    const first = fold(before, { type: 'reading', share: 0.4 });
    expect(first.reading).toEqual({ name: 'long.csv', share: 0.4 });
    expect(first.announcement).toBe('Reading long.csv, which can be cancelled.');
    const later = fold({ ...first, announcement: '' }, { type: 'reading', share: 0.5 });
    expect([later.reading?.share, later.announcement]).toEqual([0.5, '']);
    expect(fold(later, { type: 'reading', share: null }).reading?.share).toBeNull();
    // What was under way when it was cancelled.
    expect(fold(INITIAL_STATE, { type: 'reading', share: 0.6 }).reading).toBeNull();
  });

  it('calls data by the file they came from, and waits for the file that was sent since', () => {
    const loaded: TrainerEvent = {
      type: 'data-loaded',
      name: 'first.csv',
      sha256: '00',
      synthetic: false,
      rows: 3,
      contributors: 2,
      rejected: [],
      rejectedTotal: 0,
      reading: null,
    };
    const waiting = (name: string): PageState => ({
      ...INITIAL_STATE,
      reading: { name, share: null },
    });
    const first = fold(waiting('first.csv'), loaded);
    expect([first.data?.name, first.reading]).toEqual(['first.csv', null]);
    const second = fold(waiting('second.csv'), loaded);
    expect([second.data?.name, second.reading?.name]).toEqual(['first.csv', 'second.csv']);
    expect(fold(INITIAL_STATE, { ...loaded, name: null }).data?.name).toBe(
      'data set of the open run',
    );
  });

  it('keeps the rows of the model before where they are the same', () => {
    const rows = { settings: new Float32Array(13), contributors: Int32Array.of(1) };
    const first = fold(INITIAL_STATE, { ...shown('training'), ...rows });
    const second = fold(first, { ...shown('training'), sameRows: true });
    expect(second.model).not.toBe(first.model);
    expect(second.model?.settings).toBe(rows.settings);
    expect(second.model?.contributors).toBe(rows.contributors);
    expect(fold(second, shown('link')).model?.settings).toBeNull();
  });

  it('smooths the pace of the epochs', () => {
    const first = fold(fold(INITIAL_STATE, run), epoch(1, 1));
    expect(first.stepsPerSecond).toBe(10);
    const second = fold(first, epoch(2, 2));
    expect(second.secondsPerEpoch).toBeCloseTo(1.2);
    expect(second.epochs).toBe(2);
    expect(second.history.column('epoch')).toEqual(Float64Array.of(1, 2));
  });

  it('keeps the response errors of each measured epoch once, beside training rows’', () => {
    const measured = (at: number, heldOut: number): Extract<TrainerEvent, { type: 'model' }> => {
      const { document, ...rest } = shown('training');
      const board = earlierScoreboard({});
      const scoreboard = { ...board, epoch: at, responseErrorDb: heldOut };
      const training = { ...scoreboard, responseErrorDb: 1 };
      if (document.run === null) throw new Error('The sample model has a run.');
      const own = { ...document.run, scoreboard: { ...scoreboard, training } };
      return { ...rest, document: { ...document, run: own } };
    };
    const event = [
      run,
      measured(0, 5),
      measured(2, 3),
      measured(2, 3),
      measured(7, 2),
      shown('training'),
    ];
    const { errors } = event.reduce<PageState>(
      (state, message) => fold(state, message),
      INITIAL_STATE,
    );
    expect(errors).toEqual([
      { epoch: 2, heldOut: 3, training: 1 },
      { epoch: 7, heldOut: 2, training: 1 },
    ]);
    expect(fold({ ...INITIAL_STATE, errors }, run).errors).toEqual([]);
  });

  it('announces progress ten times a run, not at every epoch', () => {
    let state: PageState = fold(INITIAL_STATE, run);
    const announcements = new Set<string>();
    for (let number = 1; number <= recipe.epochs; number++) {
      state = fold(state, epoch(number, 1));
      announcements.add(state.announcement);
    }
    expect([...announcements].filter((text) => text.startsWith('Epoch')).length).toBe(10);
  });

  it('keeps the chosen word from frame to frame, and begins with the commonest', () => {
    const first = fold(INITIAL_STATE, shown('training'));
    const { words } = sampleModel().document;
    const commonest = words.toSorted((a, b) => b.rows - a.rows)[0]?.word;
    expect(first.mixture?.parts[0]?.word).toBe(commonest);
    const other = words.find(({ word }) => word !== commonest)?.word ?? '';
    const chosen = fold({ ...first, mixture: wordAlone(other) }, shown('training'));
    expect(chosen.mixture).toEqual(wordAlone(other));
    expect(chosen.eqHistory.present?.name).toBe(other);
  });

  it('ticks the words that choices leave, unless somebody has ticked others', () => {
    const cleaned = (rows: Record<string, number>): Extract<TrainerEvent, { type: 'cleaned' }> => ({
      type: 'cleaned',
      cleaning: { choices: FOUNDING_CHOICES, rowsLeft: 0, dropped: [] },
      words: Object.entries(rows).map(([word, count]) => ({
        word,
        rows: count,
        contributors: 2,
        caution: word === 'test' ? 'A placeholder.' : null,
      })),
    });
    const first = fold(INITIAL_STATE, cleaned({ warm: 9, thin: 5, test: 7, dull: 4 }));
    expect([...first.chosenWords]).toEqual(['warm', 'thin']);
    const merged = fold(first, cleaned({ warm: 9, thin: 4, dull: 5 }));
    expect([...merged.chosenWords]).toEqual(['warm', 'dull']);
    const ticked = { ...first, chosenWords: new Set(['test', 'thin']) };
    const kept = fold(ticked, cleaned({ warm: 9, thin: 4, test: 7, dull: 5 }));
    expect([...kept.chosenWords]).toEqual(['test']);
    const none = fold({ ...first, chosenWords: new Set() }, cleaned({ warm: 9, thin: 5 }));
    expect([...none.chosenWords]).toEqual([]);
  });

  it('has the kept blind tests, and no problem with them any more', () => {
    const failed = { ...INITIAL_STATE.listening, problem: 'No room.' };
    const kept = { tests: [answeredTest('AB')], unreadable: 1 };
    const state = fold({ ...INITIAL_STATE, listening: failed }, { type: 'listening-tests', kept });
    expect(state.listening).toEqual({ kept, problem: null });
  });

  it('leaves the run when a model from outside is opened', () => {
    const state = fold(fold(INITIAL_STATE, run), shown('link'));
    expect(state.run).toBeNull();
    expect(state.phase).toBe('idle');
    expect(state.epochs).toBe(0);
  });
});
