/** Files that lie beside the repository and are not part of it. For tests only, in Node. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * Path of a file under ../shared, seen from the repository's root.
 *
 * @param relative for example 'data/SAFEEqualiserUserData.csv'
 * @returns the absolute path, or null where the file is absent
 */
export function sharedFile(relative: string): string | null {
  const path = fileURLToPath(new URL(`../../../shared/${relative}`, import.meta.url));
  return existsSync(path) ? path : null;
}
