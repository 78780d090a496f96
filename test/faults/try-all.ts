/** Defines the tests of one long campaign: one for each fault. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type Pass, startWorld, type World } from './bench.ts';
import { type Campaign, startCampaign, type Tried } from './campaign.ts';
import type { Fault } from './faults.ts';
import type { DestinationName } from './place.ts';
import { summarizeWrong } from './table.ts';
import { allTrials, type Trial } from './trials.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Folder for what the table is made of. */
    readonly results: string;
  }
}

const HOUR_MS = 3_600_000;

export function tryAll(options: {
  readonly pass: Pass;
  readonly destination: DestinationName;
  readonly faults: readonly Fault[];
  /** Which of all trials are carried out; absent: all of them. */
  readonly choose?: (trials: readonly Trial[]) => readonly Trial[];
}): void {
  const { pass, destination, faults, choose = (trials) => trials } = options;
  const title = `the ${pass} backup through ${destination}`;
  let world: World;
  let campaign: Campaign;
  let trials: readonly Trial[];

  describe(title, () => {
    beforeAll(async () => {
      world = await startWorld();
      campaign = await startCampaign(world, { pass, destination });
      trials = choose(allTrials(campaign.bench, destination, campaign.known));
    });

    it.each(faults)('survives: $name', { timeout: HOUR_MS }, async (fault) => {
      const tried = await campaign.run(trials.filter((trial) => trial.fault === fault));
      await keepResults(`${title} ${fault.name}`, tried);
      expect(summarizeWrong(tried)).toEqual([]);
    });

    afterAll(async () => {
      await campaign.close();
      await world.close();
    });
  });
}

/** For the table at the end. */
export async function keepResults(title: string, tried: readonly Tried[]): Promise<void> {
  const name = `${title.replace(/\W+/g, '-')}.json`;
  await writeFile(join(inject('results'), name), JSON.stringify(tried));
}
