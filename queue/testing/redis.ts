/** A Redis of its own for a test file. For tests only. */
import { spawn } from 'node:child_process';
import { afterAll, beforeAll } from 'vitest';
import { findRedis } from '../../scripts/find-redis.mjs';
import { freePort } from '../../src/testing/free-port';
import type { TemporaryFolder } from '../../src/testing/temporary-folder';

export const REDIS = findRedis();
const START_MS = 30_000;

/**
 * Starts one before the tests, on a free port of this machine, and ends it after them.
 *
 * @returns its address, once it runs
 */
export function testRedis(folder: TemporaryFolder): () => string {
  let address = '';
  let end: () => void = () => undefined;
  beforeAll(async () => {
    if (REDIS === null) return;
    const port = await freePort();
    const child = spawn(
      REDIS,
      ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--dir', folder.path],
      { stdio: ['ignore', 'pipe', 'ignore'] },
    );
    end = () => child.kill('SIGKILL');
    await new Promise<void>((resolve, reject) => {
      const late = setTimeout(() => {
        reject(new Error('The Redis did not start.'));
      }, START_MS);
      child.once('close', () => {
        reject(new Error('The Redis ended.'));
      });
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        if (!text.includes('Ready to accept connections')) return;
        clearTimeout(late);
        resolve();
      });
    });
    address = `redis://127.0.0.1:${String(port)}`;
  }, START_MS);
  afterAll(() => {
    end();
  });
  return () => address;
}
