import { defineConfig } from 'vitest/config';

// Apart from the other tests, since these need a Chromium: `npm run test:browser`.
export default defineConfig({
  test: {
    root: new URL('../..', import.meta.url).pathname,
    include: ['test/browser/**/*.test.ts'],
    globalSetup: ['test/browser/build.ts', 'test/browser/shared-sandbox.ts'],
    // One server and one browser a file, and files one after another: they would only slow each other down.
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 90_000,
  },
});
