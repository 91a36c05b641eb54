import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { InputError } from '../base/input-error';
import { MODEL_TYPE, SHARE_SERVICE, ShareClient } from './share-client';
import { MOST_SHARED_BYTES, modelIdOf } from './short-link';

/** A host that answers everything so. @returns its address */
async function host(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/sub/index.html#s=x`;
}

const answering = (status: number, type: string, body: string | Uint8Array): Promise<string> =>
  host((_, response) => response.writeHead(status, { 'Content-Type': type }).end(body));

const ID = await modelIdOf(Uint8Array.of(1, 2, 3));

describe('a host that is no share server', () => {
  it('is not taken for one', async () => {
    for (const body of [
      '<!doctype html>',
      '{}',
      'null',
      '[]',
      '{"status":"ok"}',
      `{"status":"ok","service":"${SHARE_SERVICE}","mostBytes":"many"}`,
    ]) {
      expect(await new ShareClient(await answering(200, 'text/html', body)).available()).toBe(
        false,
      );
    }
    const health = JSON.stringify({ status: 'ok', service: SHARE_SERVICE, mostBytes: 1, later: 2 });
    expect(
      await new ShareClient(await answering(503, 'application/json', health)).available(),
    ).toBe(false);
    expect(
      await new ShareClient(await answering(200, 'application/json', health)).available(),
    ).toBe(true);
  });

  it('is asked again only if it could not be reached', async () => {
    let asked = 0;
    const client = new ShareClient(
      await host((request, response) => {
        asked++;
        if (asked === 1) request.socket.destroy();
        else response.writeHead(404).end();
      }),
    );
    expect([await client.available(), await client.available(), await client.available()]).toEqual([
      false,
      false,
      false,
    ]);
    expect(asked).toBe(2);
  });

  it('gives no model, with a sentence of why', async () => {
    for (const [status, type, body, sentence] of [
      [200, 'text/html', '<!doctype html>', 'keeps no shared models'],
      [404, 'text/html', 'Not found', 'keeps no shared models (it answered with status 404)'],
      [200, MODEL_TYPE, 'other bytes', 'what came is not the model that the link names'],
      [404, 'application/json', '{"error":"It was deleted."}', 'opened: It was deleted.'],
      [500, 'application/json', '{"error":7}', 'status 500'],
    ] as const) {
      const fetched = new ShareClient(await answering(status, type, body)).fetchModel(ID);
      await expect(fetched).rejects.toThrow(InputError);
      await expect(fetched).rejects.toThrow(sentence);
    }
    const large = await answering(200, MODEL_TYPE, new Uint8Array(MOST_SHARED_BYTES + 1));
    await expect(new ShareClient(large).fetchModel(ID)).rejects.toThrow('what came is not');
  });

  it('does not have a model, whatever it says', async () => {
    const bytes = Uint8Array.of(1, 2, 3);
    for (const [answer, sentence] of [
      [
        `{"id":"${await modelIdOf(new Uint8Array())}","token":"t"}`,
        'took other bytes than were sent',
      ],
      [`{"id":"${ID}","token":"<b>"}`, 'must be a token'],
      [`{"id":"../x","token":"t"}`, 'base64url'],
      ['<!doctype html>', 'not valid JSON'],
    ] as const) {
      const uploaded = new ShareClient(await answering(201, 'application/json', answer)).upload(
        bytes,
      );
      await expect(uploaded).rejects.toThrow(sentence);
    }
    const none = new ShareClient('http://127.0.0.1:1/');
    await expect(none.upload(new Uint8Array(MOST_SHARED_BYTES + 1))).rejects.toThrow(
      'at most 2097152',
    );
    await expect(none.upload(bytes)).rejects.toThrow('cannot be reached');
  });
});

it('asks at the page’s own place, whatever stands behind its address', async () => {
  const paths: (string | undefined)[] = [];
  const base = await host((request, response) => {
    paths.push(request.url);
    response.writeHead(404).end();
  });
  const client = new ShareClient(base);
  await client.available();
  await client.fetchModel(ID).catch(() => undefined);
  expect(paths).toEqual(['/sub/healthz', `/sub/api/models/${ID}`]);
  expect(new URL(client.addressOf(ID)).pathname).toBe(`/sub/m/${ID}`);
});
