/** Builds the page where it is missing or older than what it is made of. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './install.mjs';

const SOURCES = [
  'index.html',
  'vite.config.ts',
  'package-lock.json',
  'src',
  'components',
  'workers',
  'public',
  'scripts/page-headers.mjs',
];

/**
 * When the newest file at or under `path` was changed, in milliseconds since 1970.
 *
 * @param {string} path
 * @returns {number}
 */
function newestChange(path) {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) return 0;
  if (!found.isDirectory()) return found.mtimeMs;
  // A folder's own time tells of files taken away.
  return readdirSync(path).reduce(
    (newest, name) => Math.max(newest, newestChange(join(path, name))),
    found.mtimeMs,
  );
}

/** Packages must be installed by now. */
export async function buildPage() {
  const built = join(ROOT, 'dist', 'index.html');
  const changed = Math.max(...SOURCES.map((name) => newestChange(join(ROOT, name))));
  if (existsSync(built) && statSync(built).mtimeMs >= changed) return;
  console.log('Building the page …');
  const { build } = await import('vite');
  await build({ root: ROOT, logLevel: 'warn' });
}
