/** The page without a network, on a host that sends no headers, and when a newer build comes. */
import { createServer, type Server } from 'node:http';
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestBrowser, type Visit } from './harness';
import { goTo, setSetting, train, useSample } from './person';

const DIST = fileURLToPath(new URL('../../dist/', import.meta.url));

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.wasm': 'application/wasm',
  '.svg': 'image/svg+xml',
};

/** A host of files and nothing more, at an address that stays. */
class PlainHost {
  #server: Server | null = null;
  #port = 0;
  /** Made into the version of the build that is served. */
  version: string | null = null;

  get address(): string {
    return `http://127.0.0.1:${String(this.#port)}/`;
  }

  async start(): Promise<void> {
    const server = createServer((request, response) => {
      const { pathname } = new URL(request.url ?? '/', this.address);
      const path = pathname === '/' ? 'index.html' : decodeURIComponent(pathname.slice(1));
      this.#read(path).then(
        (bytes) => {
          response.setHeader('Content-Type', TYPES[extname(path)] ?? 'application/octet-stream');
          response.end(bytes);
        },
        () => {
          response.statusCode = 404;
          response.end();
        },
      );
    });
    await new Promise<void>((resolve) => server.listen(this.#port, '127.0.0.1', resolve));
    this.#port = (server.address() as AddressInfo).port;
    this.#server = server;
  }

  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    if (server === null) return;
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }

  async #read(path: string): Promise<Buffer> {
    const bytes = await readFile(join(DIST, path));
    if (path !== 'service-worker.js' || this.version === null) return bytes;
    const version = `"version":"${this.version}"`;
    return Buffer.from(bytes.toString().replace(/"version":"\w+"/, version));
  }
}

const host = new PlainHost();
let browser: TestBrowser;
beforeAll(async () => {
  await host.start();
  browser = await TestBrowser.open('reduce', true);
});
afterAll(async () => {
  await browser.close();
  await host.stop();
});

const CURRENT = 'wb-app >>> [data-figure="current"]';

/** Opens the page at the plain host, whose copy is whole when this is done. */
async function openAtHost(visit: Visit): Promise<void> {
  await visit.page.goto(host.address);
  await visit.find(CURRENT);
  await visit.page.evaluate(() => navigator.serviceWorker.ready.then(() => null));
}

const isIsolated = (visit: Visit): Promise<boolean> =>
  visit.page.evaluate(() => crossOriginIsolated);

describe('after one visit, the page', () => {
  it('may share memory between threads where its host sends no headers, and needs no network', async () => {
    const visit = await browser.visit();
    await openAtHost(visit);
    expect(await isIsolated(visit)).toBe(false);
    await visit.page.reload();
    await visit.find(CURRENT);
    expect(await isIsolated(visit)).toBe(true);
    expect(visit.watch.problems).toEqual([]);

    await host.stop();
    await visit.page.reload();
    await visit.find(CURRENT);
    await goTo(visit, 'train');
    await useSample(visit);
    await setSetting(visit, 'Epochs', '1');
    await train(visit);
    await host.start();
    await visit.context.close();
  });

  it('takes a newer build up when a person says so, whole', async () => {
    const visit = await browser.visit();
    await openAtHost(visit);
    await visit.page.reload();
    await visit.find(CURRENT);
    const copies = (): Promise<string[]> => visit.page.evaluate(() => caches.keys());
    const before = await copies();
    expect(before).toHaveLength(1);

    host.version = 'newer';
    await visit.page.reload();
    await visit.sees('A newer version of this page is ready');
    expect(new Set(await copies())).toEqual(new Set([...before, 'warmbright-newer']));
    await Promise.all([
      visit.page.waitForNavigation(),
      visit.click('aria/Load it now[role="button"]'),
    ]);
    await visit.find(CURRENT);
    await expect.poll(copies).toEqual(['warmbright-newer']);
    host.version = null;
    await visit.context.close();
  });
});
