/** Which bodies to fetch: what the list shows as changed, and as many others as certainty is worth (design §4). */
import { createHash } from 'node:crypto';
import type { Quota, ResourceKey } from '../model.ts';
import type { DetectedRef } from './detect-changes.ts';

type ChangesMode = 'auto' | 'full' | 'listed';

export type FetchOptions = {
  readonly changes: ChangesMode;
  /** Most resources that are fetched in a run without a sign that they changed. */
  readonly recheckBudget: number;
  /** What is left of the month; absent when it is not limited or not known. */
  readonly quota?: Quota;
  /** When each resource was last verified (ISO 8601); absent when no state was kept. */
  readonly verifiedAt?: ReadonlyMap<ResourceKey, string>;
  readonly now: Date;
  /** Makes the pick differ from run to run when nothing is known of earlier ones. */
  readonly seed: string;
};

export type FetchChoice = {
  readonly fetch: readonly DetectedRef[];
  readonly mode: 'full' | 'listed';
  /** How many of `fetch` are looked at without a sign that they changed. */
  readonly rechecked: number;
  readonly unverified: number;
  /** In how many runs everything will have been verified at this rate; absent when never. */
  readonly runsUntilVerified?: number;
  /** `runsUntilVerified` is what to expect, not a bound: without a state the pick is random. */
  readonly expectation: boolean;
};

const HOUR_MS = 3_600_000;
// Backups are not alone: people and other tools call the API with the same quota, so a fifth is left to them. At the
// start of the month little is free: what re-checks take then, the lists of the month's last days may need.
const FREE_AT_MONTH_START = 0.05;
const FREE_OVER_THE_MONTH = 0.75;

/** @returns what to fetch, in the order of `refs`, and what that says about certainty. */
export function chooseFetches(refs: readonly DetectedRef[], options: FetchOptions): FetchChoice {
  const shown = refs.filter(({ reason }) => reason !== undefined);
  const quiet = refs.filter(({ reason }) => reason === undefined);
  const budget = Math.min(quiet.length, recheckBudget(refs.length, shown.length, options));
  const rechecked = new Set(longestUnverified(quiet, options).slice(0, budget));
  const unverified = quiet.length - budget;
  const runs = unverified === 0 ? 1 : Math.ceil(quiet.length / budget);
  return {
    // In the order of the list, so that commits come out the same however the answers arrive.
    fetch: refs.filter((one) => one.reason !== undefined || rechecked.has(one)),
    mode: unverified === 0 ? 'full' : 'listed',
    rechecked: budget,
    unverified,
    ...(Number.isFinite(runs) ? { runsUntilVerified: runs } : {}),
    expectation: unverified > 0 && options.verifiedAt === undefined,
  };
}

function recheckBudget(total: number, shown: number, options: FetchOptions): number {
  if (options.changes === 'listed') {
    return 0;
  }
  if (options.changes === 'full') {
    return total;
  }
  return Math.max(0, Math.min(options.recheckBudget, quotaForThisRun(options) - shown));
}

/**
 * What the month's quota bears now: the part of it that has come free as the month went by, less what is used. When
 * that is more already, half of what the month would leave over if it went on as it did, evenly over hourly runs: so
 * the lists of the runs to come are provided for. The month is taken as the calendar's: the API does not say when its
 * count starts anew.
 */
function quotaForThisRun({ quota, now }: FetchOptions): number {
  if (quota === undefined) {
    return Number.POSITIVE_INFINITY;
  }
  const monthStart = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1);
  const monthEnd = Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 1);
  const elapsed = (now.getTime() - monthStart) / (monthEnd - monthStart);
  const used = quota.limit - quota.left;
  const free = quota.limit * (FREE_AT_MONTH_START + FREE_OVER_THE_MONTH * elapsed) - used;
  const leftOver = quota.limit - used / elapsed;
  const hoursLeft = Math.max(1, (monthEnd - now.getTime()) / HOUR_MS);
  return Math.floor(free >= 0 ? free : Math.min(quota.left, leftOver) / hoursLeft / 2);
}

/** Oldest first. Those of one age follow the list, in a circle from a random start: each has the same chance. */
function longestUnverified(quiet: readonly DetectedRef[], { verifiedAt, seed }: FetchOptions): DetectedRef[] {
  const start = createHash('sha256').update(seed).digest().readUInt32BE() % Math.max(1, quiet.length);
  const circle = [...quiet.slice(start), ...quiet.slice(0, start)];
  if (verifiedAt === undefined) {
    return circle;
  }
  const aged = circle.map((one) => ({ one, at: verifiedAt.get(one.key) ?? '' }));
  return aged.sort((a, b) => (a.at < b.at ? -1 : Number(a.at > b.at))).map(({ one }) => one);
}
