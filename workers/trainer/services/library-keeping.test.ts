import { unzipSync, zipSync } from 'fflate';
import { describe, expect, it, vi } from 'vitest';
import { sizeText } from '../../../src/base/size-text';
import type { SafeData } from '../../../src/data/rows';
import type { RunSummary } from '../../../src/storage/run-summary';
import { StorageError } from '../../../src/storage/storage-error';
import { summaryOf } from '../../../src/storage/summary-of';
import { sampleData } from '../../../src/testing/sample-data';
import { sampleModel, sampleProgress } from '../../../src/testing/sample-model';
import { writeCheckpoint } from '../../../src/training/checkpoint';
import { renamed } from '../saved-run';
import { BROWSER_STORAGE, type TrainerStorage } from '../storage';
import { exportLibrary, importLibrary, lookOver, nameBeside } from './library-keeping';

/** A run's file; another learning rate makes another file. */
function fileOf(name: string, learningRate = 0.0005): Uint8Array<ArrayBuffer> {
  const { plateau, ...progress } = sampleProgress();
  return writeCheckpoint(renamed(sampleModel(), name), {
    ...progress,
    plateau: { ...plateau, learningRate },
  });
}

function summary(id: string, name: string, file: Uint8Array): RunSummary {
  const kept = { id, savedAt: 7, bytes: file.length, finished: false, plannedEpochs: 150 };
  return summaryOf(renamed(sampleModel(), name), kept);
}

/** Runs in memory, kept and read as the browser does. */
function shelf(...runs: readonly (readonly [id: string, name: string, file: Uint8Array])[]) {
  const summaries = new Map(runs.map(([id, name, file]) => [id, summary(id, name, file)]));
  const files = new Map<string, Uint8Array>(runs.map(([id, , file]) => [id, file]));
  const dataSets = new Map<string, SafeData>();
  const held = new Set<string>();
  const storage: TrainerStorage = {
    ...BROWSER_STORAGE,
    loadData: (sha256) => Promise.resolve(dataSets.get(sha256) ?? null),
    saveData: (data) => {
      dataSets.set(data.sha256, data);
      return Promise.resolve();
    },
    listRuns: () => Promise.resolve({ runs: [...summaries.values()], unreadable: 0 }),
    unlistedFiles: () => Promise.resolve([...files.keys()].filter((id) => !summaries.has(id))),
    loadRunFile: (id) =>
      Promise.resolve(files.get(id) ?? expect.fail(`Nothing is kept under ${id}.`)),
    saveNewRun: (run, bytes) => {
      summaries.set(run.id, run);
      files.set(run.id, bytes);
      return Promise.resolve();
    },
    describeRun: (run, description) => {
      summaries.set(run.id, { ...run, ...description });
      return Promise.resolve();
    },
    holdFreeRun: (id) => Promise.resolve(held.has(id) ? null : () => undefined),
  };
  const names = () => [...summaries.values()].map(({ name }) => name);
  return { storage, summaries, files, dataSets, held, names };
}

const exported = async (from: ReturnType<typeof shelf>): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array((await exportLibrary(from.storage)).bytes);

