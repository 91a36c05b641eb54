/**
 * unstorage's S3 driver, with a listing that is whole.
 *
 * The driver of unstorage 1.17 lists a bucket's first 1,000 keys, whatever the prefix (see
 * https://github.com/unjs/unstorage/issues/728, mended for version 2).
 */
import { AwsClient } from 'aws4fetch';
import type { Driver } from 'unstorage';
import s3 from 'unstorage/drivers/s3';
import type { StorePlace } from '../settings';

/** Where the store is overloaded; each waits longer than the one before. */
const RETRIES = 3;

type S3Place = Extract<StorePlace, { kind: 's3' }>;

export function s3Driver(place: S3Place): Driver {
  const { endpoint, bucket, region, accessKeyId, secretAccessKey } = place;
  const client = new AwsClient({
    service: 's3',
    region,
    accessKeyId,
    secretAccessKey,
    retries: RETRIES,
  });
  const address = `${endpoint.replace(/\/$/, '')}/${bucket}`;
  return {
    ...s3({ endpoint, bucket, region, accessKeyId, secretAccessKey }),
    getKeys: async (base) => {
      const keys: string[] = [];
      for (let marker: string | undefined = ''; marker !== undefined; marker = keys.at(-1)) {
        const query = new URLSearchParams({ prefix: base.replaceAll(':', '/'), marker });
        const response = await client.fetch(`${address}?${query.toString()}`);
        const xml = await response.text();
        if (!response.ok) throw new Error(`The bucket is not listed: ${String(response.status)}.`);
        // Our keys are letters, digits, - _ and ., all of which XML writes as they are.
        keys.push(...[...xml.matchAll(/<Key>([^<]*)<\/Key>/g)].map(([, key = '']) => key));
        if (!xml.includes('<IsTruncated>true</IsTruncated>')) break;
      }
      return keys;
    },
  };
}
