import { beforeAll, describe, expect, it } from 'vitest';
import { sampleModel } from '../../src/testing/sample-model';
import { RECIPES } from '../../src/recipe/recipes';
import { expandSweep } from '../../src/training/sweep/sweep';
import type { TrainerEvent } from '../../workers/trainer/messages';
import { fold } from './fold';
import { breakSweep } from './fold-sweep';
import { INITIAL_STATE, isSweeping, type PageState } from './page-state';
import { progressOf, type SweepState } from './sweep-state';
import { loadModelCode } from './model-code';

beforeAll(loadModelCode);

type SweepEpochs = Extract<TrainerEvent, { type: 'sweep-epochs' }>;

const recipe = { ...RECIPES['seed-v2'].recipe, epochs: 10 };
const runs = expandSweep({ recipe, vary: { seed: [1, 2, 3] } });
const laidOut: Extract<TrainerEvent, { type: 'sweep' }> = {
  type: 'sweep',
  runs,
  words: ['bright', 'wärm'],
};
const epochs = (...event: [run: number, epoch: number][]): SweepEpochs => ({
  type: 'sweep-epochs',
  epochs: event.map(([run, epoch]) => ({
    run,
    record: {
      epoch,
      reconstruction: 0.1,
      contrastive: 4,
      total: 1 / epoch + run,
      kl: 0,
      contrastiveWeight: 0.1,
      validation: null,
      klWeight: 0,
      learningRate: 0.001,
    },
  })),
});
const finished = (run: number): Extract<TrainerEvent, { type: 'sweep-run' }> => {
  const { document, map } = sampleModel();
  const scoreboard = document.run?.scoreboard;
  if (!scoreboard || map === null) throw new Error('The sample model has a scoreboard and a map.');
  return { type: 'sweep-run', run, id: `run-${String(run)}`, scoreboard, map };
};
const after = (event: readonly Parameters<typeof fold>[1][], from = INITIAL_STATE): PageState =>
  event.reduce((state, each, i) => fold(state, each, 1000 * i), from);
const sweepOf = ({ sweep }: PageState): SweepState => {
  if (sweep === null) throw new Error('There is a sweep.');
  return sweep;
};

describe('what the page knows of a sweep', () => {
  it('begins with its runs, none of which has trained an epoch', () => {
    const state = after([laidOut], { ...INITIAL_STATE, sweepAsked: true });
    expect(sweepOf(state).members.map(({ label }) => label)).toEqual([
      'seed 1',
      'seed 2',
      'seed 3',
    ]);
    expect(state.sweepAsked).toBe(false);
    expect(isSweeping(state)).toBe(true);
  });

  it('gives every epoch to its run, and changes the runs that trained alone', () => {
    const before = after([laidOut]);
    const state = after([epochs([0, 1], [2, 1], [0, 2])], before);
    const [first, second, third] = sweepOf(state).members;
    expect(first?.history.column('total')).toEqual(Float64Array.of(1, 0.5));
    expect(first?.epochs).toBe(2);
    expect(third?.history.column('total')).toEqual(Float64Array.of(3));
    expect(second).toBe(sweepOf(before).members[1]);
  });

  it('begins a run anew when its device was lost', () => {
    const state = after([laidOut, epochs([1, 1], [1, 2]), epochs([1, 1])]);
    expect(sweepOf(state).members[1]?.history.column('epoch')).toEqual(Float64Array.of(1));
  });

  it('knows what came of each run, and that the sweep has ended', () => {
    const reason = 'The loss is no longer a number.';
    const state = after([
      laidOut,
      { type: 'sweep-engine', reason: 'On the processor.' },
      epochs([0, 10], [1, 4]),
      finished(0),
      { type: 'sweep-failed', run: 1, reason },
      { type: 'sweep-ended', stopped: true },
    ]);
    const sweep = sweepOf(state);
    expect(sweep.members[0]?.outcome).toMatchObject({ kind: 'finished', id: 'run-0' });
    expect(sweep.members[1]?.outcome).toEqual({ kind: 'failed', reason });
    expect(sweep.members[2]?.outcome).toBeNull();
    expect(sweep).toMatchObject({ phase: 'stopped', engine: 'On the processor.' });
    expect(isSweeping(state)).toBe(false);
    expect(state.announcement).toBe('The sweep has been stopped: 1 of 3 runs finished, 1 failed.');
  });

  it('estimates the time left from the pace of all runs, less those that failed', () => {
    // Told at 0, 1, 2 and 3 s: six epochs in the two seconds after the first of them.
    const state = after([
      laidOut,
      epochs([0, 1], [1, 1], [2, 1]),
      epochs([0, 2], [1, 2], [2, 2]),
      epochs([0, 3], [1, 3], [2, 3]),
    ]);
    expect(progressOf(sweepOf(state))).toEqual({
      finished: 0,
      failed: 0,
      epochs: 9,
      planned: 30,
      secondsLeft: 7,
    });
    const failed = after([{ type: 'sweep-failed', run: 1, reason: 'No.' }], state);
    expect(progressOf(sweepOf(failed))).toMatchObject({ failed: 1, planned: 23 });
    expect(progressOf(sweepOf(failed)).secondsLeft).toBeCloseTo(14 / 3);
  });

  it('makes room for a run that is opened, and stays', () => {
    const state = after([
      laidOut,
      {
        type: 'run',
        id: 'a',
        name: 'Seed V2',
        recipe,
        words: ['bright', 'wärm'],
        trainingRows: 4,
        heldOutRows: 1,
        stepsPerEpoch: 1,
        resumable: false,
        reason: null,
        history: [],
      },
    ]);
    expect(state.sweep).not.toBeNull();
  });

  it('breaks off when the worker goes down, but not once it has ended', () => {
    expect(breakSweep(after([laidOut])).sweep?.phase).toBe('broken');
    const ended = after([laidOut, { type: 'sweep-ended', stopped: false }]);
    expect(breakSweep(ended).sweep?.phase).toBe('ended');
    expect(breakSweep({ ...INITIAL_STATE, sweepAsked: true }).sweepAsked).toBe(false);
  });
});
