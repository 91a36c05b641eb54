/** Builds the labs, pages that are there for tests alone, all in one, and serves them. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, preview } from 'vite';
import type { TestProject } from 'vitest/node';

/** The script of each lab, in this folder. */
const SCRIPTS = {
  'audio-graph': 'audio-graph.page.ts',
  fused: 'fused/page.ts',
  numerics: 'numerics/page.ts',
  render: 'render.page.ts',
  storage: 'storage.page.ts',
  worker: 'worker.page.ts',
} as const;

export type LabName = keyof typeof SCRIPTS;

declare module 'vitest' {
  interface ProvidedContext {
    labs: {
      /** Address of the folder that is served, with a slash at its end. */
      url: string;
      /** The same with the headers that isolate a page, so that its threads may share memory. */
      isolatedUrl: string;
      /** What is served; files put here can be fetched by the pages. */
      folder: string;
    };
  }
}

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self' data:";
const ISOLATION = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};
const COMMON = { root: ROOT, configFile: false, publicDir: false, logLevel: 'error' } as const;

export default async function serveLabs({ provide }: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'warmbright-labs-'));
  const scripts = Object.entries(SCRIPTS).map(
    ([name, script]) => [name, join(ROOT, 'e2e/labs', script)] as const,
  );
  await build({
    ...COMMON,
    base: './',
    worker: { format: 'es' },
    build: {
      outDir: folder,
      emptyOutDir: true,
      target: 'es2022',
      rolldownOptions: {
        input: Object.fromEntries(scripts),
        output: { entryFileNames: '[name].js' },
      },
    },
  });
  for (const [name] of scripts) {
    writeFileSync(
      join(folder, `${name}.html`),
      `<!doctype html><title>Lab</title><script type="module" src="./${name}.js"></script>`,
    );
  }
  const plain = await serve(folder, {});
  const isolated = await serve(folder, ISOLATION);
  provide('labs', { url: plain.url, isolatedUrl: isolated.url, folder });
  return async () => {
    await plain.close();
    await isolated.close();
    rmSync(folder, { recursive: true, force: true });
  };
}

/** Serves the folder on a port that is free. */
async function serve(
  folder: string,
  headers: Readonly<Record<string, string>>,
): Promise<{ url: string; close: () => Promise<void> }> {
  const server = await preview({
    ...COMMON,
    build: { outDir: folder },
    preview: { host: '127.0.0.1', headers: { 'Content-Security-Policy': POLICY, ...headers } },
  });
  const [url] = server.resolvedUrls?.local ?? [];
  if (url === undefined) throw new Error('The labs cannot be served.');
  return { url, close: () => server.close() };
}
