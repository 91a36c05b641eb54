import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** Journeys in a real browser: one after the other, slow where the graphics card is a processor. */
export default defineConfig({
  test: {
    include: ['e2e/**/*.test.ts'],
    globalSetup: ['site.ts', 'labs/site.ts', 'browsers.ts'].map((file) =>
      fileURLToPath(new URL(file, import.meta.url)),
    ),
    fileParallelism: false,
    testTimeout: 300_000,
    hookTimeout: 120_000,
    retry: 0,
  },
});
