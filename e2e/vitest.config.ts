import { defineConfig } from 'vitest/config';

/** Journeys in a real browser: one after the other, slow where the graphics card is a processor. */
export default defineConfig({
  test: {
    include: ['e2e/**/*.test.ts'],
    fileParallelism: false,
    testTimeout: 300_000,
    hookTimeout: 120_000,
    retry: 0,
    // A failed file must not leave its browser behind for the next one.
    teardownTimeout: 30_000,
  },
});
