/** A selection of the faults of `npm run test:faults`: each of them once or twice, always at the same places. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWorld, type World } from './bench.ts';
import { startCampaign } from './campaign.ts';
import { summarizeWrong } from './table.ts';
import { allTrials, someTrials } from './trials.ts';

// Seconds on a machine that has nothing else to do.
const MINUTES = 300_000;

let world: World;

beforeAll(async () => {
  world = await startWorld();
});

afterAll(() => world.close());

describe.each([
  { pass: 'later', destination: 'api', servers: ['postman', 'gitlab'] },
  { pass: 'first', destination: 'api', servers: ['postman'] },
  { pass: 'later', destination: 'git', servers: ['gitlab'] },
] as const)('the $pass backup through $destination', ({ pass, destination, servers }) => {
  it(`loses nothing and hides nothing, whatever fails at ${servers.join(' and ')}`, {
    timeout: MINUTES,
  }, async () => {
    const campaign = await startCampaign(world, { pass, destination });
    try {
      const trials = allTrials(campaign.bench, destination, campaign.known);
      const tried = await campaign.run(
        someTrials(
          trials.filter(({ server }) => servers.some((one) => one === server)),
          1,
        ),
      );
      expect(tried.length).toBeGreaterThan(25);
      expect(summarizeWrong(tried)).toEqual([]);
    } finally {
      await campaign.close();
    }
  });
});
