import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Vite would take graphql's ES module build, Node and all libraries take the other one: two of them in one
  // process do not recognise each other's schemas and errors.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    include: ['test/**/*.test.ts'],
    // Left to commands of their own: a Chromium (test:browser), kills of whole processes (test:faults) and the
    // replay of a trace by the real program (test:replay), which want the machine for themselves.
    exclude:
      process.env.WHOLE_PROCESSES === '1'
        ? []
        : ['test/browser/**', 'test/faults/kill.test.ts', 'test/app/replay.test.ts'],
    globalSetup: ['test/support/global-setup.ts'],
    testTimeout: 30_000,
    // A condition is waited for, not timed: on a busy machine the default of a second is too short.
    expect: { poll: { timeout: 10_000 } },
    hookTimeout: 60_000,
  },
});
