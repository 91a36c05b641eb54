/** `npm start`: installs what is missing, builds the page if need be, serves it. */
import { parseArgs } from 'node:util';
import { buildPage } from './build-page.mjs';
import { ROOT, ensureInstalled, requireNode } from './install.mjs';

requireNode();
const { port } = startOptions();
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

/**
 * What was asked for on the command line; what is no option ends the process with a sentence.
 *
 * @returns {{ readonly port?: number }}
 */
function startOptions() {
  try {
    const { values } = parseArgs({ options: { port: { type: 'string' } } });
    if (values.port === undefined) return {};
    if (/^[1-9]\d{0,4}$/.test(values.port) && Number(values.port) <= 65_535) {
      return { port: Number(values.port) };
    }
    console.error(`Option '--port' takes a whole number from 1 to 65535, not '${values.port}'.`);
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
  }
  console.error('Usage: npm start [-- --port NUMBER]');
  process.exit(2);
}
