/** The HTTP server around the app, which cuts off who is slow. */
import { getRequestListener } from '@hono/node-server';
import type { Hono } from 'hono';
import { createServer, type Server } from 'node:http';
import type { Socket } from 'node:net';
import type { HttpBindings } from '@hono/node-server';
import type { Settings } from './settings';

const MOST_HEADER_BYTES = 16 * 1024;
const MOST_HEADERS = 100;
const IDLE_MS = 5000;

/** The server, once it listens. @throws Error where the address is taken */
export async function listen(
  app: Hono<{ Bindings: HttpBindings }>,
  { host, port, timeoutMs }: Settings,
): Promise<Server> {
  const handle = getRequestListener(app.fetch, { overrideGlobalObjects: false });
  const server = createServer({
    maxHeaderSize: MOST_HEADER_BYTES,
    headersTimeout: Math.min(timeoutMs, 10_000),
    requestTimeout: timeoutMs,
    keepAliveTimeout: IDLE_MS,
    // How often those two are looked after; Node's usual half a minute lets them pass by far.
    connectionsCheckingInterval: 500,
  });
  server.maxHeadersCount = MOST_HEADERS;
  const answering = new WeakSet<Socket>();
  server.on('request', (request, response) => {
    const { socket } = request;
    // Requests sent before the last was answered would pile up here, unheard and without end; no
    // browser or balancer sends any.
    if (answering.has(socket)) {
      socket.destroy();
      return;
    }
    answering.add(socket);
    // Whoever takes an answer byte by byte holds it in memory; the request has had its own time.
    const cut = setTimeout(() => socket.destroy(), 2 * timeoutMs);
    response.once('close', () => {
      clearTimeout(cut);
      answering.delete(socket);
    });
    void handle(request, response);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.removeListener('error', reject);
      resolve();
    });
  });
  return server;
}
