/**
 * Results of blind tests, in IndexedDB. Every function throws a StorageError when the browser's
 * storage cannot be used.
 */
import { createStore, del, entries, set } from 'idb-keyval';
import { listeningTestSchema, type ListeningTest } from '../listening/listening-test';
import { checked } from '../base/checked-json';
import { keptTests, type KeptTests } from './kept-tests';
import { stored } from './storage-error';

const tests = createStore('warmbright-listening', 'tests');

const ADVICE = {
  full: 'export the result, or delete what you no longer need',
  closed: 'export the result to keep it',
};

/** Keeps a test, in place of what was kept of it before. */
export async function saveTest(test: ListeningTest): Promise<void> {
  const record = checked(listeningTestSchema, test, 'The blind test');
  await stored(() => set(record.id, record, tests), ADVICE);
}

/** All tests, the last one first. Records that cannot be read are counted, and left alone. */
export async function listTests(): Promise<KeptTests> {
  return keptTests(await stored(() => entries<IDBValidKey, unknown>(tests), ADVICE));
}

export async function deleteTest(id: string): Promise<void> {
  await stored(() => del(id, tests), ADVICE);
}
