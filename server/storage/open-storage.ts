/** The store that the settings name. */
import { resolve } from 'node:path';
import { createStorage, type Storage } from 'unstorage';
import type { StorePlace } from '../settings';
import { folderDriver, removeUnfinished } from './folder-driver';
import { s3Driver } from './s3-driver';

export async function openStorage(place: StorePlace): Promise<Storage> {
  if (place.kind === 's3') return createStorage({ driver: s3Driver(place) });
  const base = resolve(place.path);
  await removeUnfinished(base);
  return createStorage({ driver: folderDriver(base) });
}
