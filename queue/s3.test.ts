import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { startCli } from '../cli/child-cli';
import { callCli } from '../cli/run-cli';
import { readSettings } from '../server/settings';
import { openStorage } from '../server/storage/open-storage';
import { testS3 } from '../server/testing/s3-store';
import { temporaryFolder } from '../src/testing/temporary-folder';
import { REDIS, testRedis } from './testing/redis';
import { modelsIn, sweepText, trainSweepFile } from './testing/sample-sweep';

const folder = temporaryFolder();
const address = testRedis(folder);
const s3 = testS3(folder);

describe.skipIf(REDIS === null)('a sweep by a queue whose store is S3', () => {
  beforeAll(() => {
    for (const [name, value] of Object.entries(s3())) vi.stubEnv(name, value);
    // Where a store is named wrongly, a folder would be taken.
    vi.stubEnv('DATA_DIR', folder.at('not used'));
  });
  afterAll(() => {
    vi.unstubAllEnvs();
  });

  it('is what one machine makes of it, and leaves models and no rows there', async () => {
    const sweep = trainSweepFile(folder.write('sweep.json', sweepText(1, { seed: [1, 2] })));
    const worker = startCli(['worker', '--queue', address(), '--threads', '1']);
    onTestFinished(async () => {
      worker.process.kill('SIGTERM');
      await worker.ended;
    });
    const out = folder.at('asked');
    const asked = await callCli(...sweep, '--out', out, '--queue', address(), '--send-rows');
    expect(asked.status, asked.stderr).toBe(0);
    const alone = await callCli(...sweep, '--out', folder.at('alone'));
    expect(alone.status, alone.stderr).toBe(0);
    expect(modelsIn(out).size).toBe(2);
    expect(modelsIn(out)).toEqual(modelsIn(folder.at('alone')));

    const storage = await openStorage(readSettings(s3()).store);
    const keys = await storage.getKeys('sweeps:');
    expect(keys.map((key) => key.replaceAll(/[0-9a-f]{64}/g, 'HASH')).sort()).toEqual([
      'sweeps:HASH:definition',
      'sweeps:HASH:models:HASH',
      'sweeps:HASH:models:HASH',
    ]);
  });
});
