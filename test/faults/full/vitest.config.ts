/** `npm run test:faults`: every fault at every request. */
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    root: fileURLToPath(new URL('../../..', import.meta.url)),
    include: ['test/faults/full/*.faults.ts'],
    globalSetup: ['test/end-to-end/build-program.ts', 'test/faults/full/print-table.ts'],
    hookTimeout: 300_000,
    maxWorkers: 2,
    // Thousands of short runs: less of the time goes into collecting garbage.
    execArgv: ['--max-semi-space-size=64'],
  },
});
