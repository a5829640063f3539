import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Vite would take graphql's ES module build, Node and all libraries take the other one: two of them in one
  // process do not recognise each other's schemas and errors.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    include: ['test/**/*.test.ts'],
    // Browser tests have a configuration of their own and want a Chromium: npm run test:browser.
    exclude: ['test/browser/**'],
    // By default one core is left free, which on two cores means one test file at a time.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    globalSetup: ['test/support/global-setup.ts'],
    testTimeout: 30_000,
    // A condition is waited for, not timed: on a busy machine the default of a second is too short.
    expect: { poll: { timeout: 10_000 } },
    hookTimeout: 60_000,
  },
});
