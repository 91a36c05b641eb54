/** Requests that nobody should send: each is answered or refused, and the server goes on. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { InputError } from '../src/base/input-error';
import { ShareClient } from '../src/share/share-client';
import fc from '../src/testing/fast-check';
import { damaged, fuzz } from '../src/testing/fuzz';
import { temporaryFolder } from '../src/testing/temporary-folder';
import { modelBytes } from './testing/models';
import { rawRequest } from './testing/raw-request';
import { makePage, startServer, type ServerProcess } from './testing/server-process';

/** Held to in the command of its own, `npm run fuzz`; a machine that does other things is no fault. */
const MOST_MS = process.env.FUZZ_COUNT === undefined ? Infinity : 1000;
/** So long does a client wait that has sent less than it announced. */
const CLIENT_MS = 500;
const MOST_MEMORY = 400 * 2 ** 20;

const folder = temporaryFolder();
let server: ServerProcess;
let longest = 0;
beforeAll(async () => {
  server = await startServer({
    PAGE_DIR: makePage(folder),
    DATA_DIR: folder.at('data'),
    MAX_UPLOADS: '1000000',
  });
});
afterAll(() => server.end());

/** Sends a request as bytes; gives the status, or throws what is said of a refusal. */
async function attempt(
  head: string,
  body: Uint8Array = new Uint8Array(),
  endAfterMs = CLIENT_MS,
): Promise<void> {
  const start = performance.now();
  const bytes = Buffer.concat([Buffer.from(head, 'latin1'), body]);
  // A request that is not whole is waited for, and ends when its client goes.
  const answer = await rawRequest(server.port, bytes, { endAfterMs, quietMs: 5000 });
  const ms = performance.now() - start;
  longest = Math.max(longest, ms);
  expect(ms).toBeLessThan(MOST_MS);
  // A connection that is closed without a word was no request at all.
  const status = /^HTTP\/1\.1 (\d{3}) /.exec(answer)?.[1];
  if (status === undefined) expect(answer).toBe('');
  expect(Number(status ?? 400)).toBeLessThan(500);
  if (Number(status ?? 400) >= 400) throw new InputError('It was refused.');
}

const POST = 'POST /api/models HTTP/1.1\r\nHost: x\r\nConnection: close\r\n';
const TYPE = 'Content-Type: application/octet-stream\r\n';

describe('bodies', () => {
  const files = damaged(modelBytes(), modelBytes(1, ['x', '<b>']));
  fuzz('damaged model files', files, (body) =>
    attempt(`${POST}${TYPE}Content-Length: ${String(body.length)}\r\n\r\n`, body),
  );

  const announced = fc.oneof(
    fc.integer({ min: -1, max: 30_000 }),
    fc.constantFrom(2 ** 31, 1e30, '0x10', '', '1,1'),
  );
  const bodies = fc.tuple(fc.uint8Array({ maxLength: 400 }), announced);
  fuzz('bodies of another length than announced', bodies, ([body, length]) =>
    attempt(`${POST}${TYPE}Content-Length: ${String(length)}\r\n\r\n`, body, 10),
  );
});

describe('addresses', () => {
  const names = fc.constantFrom(
    ...[
      '__proto__',
      'constructor',
      '..',
      '.',
      '.unfinished',
      'models',
      'claims',
      'A'.repeat(22),
      '%2e%2e',
      '%00',
      '%ff',
      '%',
      '?',
      '#s=',
      '//',
      '\\',
    ],
  );
  const part = fc.oneof(
    names,
    fc.string({ maxLength: 30 }),
    fc.string({ unit: 'binary', maxLength: 8 }),
  );
  const path = fc.tuple(
    fc.constantFrom('/api/models/', '/m/', '/', '/assets/', '/api/', '/healthz/'),
    fc.array(part, { maxLength: 5 }),
    fc.constantFrom('GET', 'HEAD', 'DELETE', 'POST', 'PUT', 'OPTIONS', 'TRACE', 'PATCH'),
    fc.boolean(),
  );
  fuzz('addresses', path, ([start, parts, method, encoded]) => {
    const joined = parts.join('/');
    const rest = encoded ? encodeURI(joined.replaceAll(/\p{Surrogate}/gu, '')) : joined;
    return attempt(`${method} ${start}${rest} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
  });
});

describe('headers', () => {
  const name = fc.oneof(
    fc.constantFrom(
      'Authorization',
      'X-Forwarded-For',
      'Content-Encoding',
      'Transfer-Encoding',
      'Expect',
      'Range',
      'If-None-Match',
      'Accept-Encoding',
      'Host',
      'Upgrade',
      'Connection',
      'Cookie',
      '__proto__',
      'constructor',
    ),
    fc.string({ maxLength: 20 }),
  );
  const value = fc.oneof(
    fc.constantFrom(
      '',
      'chunked',
      'gzip',
      'Bearer x',
      'bytes=0-',
      'bytes=-1,5-2',
      '"x"',
      '*',
      '100-continue',
      'websocket',
      'a'.repeat(20_000),
      '\0',
      '\r',
      '1.1.1.1,'.repeat(500),
    ),
    fc.string({ maxLength: 60 }),
  );
  const request = fc.tuple(
    fc.array(fc.tuple(name, value), { maxLength: 120 }),
    fc.constantFrom(
      'GET / HTTP/1.1',
      'GET /healthz HTTP/1.1',
      'DELETE /api/models/AAAAAAAAAAAAAAAAAAAAAA HTTP/1.1',
      'POST /api/models HTTP/1.1',
      'GET / HTTP/9.9',
      'GET  /',
      '',
    ),
  );
  fuzz('headers', request, ([headers, first]) =>
    attempt(
      `${first}\r\n${headers.map(([key, of]) => `${key}: ${of}\r\n`).join('')}Host: x\r\nConnection: close\r\n\r\n`,
    ),
  );
});

describe('the server, after all that', () => {
  it('has not fallen, said nothing of faults, and holds no more memory than it may', async () => {
    console.log(`The longest answer took ${longest.toFixed(0)} ms.`);
    expect(server.process.exitCode).toBeNull();
    expect(server.faults()).toBe('');
    const client = new ShareClient(server.url);
    const bytes = modelBytes(999);
    expect(await client.fetchModel((await client.upload(bytes)).id)).toEqual(bytes);
    const figures = await (await fetch(`${server.url}metrics`)).text();
    const memory = Number(/^process_resident_memory_bytes (\S+)$/m.exec(figures)?.[1]);
    console.log(`The server holds ${(memory / 2 ** 20).toFixed(0)} MB.`);
    expect(memory).toBeGreaterThan(0);
    expect(memory).toBeLessThan(MOST_MEMORY);
    expect(figures).toContain('warmbright_model_bytes_held 0');
  });
});
