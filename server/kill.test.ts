import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readModelFile } from '../src/model/model-file';
import { ShareClient } from '../src/share/share-client';
import { modelIdOf } from '../src/share/short-link';
import { temporaryFolder } from '../src/testing/temporary-folder';
import { modelBytes, upload } from './testing/models';
import { makePage, startServer } from './testing/server-process';

const folder = temporaryFolder();
const page = makePage(folder);
const KILLS = 3;
const AT_ONCE = 16;

describe('a server that is killed with −9 during uploads', () => {
  it('leaves whole models only, and loses none that it has confirmed', async () => {
    const data = folder.at('data');
    const confirmed = new Map<string, Uint8Array<ArrayBuffer>>();
    let number = 0;
    for (let kill = 1; kill <= KILLS; kill++) {
      const server = await startServer({ PAGE_DIR: page, DATA_DIR: data });
      const before = confirmed.size;
      const send = async (): Promise<void> => {
        for (;;) {
          const bytes = modelBytes(number++);
          const answer = await upload(server.url, bytes).catch(() => null);
          if (answer === null) return;
          expect(answer.status).toBe(201);
          confirmed.set(await modelIdOf(bytes), bytes);
          // So many that the others are in the midst of theirs.
          if (confirmed.size >= before + 20 * kill) await server.end('SIGKILL');
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, send));
      expect(confirmed.size).toBeGreaterThanOrEqual(before + 20 * kill);
    }
    const names = readdirSync(join(data, 'models'));
    expect(names.length).toBeGreaterThanOrEqual(confirmed.size);
    for (const name of names) {
      const bytes = new Uint8Array(readFileSync(join(data, 'models', name)));
      expect(await modelIdOf(bytes)).toBe(name);
      readModelFile(bytes);
    }
    const server = await startServer({ PAGE_DIR: page, DATA_DIR: data });
    const client = new ShareClient(server.url);
    for (const [id, bytes] of confirmed) expect(await client.fetchModel(id)).toEqual(bytes);
    await server.end();
  });
});
