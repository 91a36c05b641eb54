/** Serves the production build once for all journeys. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { preview } from 'vite';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** Address of the served build, with a slash at its end. */
    siteUrl: string;
  }
}

const ROOT = fileURLToPath(new URL('..', import.meta.url));

export default async function serve({ provide }: TestProject): Promise<() => Promise<void>> {
  if (!existsSync(new URL('../dist/index.html', import.meta.url))) {
    throw new Error('The journeys need the built page: npm run build.');
  }
  // Takes the next free port, so that a page that is being served elsewhere does not matter.
  const server = await preview({
    root: ROOT,
    logLevel: 'warn',
    preview: { host: '127.0.0.1', port: 4573 },
  });
  const [url] = server.resolvedUrls?.local ?? [];
  if (url === undefined) throw new Error('The built page cannot be served.');
  provide('siteUrl', url);
  return () => server.close();
}
