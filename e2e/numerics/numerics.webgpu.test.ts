/**
 * The engine's arithmetic in a real browser's worker, from a production build and under the page's
 * content security policy: WebGPU (on SwiftShader where there is no graphics card) and WebAssembly.
 */
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import puppeteer, { type Browser, type Page } from 'puppeteer';
import { build, preview, type PreviewServer } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium } from '../../scripts/find-chromium.mjs';
import { GOLDEN_FILES, GOLDEN_TOLERANCES, PARTED_TOLERANCES } from '../../src/testing/golden-check';
import { sharedFile } from '../../src/testing/shared-files';
import type { Answer, Question } from './numerics.worker';

const POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'";
const ROOT = fileURLToPath(new URL('.', import.meta.url));

let folder: string;
let server: PreviewServer;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'warmbright-numerics-'));
  await build({
    root: ROOT,
    configFile: false,
    publicDir: false,
    base: './',
    logLevel: 'warn',
    build: {
      outDir: folder,
      target: 'es2022',
      emptyOutDir: true,
    },
    worker: { format: 'es' },
  });
  for (const name of GOLDEN_FILES) {
    const path = sharedFile(name);
    if (path !== null) copyFileSync(path, join(folder, basename(name)));
  }
  server = await preview({
    root: ROOT,
    configFile: false,
    logLevel: 'warn',
    build: { outDir: folder },
    preview: {
      host: '127.0.0.1',
      port: 4673,
      headers: {
        'Content-Security-Policy': POLICY,
        'Cross-Origin-Opener-Policy': 'same-origin',
        'Cross-Origin-Embedder-Policy': 'require-corp',
      },
    },
  });
  const { path, args } = await findChromium();
  browser = await puppeteer.launch({ executablePath: path, args });
  page = await browser.newPage();
  await page.goto(server.resolvedUrls?.local[0] ?? '');
});

afterAll(async () => {
  await browser.close();
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

function ask(question: Question): Promise<Answer> {
  return page.evaluate((it) => window.ask(it), question);
}

describe.each(['tfjs-webgpu', 'tfjs-wasm'] as const)(
  'the tfjs engine on %s, in the browser',
  (choice) => {
    describe.each(GOLDEN_FILES)('takes the Adam steps that PyTorch took', (name) => {
      it.skipIf(sharedFile(name) === null)(`(needs ../shared/${name})`, async () => {
        const tolerances =
          choice === 'tfjs-webgpu' && name.includes('seed-size')
            ? PARTED_TOLERANCES
            : GOLDEN_TOLERANCES;
        const file = `/${basename(name)}`;
        const answer = await ask({ type: 'golden', choice, file, tolerances });
        expect(answer.name).toBe(choice);
        expect(answer.disagreements).toEqual([]);
      });
    });

    it('has the gradients of float64 of response curves and heads', async () => {
      const cases = [
        'the response',
        'the response by other columns',
        'the shape, a short batch',
        'Warmbright in small',
        'heads, whose frequencies do not count',
      ];
      const { disagreements } = await ask({ type: 'gradients', choice, tolerance: 1e-5, cases });
      expect(disagreements).toEqual([]);
    });

    it('gives the same bits when stopped and resumed', async () => {
      const { sameBits } = await ask({ type: 'resume', choice });
      expect(sameBits).toBe(true);
    });
  },
);

describe('createEngine, in the browser', () => {
  it('says that the engine is lost when the device goes away, and makes others', async () => {
    const { thrown, successors } = await ask({ type: 'lose', choice: 'tfjs-webgpu' });
    expect(thrown).toBe('EngineLostError');
    expect(successors).toEqual(['tfjs-wasm', 'tfjs-webgpu', 'tfjs-webgpu']);
  });

  it('trains with TensorFlow.js and with the fused engine on one GPU device', async () => {
    const { devices } = await ask({ type: 'share', choice: 'tfjs-webgpu' });
    // Both; one of them; both again; a new one once nobody used the first any more.
    expect(devices).toEqual([1, 1, 1, 2]);
  });

  it('prefers WebAssembly to a GPU that is only software', async () => {
    const { name, reason } = await ask({ type: 'choose', choice: 'auto' });
    expect(name).toBe('tfjs-wasm');
    expect(reason).toMatch(
      /^Trains on WebAssembly SIMD, because the only WebGPU adapter is slow software \(.*swiftshader.*\)\.$/i,
    );
  });
});
