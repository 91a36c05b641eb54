/** What tells the zip of a library from those of models, without the code that reads either. */
import { InputError } from '../base/input-error';
import { LIBRARY_BOUNDS } from '../base/library-bounds';
import { LIBRARY_LIST } from '../model/file-names';
import { zipNames } from './unzip';

/**
 * The folder of the zip that the library lies in: empty as it is exported, and the folder's name with
 * its slash where somebody has packed it anew.
 *
 * @returns null where the zip holds no library
 * @throws InputError where the zip is damaged, holds more than a library may, or two of them
 */
export function libraryFolder(zip: Uint8Array): string | null {
  const lists = zipNames(zip, LIBRARY_BOUNDS).filter(
    (path) => path === LIBRARY_LIST || path.endsWith(`/${LIBRARY_LIST}`),
  );
  const [list, another] = lists;
  if (another !== undefined) {
    throw new InputError('The zip holds more than one library: import one of them alone.');
  }
  return list?.slice(0, -LIBRARY_LIST.length) ?? null;
}

/** Whether the zip is a library. What is wrong with a damaged one is for its reader to say. */
export function isLibrary(zip: Uint8Array): boolean {
  try {
    return libraryFolder(zip) !== null;
  } catch (error) {
    if (error instanceof InputError) return false;
    throw error;
  }
}
