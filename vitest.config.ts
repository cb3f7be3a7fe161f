/** One project. The wasm builds are made once before all tests, unless `npm test` has just made them. */
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/build-wasm.ts'],
    // Each file takes about a core; two cores are what CI has.
    maxWorkers: 2,
    // Nothing is timed: what does not end is found, a busy machine is waited for.
    testTimeout: 120_000,
  },
});
