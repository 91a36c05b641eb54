/** Making the folder that results go to. */
import { mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { InputError } from '../../src/base/input-error';

/**
 * Makes a folder where it is not there, with those that it lies in.
 *
 * @throws InputError when it cannot be made
 */
export function makeFolder(path: string): void {
  try {
    makeWithParents(resolve(path));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const why = REASONS[code];
    throw new InputError(
      `${path}: The folder cannot be made${why === undefined ? '' : `: ${why}`}.`,
      { cause: error },
    );
  }
}

/**
 * Folder by folder: what Node has for it tries for ever where a new folder is refused as if the one
 * around it were not there, as in /proc.
 */
function makeWithParents(path: string): void {
  if (isFolder(path)) return;
  const parent = dirname(path);
  if (parent !== path) makeWithParents(parent);
  try {
    mkdirSync(path);
  } catch (error) {
    // Another process may have made it meanwhile.
    if (!isFolder(path)) throw error;
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

const REASONS: Readonly<Record<string, string>> = {
  EEXIST: 'a file is there',
  ENOTDIR: 'a part of its path is a file',
  ENOENT: 'nothing can be made there',
  EACCES: 'writing is not allowed there',
  EPERM: 'writing is not allowed there',
  EROFS: 'writing is not allowed there',
  ENOSPC: 'there is no room left',
  EDQUOT: 'there is no room left',
  ELOOP: 'a part of its path is a symbolic link that leads nowhere',
  ENAMETOOLONG: 'its name is too long',
};
