/**
 * Saved runs, in IndexedDB. Summaries lie apart from the files, so that listing the runs does not
 * load them. Every function throws a StorageError when the browser's storage cannot be used.
 */
import { createStore, del, get, keys, set, update } from 'idb-keyval';
import { InputError } from '../base/input-error';
import { checked } from '../base/checked-json';
import { summaries } from './list-runs';
import {
  describedRecord,
  nextRecord,
  notedRecord,
  renamedRecord,
  type Description,
  type SavedAs,
} from './run-records';
import { runSummarySchema, type RunSummary } from './run-summary';
import { holdFreeRun } from './run-lock';
import { stored } from './storage-error';

const files = createStore('warmbright-run-files', 'files');

/**
 * Keeps a run's model file or checkpoint, in place of the one kept before under its id.
 *
 * @param known what the saver last knew of the run; null for a run that is new
 * @returns what it is saved as: under the name that another tab may have given it meanwhile
 * @throws InputError where another tab has saved or deleted the run; what it left stands
 * @throws StorageError when there is no room; what was kept before stands
 */
export async function saveRun(
  summary: RunSummary,
  bytes: Uint8Array,
  known: SavedAs | null,
): Promise<SavedAs> {
  const record = checked(runSummarySchema, summary, "The run's summary");
  return stored(async () => {
    const { id } = record;
    nextRecord(await get<unknown>(id, summaries), record, known);
    // The file first: a run is listed only when there is something to open.
    await set(id, bytes, files);
    let next: SavedAs = { revision: 0, name: record.name };
    await update<unknown>(
      id,
      (before) => {
        const saved = nextRecord(before, record, known);
        next = { revision: saved.revision, name: saved.name };
        return saved;
      },
      summaries,
    );
    return next;
  });
}

/**
 * Keeps a run that is new, such as one of a sweep, and holds it meanwhile: between file and record it
 * looks like one that was left half saved. Whoever trains a run holds it anyway, and uses saveRun.
 *
 * @throws StorageError when there is no room
 */
export async function saveNewRun(summary: RunSummary, bytes: Uint8Array): Promise<void> {
  const giveBack = await holdFreeRun(summary.id);
  try {
    await saveRun(summary, bytes, null);
  } finally {
    giveBack?.();
  }
}

/**
 * The bytes last saved under the id.
 *
 * @throws InputError when there are none
 */
export async function loadRunFile(id: string): Promise<Uint8Array> {
  const bytes = await stored(() => get<unknown>(id, files));
  if (!(bytes instanceof Uint8Array)) throw new InputError('This run is no longer saved here.');
  return bytes;
}

/**
 * Ids of files that no record lists: their tab went between the two, or a deletion was cut short.
 * One that somebody is just saving is among them, and held by whoever saves it: see run-lock.ts.
 */
export async function unlistedFiles(): Promise<string[]> {
  const [listed, kept] = await stored(() => Promise.all([keys(summaries), keys(files)]));
  const known = new Set<IDBValidKey>(listed);
  return kept.filter((key) => typeof key === 'string').filter((key) => !known.has(key));
}

/** @throws InputError when the run is not there, its record is damaged or the name is too long */
export async function renameRun(id: string, name: string): Promise<void> {
  await stored(() => update<unknown>(id, (record) => renamedRecord(record, name), summaries));
}

/** @throws InputError when the run is not there, its record is damaged or the note is too long */
export async function noteRun(id: string, note: string): Promise<void> {
  await stored(() => update<unknown>(id, (record) => notedRecord(record, note), summaries));
}

/**
 * Adds what a run's file says of it to a record of an earlier version.
 *
 * @throws InputError where somebody has saved or deleted the run meanwhile
 */
export async function describeRun(known: RunSummary, description: Description): Promise<void> {
  const described = (record: unknown): RunSummary => describedRecord(record, known, description);
  await stored(() => update<unknown>(known.id, described, summaries));
}

export async function deleteRun(id: string): Promise<void> {
  await stored(async () => {
    // The summary first, for the reason saveRun writes it last.
    await del(id, summaries);
    await del(id, files);
  });
}
