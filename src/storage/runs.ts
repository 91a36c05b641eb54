/**
 * Saved runs, in IndexedDB. Summaries lie apart from the files, so that listing the runs does not
 * load them. Every function throws a StorageError when the browser's storage cannot be used.
 */
import { createStore, del, entries, get, set, update } from 'idb-keyval';
import { InputError } from '../base/input-error';
import { checked } from '../base/checked-json';
import { renamedRecord, runSummarySchema, summariesOf, type RunSummary } from './run-summary';
import { stored } from './storage-error';

const summaries = createStore('warmbright-runs', 'summaries');
const files = createStore('warmbright-run-files', 'files');

/**
 * Keeps a run's model file or checkpoint, in place of the one kept before under its id.
 *
 * @throws StorageError when there is no room; what was kept before stands
 */
export async function saveRun(summary: RunSummary, bytes: Uint8Array): Promise<void> {
  const record = checked(runSummarySchema, summary, "The run's summary");
  await stored(async () => {
    // The file first: a run is listed only when there is something to open.
    await set(record.id, bytes, files);
    await set(record.id, record, summaries);
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
