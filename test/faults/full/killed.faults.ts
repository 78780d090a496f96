/** The program killed at 200 random moments. */
import { expect, it } from 'vitest';
import { createBench, startWorld } from '../bench.ts';
import { killAtRandom } from '../killed.ts';
import { summarizeWrong } from '../table.ts';
import { keepResults } from '../try-all.ts';

const HALF_AN_HOUR = 1_800_000;

it.each([
  { pass: 'later', destination: 'api' },
  { pass: 'first', destination: 'api' },
  { pass: 'later', destination: 'git' },
  { pass: 'later', destination: 'local' },
] as const)(
  'killed on its $pass backup through $destination it loses nothing',
  { timeout: HALF_AN_HOUR },
  async (options) => {
    const world = await startWorld();
    const bench = await createBench(world, options);
    try {
      const seed = Math.floor(Math.random() * 1e9);
      const tried = await killAtRandom(bench, { runs: 50, seed });
      await keepResults(`killed ${options.pass} ${options.destination}`, tried);
      expect(summarizeWrong(tried)).toEqual([]);
    } finally {
      await bench.close();
      await world.close();
    }
  },
);
