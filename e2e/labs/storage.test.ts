/** Storage, locks and links in a real Chromium, from a production build under its policy. */
import type { BrowserContext, Page } from 'puppeteer';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { SafeData } from '../../src/data/rows';
import { FLAT_SETTING } from '../../src/eq/parameters';
import { writeModelFile } from '../../src/model/model-file';
import { decodeLink, encodeLink } from '../../src/testing/first-link';
import type { SavedAs } from '../../src/storage/run-records';
import type { RunSummary } from '../../src/storage/run-summary';
import { sampleModel } from '../../src/testing/sample-model';
import { Lab } from './lab';
import type {} from './storage.page';

const summary = (id: string, savedAt: number): RunSummary => ({
  id,
  name: `Run ${id}`,
  savedAt,
  epochs: 3,
  plannedEpochs: 150,
  finished: false,
  synthetic: true,
  scoreboard: null,
  bytes: 3,
});

const data: SafeData = {
  rows: [{ line: 1, word: 'warm', contributor: 1, setting: FLAT_SETTING }],
  rejected: [],
  rejectedTotal: 0,
  sha256: 'ab'.repeat(32),
  synthetic: true,
};

let lab: Lab;
let context: BrowserContext;
let page: Page;

/** Saves a run of `length` bytes, all `value`; says what went wrong, or null. */
function save(
  run: RunSummary,
  value: number,
  length: number,
  known: SavedAs | null = null,
): Promise<string | null> {
  return page.evaluate(
    async (record, fill, size, before) => {
      try {
        await sources.saveRun(record, new Uint8Array(size).fill(fill), before);
        return null;
      } catch (error) {
        return String(error);
      }
    },
    run,
    value,
    length,
    known,
  );
}

function load(id: string): Promise<number[] | string> {
  return page.evaluate(async (run) => {
    try {
      return [...(await sources.loadRunFile(run))];
    } catch (error) {
      return String(error);
    }
  }, id);
}

/** Writes a record past the sources, as a bug or a broken disk would. */
function damage(database: string, store: string, key: string, record: unknown): Promise<void> {
  return page.evaluate(
    (databaseName, storeName, recordKey, value) =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open(databaseName);
        opening.onsuccess = () => {
          const transaction = opening.result.transaction(storeName, 'readwrite');
          transaction.objectStore(storeName).put(value, recordKey);
          transaction.oncomplete = () => {
            resolve();
          };
          transaction.onerror = () => {
            reject(new Error('not written'));
          };
        };
      }),
    database,
    store,
    key,
    record,
  );
}

beforeAll(async () => {
  lab = await Lab.open('storage');
});
afterAll(() => lab.close());
beforeEach(async () => {
  context = await lab.newContext();
  page = await lab.openPage(context);
});
afterEach(() => context.close());

