/**
 * Serves the page from copies that the browser keeps, so that it opens without a network after one
 * visit. It also gives answers the headers that let threads share memory, for hosts that send none.
 *
 * A build of the page is one whole: all its files are copied together, and a newer build takes over
 * when a person says so, or when no tab of the page is open any more.
 */
declare const self: ServiceWorkerGlobalScope;

/** Put before this script by the build: what it is made of, and a name that no other build has. */
declare const BUILD: { readonly version: string; readonly files: readonly string[] };

/** Sent by the page when a person wants the newer build. */
const TAKE_OVER = 'take-over';

const PREFIX = 'warmbright-';
const CACHE = PREFIX + BUILD.version;

const ISOLATION = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
} as const;

/** What a share server answers at the page's place: no part of the build, and changing. */
const SERVED = /^(api|m)\/|^(healthz|metrics)$/;

self.addEventListener('install', (event) => {
  event.waitUntil(copyFiles());
});

self.addEventListener('activate', (event) => {
  event.waitUntil(forgetOthers());
});

self.addEventListener('message', ({ data }) => {
  if (data === TAKE_OVER) void self.skipWaiting();
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { scope } = self.registration;
  const own = request.url.startsWith(scope) && !SERVED.test(request.url.slice(scope.length));
  if (request.method === 'GET' && own) event.respondWith(answer(request));
});

async function copyFiles(): Promise<void> {
  const cache = await caches.open(CACHE);
  // One after another: all at once take the processor from the page. What the browser has of an earlier
  // build must not be taken for this one's.
  for (const file of BUILD.files) await cache.add(new Request(file, { cache: 'reload' }));
}

async function forgetOthers(): Promise<void> {
  for (const name of await caches.keys()) {
    if (name.startsWith(PREFIX) && name !== CACHE) await caches.delete(name);
  }
}

async function answer(request: Request): Promise<Response> {
  const cache = await caches.open(CACHE);
  const file = request.mode === 'navigate' ? './' : request;
  const kept = await cache.match(file, { ignoreSearch: true, ignoreVary: true });
  if (kept !== undefined) return isolated(kept);
  const response = await fetch(request);
  // Large parts that few need are copied when they are first asked for; their names have a hash.
  if (response.ok && new URL(request.url).pathname.includes('/assets/')) {
    await cache.put(request, response.clone());
  }
  return isolated(response);
}

/** The same answer with the headers. */
function isolated(response: Response): Response {
  const { body, status, statusText } = response;
  // No body may come with these.
  if (status === 0 || status === 204 || status === 304) return response;
  const headers = new Headers(response.headers);
  for (const [name, value] of Object.entries(ISOLATION)) headers.set(name, value);
  return new Response(body, { status, statusText, headers });
}

export {};
