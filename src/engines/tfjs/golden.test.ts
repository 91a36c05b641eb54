import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { GOLDEN_FILES, beyond, goldenErrors } from '../../testing/golden-check';
import { sharedFile } from '../../testing/shared-files';
import { createEngine } from '../create-engine';

describe.each(['cpu', 'tfjs-wasm'] as const)('the tfjs engine on %s', (backend) => {
  describe.each(GOLDEN_FILES)('takes the Adam steps that PyTorch took', (name) => {
    const path = sharedFile(name);
    it.skipIf(path === null)(`(needs ../shared/${name})`, async () => {
      const { engine } = await createEngine(backend);
      const errors = await goldenErrors(readFileSync(path ?? ''), engine);
      engine.dispose();
      expect(beyond(errors)).toEqual([]);
    });
  });
});
