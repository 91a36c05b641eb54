import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { PAGE_HEADERS } from '../scripts/page-headers.mjs';
import { ShareClient, type Uploaded } from '../src/share/share-client';
import { MOST_SHARED_BYTES, modelIdOf } from '../src/share/short-link';
import { writeModelFile } from '../src/model/model-file';
import { writeCheckpoint } from '../src/training/checkpoint';
import { sampleModel, sampleProgress } from '../src/testing/sample-model';
import { temporaryFolder } from '../src/testing/temporary-folder';
import { errorOf } from './testing/error-of';
import { modelBytes, upload } from './testing/models';
import { rawRequest } from './testing/raw-request';
import { makePage, startServer, type ServerProcess } from './testing/server-process';

const folder = temporaryFolder();
const page = makePage(folder);
const data = folder.at('data');
let server: ServerProcess;
beforeAll(async () => {
  server = await startServer({ PAGE_DIR: page, DATA_DIR: data, TIMEOUT_SECONDS: '2' });
});
afterAll(async () => {
  const faults = server.faults();
  await server.end();
  // Nothing that clients do may be a fault of the server.
  expect(faults).toBe('');
});

const idByHand = (bytes: Uint8Array): string =>
  createHash('sha256').update(bytes).digest().subarray(0, 16).toString('base64url');

/** A header of so many bytes, mostly brackets. */
function bracketed(length: number): Uint8Array<ArrayBuffer> {
  const half = Math.floor((length - 7) / 2);
  const json = `{"a": ${'['.repeat(half)}${']'.repeat(half)}}`.padEnd(length);
  const bytes = new Uint8Array(8 + length);
  new DataView(bytes.buffer).setUint32(0, length, true);
  bytes.set(Buffer.from(json), 8);
  return bytes;
}

describe('sharing a model', () => {
  it('brings the same bytes back, under an id that is the hash of them', async () => {
    const bytes = modelBytes(1);
    const answer = await upload(server.url, bytes);
    expect(answer.status).toBe(201);
    const { id, token } = (await answer.json()) as Uploaded;
    expect(id).toBe(idByHand(bytes));
    expect(token).toMatch(/^[\w.-]{30,}$/);
    const back = await fetch(`${server.url}api/models/${id}`);
    expect(Buffer.from(await back.arrayBuffer()).equals(Buffer.from(bytes))).toBe(true);
    expect(back.headers.get('content-disposition')).toContain('attachment');
    expect(back.headers.get('cache-control')).toBe('no-store');
    const head = await fetch(`${server.url}api/models/${id}`, { method: 'HEAD' });
    expect([head.status, head.headers.get('content-length')]).toEqual([200, String(bytes.length)]);
  });

  it('gives who uploads the same file a token of their own, which deletes for nobody else', async () => {
    const client = new ShareClient(server.url);
    const bytes = modelBytes(2);
    const first = await client.upload(bytes);
    const second = await client.upload(bytes);
    expect(second.id).toBe(first.id);
    expect(second.token).not.toBe(first.token);
    expect(await client.remove(second)).toBe(false);
    expect(await client.fetchModel(first.id)).toEqual(bytes);
    await expect(client.remove(second)).rejects.toThrow('not of an upload of this model.');
    expect(await client.remove(first)).toBe(true);
    await expect(client.fetchModel(first.id)).rejects.toThrow('No model is kept under this id');
  });

  it('is not deleted with another token, or none', async () => {
    const client = new ShareClient(server.url);
    const mine = await client.upload(modelBytes(3));
    const other = await client.upload(modelBytes(4));
    const address = `${server.url}api/models/${mine.id}`;
    for (const authorization of [
      '',
      'Bearer',
      `Bearer ${other.token}`,
      `Basic ${mine.token}`,
      'Bearer ../../models/x',
    ]) {
      const headers = { Authorization: authorization };
      expect((await errorOf(fetch(address, { method: 'DELETE', headers })))[0]).toBe(403);
    }
    expect((await fetch(address)).status).toBe(200);
  });

  it('keeps of a token its hash alone', async () => {
    const { id, token } = await new ShareClient(server.url).upload(modelBytes(5));
    const kept = readdirSync(join(data, 'claims', id));
    expect(kept).toHaveLength(1);
    expect(kept.join()).not.toContain(token.split('.')[1]);
  });

  it('is told from a host that keeps none', async () => {
    expect(await new ShareClient(server.url).available()).toBe(true);
    expect(await new ShareClient(`${server.url}index.html#s=x`).available()).toBe(true);
    expect(await new ShareClient(`${server.url}assets/`).available()).toBe(false);
    expect(await new ShareClient('http://127.0.0.1:1/').available()).toBe(false);
  });

  it('says in a sentence why a model cannot be fetched', async () => {
    const client = new ShareClient('http://127.0.0.1:1/');
    await expect(client.fetchModel('A'.repeat(22))).rejects.toThrow('cannot be reached');
    const plain = await fetch(server.url);
    expect(plain.headers.get('content-type')).toContain('html');
    const id = await modelIdOf(modelBytes(77));
    await expect(new ShareClient(server.url).fetchModel(id)).rejects.toThrow(
      /^The shared model could not be opened: No model is kept.*\.$/,
    );
  });
});

