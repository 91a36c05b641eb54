import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** Tests in a real browser, two files at a time: slow where the graphics card is a processor. */
export default defineConfig({
  test: {
    include: ['e2e/**/*.test.ts'],
    globalSetup: [fileURLToPath(new URL('set-up.ts', import.meta.url))],
    maxWorkers: 2,
    // Files close what they open, and puppeteer need not be loaded for each of them.
    isolate: false,
    testTimeout: 300_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 60_000 } },
    retry: 0,
  },
});
