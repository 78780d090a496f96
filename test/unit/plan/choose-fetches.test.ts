/** What is fetched in a run, and how sure that makes us. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ResourceKey } from '../../../src/model.ts';
import { chooseFetches, type FetchOptions } from '../../../src/plan/choose-fetches.ts';
import type { DetectedRef } from '../../../src/plan/detect-changes.ts';
import { detected, keyTo } from './samples.ts';

const options: FetchOptions = {
  ...{ changes: 'auto', recheckBudget: 200, seed: 'job-1' },
  now: new Date('2025-06-16T00:00:00.000Z'),
};

function quiet(count: number): DetectedRef[] {
  return Array.from({ length: count }, (_, index) => detected(`q${String(index).padStart(4, '0')}`));
}

function choose(refs: readonly DetectedRef[], more: Partial<FetchOptions> = {}) {
  const { fetch, ...rest } = chooseFetches(refs, { ...options, ...more });
  return { ...rest, fetch: fetch.map(({ ref }) => ref.uuid) };
}

describe('with `changes: full`', () => {
  it('everything is fetched, whatever the budget and the quota say', () => {
    const choice = choose(quiet(300), { changes: 'full', recheckBudget: 0, quota: { limit: 10, left: 0 } });
    expect(choice).toMatchObject({ mode: 'full', rechecked: 300, unverified: 0, runsUntilVerified: 1 });
    expect(choice.fetch).toHaveLength(300);
  });
});

describe('with `changes: listed`', () => {
  it('only what shows a change is fetched, and the rest is never verified', () => {
    const refs = [...quiet(3), detected('new', 'added'), detected('old', 'drifted')];
    const choice = choose(refs, { changes: 'listed' });
    expect(choice.fetch).toEqual(['new', 'old']);
    expect(choice).toMatchObject({ mode: 'listed', rechecked: 0, unverified: 3 });
    expect(choice.runsUntilVerified).toBeUndefined();
  });

  it('everything is verified when everything shows a change', () => {
    expect(choose([detected('new', 'added')], { changes: 'listed' })).toMatchObject({
      ...{ mode: 'full', unverified: 0, runsUntilVerified: 1 },
    });
  });
});

describe('with `changes: auto`', () => {
  it('everything is fetched up to the budget', () => {
    expect(choose(quiet(200))).toMatchObject({ mode: 'full', unverified: 0, runsUntilVerified: 1 });
  });

  it('above it, as many as the budget are fetched besides what shows a change, and the bound is told', () => {
    const verifiedAt = new Map<ResourceKey, string>();
    const choice = choose([detected('new', 'added'), ...quiet(450)], { verifiedAt });
    expect(choice.fetch).toHaveLength(201);
    expect(choice).toMatchObject({ mode: 'listed', rechecked: 200, unverified: 250, runsUntilVerified: 3 });
    expect(choice.expectation).toBe(false);
  });

  it('the order of the list stays', () => {
    const { fetch } = choose([detected('z', 'added'), ...quiet(3), detected('a', 'updated')], {
      recheckBudget: 1,
    });
    expect(fetch).toHaveLength(3);
    expect([fetch[0], fetch[2]]).toEqual(['z', 'a']);
  });

  it('those that were never verified come first, then those that were verified longest ago', () => {
    const verifiedAt = new Map([
      [keyTo('q0000'), '2025-06-15T00:00:00.000Z'],
      [keyTo('q0001'), '2025-06-13T00:00:00.000Z'],
      [keyTo('q0003'), '2025-06-14T00:00:00.000Z'],
    ]);
    const picks = (recheckBudget: number) => choose(quiet(4), { recheckBudget, verifiedAt }).fetch;
    expect(picks(1)).toEqual(['q0002']);
    expect(picks(2)).toEqual(['q0001', 'q0002']);
    expect(picks(3)).toEqual(['q0001', 'q0002', 'q0003']);
  });

  it('with a state, everything is verified within the bound that was told', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 10 }),
        (count, recheckBudget) => {
          const verifiedAt = new Map<ResourceKey, string>();
          const bound = choose(quiet(count), { recheckBudget, verifiedAt }).runsUntilVerified ?? 0;
          for (let run = 0; run < bound; run++) {
            const { fetch } = choose(quiet(count), { recheckBudget, verifiedAt, seed: `job-${run}` });
            for (const uuid of fetch) {
              verifiedAt.set(keyTo(uuid), `2025-06-16T00:00:${10 + run}.000Z`);
            }
          }
          expect(verifiedAt.size).toBe(count);
        },
      ),
    );
  });

  it('without a state the pick is random, differs from job to job, and only an expectation is told', () => {
    const pick = (seed: string) => choose(quiet(100), { recheckBudget: 10, seed });
    expect(pick('job-1')).toEqual(pick('job-1'));
    expect(pick('job-1').fetch).not.toEqual(pick('job-2').fetch);
    expect(pick('job-1')).toMatchObject({ runsUntilVerified: 10, expectation: true });
    const seen = new Set(Array.from({ length: 100 }, (_, run) => pick(`job-${run}`).fetch).flat());
    expect(seen.size).toBe(100);
  });

  it('without a state each has the same chance', () => {
    const picked = new Map<string, number>();
    for (let run = 0; run < 2000; run++) {
      for (const uuid of choose(quiet(20), { recheckBudget: 5, seed: `job-${run}` }).fetch) {
        picked.set(uuid, (picked.get(uuid) ?? 0) + 1);
      }
    }
    // 500 each, give or take five standard deviations.
    expect(picked.size).toBe(20);
    expect(Math.min(...picked.values())).toBeGreaterThan(400);
    expect(Math.max(...picked.values())).toBeLessThan(600);
  });

  it('there is nothing to expect when everything is verified', () => {
    expect(choose(quiet(5)).expectation).toBe(false);
  });

  it('a budget of 0 verifies nothing, and says so', () => {
    const choice = choose(quiet(3), { recheckBudget: 0 });
    expect(choice.fetch).toEqual([]);
    expect(choice.runsUntilVerified).toBeUndefined();
  });
});

describe("the month's quota", () => {
  const rechecked = (limit: number, left: number, more: Partial<FetchOptions> = {}) =>
    choose(quiet(150), { quota: { limit, left }, ...more }).rechecked;

  it('is no concern while there is plenty', () => {
    expect(rechecked(100_000, 90_000)).toBe(150);
  });

  it('lets nothing be re-checked when it is used up', () => {
    const choice = choose(quiet(150), { quota: { limit: 1000, left: 0 } });
    expect(choice.rechecked).toBe(0);
    expect(choice.runsUntilVerified).toBeUndefined();
  });

  it('gives less than the budget when little of it has come free', () => {
    // Half of June is over: 425 of 1000 calls are free by now, and 365 of them are used.
    expect(rechecked(1000, 635)).toBe(60);
  });

  it('is first for what shows a change', () => {
    const refs = [...quiet(150), ...Array.from({ length: 50 }, (_, index) => detected(`n${index}`, 'added'))];
    const choice = choose(refs, { quota: { limit: 1000, left: 635 } });
    expect(choice.rechecked).toBe(10);
    expect(choice.fetch).toHaveLength(60);
  });

  it('keeps fetching what shows a change when nothing is left for re-checks', () => {
    const choice = choose([detected('new', 'added'), ...quiet(3)], { quota: { limit: 1000, left: 0 } });
    expect(choice.fetch).toEqual(['new']);
  });

  it('gives little at the start of the month: what is taken then, the lists of its last days may need', () => {
    expect(rechecked(1000, 1000, { now: new Date('2025-06-01T00:00:00.000Z') })).toBe(50);
  });

  it('gives a small share when more was used than what has come free, and yet not all will be', () => {
    // At this rate 10,000 of 100,000 would be left over: half of that, over the 360 hours of the 15 days to come.
    expect(rechecked(100_000, 55_000)).toBe(13);
    expect(rechecked(1000, 550)).toBe(0);
  });

  it('gives nothing when at this rate all will be used without it', () => {
    expect(rechecked(100_000, 50_000)).toBe(0);
    expect(rechecked(100_000, 36_000)).toBe(0);
    expect(rechecked(100_000, 90_000, { now: new Date('2025-06-01T00:00:00.000Z') })).toBe(0);
  });

  it('that is none gives none', () => {
    expect(rechecked(0, 0, { now: new Date('2025-06-01T00:00:00.000Z') })).toBe(0);
  });

  it('is never overdrawn', () => {
    const days = fc.date({
      ...{ min: new Date('2025-01-01'), max: new Date('2026-01-01'), noInvalidDate: true },
    });
    fc.assert(
      fc.property(fc.nat(5000), fc.nat(5000), days, (limit, left, now) => {
        fc.pre(left <= limit);
        expect(rechecked(limit, left, { now })).toBeLessThanOrEqual(left);
      }),
    );
  });
});
