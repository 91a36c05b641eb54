import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { InputError } from '../src/base/input-error';
import { VARIABLES, readSettings } from './settings';

const S3 = {
  S3_ENDPOINT: 'https://s3.example.org',
  S3_BUCKET: 'models',
  S3_REGION: 'eu-central-1',
  AWS_ACCESS_KEY_ID: 'key',
  AWS_SECRET_ACCESS_KEY: 'sec/ret+=',
};

describe('the environment', () => {
  it('needs to say nothing', () => {
    expect(readSettings({ PORT: '', SOMETHING_ELSE: 'x' })).toEqual(readSettings({}));
    expect(readSettings({})).toMatchObject({
      port: 8080,
      host: '127.0.0.1',
      store: { kind: 'folder', path: 'server/data' },
      expireDays: null,
      trustedProxies: 0,
      timeoutMs: 30_000,
      memoryBytes: 256 * 2 ** 20,
    });
  });

  it('names a bucket, or a folder whatever keys there are', () => {
    expect(readSettings(S3).store).toMatchObject({ kind: 's3', bucket: 'models' });
    const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY } = S3;
    const keys = { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, DATA_DIR: '/data' };
    expect(readSettings(keys).store).toEqual({ kind: 'folder', path: '/data' });
    for (const name of Object.keys(S3).filter((name) => name !== 'S3_BUCKET')) {
      expect(() => readSettings({ ...S3, [name]: '' })).toThrow(`${name} is missing`);
    }
  });

  it('is refused in a sentence where it is out of bounds', () => {
    for (const [name, value] of [
      ['PORT', '65536'],
      ['PORT', '-1'],
      ['PORT', '0x50'],
      ['PORT', ' 80'],
      ['PORT', '80.5'],
      ['HOST', 'a b'],
      ['DATA_DIR', 'a\0b'],
      ['S3_ENDPOINT', 'ftp://x'],
      ['S3_ENDPOINT', 'https://user:pw@host/path?x'],
      ['S3_BUCKET', '../up'],
      ['S3_REGION', 'a b'],
      ['AWS_ACCESS_KEY_ID', 'a\nb'],
      ['UPLOADS_PER_HOUR', '0'],
      ['REQUESTS_PER_MINUTE', 'many'],
      ['MAX_UPLOADS', '10000001'],
      ['EXPIRE_DAYS', '0'],
      ['EXPIRE_DAYS', '3651'],
      ['TRUST_PROXY', '11'],
      ['TRUST_PROXY', 'true'],
      ['TIMEOUT_SECONDS', '601'],
      ['MEMORY_MB', '1'],
    ] as const) {
      const read = () => readSettings({ ...S3, [name]: value });
      expect(read, `${name}=${value}`).toThrow(InputError);
      expect(read).toThrow(new RegExp(`^The environment variable ${name} must be [^\\n]+\\.$`));
    }
  });

  it('is described whole in the guide', () => {
    const guide = readFileSync(new URL('../docs/hosting.md', import.meta.url), 'utf8');
    const rows = guide.split('\n').filter((line) => line.startsWith('| `'));
    const described = rows.flatMap((row) => row.split('|')[1]?.match(/[A-Z][A-Z0-9_]+/g) ?? []);
    expect(described.filter((name) => !/^(GET|POST|DELETE)$/.test(name)).sort()).toEqual(
      [...VARIABLES].sort(),
    );
  });
});
