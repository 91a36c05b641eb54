import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    globalSetup: ['scripts/build-wasm.mjs'],
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
    testTimeout: 60_000,
    // Files share a process and its modules, which most take longer to start and load than to run. So
    // what a test replaces (clocks, globals, environment) it puts back, and it mocks no module.
    isolate: false,
    // Left to itself, vitest keeps a processor free, and on two takes twice the time.
    maxWorkers: availableParallelism(),
  },
});
