/** The program killed at some moments; `npm run test:faults` does it 200 times. */
import { expect, it } from 'vitest';
import { createBench, startWorld } from './bench.ts';
import { killAtRandom } from './killed.ts';
import { summarizeWrong } from './table.ts';

it.each([
  { destination: 'api', seed: 1 },
  { destination: 'git', seed: 2 },
] as const)(
  'killed on its way through $destination it has lost nothing',
  { timeout: 300_000 },
  async ({ destination, seed }) => {
    const world = await startWorld();
    const bench = await createBench(world, { pass: 'later', destination });
    try {
      const tried = await killAtRandom(bench, { runs: 5, seed });
      expect(tried.filter(({ exitCode }) => exitCode === 137)).not.toEqual([]);
      expect(summarizeWrong(tried)).toEqual([]);
    } finally {
      await bench.close();
      await world.close();
    }
  },
);
