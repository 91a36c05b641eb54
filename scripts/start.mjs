/** `npm start`: installs what is missing, builds the page if need be, serves it. */
import { buildPage } from './build-page.mjs';
import { ROOT, ensureInstalled, requireNode } from './install.mjs';
import { readStartOptions } from './start-options.mjs';

requireNode();
const options = readStartOptions(process.argv.slice(2));
if ('problem' in options) {
  console.error(options.problem);
  process.exit(2);
}
const { port } = options;
await ensureInstalled();

await buildPage();
const { preview } = await import('vite');

// Takes the next free port when its own is in use.
const server = await preview({
  root: ROOT,
  logLevel: 'warn',
  preview: { host: '127.0.0.1', ...(port !== undefined && { port }) },
});
const address = server.resolvedUrls?.local[0];
console.log(`\n  Warmbright is at ${String(address)}\n  Ctrl-C ends it.\n`);

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => {
    // Open connections of a browser would keep the server waiting.
    if ('closeAllConnections' in server.httpServer) server.httpServer.closeAllConnections();
    void server.close().then(() => process.exit(0));
  });
}
