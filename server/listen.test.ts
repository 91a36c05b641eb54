import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { connect, type AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { listen } from './listen';
import { readSettings } from './settings';

describe('who takes an answer slowly', () => {
  it('is cut off, whatever is left of it', async () => {
    const app = new Hono<{ Bindings: HttpBindings }>();
    let gone: () => void = () => undefined;
    const cut = new Promise<void>((resolve) => (gone = resolve));
    app.get('/', (c) => {
      c.env.outgoing.once('close', gone);
      // Endless, so more than the systems' buffers hold.
      const body = new ReadableStream({
        pull: (controller) => {
          controller.enqueue(new Uint8Array(65_536));
        },
      });
      return c.body(body);
    });
    const server = await listen(app, readSettings({ PORT: '0', TIMEOUT_SECONDS: '1' }));
    onTestFinished(() => {
      server.close();
    });
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
    socket.on('error', () => undefined);
    socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
    socket.pause();
    await cut;
    expect(socket.bytesRead).toBeLessThan(65_536 * 1000);
    socket.destroy();
  });
});
