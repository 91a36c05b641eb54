/** An S3 store of its own for a test file. For tests only. */
import S3rver from 's3rver';
import { afterAll, beforeAll } from 'vitest';
import type { TemporaryFolder } from '../../src/testing/temporary-folder';

/** The variables that name a store, all of them there. */
export interface S3Environment extends Record<string, string> {
  readonly S3_ENDPOINT: string;
  readonly S3_BUCKET: string;
  readonly S3_REGION: string;
  readonly AWS_ACCESS_KEY_ID: string;
  readonly AWS_SECRET_ACCESS_KEY: string;
}

/**
 * Starts one before the tests, on a free port of this machine, and ends it after them.
 *
 * @returns what the environment names it by, once it runs
 */
export function testS3(folder: TemporaryFolder): () => S3Environment {
  const bucket = 'models';
  const s3rver = new S3rver({
    port: 0,
    address: '127.0.0.1',
    silent: true,
    directory: folder.at('buckets'),
    configureBuckets: [{ name: bucket, configs: [] }],
  });
  let endpoint = '';
  beforeAll(async () => {
    const { port } = await s3rver.run();
    endpoint = `http://127.0.0.1:${String(port)}`;
  });
  afterAll(() => s3rver.close());
  return () => ({
    S3_ENDPOINT: endpoint,
    S3_BUCKET: bucket,
    S3_REGION: 'us-east-1',
    // The ones that s3rver knows.
    AWS_ACCESS_KEY_ID: 'S3RVER',
    AWS_SECRET_ACCESS_KEY: 'S3RVER',
  });
}
