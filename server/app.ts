/** What the server answers. */
import type { HttpBindings } from '@hono/node-server';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono, type Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { compress } from 'hono/compress';
import { etag } from 'hono/etag';
import { createMiddleware } from 'hono/factory';
import * as v from 'valibot';
import { PAGE_HEADERS } from '../scripts/page-headers.mjs';
import { InputError } from '../src/base/input-error';
import { MODEL_TYPE, SHARE_SERVICE } from '../src/share/share-client';
import { MOST_SHARED_BYTES, modelIdOf, modelIdSchema } from '../src/share/short-link';
import type { MemoryBudget, Room } from './memory-budget';
import type { Metrics } from './metrics';
import { FullError, StoreError, tokenSchema, type ModelStore } from './model-store';
import { PREVIEW_POLICY, previewPage } from './preview-page';
import { RateLimit, clientOf } from './rate-limit';
import type { Settings } from './settings';
import { descriptionOf, readSharedModel, titleOf } from './shared-model';
import { LateError } from './within';

const MS_A_MINUTE = 60_000;
const MS_AN_HOUR = 3_600_000;

interface AppParts {
  readonly settings: Settings;
  readonly store: ModelStore;
  readonly budget: MemoryBudget;
  readonly metrics: Metrics;
  /** Takes what went wrong inside, for whoever runs the server. */
  readonly log: (line: string) => void;
}

interface Env {
  Bindings: HttpBindings;
}
type Status = 400 | 403 | 404 | 405 | 413 | 415 | 422 | 429 | 500 | 503 | 507;

export function makeApp({ settings, store, budget, metrics, log }: AppParts): Hono<Env> {
  const app = new Hono<Env>();
  const requests = new RateLimit(settings.requestsPerMinute, MS_A_MINUTE);
  const uploads = new RateLimit(settings.uploadsPerHour, MS_AN_HOUR);
  const clientOfRequest = (c: Context<Env>): string =>
    clientOf(
      c.env.incoming.socket.remoteAddress ?? '',
      c.req.header('x-forwarded-for'),
      settings.trustedProxies,
    );

  const take = (c: Context<Env>, bytes: number): Promise<Room> =>
    budget.take(clientOfRequest(c), bytes, signalOf(c, settings));

  app.use(async (c, next) => {
    const start = performance.now();
    await next();
    for (const [name, value] of Object.entries(PAGE_HEADERS)) {
      if (!c.res.headers.has(name)) c.header(name, value);
    }
    const seconds = (performance.now() - start) / 1000;
    metrics.request(routeLabel(c.req.path), methodLabel(c.req.method), c.res.status, seconds);
  });

  app.get('/healthz', async (c) => {
    c.header('Cache-Control', 'no-store');
    await store.answers();
    return c.json({ status: 'ok', service: SHARE_SERVICE, mostBytes: MOST_SHARED_BYTES });
  });

  app.get('/metrics', async (c) => {
    c.header('Cache-Control', 'no-store');
    return c.body(await metrics.text(), 200, { 'Content-Type': metrics.contentType });
  });

  const notTooOften = createMiddleware<Env>(async (c, next) => {
    c.header('Cache-Control', 'no-store');
    const wait = requests.take(clientOfRequest(c));
    return wait === 0 ? next() : tooMany(c, wait);
  });
  app.use('/api/*', notTooOften);
  app.use('/m/*', notTooOften);

  app.post(
    '/api/models',
    async (c, next) => {
      // Compressed bodies may unpack to anything; model files hardly shrink.
      if (c.req.header('content-encoding') !== undefined) {
        return refuse(c, 415, 'Send the model file as it is, without Content-Encoding.');
      }
      // Pages of other hosts may not send this type without being asked first, which nothing allows.
      if (c.req.header('content-type') !== MODEL_TYPE) {
        return refuse(c, 415, `Send the model file with the Content-Type ${MODEL_TYPE}.`);
      }
      const wait = uploads.take(clientOfRequest(c));
      return wait === 0 ? next() : tooMany(c, wait);
    },
    async (c, next) => {
      const announced = c.req.header('content-length');
      const bytes = announced === undefined ? MOST_SHARED_BYTES : Number(announced);
      if (bytes > MOST_SHARED_BYTES) return tooLarge(c);
      const room = await take(c, bytes);
      try {
        await next();
      } finally {
        room.free();
      }
      return undefined;
    },
    bodyLimit({ maxSize: MOST_SHARED_BYTES, onError: tooLarge }),
    async (c) => {
      const bytes = new Uint8Array(await c.req.arrayBuffer());
      metrics.bytes('in', bytes.length);
      const id = await modelIdOf(bytes);
      // What is kept already was checked then.
      if (!(await store.has(id))) readSharedModel(bytes);
      const token = await store.add(id, bytes);
      return c.json({ id, token }, 201);
    },
  );

  app.get('/api/models/:id', async (c) => {
    const id = idOf(c);
    if (id === null) return unknown(c);
    const room = await take(c, MOST_SHARED_BYTES);
    // The answer is in memory until the client has taken it.
    c.env.outgoing.once('close', room.free);
    const bytes = await store.read(id);
    if (bytes === null) return unknown(c);
    room.shrink(bytes.length);
    metrics.bytes('out', bytes.length);
    return c.body(bytes, 200, {
      'Content-Type': MODEL_TYPE,
      'Content-Length': String(bytes.length),
      'Content-Disposition': `attachment; filename="${id}.safetensors"`,
    });
  });

  app.delete('/api/models/:id', async (c) => {
    const id = idOf(c);
    if (id === null) return unknown(c);
    const token = /^Bearer (.*)$/.exec(c.req.header('authorization') ?? '')?.[1];
    if (!v.is(tokenSchema, token)) {
      return refuse(
        c,
        403,
        'Send the token that the upload returned: Authorization: Bearer TOKEN.',
      );
    }
    const left = await store.release(id, token);
    if (left === null) return refuse(c, 403, 'This token is not of an upload of this model.');
    return c.json({ id, gone: left === 'gone' });
  });

  app.all('/api/*', (c) => refuse(c, 404, 'There is nothing at this address for this method.'));

  app.get('/m/:id', async (c) => {
    const id = idOf(c);
    if (id === null) return unknown(c);
    const room = await take(c, MOST_SHARED_BYTES);
    try {
      const bytes = await store.read(id);
      if (bytes === null) return unknown(c);
      const model = readSharedModel(bytes);
      c.header('Content-Security-Policy', PREVIEW_POLICY);
      const preview = { id, title: titleOf(model), description: descriptionOf(model) };
      return await c.html(previewPage(preview));
    } finally {
      room.free();
    }
  });

  app.get('*', async (c, next) => {
    await next();
    if (!c.res.ok) return;
    const isNamedByHash = c.req.path.startsWith('/assets/');
    c.header('Cache-Control', isNamedByHash ? 'public, max-age=31536000, immutable' : 'no-cache');
  });
  const files = serveStatic<Env>({ root: settings.pageFolder });
  // Those are kept by browsers for good; the others are few and small enough to be hashed.
  app.get('/assets/*', compress(), files);
  app.get('*', compress(), etag(), files);

  app.notFound((c) => refuse(c, 404, 'There is nothing at this address.'));
  app.onError((error, c) => {
    if (error instanceof InputError) return refuse(c, 422, error.message);
    if (error instanceof FullError) return refuse(c, 507, error.message);
    if (error instanceof LateError || error.name === 'TimeoutError') {
      c.header('Retry-After', '5');
      return refuse(c, 503, 'The server has too much to do: try again in a few seconds.');
    }
    // Who has gone away, or was cut off in the middle of a request, is no fault of this server.
    if (c.env.incoming.destroyed && !c.env.incoming.complete) {
      return refuse(c, 400, 'The request ended before it was whole.');
    }
    log(`${methodLabel(c.req.method)} ${routeLabel(c.req.path)}: ${String(error)}`);
    if (error instanceof StoreError) {
      c.header('Retry-After', '5');
      return refuse(c, 503, 'The server’s store does not answer: try again in a few seconds.');
    }
    return refuse(c, 500, 'The server could not do this: its log says why.');
  });
  return app;
}

