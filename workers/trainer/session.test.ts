import { describe, expect, it, vi } from 'vitest';
import { parseSafeCsv } from '../../src/data/parse-safe-csv';
import { syntheticCsv } from '../../src/data/synthetic';
import { FLAT_SETTING } from '../../src/eq/parameters';
import type { RunSummary } from '../../src/storage/run-summary';
import type { KeptRuns } from '../../src/storage/list-runs';
import type { Model } from '../../src/model/model';
import { writeModelFile } from '../../src/model/model-file';
import { answeredTest } from '../../src/testing/listening-test';
import { sampleModel, sampleProgress } from '../../src/testing/sample-model';
import { packTimeline } from '../../src/timeline/timeline-file';
import { writeCheckpoint } from '../../src/training/checkpoint';
import { evaluateOn } from '../../src/training/evaluate-model';
import { dataAsTrained } from '../../src/training/rows/as-chosen';
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
function setUp(timeline: Uint8Array | null = null) {
  const file = writeCheckpoint(sampleModel(), sampleProgress(), timeline);
  const kept = new Map([[summary.id, summary]]);
  const tests = new Map<string, ReturnType<typeof answeredTest>>();
  let settleLock: (lock: Lock) => void = () => undefined;
  const storage: TrainerStorage = {
    loadData: () => Promise.resolve(null),
    saveData: () => Promise.resolve(),
    listRuns: () => Promise.resolve({ runs: [...kept.values()], unreadable: 0 }),
    unlistedFiles: () => Promise.resolve([]),
    saveNewRun: () => Promise.resolve(),
    noteRun: () => Promise.resolve(),
    describeRun: () => Promise.resolve(),
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

  it('tells its timeline, and does without one that is damaged', async () => {
    const kept = [0, 1].map((epoch) => ({
      epoch,
      points: new Float32Array(10).fill(epoch),
      settings: Float32Array.from([...FLAT_SETTING, ...FLAT_SETTING]),
    }));
    const packed = await packTimeline({ frames: kept, scoreboards: [] });
    const { send, lock, next, events } = setUp(packed);
    send({ type: 'open-run', id: 'a' });
    send({ type: 'list-runs' });
    await next('runs');
    lock(null);
    const { frames } = await next('timeline');
    expect(frames.map(({ epoch, points }) => [epoch, points[0]])).toEqual([
      [0, 0],
      [1, 1],
    ]);
    expect(frames[1]?.settings?.[1]).toBeCloseTo(FLAT_SETTING[1] ?? 0, 0);
    await next('phase');
    expect(events.map(({ type }) => type)).toEqual(['runs', 'run', 'timeline', 'model', 'phase']);

    const damaged = setUp(Uint8Array.of(1, 2, 3));
    damaged.send({ type: 'open-run', id: 'a' });
    damaged.send({ type: 'list-runs' });
    await damaged.next('runs');
    damaged.lock(null);
    await damaged.next('phase');
    expect(damaged.events.map(({ type }) => type)).toEqual(['runs', 'run', 'model', 'phase']);
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
    let answer: (kept: KeptRuns) => void = () => undefined;
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
    answer({ runs: [], unreadable: 0 });
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

describe('rows of one’s own', () => {
  it('are taken back one by one, down to the data as they were', async () => {
    const { send, next, events } = setUp();
    const loaded = () => events.filter((event) => event.type === 'data-loaded');
    const bytes = new TextEncoder().encode(syntheticCsv()).buffer;
    send({ type: 'load-data', bytes, name: 'sample', synthetic: true });
    await next('data-loaded');
    for (const label of ['silky', 'silky']) {
      send({ type: 'add-row', label, setting: [...FLAT_SETTING] });
    }
    for (const type of ['take-back-row', 'take-back-row', 'take-back-row'] as const) send({ type });
    expect((await next('refused')).reason).toBe('No row was added that could be taken back.');
    const told = loaded();
    const [first] = told;
    expect(told.map(({ rows }) => rows - (first?.rows ?? 0))).toEqual([0, 1, 2, 1, 0]);
    expect(told[4]).toEqual(first);
    expect(told[3]).toEqual(told[1]);
    expect(told.map(({ takeBack = false }) => takeBack)).toEqual([false, true, true, true, false]);
  });
});

describe('a file that cannot be opened', () => {
  it.each(['open-model', 'import-library'] as const)('is named: %s', async (type) => {
    const { send, next } = setUp();
    send({ type, bytes: new ArrayBuffer(4), name: 'mine.bin' });
    expect(await next('refused')).toMatchObject({
      what: type,
      reason: expect.stringMatching(/^mine\.bin: .+/) as string,
    });
  });
});

describe('the shown model on the loaded data', () => {
  it('has the figures that the command line gives', async () => {
    const { send, next } = setUp();
    const bytes = new TextEncoder().encode(syntheticCsv());
    const own = sampleModel();
    send({ type: 'load-data', bytes: bytes.slice().buffer, name: 'sample', synthetic: true });
    await next('data-loaded');
    send({ type: 'open-model', bytes: writeModelFile(own).buffer });
    await next('model');
    send({ type: 'evaluate' });
    const { scoreboard, note } = await next('evaluated');
    const data = dataAsTrained(own.document, await parseSafeCsv(bytes, { synthetic: true }));
    const expected = await evaluateOn(own, data);
    expect(scoreboard).toEqual(expected.scoreboard);
    expect(note).toBe('The model was trained on another file.');
    expect(expected.note).toBe(note);
    expect(scoreboard.on).toBe('all rows');
  });

  it('has none without data', async () => {
    const { send, next } = setUp();
    send({ type: 'open-model', bytes: writeModelFile(sampleModel()).buffer });
    await next('model');
    send({ type: 'evaluate' });
    expect((await next('refused')).what).toBe('evaluate');
  });
});

describe('a run that begins with the shown model', () => {
  const model = sampleModel();
  const recipe = model.document.run?.recipe ?? expect.fail();
  const start = (changes: Partial<typeof recipe>): Command => ({
    type: 'start',
    words: ['bright', 'warm'],
    recipe: { ...recipe, ...changes },
    name: 'Mine',
    paused: true,
    from: 'shown',
  });

  async function opened() {
    const session = setUp();
    const bytes = new TextEncoder().encode(syntheticCsv()).buffer;
    session.send({ type: 'load-data', bytes, name: 'sample', synthetic: true });
    await session.next('data-loaded');
    session.send({ type: 'open-model', bytes: writeModelFile(model).buffer });
    await session.next('model');
    return session;
  }

  it('is named after it, and warns of rows that it may have learnt from', async () => {
    const { send, lock, next, events } = await opened();
    send(start({}));
    expect((await next('trouble')).reason).toMatch(/^The model may have been trained on rows/);
    // The run waits for its lock.
    await vi.waitFor(
      () => {
        lock(() => undefined);
        expect(events.map(({ type }) => type)).toContain('run');
      },
      { timeout: 10_000 },
    );
    expect((await next('run')).name).toBe('Mine, trained on from A small run');
  });

  it('is refused where the shapes differ, and the model stays', async () => {
    const { send, next } = await opened();
    send(start({ latent: 4 }));
    expect((await next('refused')).reason).toBe(
      'The run cannot begin with this model, which is of another shape: latent is 3 in the model and 4 here.',
    );
  });
});

describe('a link that is made', () => {
  const other = sampleModel(['airy', 'wärm']);

  async function opened(model: Model) {
    const session = setUp();
    session.send({ type: 'open-model', bytes: writeModelFile(model).buffer });
    await session.next('model');
    const links = () =>
      session.events.filter((event) => event.type === 'link').map(({ fragment }) => fragment);
    return { ...session, links };
  }

  it('holds up no other command', async () => {
    const { send, next, links } = await opened(sampleModel());
    send({ type: 'share' });
    send({ type: 'list-runs' });
    await next('runs');
    expect(links()).toEqual([]);
    expect((await next('link')).words).toBe(2);
  });

  it('is given up without a word where another model comes, or another link is asked for', async () => {
    const alone = await opened(other);
    alone.send({ type: 'share' });
    const { fragment } = await alone.next('link');

    const { send, next, links, events } = await opened(sampleModel());
    send({ type: 'share' });
    send({ type: 'open-model', bytes: writeModelFile(other).buffer });
    send({ type: 'share' });
    send({ type: 'share', bits: 6 });
    await next('link');
    // As much work as those that were given up, which began before it.
    send({ type: 'share' });
    await vi.waitFor(
      () => {
        expect(links()).toContain(fragment);
      },
      { timeout: 20_000 },
    );
    expect(links()).toHaveLength(2);
    expect(events.map(({ type }) => type)).not.toContain('refused');
  });

  it('is refused with a sentence where none can be made', async () => {
    const { send, next } = await opened(sampleModel());
    send({ type: 'share', bits: 99 });
    expect(await next('refused')).toMatchObject({
      what: 'share',
      reason: expect.stringMatching(/gives each weight 2 to 16 bits/) as unknown,
    });
  });
});
