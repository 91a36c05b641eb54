/** `npm start`: installs what is missing, builds the page if need be, serves it. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, ensureInstalled, requireNode } from './install.mjs';

const SOURCES = [
  'index.html',
  'vite.config.ts',
  'package-lock.json',
  'src',
  'components',
  'workers',
  'public',
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

requireNode();
await ensureInstalled();

const { build, preview } = await import('vite');
const built = join(ROOT, 'dist', 'index.html');
const changed = Math.max(...SOURCES.map((name) => newestChange(join(ROOT, name))));
if (!existsSync(built) || statSync(built).mtimeMs < changed) {
  console.log('Building the page …');
  await build({ root: ROOT, logLevel: 'warn' });
}

// Takes the next free port when its own is in use.
const server = await preview({ root: ROOT, logLevel: 'warn', preview: { host: '127.0.0.1' } });
const address = server.resolvedUrls?.local[0];
console.log(`\n  Warmbright is at ${String(address)}\n  Ctrl-C ends it.\n`);

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => {
    // Open connections of a browser would keep the server waiting.
    if ('closeAllConnections' in server.httpServer) server.httpServer.closeAllConnections();
    void server.close().then(() => process.exit(0));
  });
}
