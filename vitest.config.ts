import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/end-to-end/build-program.ts'],
    // Real git, real servers and real child processes: generous, so that a slow machine is no failure.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    // One core is not kept free for a person: the tests wait for other processes most of the time.
    maxWorkers: '100%',
  },
});