describe('saved runs', () => {
  it('are kept over a reload, listed, renamed and deleted', async () => {
    expect(await save(summary('a', 1), 7, 3)).toBeNull();
    expect(await save(summary('b', 2), 8, 3)).toBeNull();
    await lab.load(page);
    const ids = (): Promise<string[]> =>
      page.evaluate(async () =>
        (await sources.listRuns()).runs.map(({ id, name }) => `${id} ${name}`),
      );
    expect(await ids()).toEqual(['b Run b', 'a Run a']);
    expect(await load('a')).toEqual([7, 7, 7]);

    await page.evaluate(() => sources.renameRun('a', 'Warmer'));
    expect(await ids()).toEqual(['b Run b', 'a Warmer']);

    await page.evaluate(() => sources.deleteRun('b'));
    expect(await ids()).toEqual(['a Warmer']);
    expect(await load('b')).toContain('no longer saved');
  });

  it('keep what another tab did meanwhile: a name, a later checkpoint, a deletion', async () => {
    const first = { revision: 1, name: 'Run a' };
    expect(await save(summary('a', 1), 7, 3)).toBeNull();
    const other = await lab.openPage(context);
    await other.evaluate(() => sources.renameRun('a', 'Theirs'));
    expect(await save(summary('a', 2), 8, 3, first)).toBeNull();
    const names = () =>
      other.evaluate(async () => (await sources.listRuns()).runs.map(({ name }) => name));
    expect(await names()).toEqual(['Theirs']);

    // This tab still goes by the first checkpoint: the second stands.
    expect(await save(summary('a', 3), 9, 3, first)).toMatch(/^InputError: .*another tab/);
    expect(await load('a')).toEqual([8, 8, 8]);

    await other.evaluate(() => sources.deleteRun('a'));
    const second = { revision: 2, name: 'Theirs' };
    expect(await save(summary('a', 3), 9, 3, second)).toMatch(/^InputError: .*deleted/);
    expect(await names()).toEqual([]);
    expect(await load('a')).toContain('no longer saved');
  });

  it('with a damaged record are left out of the list, and left alone', async () => {
    await save(summary('a', 1), 7, 3);
    await save(summary('b', 2), 8, 3);
    await damage('warmbright-runs', 'summaries', 'b', { id: 'b', epochs: 'many' });
    expect(await page.evaluate(() => sources.listRuns())).toEqual({
      runs: [{ ...summary('a', 1), revision: 1 }],
      unreadable: 1,
    });
    expect(await load('b')).toEqual([8, 8, 8]);
    // It has its record, so it is not taken for one that was left half saved.
    expect(await page.evaluate(() => sources.unlistedFiles())).toEqual([]);
  });

  it('are half saved where the tab goes between file and record, and found by that', async () => {
    await save(summary('a', 1), 7, 3);
    await damage('warmbright-run-files', 'files', 'b', Uint8Array.of(1, 2));
    expect(await page.evaluate(() => sources.unlistedFiles())).toEqual(['b']);
    // A run that is new is held while it is saved, so that nobody takes it for one of these.
    const held = await page.evaluate(
      async (run) => {
        const saving = sources.saveNewRun(run, Uint8Array.of(3));
        const free = await sources.holdFreeRun(run.id);
        await saving;
        return [free === null, (await sources.holdFreeRun(run.id)) === null];
      },
      summary('b', 2),
    );
    expect(held).toEqual([true, false]);
    expect(await page.evaluate(() => sources.unlistedFiles())).toEqual([]);
  });

  it('have notes, which training and other versions of them leave alone', async () => {
    await save(summary('a', 1), 7, 3);
    const note = 'For <b>Ana</b>:\nless mud.';
    await page.evaluate((text) => sources.noteRun('a', text), note);
    expect(await save(summary('a', 2), 8, 3, { revision: 1, name: 'Run a' })).toBeNull();
    const notes = () =>
      page.evaluate(async () => (await sources.listRuns()).runs.map((run) => run.note ?? null));
    expect(await notes()).toEqual([note]);
    await page.evaluate(() => sources.noteRun('a', ''));
    expect(await notes()).toEqual([null]);
    expect(await page.evaluate(() => sources.noteRun('gone', 'x').catch(String))).toMatch(
      /^InputError: This run is no longer saved here/,
    );
  });

  it('stand when there is no room for the next checkpoint', async () => {
    // Before the first write, since Chromium remembers for a while how much room it found.
    const client = await page.createCDPSession();
    await client.send('Storage.overrideQuotaForOrigin', {
      origin: new URL(page.url()).origin,
      quotaSize: 1_000_000,
    });
    expect(await save(summary('a', 1), 7, 3)).toBeNull();
    const known = { revision: 1, name: 'Run a' };
    expect(await save(summary('a', 2), 9, 5_000_000, known)).toMatch(
      /^StorageError: .*no room left.*last checkpoint stands/,
    );
    expect(await load('a')).toEqual([7, 7, 7]);
    expect(await page.evaluate(() => sources.listRuns())).toEqual({
      runs: [{ ...summary('a', 1), revision: 1 }],
      unreadable: 0,
    });
  });
});

describe('storage that cannot be used', () => {
  /** What comes of listing and of saving runs. */
  const outcomes = (): Promise<string[]> =>
    page.evaluate(
      async (run) => {
        const said = (work: Promise<unknown>): Promise<string> => work.then(() => 'done', String);
        return [
          await said(sources.listRuns()),
          await said(sources.saveRun(run, Uint8Array.of(1), null)),
        ];
      },
      summary('a', 1),
    );

  it.each([
    ['is refused, as in some private windows', 'SecurityError'],
    ['is not there at all', 'TypeError'],
  ])('where it %s, says so in a sentence', async (_, reason) => {
    await page.evaluate((name) => {
      Object.defineProperty(globalThis, 'indexedDB', {
        get: () => {
          if (name === 'SecurityError') throw new DOMException('no', name);
          return undefined;
        },
      });
    }, reason);
    const [listing, saving] = await outcomes();
    expect(listing).toMatch(
      new RegExp(
        `^StorageError: The browser’s storage cannot be used \\(${reason}\\); runs .* stand`,
      ),
    );
    expect(saving).toMatch(/^StorageError: .*download the model to keep it\.$/);
  });

  /** Makes a database as another version might have left it. */
  const made = (name: string, version: number, store: string): Promise<void> =>
    page.evaluate(
      (databaseName, number, storeName) =>
        new Promise<void>((resolve, reject) => {
          const opening = indexedDB.open(databaseName, number);
          opening.onupgradeneeded = () => {
            opening.result.createObjectStore(storeName);
          };
          opening.onsuccess = () => {
            opening.result.close();
            resolve();
          };
          opening.onerror = () => {
            reject(new Error('not made'));
          };
        }),
      name,
      version,
      store,
    );

  it('is used as it is where a later version has raised its number', async () => {
    await made('warmbright-runs', 7, 'summaries');
    expect(await outcomes()).toEqual(['done', 'done']);
    expect(await load('a')).toEqual([1]);
  });

  it('says so where an older version left it without what runs are kept in, and stays as it is', async () => {
    await made('warmbright-runs', 1, 'something else');
    const [listing] = await outcomes();
    expect(listing).toMatch(/^StorageError: .*cannot be used \(NotFoundError\); runs .* stand/);
    const stores = await page.evaluate(
      () =>
        new Promise<string[]>((resolve) => {
          const opening = indexedDB.open('warmbright-runs');
          opening.onsuccess = () => {
            resolve([...opening.result.objectStoreNames]);
          };
        }),
    );
    expect(stores).toEqual(['something else']);
  });
});

