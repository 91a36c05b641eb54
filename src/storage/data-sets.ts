/**
 * Parsed data sets, in IndexedDB under their SHA-256, so that a run can go on after a reload.
 * Every function throws a StorageError when the browser's storage cannot be used.
 */
import { createStore, get, set } from 'idb-keyval';
import * as v from 'valibot';
import type { SafeData } from '../data/rows';
import { checked } from '../base/checked-json';
import { packData, packedDataSchema, unpackData } from './packed-data';
import { safeDataSchema } from './safe-data-schema';
import { stored } from './storage-error';

const dataSets = createStore('warmbright-data', 'data-sets');

/** Keeps a data set. */
export async function saveData(data: SafeData): Promise<void> {
  const record = checked(packedDataSchema, packData(data), 'The data set');
  await stored(() => set(record.sha256, record, dataSets));
}

/** As this version keeps data sets, or as earlier ones did: an object a row. */
const keptSchema = v.union([v.pipe(packedDataSchema, v.transform(unpackData)), safeDataSchema]);

/** The data set with this hash; null when it is not kept here or its record is damaged. */
export async function loadData(sha256: string): Promise<SafeData | null> {
  const result = v.safeParse(keptSchema, await stored(() => get<unknown>(sha256, dataSets)), {
    abortEarly: true,
  });
  return result.success && result.output.sha256 === sha256 ? result.output : null;
}
