import { describe, expect, it, vi } from 'vitest';
import type { RunSummary } from '../../src/storage/run-summary';
import { answeredTest } from '../../src/testing/listening-test';
import { sampleModel, sampleProgress } from '../../src/testing/sample-model';
import { writeCheckpoint } from '../../src/training/checkpoint';
import type { Command, EventOf, TrainerEvent } from './messages';
import { Session } from './session';
import type { TrainerStorage } from './storage';

const summary: RunSummary = {
  id: 'a',
  name: 'A small run',
  savedAt: 1,
  epochs: 2,
  plannedEpochs: 150,
  finished: false,
  synthetic: true,
  scoreboard: null,
  bytes: 3,
};

type Lock = (() => void) | null;

/** A session whose one saved run is held by another tab, as long as the test wants. */
function setUp() {
  const file = writeCheckpoint(sampleModel(), sampleProgress());
  const kept = new Map([[summary.id, summary]]);
  const tests = new Map<string, ReturnType<typeof answeredTest>>();
  let settleLock: (lock: Lock) => void = () => undefined;
  const storage: TrainerStorage = {
    loadData: () => Promise.resolve(null),
    saveData: () => Promise.resolve(),
    listRuns: () => Promise.resolve([...kept.values()]),
    loadRunFile: (id) =>
      kept.has(id) ? Promise.resolve(file) : Promise.reject(new Error('This run is gone.')),
    renameRun: () => Promise.resolve(),
    deleteRun: (id) => {
      kept.delete(id);
      return Promise.resolve();
    },
    holdFreeRun: () => Promise.resolve(null),
    holdRun: () =>
      new Promise<Lock>((resolve) => {
        settleLock = resolve;
      }),
    saveTest: (test) => {
      tests.set(test.id, test);
      return Promise.resolve();
    },
    listTests: () => Promise.resolve({ tests: [...tests.values()], unreadable: 0 }),
    deleteTest: (id) => {
      tests.delete(id);
      return Promise.resolve();
    },
  };
  const events: TrainerEvent[] = [];
  let served = 0;
  const session = new Session(
    (event) => {
      events.push(event);
    },
    storage,
    () => served++,
  );
  return {
    served: () => served,
    kept,
    storage,
    events,
    send: (command: Command) => {
      session.receive(command);
    },
    lock: (lock: Lock) => {
      settleLock(lock);
    },
    next: <Type extends TrainerEvent['type']>(type: Type): Promise<EventOf<Type>> =>
      vi.waitFor(
        () => {
          const found = events.find((event): event is EventOf<Type> => event.type === type);
          if (found === undefined) throw new Error(`There was no ${type} event.`);
          return found;
        },
        { timeout: 10_000 },
      ),
  };
}

describe('opening a run that another tab holds', () => {
  it('lets other commands be answered meanwhile, but none that opens something else', async () => {
    const { send, lock, next, events } = setUp();
    send({ type: 'open-run', id: 'a' });
    send({ type: 'open-link', fragment: 'none' });
    send({ type: 'list-runs' });
    expect((await next('runs')).runs).toEqual([summary]);
    expect(events.map(({ type }) => type)).toEqual(['runs']);
    lock(null);
    expect((await next('refused')).what).toBe('open-link');
    expect(events.map(({ type }) => type)).toEqual(['runs', 'run', 'model', 'phase', 'refused']);
  });

  it('shows the run as the other tab left it, and gives the lock back', async () => {
    const { send, lock, next, kept } = setUp();
    send({ type: 'open-run', id: 'a' });
    send({ type: 'list-runs' });
    await next('runs');
    // The other tab ends the run and lets it go.
    kept.set('a', { ...summary, name: 'Renamed', finished: true });
    const giveBack = vi.fn();
    lock(giveBack);
    expect(await next('run')).toMatchObject({ name: 'Renamed', resumable: false, reason: null });
    expect(await next('phase')).toMatchObject({ phase: 'done' });
    await vi.waitFor(() => {
      expect(giveBack).toHaveBeenCalledOnce();
    });
  });

  it('is refused where the other tab deletes the run, and gives the lock back', async () => {
    const { send, lock, next, kept } = setUp();
    send({ type: 'open-run', id: 'a' });
    send({ type: 'list-runs' });
    await next('runs');
    kept.clear();
    const giveBack = vi.fn();
    lock(giveBack);
    expect(await next('refused')).toEqual({
      type: 'refused',
      what: 'open-run',
      reason: 'This run is gone.',
    });
    expect(giveBack).toHaveBeenCalledOnce();
  });
});

describe('a command that gives something up', () => {
  it('is served at once, whatever is being served', async () => {
    const { send, storage, served } = setUp();
    let answer: (runs: RunSummary[]) => void = () => undefined;
    storage.listRuns = () =>
      new Promise((resolve) => {
        answer = resolve;
      });
    send({ type: 'list-runs' });
    send({ type: 'stop-sweep' });
    send({ type: 'cancel-measuring' });
    await vi.waitFor(() => {
      expect(served()).toBe(1);
    });
    answer([]);
    await vi.waitFor(() => {
      expect(served()).toBe(3);
    });
  });
});

describe('deleting a run that another tab holds', () => {
  it('waits for the lock, and is refused without it', async () => {
    const { send, lock, next, kept } = setUp();
    send({ type: 'delete-run', id: 'a' });
    send({ type: 'list-runs' });
    await next('runs');
    lock(null);
    expect((await next('refused')).reason).toBe('Another tab trains this run: stop it there.');
    expect(kept.size).toBe(1);
  });
});

describe('results of blind tests', () => {
  it('are saved, listed and deleted, each answered with all that are kept', async () => {
    const { send, events } = setUp();
    const test = answeredTest('AB');
    send({ type: 'save-listening-test', test });
    send({ type: 'list-listening-tests' });
    send({ type: 'delete-listening-test', id: test.id });
    await vi.waitFor(
      () => {
        expect(events).toHaveLength(3);
      },
      { timeout: 10_000 },
    );
    const none = { tests: [], unreadable: 0 };
    const one = { tests: [test], unreadable: 0 };
    expect(events).toEqual([one, one, none].map((kept) => ({ type: 'listening-tests', kept })));
  });

  it('that could not be kept are refused with the reason', async () => {
    const { send, next, storage } = setUp();
    storage.saveTest = () => Promise.reject(new Error('The browser has no room left.'));
    send({ type: 'save-listening-test', test: answeredTest('AB') });
    expect(await next('refused')).toEqual({
      type: 'refused',
      what: 'save-listening-test',
      reason: 'The browser has no room left.',
    });
  });
});
