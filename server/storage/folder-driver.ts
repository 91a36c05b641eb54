/**
 * A driver for unstorage that keeps each item as a file of a folder, whole or not at all.
 *
 * unstorage's own `fs` driver writes into the file itself, which a crash leaves half-written. This one
 * writes under a temporary name, has the disk take it (fsync), and then gives it its name, which file
 * systems do in one step. Several servers may share the folder.
 */
import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, readdir, rename, rm, rmdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Driver } from 'unstorage';

/** Where files are written before they have a name; no key leads there. */
const UNFINISHED = '.unfinished';

/** What a crash left behind is older than any upload may take. */
const FORGOTTEN_MS = 3_600_000;

const SEGMENT = /^[\w-][\w.-]*$/;

/** @param base the folder, which is made where it is missing */
export function folderDriver(base: string): Driver {
  const pathOf = (key: string): string => join(base, ...segmentsOf(key));
  return {
    name: 'folder',
    hasItem: async (key) => (await stat(pathOf(key)).catch(missing)) !== null,
    getItem: (key) => readFile(pathOf(key), 'utf8').catch(missing),
    getItemRaw: (key) => readFile(pathOf(key)).catch(missing),
    setItem: (key, value) => writeWhole(base, pathOf(key), value),
    setItemRaw: (key, value: Uint8Array) => writeWhole(base, pathOf(key), value),
    removeItem: async (key) => {
      const path = pathOf(key);
      await rm(path, { force: true });
      // A folder of one model's claims goes with the last of them.
      if (dirname(dirname(path)) !== base) await rmdir(dirname(path)).catch(inUse);
    },
    // unstorage names no prefix where all keys are asked for.
    getKeys: async (prefix: string | undefined) => {
      const segments = segmentsOf(prefix ?? '');
      const found = await readdir(join(base, ...segments), {
        recursive: true,
        withFileTypes: true,
      }).catch(missing);
      return (found ?? [])
        .filter((entry) => entry.isFile())
        .map(({ parentPath, name }) => join(parentPath, name).slice(base.length + 1))
        .filter((path) => !path.startsWith(UNFINISHED))
        .map((path) => path.replaceAll(/[/\\]/g, ':'));
    },
  };
}

/** Removes what uploads left that a crash ended. */
export async function removeUnfinished(base: string): Promise<void> {
  const folder = join(base, UNFINISHED);
  for (const name of (await readdir(folder).catch(missing)) ?? []) {
    const file = join(folder, name);
    const found = await stat(file).catch(missing);
    if (found !== null && Date.now() - found.mtimeMs > FORGOTTEN_MS)
      await rm(file, { force: true });
  }
}

function segmentsOf(key: string): string[] {
  const segments = key.split(':').filter((segment) => segment !== '');
  if (segments.some((segment) => !SEGMENT.test(segment))) {
    throw new RangeError(`${JSON.stringify(key)} is no key of this store`);
  }
  return segments;
}

async function writeWhole(base: string, path: string, value: string | Uint8Array): Promise<void> {
  const temporary = join(base, UNFINISHED, randomUUID());
  await mkdir(dirname(temporary), { recursive: true });
  try {
    const file = await open(temporary, 'wx');
    try {
      await file.writeFile(value);
      await file.sync();
    } finally {
      await file.close();
    }
    const isNew = await moveTo(path, temporary);
    // The name, too, is on the disk only once its folder is.
    await syncFolder(dirname(path));
    if (isNew) await syncFolder(dirname(dirname(path)));
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/**
 * The folder may go, with its last file, between its making and the move.
 *
 * @returns whether it was made
 */
async function moveTo(path: string, from: string): Promise<boolean> {
  for (let tries = 3; ; tries--) {
    const made = await mkdir(dirname(path), { recursive: true });
    try {
      await rename(from, path);
      return made !== undefined;
    } catch (error) {
      if (tries === 0 || codeOf(error) !== 'ENOENT') throw error;
    }
  }
}

async function syncFolder(path: string): Promise<void> {
  // Windows opens no folders, and has no need to.
  if (process.platform === 'win32') return;
  const folder = await open(path).catch(missing);
  try {
    await folder?.sync();
  } finally {
    await folder?.close();
  }
}

/** null for what is not there. */
function missing(error: unknown): null {
  if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return null;
  throw error;
}

function inUse(error: unknown): void {
  const code = codeOf(error);
  if (code !== 'ENOTEMPTY' && code !== 'EEXIST' && code !== 'ENOENT') throw error;
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
