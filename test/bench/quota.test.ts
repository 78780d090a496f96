/** The simulated year keeps the laws that the documents promise, with small estates. */
import { describe, expect, it } from 'vitest';
import { countListing } from '../../bench/quota/listing.mjs';
import { leastCalls, unseenTimes } from '../../bench/quota/on-paper.mjs';
import { simulateYear } from '../../bench/quota/simulate.mjs';
import { createBudget } from '../../src/commands/budget.ts';
import { resolveKinds } from '../../src/config/kinds.ts';
import { chooseFetches } from '../../src/plan/choose-fetches.ts';
import { createPostmanSource } from '../../src/postman/source.ts';

const decisions = { chooseFetches, createBudget };
const estate = {
  ...{ resources: 40, hoursBetweenRuns: 6, listCalls: 4, recheckBudget: 8, keepsState: true, seed: 7 },
};
// 124 runs a month.
const LISTS = 124 * estate.listCalls;

function simulate(about: Partial<typeof estate> & { quota?: number; quotaStartsOn?: number } = {}) {
  return simulateYear(decisions, { ...estate, ...about });
}

it('counts what every run asks before it fetches: the lists, each workspace, and what is left', async () => {
  // A page of workspaces; of each workspace itself, its collections and its environments.
  const expected = { workspaces: 2, calls: 1 + 2 * 3 + 1 };
  expect(await countListing({ createPostmanSource, resolveKinds }, 60)).toEqual(expected);
});

describe('a simulated year', () => {
  it('is the same for the same seed, and another for another', () => {
    expect(simulate()).toEqual(simulate());
    expect(simulate({ seed: 8 }).sightings).not.toEqual(simulate().sightings);
  });

  it('counts the calls of the lists and of what is fetched, by month', () => {
    const { calls, bounds } = simulate({ recheckBudget: 0 });
    expect(bounds).toHaveLength(365 * 4);
    expect(calls).toHaveLength(12);
    // The first backup fetches everything.
    expect(calls[0]).toBeGreaterThan(LISTS + estate.resources);
    expect(Math.max(...calls.slice(1))).toBeLessThan(LISTS + estate.resources);
  });

  it('runs out of a quota that does not bear the lists', () => {
    const { outOfQuota, calls } = simulate({ quota: LISTS / 2 });
    expect(outOfQuota).toBeGreaterThan(600);
    expect(calls).toEqual(Array(12).fill(LISTS / 2));
  });
});

describe.each([true, false])('with the defaults (job cache: %s)', (keepsState) => {
  it.each([0.1, 0.3, 0.5, 0.7, 0.85])('no run is out of quota when lists are %d of it', (share) => {
    const quota = Math.round(LISTS / share);
    expect(simulate({ keepsState, quota }).outOfQuota).toBe(0);
  });

  it.each([0.1, 0.3, 0.5])('a fifth of the quota is left to others when lists are %d of it', (share) => {
    const quota = Math.round(LISTS / share);
    expect(Math.max(...simulate({ keepsState, quota, recheckBudget: 40 }).calls)).toBeLessThanOrEqual(
      quota * 0.8,
    );
  });
});

describe('a hidden edit', () => {
  it.each([undefined, 4000, 1000, 700])('is seen within the bound that was told (quota: %s)', (quota) => {
    const { sightings, bounds } = simulate(quota === undefined ? {} : { quota });
    expect(sightings.length).toBeGreaterThan(150);
    const late = sightings.filter(
      ({ fromRun, toRun }) => toRun - fromRun + 1 > Math.max(...bounds.slice(fromRun, toRun + 1)),
    );
    expect(late).toEqual([]);
  });

  it('is seen within the time that the formula gives', () => {
    for (const about of [{}, { recheckBudget: 13 }, { quota: 1000 }]) {
      const { boundMs } = unseenTimes({ ...estate, ...about });
      const waits = simulate(about).sightings.map(({ waitedMs }) => waitedMs);
      expect(Math.max(...waits)).toBeLessThanOrEqual(boundMs);
      expect(Math.max(...waits)).toBeGreaterThan(boundMs * 0.8);
    }
  });

  it('is seen after the average time that the formula gives when there is no cache', () => {
    const { averageMs } = unseenTimes(estate);
    const waits = simulate({ keepsState: false }).sightings.map(({ waitedMs }) => waitedMs);
    const average = waits.reduce((sum, wait) => sum + wait, 0) / waits.length;
    expect(average / averageMs).toBeGreaterThan(0.8);
    expect(average / averageMs).toBeLessThan(1.2);
  });
});

it('the least number of calls is that of the lists and of what they show', () => {
  expect(leastCalls(estate)).toBeGreaterThan(LISTS);
  expect(leastCalls(estate)).toBeLessThan(LISTS + estate.resources);
});
