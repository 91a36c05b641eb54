import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    globalSetup: ['scripts/build-wasm.mjs', 'scripts/built-cli.mjs'],
    include: [
      'src/**/*.test.ts',
      'workers/**/*.test.ts',
      'cli/**/*.test.ts',
      'bench/**/*.test.ts',
      'scripts/**/*.test.ts',
      'server/**/*.test.ts',
      'queue/**/*.test.ts',
      'components/**/*.test.ts',
    ],
    // For what hangs; on a machine that does other things, too, a test may take ten times its time.
    testTimeout: 300_000,
    // Left to itself, vitest keeps a processor free, and on two takes twice the time.
    maxWorkers: availableParallelism(),
  },
});
