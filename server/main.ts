/** Serves the built page and keeps shared models; `npm run serve` starts it. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '../src/base/input-error';
import { makeApp } from './app';
import { listen } from './listen';
import { MemoryBudget } from './memory-budget';
import { Metrics } from './metrics';
import { ModelStore } from './model-store';
import { readSettings } from './settings';
import { openStorage } from './storage/open-storage';

const TEND_EVERY_MS = 300_000;
/** Requests that are being answered when the server is told to end have this long. */
const LAST_MS = 10_000;

const log = (line: string): void => {
  console.error(line);
};

async function main(): Promise<void> {
  const settings = readSettings(process.env);
  if (!existsSync(join(settings.pageFolder, 'index.html'))) {
    throw new InputError(
      `There is no built page in ${settings.pageFolder}: npm run build makes it, and PAGE_DIR says where it is.`,
    );
  }
  const store = new ModelStore(await openStorage(settings.store), settings);
  await store.probe();
  await store.tend();
  const budget = new MemoryBudget(settings.memoryBytes);
  const metrics = new Metrics(store, budget);
  const server = await listen(makeApp({ settings, store, budget, metrics, log }), settings);
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : settings.port;
  const host = settings.host.includes(':') ? `[${settings.host}]` : settings.host;
  console.log(`\n  Warmbright is at http://${host}:${String(port)}/\n  Ctrl-C ends it.\n`);

  // One after the other: a large store takes long to count.
  let tending: NodeJS.Timeout;
  const tendLater = (): void => {
    tending = setTimeout(() => {
      store
        .tend()
        .catch((error: unknown) => {
          log(`The store could not be looked after: ${String(error)}`);
        })
        .finally(tendLater);
    }, TEND_EVERY_MS);
  };
  tendLater();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      clearTimeout(tending);
      server.close(() => process.exit(0));
      server.closeIdleConnections();
      setTimeout(() => process.exit(0), LAST_MS).unref();
    });
  }
}

try {
  await main();
} catch (error) {
  log(error instanceof InputError ? error.message : `The server does not start: ${String(error)}`);
  process.exitCode = 1;
}