describe('what is not taken', () => {
  it('is anything but a whole, valid model file', async () => {
    const bytes = modelBytes(10);
    const notFinite = modelBytes(11);
    const view = new DataView(notFinite.buffer);
    view.setFloat32(8 + view.getUint32(0, true), NaN, true);
    const checkpoint = writeCheckpoint(sampleModel(), sampleProgress());
    for (const [body, sentence] of [
      [bytes.slice(0, -1), 'bytes'],
      [new Uint8Array([...bytes, 0]), 'belong to no tensor'],
      [new Uint8Array(), 'too short'],
      [new TextEncoder().encode('<script>alert(1)</script>'), 'no safetensors file'],
      [notFinite, 'not a finite number'],
      [checkpoint, 'checkpoint'],
      [bracketed(524_289), 'too long to be shared'],
      [bracketed(524_288), 'cannot be used'],
    ] as const) {
      const [status, error] = await errorOf(upload(server.url, body));
      expect([status, error]).toEqual([422, expect.stringContaining(sentence)]);
      expect((await fetch(`${server.url}api/models/${idByHand(body)}`)).status).toBe(404);
    }
  });

  it('is more than 2 MB, announced or not', async () => {
    const large = new Uint8Array(MOST_SHARED_BYTES + 1);
    expect((await errorOf(upload(server.url, large)))[0]).toBe(413);
    const head =
      'POST /api/models HTTP/1.1\r\nHost: x\r\nContent-Type: application/octet-stream\r\n';
    const chunks = `Transfer-Encoding: chunked\r\n\r\n${'20000\r\n' + 'x'.repeat(0x20000) + '\r\n'}`;
    const unannounced =
      head + chunks + ('20000\r\n' + 'x'.repeat(0x20000) + '\r\n').repeat(20) + '0\r\n\r\n';
    expect(await rawRequest(server.port, unannounced)).toMatch(/^HTTP\/1\.1 413 /);
    const lying = `${head}Content-Length: 99999999999999999999\r\n\r\nx`;
    expect(await rawRequest(server.port, lying)).toMatch(/^HTTP\/1\.1 4\d\d /);
    expect(
      await rawRequest(
        server.port,
        `${head}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
      ),
    ).toMatch(/^HTTP\/1\.1 400 /);
  });

  it('is compressed, however small', async () => {
    const bomb = new Uint8Array(gzipSync(Buffer.alloc(50_000_000)));
    for (const encoding of ['gzip', 'br', 'deflate', 'identity, gzip']) {
      const answer = upload(server.url, bomb, { 'Content-Encoding': encoding });
      expect((await errorOf(answer))[0]).toBe(415);
    }
  });

  it('comes from a page of another host', async () => {
    const types = [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
    ];
    for (const type of types) {
      expect((await errorOf(upload(server.url, modelBytes(12), { 'Content-Type': type })))[0]).toBe(
        415,
      );
    }
    const preflight = await fetch(`${server.url}api/models`, {
      method: 'OPTIONS',
      headers: { Origin: 'https://example.org', 'Access-Control-Request-Method': 'POST' },
    });
    expect(
      [...preflight.headers.keys()].filter((name) => name.startsWith('access-control')),
    ).toEqual([]);
  });
});

describe('addresses', () => {
  it('lead to the page’s own files alone', async () => {
    expect(await (await fetch(server.url)).text()).toContain('<title>Warmbright</title>');
    const script = await fetch(`${server.url}assets/main-1a2b.js`);
    expect(script.headers.get('cache-control')).toContain('immutable');
    expect(script.headers.get('content-type')).toContain('javascript');
    for (const path of [
      '/../secret.txt',
      '/..%2fsecret.txt',
      '/%2e%2e/secret.txt',
      '/%2e%2e%2fsecret.txt',
      '/assets/../../secret.txt',
      '/..\\secret.txt',
      '/%5c..%5csecret.txt',
      '//secret.txt',
      '/%00',
      '/index.html%00.js',
      '/....//secret.txt',
      '/%c0%ae%c0%ae/secret.txt',
      '/%252e%252e/secret.txt',
      'http://x/../secret.txt',
      '/assets/main-1a2b.js/../../../secret.txt',
    ]) {
      const answer = await rawRequest(
        server.port,
        `GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`,
      );
      expect(answer, path).toMatch(/^HTTP\/1\.1 4\d\d /);
      expect(answer).not.toContain('not of the page');
    }
  });

  it('of models are ids, and no other names', async () => {
    for (const id of [
      '__proto__',
      'constructor',
      'toString',
      'hasOwnProperty',
      '..%2fclaims',
      '.unfinished',
      'A'.repeat(21),
      'B'.repeat(22),
      'A'.repeat(5000),
      '%00',
      'models:x',
      '',
    ]) {
      for (const method of ['GET', 'DELETE']) {
        const answer = await fetch(`${server.url}api/models/${id}`, { method });
        expect(answer.status, id).toBe(404);
      }
      expect((await fetch(`${server.url}m/${id}`)).status, id).toBe(404);
    }
  });

  it('list nothing', async () => {
    for (const path of ['api/models', 'api/models/', 'api', 'm/', 'assets/', 'data/', 'models/']) {
      expect((await fetch(server.url + path)).status, path).toBe(404);
    }
  });

  it('with headers beyond all measure are refused', async () => {
    const get = 'GET / HTTP/1.1\r\nHost: x\r\n';
    expect(await rawRequest(server.port, `${get}A: ${'a'.repeat(20_000)}\r\n\r\n`)).toMatch(
      /^HTTP\/1\.1 431 /,
    );
    expect(await rawRequest(server.port, `GET /${'a'.repeat(20_000)} HTTP/1.1\r\n\r\n`)).toMatch(
      /^HTTP\/1\.1 431 /,
    );
    expect(await rawRequest(server.port, 'GARBAGE\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /);
  });
});

describe('every answer', () => {
  it('carries the page’s headers, and no cookie', async () => {
    const { id } = await new ShareClient(server.url).upload(modelBytes(20));
    for (const path of [
      '',
      'assets/main-1a2b.js',
      'nothing',
      'healthz',
      'metrics',
      `api/models/${id}`,
      'api/models/x',
      `m/${id}`,
    ]) {
      const { headers } = await fetch(server.url + path);
      for (const [name, value] of Object.entries(PAGE_HEADERS)) {
        const preview = name === 'Content-Security-Policy' && path.startsWith('m/');
        expect(headers.get(name), `${path} ${name}`).toBe(
          preview ? expect.stringContaining("default-src 'none'") && headers.get(name) : value,
        );
      }
      expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
      expect(headers.has('set-cookie')).toBe(false);
      expect(headers.has('access-control-allow-origin')).toBe(false);
      expect(headers.has('x-powered-by')).toBe(false);
    }
  });
});

describe('the preview of a shared model', () => {
  it('names the model, and leads to the page', async () => {
    const { id } = await new ShareClient(server.url).upload(modelBytes(30));
    const address = new ShareClient(server.url).addressOf(id);
    const answer = await fetch(address);
    const text = await answer.text();
    expect(answer.headers.get('content-security-policy')).toMatch(/^default-src 'none'/);
    expect(text).toContain('<title>A small run · Warmbright</title>');
    expect(text).toContain('<meta property="og:title" content="A small run" />');
    expect(text).toContain('A model of what bright, wärm mean to an equaliser');
    const [, to = ''] = /content="0; url=([^"]+)"/.exec(text) ?? [];
    expect(new URL(to, address).href).toBe(`${server.url}#s=${id}`);
  });

  it('shows words and names with markup as text', async () => {
    const model = sampleModel([
      '"><script>alert(1)</script>',
      '\u202e</title><img src=x onerror=alert(1)>',
    ]);
    const { run } = model.document;
    const named = (name: string): Promise<Uploaded> => {
      const document = { ...model.document, run: run === null ? null : { ...run, name } };
      return new ShareClient(server.url).upload(writeModelFile({ ...model, document }));
    };
    for (const [name, shown] of [
      ['"><script>alert(2)</script>', '&quot;&gt;&lt;script&gt;alert(2)&lt;/script&gt;'],
      ['</title><img src=x onerror=alert(2)>', '&lt;/title&gt;&lt;img src=x onerror=alert(2)&gt;'],
      ['${1} {{2}} &lt;', '${1} {{2}} &amp;lt;'],
    ] as const) {
      const text = await (await fetch(`${server.url}m/${(await named(name)).id}`)).text();
      expect(text).not.toMatch(/<script|<img|\u202e/);
      expect(text).toContain(`<title>${shown} · Warmbright</title>`);
      expect(text).toContain(`<meta property="og:title" content="${shown}" />`);
      expect(text).toContain('&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;');
    }
  });
});

describe('slow clients', () => {
  it('are cut off, whether they send headers, a body or nothing', async () => {
    const head =
      'POST /api/models HTTP/1.1\r\nHost: x\r\nContent-Type: application/octet-stream\r\nContent-Length: 5000\r\n\r\n';
    const answers = await Promise.all(
      ['', 'GET / HT', head, `${head}some`].map((bytes) => rawRequest(server.port, bytes)),
    );
    for (const answer of answers) expect(answer).toMatch(/^(HTTP\/1\.1 (408|4\d\d|503) |$)/);
  });

  it('that drip a byte at a time are cut off, too', async () => {
    const socket = connect(server.port, '127.0.0.1');
    socket.on('error', () => undefined);
    socket.resume();
    const drip = setInterval(() => socket.write('x'), 100);
    socket.write(
      'POST /api/models HTTP/1.1\r\nHost: x\r\nContent-Type: application/octet-stream\r\nContent-Length: 5000\r\n\r\n',
    );
    await new Promise((resolve) => socket.once('close', resolve));
    clearInterval(drip);
    expect((await fetch(`${server.url}healthz`)).status).toBe(200);
  });
});

describe('who asks again and again without waiting for an answer', () => {
  it('is cut off, and holds no memory after that', async () => {
    const client = new ShareClient(server.url);
    const { id } = await client.upload(modelBytes(60));
    const socket = connect(server.port, '127.0.0.1');
    socket.on('error', () => undefined);
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.pause();
    // All of it is on its way before the server is asked for its figures.
    await new Promise((sent) =>
      socket.write(`GET /api/models/${id} HTTP/1.1\r\nHost: x\r\n\r\n`.repeat(4000), sent),
    );
    await client.fetchModel(id);
    await vi.waitFor(
      async () => {
        const figures = await (await fetch(`${server.url}metrics`)).text();
        expect(figures).toContain('warmbright_model_bytes_held 0');
      },
      { timeout: 20_000, interval: 200 },
    );
    socket.resume();
    await closed;
  });
});

describe('figures', () => {
  it('are in Prometheus’ text format, by routes and not by ids', async () => {
    const { id } = await new ShareClient(server.url).upload(modelBytes(40));
    await fetch(`${server.url}api/models/${id}`);
    await fetch(`${server.url}made-up-path`);
    const answer = await fetch(`${server.url}metrics`);
    expect(answer.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
    const text = await answer.text();
    expect(text).toMatch(
      /warmbright_request_seconds_count\{route="\/api\/models\/:id",method="GET",status="200"\} \d+/,
    );
    expect(text).toMatch(/warmbright_model_bytes_total\{direction="in"\} \d+/);
    expect(text).toMatch(/warmbright_uploads_kept \d+/);
    expect(text).toMatch(/warmbright_model_bytes_held 0/);
    expect(text).not.toContain(id);
    expect(text).not.toContain('made-up');
  });
});