describe('a library that is exported and imported', () => {
  it('is the same elsewhere: files, names, notes, states', async () => {
    const mine = shelf(['a', 'First', fileOf('First')], ['b', 'Second', fileOf('Second')]);
    const noted = { ...summary('a', 'First', fileOf('First')), note: 'For <b>Ana</b>.\nLine 2.' };
    mine.summaries.set('a', noted);
    const { bytes, notice } = await exportLibrary(mine.storage);
    expect(notice).toEqual({
      kind: 'warning',
      text: `2 runs were saved in one file of ${sizeText(bytes.byteLength)}; 1 data set is not kept here and so not in it.`,
    });
    const other = shelf();
    expect(await importLibrary(await exported(mine), other.storage)).toEqual({
      kind: 'success',
      text: '2 runs were imported.',
    });
    const known = (of: typeof mine) =>
      [...of.summaries.values()].map((run) => ({ ...run, id: 'any' }));
    expect(known(other)).toEqual(known(mine));
    expect([...other.files.values()]).toEqual([...mine.files.values()]);
    // Under ids of its own, whatever a file says.
    expect([...other.summaries.keys()]).not.toContain('a');
  });

  it('has the data sets that the runs learnt from, once each, and says how large it is', async () => {
    const mine = shelf(['a', 'First', fileOf('First')], ['b', 'Second', fileOf('Second')]);
    const { dataSha256 } = sampleModel().document.run ?? expect.fail();
    const data = { ...sampleData(), sha256: dataSha256 };
    mine.dataSets.set(dataSha256, data);
    mine.dataSets.set('of no run', { ...data, sha256: 'b'.repeat(64) });
    const { bytes, notice } = await exportLibrary(mine.storage);
    expect(notice.kind).toBe('success');
    expect(notice.text).toMatch(
      /^2 runs were saved in one file of \d+ kB; the data set that they learnt from was saved with them, without personal columns\.$/,
    );
    const other = shelf();
    expect((await importLibrary(new Uint8Array(bytes), other.storage)).text).toBe(
      '2 runs were imported; 1 data set came with them.',
    );
    expect([...other.dataSets]).toStrictEqual([[dataSha256, data]]);
    // What is kept stays, whatever a file says.
    const kept = { ...data, name: 'mine.csv' };
    other.dataSets.set(dataSha256, kept);
    expect((await importLibrary(new Uint8Array(bytes), other.storage)).text).toBe(
      'No run was imported; 2 were kept here already and were left as they are.',
    );
    expect(other.dataSets.get(dataSha256)).toBe(kept);
  });

  it('keeps the runs where there is no room for the data, and says so', async () => {
    const theirs = shelf(['a', 'First', fileOf('First')]);
    const { dataSha256 } = sampleModel().document.run ?? expect.fail();
    theirs.dataSets.set(dataSha256, { ...sampleData(), sha256: dataSha256 });
    const mine = shelf();
    mine.storage.saveData = () => Promise.reject(new StorageError('The browser has no room left.'));
    expect(await importLibrary(await exported(theirs), mine.storage)).toEqual({
      kind: 'warning',
      text: '1 run was imported. Not all of its data sets could be kept, so load them here to train on: The browser has no room left.',
    });
    expect(mine.names()).toEqual(['First']);
  });

  it('leaves out data that would make it too large, and says so', async () => {
    const mine = shelf(['a', 'First', fileOf('First')]);
    const { dataSha256 } = sampleModel().document.run ?? expect.fail();
    mine.dataSets.set(dataSha256, { ...sampleData(), sha256: dataSha256 });
    mine.summaries.set('a', { ...summary('a', 'First', fileOf('First')), bytes: 2 ** 29 - 1 });
    const { notice } = await exportLibrary(mine.storage);
    expect(notice.text).toMatch(/; 1 data set would have made it too large and was left out\.$/);
  });

  it('gives equal bytes for equal libraries', async () => {
    const mine = shelf(['a', 'First', fileOf('First')]);
    expect(await exported(mine)).toEqual(await exported(mine));
  });

  it('overwrites nothing: another run of the same name gets a number', async () => {
    const file = fileOf('First');
    const mine = shelf(['a', 'First', fileOf('First', 0.25)], ['c', 'First (2)', fileOf('x')]);
    const theirs = shelf(['a', 'First', file]);
    const notice = await importLibrary(await exported(theirs), mine.storage);
    expect(notice.text).toBe('1 run was imported; 1 under another name, since theirs were taken.');
    expect(mine.names()).toEqual(['First', 'First (2)', 'First (3)']);
    expect(mine.files.get('a')).toEqual(fileOf('First', 0.25));
  });

  it('says of a run that is kept already, under whatever name, and takes it once', async () => {
    const mine = shelf(['a', 'Renamed here', fileOf('First')]);
    const theirs = shelf(['x', 'First', fileOf('First')], ['y', 'Copy', fileOf('Copy')]);
    const notice = await importLibrary(await exported(theirs), mine.storage);
    expect(notice.text).toBe('1 run was imported; 1 was kept here already and was left as it is.');
    expect(mine.names()).toEqual(['Renamed here', 'Copy']);
    expect(await importLibrary(await exported(theirs), mine.storage)).toEqual({
      kind: 'info',
      text: 'No run was imported; 2 were kept here already and were left as they are.',
    });
  });

  it('that holds a run twice gives it once, and says so', async () => {
    const theirs = shelf(['x', 'First', fileOf('First')], ['y', 'Copy of it', fileOf('First')]);
    const mine = shelf();
    const notice = await importLibrary(await exported(theirs), mine.storage);
    expect(notice.text).toBe('1 run was imported; 1 stood in the file twice.');
    expect(mine.names()).toEqual(['First']);
  });

  it('leaves a damaged run out of the file, and says so', async () => {
    const mine = shelf(['a', 'First', fileOf('First')], ['b', 'Second', fileOf('Second')]);
    mine.files.set('b', Uint8Array.of(1, 2, 3));
    const { bytes, notice } = await exportLibrary(mine.storage);
    expect(notice.text).toMatch(
      /^1 run was saved in one file of \d+ kB, without 1 run whose file is damaged;/,
    );
    const other = shelf();
    await importLibrary(new Uint8Array(bytes), other.storage);
    expect(other.names()).toEqual(['First']);
  });

  it('is refused whole where one of its runs is damaged', async () => {
    const theirs = shelf(['x', 'First', fileOf('First')], ['y', 'Second', fileOf('Second')]);
    const files = unzipSync(await exported(theirs));
    const second = files['runs/0002.safetensors'] ?? expect.fail();
    const mine = shelf();
    const damaged = { ...files, 'runs/0002.safetensors': second.with(second.length - 1, 9) };
    await expect(importLibrary(zipSync(damaged), mine.storage)).rejects.toThrow(
      'The library cannot be imported, and nothing of it was: its run "Second" (runs/0002.safetensors) is damaged: Its bytes are not those that were saved.',
    );
    expect(mine.names()).toEqual([]);
  });

  it('keeps what was imported before the room ran out, and says how much', async () => {
    const theirs = shelf(['x', 'First', fileOf('First')], ['y', 'Second', fileOf('Second')]);
    const mine = shelf(['a', 'Mine', fileOf('Mine')]);
    const { saveNewRun } = mine.storage;
    vi.spyOn(mine.storage, 'saveNewRun')
      .mockImplementationOnce(saveNewRun)
      .mockRejectedValueOnce(new StorageError('The browser has no room left to save this.'));
    const notice = await importLibrary(await exported(theirs), mine.storage);
    expect(notice).toEqual({
      kind: 'warning',
      text: '1 run of 2 in the file was imported, then this stood in the way: The browser has no room left to save this.',
    });
    expect(mine.names()).toEqual(['Mine', 'First']);
  });

  it('is refused where there is nothing, or too much', async () => {
    await expect(exportLibrary(shelf().storage)).rejects.toThrow(/^No run is kept here/);
    const large = shelf(['a', 'First', fileOf('First')]);
    large.summaries.set('a', { ...summary('a', 'First', fileOf('First')), bytes: 2 ** 30 });
    await expect(exportLibrary(large.storage)).rejects.toThrow(
      /^A file of all runs may have 512 MB and 1000 runs, and these are 1 of 1024 MB: /,
    );
  });
});

