/** The list of saved runs, apart from what changes them: a page that opens needs the list alone. */
import { createStore, entries } from 'idb-keyval';
import { summariesOf, type RunSummary } from './run-summary';
import { stored } from './storage-error';

/** A record for each run, under its id. */
export const summaries = createStore('warmbright-runs', 'summaries');

/** Where there is nothing yet that could be downloaded. */
const NOTHING_KEPT = {
  full: 'delete runs that you no longer need',
  closed:
    'runs that were kept stand, but cannot be listed, and new ones are not kept: download a model to keep it',
};

export interface KeptRuns {
  /** The one saved last first. */
  readonly runs: readonly RunSummary[];
  /** How many records cannot be read: damaged, or made by a later version. They are left alone. */
  readonly unreadable: number;
}

/** All runs that are kept. @throws StorageError when the browser's storage cannot be used */
export async function listRuns(): Promise<KeptRuns> {
  const records = await stored(() => entries<IDBValidKey, unknown>(summaries), NOTHING_KEPT);
  const runs = summariesOf(records);
  return { runs, unreadable: records.length - runs.length };
}
