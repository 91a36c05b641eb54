/** How the session reads data files: how far it is, given up, and in the place of another. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FLAT_SETTING } from '../../src/eq/parameters';
import { longSocialFx } from '../../src/testing/long-social-fx';
import type { Command, EventOf, TrainerEvent } from './messages';
import { Session } from './session';
import { BROWSER_STORAGE } from './storage';

const bytesOf = (text: string): ArrayBuffer => new TextEncoder().encode(text).buffer;

const long = longSocialFx(60);
const short = (word: string): string =>
  ['1', word, '192.0.2.1', '2', '2', ...FLAT_SETTING, '', '', '', '', '', '', 'c0ffee'].join(',');
const foreign = 'adjective,engineer,mid gain,mid freq,mid q\nwarm,a,1,900,1\n';

function setUp() {
  const events: TrainerEvent[] = [];
  let sent = 0;
  let served = 0;
  const session = new Session(
    (event) => events.push(event),
    { ...BROWSER_STORAGE, listRuns: () => Promise.resolve({ runs: [], unreadable: 0 }) },
    () => served++,
  );
  const send = (command: Command): void => {
    sent++;
    session.receive(command);
  };
  const eventsOf = <Type extends TrainerEvent['type']>(type: Type): EventOf<Type>[] =>
    events.filter((event): event is EventOf<Type> => event.type === type);
  return {
    events,
    eventsOf,
    shares: () => eventsOf('reading').map(({ share }) => share),
    loaded: () => eventsOf('data-loaded').map(({ name, rows }) => ({ name, rows })),
    send,
    drop: (name: string, text: string) => {
      send({ type: 'load-data', bytes: bytesOf(text), name, synthetic: false });
    },
    eventually: (holds: () => void) => vi.waitFor(holds, { timeout: 20_000 }),
    /** All that was sent has been served. */
    rest: () =>
      vi.waitFor(
        () => {
          expect(served).toBe(sent);
        },
        { timeout: 20_000 },
      ),
  };
}

/** Every look at the clock takes its time, so that reading takes long on any machine. */
beforeEach(() => {
  let now = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => (now += 50));
});
afterEach(() => {
  vi.restoreAllMocks();
});

describe('a file that takes long to read', () => {
  it('is said to be read from its beginning to its end', async () => {
    const { drop, rest, shares, events } = setUp();
    drop('long.csv', long);
    await rest();
    const said = shares();
    const numbers = said.filter((share) => share !== null);
    expect(numbers.length).toBeGreaterThan(5);
    expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
    expect(said.at(-1)).toBeNull();
    expect(said.indexOf(null)).toBe(said.length - 1);
    expect(events.at(-1)).toMatchObject({ type: 'data-loaded', name: 'long.csv', rows: 60 });
  });

  it('leaves the data as they were where it is cancelled, and says nothing more', async () => {
    const { drop, send, rest, eventually, shares, loaded, eventsOf } = setUp();
    drop('first.csv', short('first'));
    await rest();
    drop('long.csv', long);
    await eventually(() => {
      expect(shares().length).toBeGreaterThan(1);
    });
    send({ type: 'cancel-reading' });
    expect(shares().at(-1)).toBeNull();
    const before = shares().length;
    await rest();
    expect(shares()).toHaveLength(before);
    expect(loaded()).toEqual([{ name: 'first.csv', rows: 1 }]);
    send({ type: 'read-again', choices: {} });
    await rest();
    expect(loaded()).toEqual([
      { name: 'first.csv', rows: 1 },
      { name: 'first.csv', rows: 1 },
    ]);
    expect(eventsOf('refused')).toEqual([]);
  });

  it('is given up for another, which alone is read', async () => {
    const { drop, rest, eventually, shares, loaded } = setUp();
    drop('long.csv', long);
    await eventually(() => {
      expect(shares().length).toBeGreaterThan(1);
    });
    drop('second.csv', short('second'));
    drop('third.csv', short('third'));
    await rest();
    expect(loaded()).toEqual([{ name: 'third.csv', rows: 1 }]);
    expect(shares().at(-1)).toBeNull();
  });

  it('lets lists be answered meanwhile', async () => {
    const { drop, send, rest, eventually, shares, events } = setUp();
    drop('long.csv', long);
    await eventually(() => {
      expect(shares().length).toBeGreaterThan(1);
    });
    send({ type: 'list-runs' });
    await rest();
    const types = events.map(({ type }) => type);
    expect(types.indexOf('runs')).toBeGreaterThan(-1);
    expect(types.indexOf('runs')).toBeLessThan(types.indexOf('data-loaded'));
  });
});

describe('a file that cannot be read', () => {
  it('leaves the data and their file as they were', async () => {
    const { drop, send, rest, loaded, eventsOf } = setUp();
    drop('first.csv', short('first'));
    await rest();
    drop('empty.csv', '');
    await rest();
    expect(eventsOf('refused')).toMatchObject([{ what: 'load-data' }]);
    send({ type: 'read-again', choices: {} });
    await rest();
    expect(loaded().map(({ name }) => name)).toEqual(['first.csv', 'first.csv']);
  });

  it('before its columns are named is read with them, or given up for the one before', async () => {
    const { drop, send, rest, loaded, eventsOf } = setUp();
    const parameters = Array.from({ length: 13 }, (_, i) => (i > 4 && i < 8 ? i - 3 : null));
    const mapping = { word: 0, contributor: 1, parameters };
    drop('first.csv', short('first'));
    await rest();
    drop('foreign.csv', foreign);
    await rest();
    expect(eventsOf('columns-needed')).toHaveLength(1);
    send({ type: 'read-again', choices: { mapping } });
    await rest();
    expect(loaded().at(-1)).toEqual({ name: 'foreign.csv', rows: 1 });
    drop('first.csv', short('first'));
    await rest();
    drop('foreign.csv', foreign);
    await rest();
    send({ type: 'cancel-reading' });
    send({ type: 'read-again', choices: {} });
    await rest();
    expect(eventsOf('columns-needed')).toHaveLength(2);
    expect(loaded().map(({ name }) => name)).toEqual([
      ...['first.csv', 'foreign.csv', 'first.csv', 'first.csv'],
    ]);
  });
});
