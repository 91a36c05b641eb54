import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ShareClient } from '../src/share/share-client';
import { temporaryFolder } from '../src/testing/temporary-folder';
import { errorOf } from './testing/error-of';
import { modelBytes, upload } from './testing/models';
import { makePage, startServer } from './testing/server-process';

const folder = temporaryFolder();
const page = makePage(folder);

describe('a server’s limits', () => {
  it('hold back who asks too often, by the address that a trusted proxy names', async () => {
    const strict = await startServer({
      PAGE_DIR: page,
      DATA_DIR: folder.at('strict'),
      UPLOADS_PER_HOUR: '2',
      REQUESTS_PER_MINUTE: '6',
      TRUST_PROXY: '1',
      MAX_UPLOADS: '3',
    });
    const from = (address: string) => ({ 'X-Forwarded-For': `6.6.6.6, ${address}` });
    const statuses: number[] = [];
    for (let i = 0; i < 3; i++)
      statuses.push((await upload(strict.url, modelBytes(i), from('10.0.0.1'))).status);
    expect(statuses).toEqual([201, 201, 429]);
    expect((await upload(strict.url, modelBytes(5), from('10.0.0.2'))).status).toBe(201);
    const [status, error] = await errorOf(upload(strict.url, modelBytes(6), from('10.0.0.2')));
    expect([status, error]).toEqual([507, expect.stringContaining('as many models as it may')]);
    const answers = await Promise.all(
      Array.from({ length: 10 }, () =>
        fetch(`${strict.url}api/models/x`, { headers: from('10.0.0.3') }),
      ),
    );
    expect(answers.filter((answer) => answer.status === 429)).toHaveLength(4);
    expect(
      Number(answers.find((answer) => answer.status === 429)?.headers.get('retry-after')),
    ).toBeGreaterThan(0);
    // The page itself is served to everybody.
    expect((await fetch(strict.url, { headers: from('10.0.0.3') })).status).toBe(200);
    await strict.end();
  });

  it('are not started with where they make no sense', async () => {
    for (const [environment, sentence] of [
      [{ PORT: '70000' }, 'PORT must be a whole number from 0 to 65535.'],
      [{ MAX_UPLOADS: '1e3' }, 'MAX_UPLOADS must be'],
      [{ S3_BUCKET: 'models' }, 'S3_ENDPOINT is missing'],
      [{ PAGE_DIR: folder.at('none') }, 'There is no built page'],
    ] as const) {
      const start = startServer({ PAGE_DIR: page, DATA_DIR: folder.at('data'), ...environment });
      await expect(start).rejects.toThrow(sentence);
    }
  });

  it('does not give what the disk has spoilt', async () => {
    const own = await startServer({ PAGE_DIR: page, DATA_DIR: folder.at('spoilt') });
    const { id } = await new ShareClient(own.url).upload(modelBytes(50));
    writeFileSync(join(folder.at('spoilt'), 'models', id), modelBytes(51));
    expect((await errorOf(fetch(`${own.url}api/models/${id}`)))[0]).toBe(500);
    expect(own.faults()).toContain('damaged in the store');
    const mending = new ShareClient(own.url);
    await mending.upload(modelBytes(50));
    expect(await mending.fetchModel(id)).toEqual(modelBytes(50));
    await own.end();
  });
});