describe('the name of a run beside others', () => {
  it('is its own where it can be, and else has the next free number', () => {
    expect(nameBeside('A', ['B'])).toBe('A');
    expect(nameBeside('A (2)', ['B'])).toBe('A (2)');
    expect(nameBeside('A', ['A', 'A (2)'])).toBe('A (3)');
    expect(nameBeside('A (2)', ['A (2)'])).toBe('A (3)');
  });
});

describe('what a tab left half done', () => {
  it('is listed again: a file that was saved before its record', async () => {
    const kept = shelf(['a', 'A small run', fileOf('A small run')]);
    kept.files.set('b', fileOf('A small run', 0.25));
    expect(await lookOver(kept.storage)).toEqual(['A small run (2)']);
    expect(kept.summaries.get('b')).toMatchObject({
      id: 'b',
      epochs: 2,
      plannedEpochs: 150,
      finished: false,
      bytes: fileOf('A small run').length,
    });
    expect(kept.files.get('b')).toEqual(fileOf('A small run', 0.25));
    expect(await lookOver(kept.storage)).toEqual([]);
  });

  it('is left alone while another tab holds it, and where it is damaged', async () => {
    const kept = shelf();
    kept.files.set('held', fileOf('A small run'));
    kept.held.add('held');
    kept.files.set('damaged', Uint8Array.of(1, 2, 3));
    expect(await lookOver(kept.storage)).toEqual([]);
    expect(kept.names()).toEqual([]);
    expect([...kept.files.keys()]).toEqual(['held', 'damaged']);
  });
});

describe('records of earlier versions', () => {
  it('get what their file says, and stay as they are where it is damaged', async () => {
    const kept = shelf(['a', 'First', fileOf('First')], ['b', 'Second', fileOf('Second')]);
    for (const [id, run] of kept.summaries) {
      const unknown = { words: undefined, recipe: undefined, thumbnail: undefined };
      kept.summaries.set(id, { ...run, ...unknown });
    }
    kept.files.set('b', Uint8Array.of(1, 2, 3));
    await lookOver(kept.storage);
    expect(kept.summaries.get('a')).toEqual(summary('a', 'First', fileOf('First')));
    expect(kept.summaries.get('b')?.recipe).toBeUndefined();
  });
});
