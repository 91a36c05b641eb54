import { availableParallelism } from 'node:os';
import { configDefaults, defineConfig } from 'vitest/config';

/**
 * Rooms that only calculate: a test there leaves nothing behind that another could see. Their files
 * share processes, which saves starting one for each and loading what they import again.
 */
const CALCULATIONS = [
  'base',
  'math',
  'recipe',
  'eq',
  'data',
  'model',
  'presets',
  'audio',
  'figures',
  'timeline',
  'analysis',
  'listening',
  'explore',
].map((room) => `src/${room}/**/*.test.ts`);

const ALL = [
  'src/**/*.test.ts',
  'workers/**/*.test.ts',
  'cli/**/*.test.ts',
  'bench/**/*.test.ts',
  'scripts/**/*.test.ts',
  'server/**/*.test.ts',
  'queue/**/*.test.ts',
  'components/**/*.test.ts',
];

export default defineConfig({
  test: {
    globalSetup: ['scripts/build-wasm.mjs', 'scripts/built-cli.mjs'],
    // For what hangs; on a machine that does other things, too, a test may take ten times its time.
    testTimeout: 300_000,
    // Left to itself, vitest keeps a processor free, and on two takes twice the time.
    maxWorkers: availableParallelism(),
    projects: [
      {
        extends: true,
        test: {
          name: 'parts',
          include: ALL,
          exclude: [...configDefaults.exclude, ...CALCULATIONS],
        },
      },
      { extends: true, test: { name: 'calculations', include: CALCULATIONS, isolate: false } },
    ],
  },
});