/** Given when the client is gone, or has waited as long as any request may take. */
function signalOf(c: Context<Env>, { timeoutMs }: Settings): AbortSignal {
  return AbortSignal.any([c.req.raw.signal, AbortSignal.timeout(timeoutMs)]);
}

function idOf(c: Context<Env, '/api/models/:id'>): string | null {
  const id = c.req.param('id');
  return v.is(modelIdSchema, id) ? id : null;
}

function refuse(c: Context, status: Status, error: string): Response {
  return c.json({ error }, status);
}

function unknown(c: Context): Response {
  return refuse(c, 404, 'No model is kept under this id: it was deleted, or the link is wrong.');
}

function tooLarge(c: Context): Response {
  return refuse(
    c,
    413,
    `This file is too large: at most ${String(MOST_SHARED_BYTES)} bytes are taken.`,
  );
}

function tooMany(c: Context, seconds: number): Response {
  c.header('Retry-After', String(seconds));
  return refuse(c, 429, `Too many requests from your address: try again in ${String(seconds)} s.`);
}

/** What an address is for, without what is in it of models. */
function routeLabel(path: string): string {
  const [, first = '', second = '', third] = path.split('/');
  if (first === 'healthz' || first === 'metrics') return `/${first}`;
  if (first === 'm') return '/m/:id';
  if (first !== 'api') return 'page';
  if (second !== 'models') return '/api';
  return third === undefined ? '/api/models' : '/api/models/:id';
}

/** So that nobody fills the memory with figures of methods that they made up. */
function methodLabel(method: string): string {
  return ['GET', 'HEAD', 'POST', 'DELETE'].includes(method) ? method : 'other';
}