describe('the data set', () => {
  const kept = (sha256: string): Promise<SafeData | null> =>
    page.evaluate((hash) => sources.loadData(hash), sha256);

  it('is kept over a reload, beside others', async () => {
    const other = { ...data, sha256: 'cd'.repeat(32) };
    expect(await kept(data.sha256)).toBeNull();
    await page.evaluate((set) => sources.saveData(set), data);
    await page.evaluate((set) => sources.saveData(set), other);
    await lab.load(page);
    expect(await kept(data.sha256)).toEqual(data);
    expect(await kept(other.sha256)).toEqual(other);
  });

  it('is not given when its record is damaged', async () => {
    await page.evaluate((set) => sources.saveData(set), data);
    await damage('warmbright-data', 'data-sets', data.sha256, { ...data, rows: 'none' });
    expect(await kept(data.sha256)).toBeNull();
  });
});

describe('a run in training', () => {
  const hold = (tab: Page): Promise<boolean> =>
    tab.evaluate(async () => (await sources.holdRun('a')) !== null);

  it('is held by one tab at a time, until it is given back or the tab is gone', async () => {
    const other = await lab.openPage(context);
    const given = await page.evaluateHandle(() => sources.holdRun('a'));
    expect(await hold(other)).toBe(false);

    await page.evaluate((giveBack) => giveBack?.(), given);
    expect(await hold(other)).toBe(true);
    expect(await hold(page)).toBe(false);

    await other.close();
    await expect.poll(() => hold(page), { timeout: 30_000 }).toBe(true);
  });
});

describe('a link', () => {
  it('made in Node opens in the browser, and the other way round', async () => {
    const bytes = [...writeModelFile(sampleModel())];
    const opened = await page.evaluate(
      async (fragment) => [...(await sources.decodeLink(fragment))],
      await encodeLink(Uint8Array.from(bytes)),
    );
    expect(opened).toEqual(bytes);
    const made = await page.evaluate((file) => sources.encodeLink(Uint8Array.from(file)), bytes);
    expect([...(await decodeLink(made))]).toEqual(bytes);
  });

  it('that unpacks without end, or is not deflated, is refused in the browser', async () => {
    const refusals = await page.evaluate(async () => {
      const linkAround = async (stream: ReadableStream): Promise<string> => {
        const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
        let binary = '';
        for (const byte of bytes) binary += String.fromCharCode(byte);
        const payload = btoa(binary).replace(/=+$/, '').replaceAll('+', '-').replaceAll('/', '_');
        const text = new TextEncoder().encode(payload);
        const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', text));
        const hex = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
        return `warmbright1.${String(payload.length)}.${hex.slice(0, 16)}.${payload}`;
      };
      const refusal = (fragment: string): Promise<string> =>
        sources.decodeLink(fragment).then(() => 'opened', String);
      const zeros = new Blob(Array.from({ length: 80 }, () => new Uint8Array(1_000_000)));
      const bomb = zeros.stream().pipeThrough(new CompressionStream('deflate-raw'));
      const noise = new Blob([Uint8Array.of(1, 2, 3, 4, 255)]).stream();
      return [await refusal(await linkAround(bomb)), await refusal(await linkAround(noise))];
    });
    expect(refusals[0]).toMatch(/^InputError: .*more than 64 MB/);
    expect(refusals[1]).toMatch(/^InputError: .*damaged/);
  });
});
