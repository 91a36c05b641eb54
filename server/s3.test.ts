import { createStorage } from 'unstorage';
import { describe, expect, it } from 'vitest';
import { ShareClient } from '../src/share/share-client';
import { temporaryFolder } from '../src/testing/temporary-folder';
import { s3Driver } from './storage/s3-driver';
import { modelBytes } from './testing/models';
import { testS3 } from './testing/s3-store';
import { makePage, startServer } from './testing/server-process';

const folder = temporaryFolder();
const page = makePage(folder);
const s3 = testS3(folder);
const environment = (): Record<string, string> => ({ PAGE_DIR: page, ...s3() });

describe('an S3 store', () => {
  it('is shared by two servers', async () => {
    const [one, two] = await Promise.all([startServer(environment()), startServer(environment())]);
    const [first, second] = [new ShareClient(one.url), new ShareClient(two.url)];
    const bytes = modelBytes(1);
    // One after the other: s3rver, other than S3, gives half of what it is just being given.
    const mine = await first.upload(bytes);
    const theirs = await second.upload(bytes);
    expect(theirs.id).toBe(mine.id);
    expect(await second.fetchModel(mine.id)).toEqual(bytes);
    expect(await second.remove(mine)).toBe(false);
    await expect(second.remove(mine)).rejects.toThrow('not of an upload');
    expect(await first.fetchModel(mine.id)).toEqual(bytes);
    expect(await first.remove(theirs)).toBe(true);
    await expect(second.fetchModel(mine.id)).rejects.toThrow('No model is kept');
    expect([one.faults(), two.faults()]).toEqual(['', '']);
    await Promise.all([one.end(), two.end()]);
  });

  it('lists what lies under a prefix, and more than the 1,000 that one answer holds', async () => {
    const driver = s3Driver({
      kind: 's3',
      endpoint: s3().S3_ENDPOINT,
      bucket: 'models',
      region: 'us-east-1',
      accessKeyId: 'S3RVER',
      secretAccessKey: 'S3RVER',
    });
    const storage = createStorage({ driver });
    const keys = Array.from({ length: 1010 }, (_, i) => `claims:-a_B:${String(i)}-x`);
    for (let at = 0; at < keys.length; at += 50) {
      await Promise.all(
        keys.slice(at, at + 50).map((key) => storage.setItemRaw(key, Buffer.from('x'))),
      );
    }
    await storage.setItemRaw('claims:-a_Bc:1-x', Buffer.from('x'));
    expect((await storage.getKeys('claims:-a_B:')).sort()).toEqual(keys.sort());
    expect(await driver.getKeys('claims:-a_Bc:', {})).toEqual(['claims/-a_Bc/1-x']);
    const all = new Set(await storage.getKeys('claims:'));
    expect([...keys, 'claims:-a_Bc:1-x'].filter((key) => !all.has(key))).toEqual([]);
  });

  it('whose bucket is missing, or whose keys are wrong, is told at the start', async () => {
    const missing = startServer({ ...environment(), S3_BUCKET: 'missing' });
    await expect(missing).rejects.toThrow('does its bucket exist?');
    // s3rver knows keys by their ids; it does not check what is signed with them.
    const wrong = startServer({ ...environment(), AWS_ACCESS_KEY_ID: 'WRONG' });
    await expect(wrong).rejects.toThrow('The server does not start');
  });
});
