/**
 * The engine's arithmetic in a real browser's worker, from a production build and under the page's
 * content security policy: WebGPU (on SwiftShader where there is no graphics card) and WebAssembly.
 */
import { copyFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Page } from 'puppeteer';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { GOLDEN_FILES } from '../../../src/testing/golden-check';
import { sharedFile } from '../../../src/testing/shared-files';
import { Lab } from '../lab';
import type { Answer, Question } from './questions';

let lab: Lab;
let page: Page;
beforeAll(async () => {
  lab = await Lab.open('numerics', { isolated: true });
  const { folder } = inject('labs');
  for (const name of GOLDEN_FILES) {
    const path = sharedFile(name);
    if (path !== null) copyFileSync(path, join(folder, basename(name)));
  }
  page = await lab.openPage(await lab.newContext());
});
afterAll(() => lab.close());

function ask(question: Question): Promise<Answer> {
  return page.evaluate((it) => window.ask(it), question);
}

describe.each(['tfjs-webgpu', 'tfjs-wasm'] as const)(
  'the tfjs engine on %s, in the browser',
  (choice) => {
    // A GPU that is only software takes 20 s for the larger one, by other kernels of the same kinds.
    const files = choice === 'tfjs-webgpu' ? GOLDEN_FILES.slice(0, 1) : GOLDEN_FILES;
    describe.each(files)('takes the Adam steps that PyTorch took', (name) => {
      it.skipIf(sharedFile(name) === null)(`(needs ../shared/${name})`, async () => {
        const file = `/${basename(name)}`;
        const answer = await ask({ type: 'golden', choice, file });
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
