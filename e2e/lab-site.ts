/** Serves a page without looks that speaks with a worker: a production build under its policy. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, preview, type PreviewServer } from 'vite';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self' data:";

/**
 * @param folder an empty one, for the build
 * @param page   its script, beside this file
 */
export async function serveLab(
  folder: string,
  port: number,
  page = 'worker.page.ts',
): Promise<PreviewServer> {
  await build({
    root: ROOT,
    configFile: false,
    publicDir: false,
    base: './',
    logLevel: 'warn',
    worker: { format: 'es' },
    build: {
      outDir: folder,
      target: 'es2022',
      rolldownOptions: {
        input: join(ROOT, 'e2e', page),
        output: { entryFileNames: 'page.js' },
      },
    },
  });
  writeFileSync(
    join(folder, 'index.html'),
    '<!doctype html><title>Worker</title><script type="module" src="./page.js"></script>',
  );
  return preview({
    root: ROOT,
    configFile: false,
    logLevel: 'warn',
    build: { outDir: folder },
    preview: { host: '127.0.0.1', port, headers: { 'Content-Security-Policy': POLICY } },
  });
}
