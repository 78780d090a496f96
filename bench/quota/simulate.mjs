/** Simulates a year of scheduled runs on an estate that is edited at random: calls, and how long edits stay unseen. */
import { createDice } from '../../demo/postman-api/ids.mjs';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const YEAR_START = Date.UTC(2025, 0, 1);
const YEAR_END = Date.UTC(2026, 0, 1);
/** How often each resource is edited in a year, on average. */
export const EDITS = 12;
/** One edit in so many does not move the `updatedAt` of the list. */
export const HIDDEN_IN = 2;

/**
 * @typedef {{
 *   resources: number,
 *   hoursBetweenRuns: number,
 *   listCalls: number,
 *   recheckBudget: number,
 *   keepsState: boolean,
 *   seed: number,
 *   quota?: number,
 *   quotaStartsOn?: number,
 * }} Estate
 * `listCalls`: what a run calls before it fetches. `keepsState`: the job cache works. `quota`: calls a month; absent
 * when not limited. `quotaStartsOn`: the day of the month on which Postman counts anew, 1 when absent.
 *
 * @typedef {{ waitedMs: number, fromRun: number, toRun: number }} Sighting
 * A hidden edit that came to light in `toRun`; `fromRun` is the first run that might have seen it.
 *
 * @typedef {{
 *   calls: number[],
 *   bounds: number[],
 *   outOfQuota: number,
 *   heldBack: boolean,
 *   sightings: Sighting[],
 * }} Year
 * `calls`: in each month of the quota. `bounds`: in how many runs everything will have been verified, as each run told
 * it; infinite when never. `outOfQuota`: runs that ended with exit code 23. `heldBack`: the quota kept a run from as
 * many re-checks as it would have made without one. `sightings`: what is unseen when the year ends is seen then.
 */

/**
 * @param {import('./decisions.mjs').Decisions} decisions
 * @param {Estate} about
 * @returns {Year}
 */
export function simulateYear(decisions, about) {
  const edits = drawEdits(about);
  const estate = createEstate(about);
  const meter = createMeter(about);
  /** @type {Map<string, string> | undefined} */
  const verifiedAt = about.keepsState ? new Map() : undefined;
  /** @type {number[]} */
  const bounds = [];
  let outOfQuota = 0;
  let heldBack = false;
  let nextEdit = 0;
  for (let at = YEAR_START; at < YEAR_END; at += about.hoursBetweenRuns * HOUR_MS) {
    for (; nextEdit < edits.length && edits[nextEdit].at < at; nextEdit++) {
      estate.edit(edits[nextEdit], bounds.length);
    }
    meter.enter(at);
    const run = backUp(decisions, about, { at, estate, meter, verifiedAt });
    bounds.push(run.bound);
    estate.see(run.fetched, at, bounds.length - 1);
    outOfQuota += run.outOfQuota ? 1 : 0;
    heldBack ||= run.heldBack;
  }
  estate.see(estate.keys, YEAR_END, bounds.length);
  return { calls: meter.calls, bounds, outOfQuota, heldBack, sightings: estate.sightings };
}

/**
 * One run: lists, asks for the quota, decides, fetches. Whatever finds the quota used up ends it.
 * @returns what it fetched, and its report's bound: in how many runs everything is verified.
 */
function backUp({ chooseFetches, createBudget }, about, { at, estate, meter, verifiedAt }) {
  const { listCalls, recheckBudget, quota } = about;
  if (!meter.spend(listCalls)) {
    return { fetched: [], bound: Number.POSITIVE_INFINITY, outOfQuota: true, heldBack: true };
  }
  const source = {};
  const budget = createBudget(recheckBudget, 1);
  const choice = chooseFetches(estate.detected, {
    changes: 'auto',
    recheckBudget: budget.share(),
    now: new Date(at),
    seed: `job-${at / HOUR_MS}`,
    ...(quota === undefined ? {} : { quota: budget.leftOf({ limit: quota, left: meter.left() }, source) }),
    ...(verifiedAt === undefined ? {} : { verifiedAt }),
  });
  const keys = choice.fetch.map(({ key }) => key);
  const fetched = keys.slice(0, meter.left());
  meter.spend(keys.length);
  const time = new Date(at).toISOString();
  for (const key of fetched) {
    verifiedAt?.set(key, time);
  }
  return {
    fetched,
    bound: choice.runsUntilVerified ?? Number.POSITIVE_INFINITY,
    outOfQuota: fetched.length < keys.length,
    heldBack: choice.rechecked < Math.min(recheckBudget, choice.rechecked + choice.unverified),
  };
}

/** @returns the year's edits in the order of their time, the same for the same seed. */
function drawEdits({ resources, seed }) {
  const below = createDice(seed);
  const seconds = (YEAR_END - YEAR_START) / 1000;
  const edits = Array.from({ length: resources * EDITS }, () => ({
    at: YEAR_START + below(seconds) * 1000,
    resource: below(resources),
    hidden: below(HIDDEN_IN) === 0,
  }));
  return edits.sort((a, b) => a.at - b.at);
}

/** What the list shows of each resource, and which of their edits no run has seen. The branch starts empty. */
function createEstate({ resources }) {
  const keys = Array.from({ length: resources }, (_, index) => `collections/${index}`);
  const refs = keys.map((key) => ({ key, ref: {} }));
  const detected = refs.map((one) => ({ ...one, reason: 'added' }));
  /** @type {Map<number, { at: number, run: number }[]>} */
  const unseen = new Map();
  /** @type {Sighting[]} */
  const sightings = [];
  return {
    keys,
    detected,
    sightings,
    edit({ resource, hidden, at }, run) {
      if (hidden) {
        unseen.set(resource, [...(unseen.get(resource) ?? []), { at, run }]);
      } else {
        detected[resource] = { ...refs[resource], reason: 'updated' };
      }
    },
    see(fetched, at, toRun) {
      for (const key of fetched) {
        const resource = Number(key.slice(key.indexOf('/') + 1));
        detected[resource] = refs[resource];
        for (const edit of unseen.get(resource) ?? []) {
          sightings.push({ waitedMs: at - edit.at, fromRun: edit.run, toRun });
        }
        unseen.delete(resource);
      }
    },
  };
}

/** Counts as Postman does: by month, and none beyond the quota. */
function createMeter({ quota = Number.POSITIVE_INFINITY, quotaStartsOn = 1 }) {
  /** @type {number[]} */
  const calls = [];
  let month = -1;
  const left = () => quota - (calls.at(-1) ?? 0);
  return {
    calls,
    left,
    enter(at) {
      const current = new Date(at - (quotaStartsOn - 1) * DAY_MS).getUTCMonth();
      if (current !== month) {
        month = current;
        calls.push(0);
      }
    },
    /** @returns whether there were as many. */
    spend(count) {
      const spent = Math.min(count, left());
      calls[calls.length - 1] += spent;
      return spent === count;
    },
  };
}
