/** Serves a page that is there for tests alone: a production build under its policy. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, preview, type PreviewServer } from 'vite';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self' data:";

/**
 * @param folder an empty one, for the build
 * @param script of the page, in this folder
 */
export async function serveLab(
  folder: string,
  port: number,
  script = 'worker.page.ts',
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
        input: join(ROOT, 'e2e', script),
        output: { entryFileNames: 'page.js' },
      },
    },
  });
  writeFileSync(
    join(folder, 'index.html'),
    '<!doctype html><title>Lab</title><script type="module" src="./page.js"></script>',
  );
  return preview({
    root: ROOT,
    configFile: false,
    logLevel: 'warn',
    build: { outDir: folder },
    preview: { host: '127.0.0.1', port, headers: { 'Content-Security-Policy': POLICY } },
  });
}
