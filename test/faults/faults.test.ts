/** A selection of the faults of `npm run test:faults`: each of them once or twice, always at the same places. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWorld, type World } from './bench.ts';
import { startCampaign } from './campaign.ts';
import { faultGroups, faults } from './faults.ts';
import { summarizeWrong } from './table.ts';
import { allTrials, someTrials } from './trials.ts';

// Half a minute on a machine that has nothing else to do.
const MINUTES = 300_000;

const { 'the connection': connection, 'the answer': answer, 'the list': list } = faultGroups;

let world: World;

beforeAll(async () => {
  world = await startWorld();
});

afterAll(() => world.close());

describe.each([
  { pass: 'later', destination: 'api', postman: faults, gitlab: [...answer, ...list] },
  { pass: 'later', destination: 'git', postman: [], gitlab: [...connection, ...answer] },
] as const)('the $pass backup through $destination', ({ pass, destination, ...chosen }) => {
  it('loses nothing and hides nothing, whatever fails', { timeout: MINUTES }, async () => {
    const campaign = await startCampaign(world, { pass, destination, lanes: 2 });
    try {
      const trials = allTrials(campaign.bench, destination, campaign.known).filter(({ fault, server }) =>
        chosen[server].some((one) => one === fault),
      );
      const tried = await campaign.run(someTrials(trials, 1));
      expect(tried.length).toBeGreaterThan(8);
      expect(summarizeWrong(tried)).toEqual([]);
    } finally {
      await campaign.close();
    }
  });
});
