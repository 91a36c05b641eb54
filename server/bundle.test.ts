import { copyFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { describe, expect, it } from 'vitest';
import { ShareClient } from '../src/share/share-client';
import { temporaryFolder } from '../src/testing/temporary-folder';
import { modelBytes } from './testing/models';
import { makePage, startServer } from './testing/server-process';

const folder = temporaryFolder();

describe('the one file of the container', () => {
  it('needs no packages beside it', async () => {
    const configFile = fileURLToPath(new URL('vite.config.ts', import.meta.url));
    await build({ configFile, logLevel: 'error', build: { outDir: folder.at('built') } });
    // Where no node_modules is above it.
    copyFileSync(folder.at('built/warmbright-server.mjs'), folder.at('server.mjs'));
    const environment = { PAGE_DIR: makePage(folder), DATA_DIR: folder.at('data') };
    const server = await startServer(environment, [folder.at('server.mjs')]);
    const client = new ShareClient(server.url);
    expect(await client.available()).toBe(true);
    const bytes = modelBytes();
    expect(await client.fetchModel((await client.upload(bytes)).id)).toEqual(bytes);
    await server.end();
  });
});
