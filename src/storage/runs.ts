/**
 * Saved runs, in IndexedDB. Summaries lie apart from the files, so that listing the runs does not
 * load them. Every function throws a StorageError when the browser's storage cannot be used.
 */
import { createStore, del, entries, get, set, update } from 'idb-keyval';
import { InputError } from '../base/input-error';
import { checked } from '../base/checked-json';
import {
  nextRecord,
  renamedRecord,
  runSummarySchema,
  summariesOf,
  type RunSummary,
  type SavedAs,
} from './run-summary';
import { stored } from './storage-error';

const summaries = createStore('warmbright-runs', 'summaries');
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
 * The bytes last saved under the id.
 *
 * @throws InputError when there are none
 */
export async function loadRunFile(id: string): Promise<Uint8Array> {
  const bytes = await stored(() => get<unknown>(id, files));
  if (!(bytes instanceof Uint8Array)) throw new InputError('This run is no longer saved here.');
  return bytes;
}

/** All runs, the one saved last first. Damaged records are left out, and left alone. */
export async function listRuns(): Promise<RunSummary[]> {
  return summariesOf(await stored(() => entries<IDBValidKey, unknown>(summaries)));
}

/** @throws InputError when the run is not there, its record is damaged or the name is too long */
export async function renameRun(id: string, name: string): Promise<void> {
  await stored(() => update<unknown>(id, (record) => renamedRecord(record, name), summaries));
}

export async function deleteRun(id: string): Promise<void> {
  await stored(async () => {
    // The summary first, for the reason saveRun writes it last.
    await del(id, summaries);
    await del(id, files);
  });
}
