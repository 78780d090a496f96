/** What became of one run: the types, and the one place that decides its status and exit code. */

import type { Outcome, Quota, Workspace } from '../model.ts';
import { findKnownCode } from './known-code.ts';
import { type Problem, problemOf } from './problem.ts';

export type RunStatus = 'unchanged' | 'changed' | 'partial' | 'refused' | 'failed' | 'dry-run';

type BackupCommit = {
  readonly id: string;
  readonly url?: string;
  readonly title: string;
};

/** What became of the merge request that brings a backup; in a dry run: what would have. */
export type MergeRequestResult = {
  /** Its number in the project; absent in a dry run that would create it, as is its address. */
  readonly iid?: number;
  readonly url?: string;
  readonly state: 'created' | 'updated' | 'unchanged' | 'closed';
};

/** How much of one backup was compared with Postman itself and not only with its list. */
type Verification = {
  readonly mode: 'full' | 'listed';
  readonly fetched: number;
  /** Of the fetched: those that the list did not show as changed. */
  readonly rechecked: number;
  readonly unverified: number;
  /** In how many runs everything will have been verified; absent when that never happens. */
  readonly runsUntilVerified?: number;
  /** `runsUntilVerified` is an expectation (no state file), not a bound. */
  readonly expectation?: boolean;
};

/** What became of one backup: one directory on one branch. */
export type BackupResult = {
  /** Project path, or path of the repository. */
  readonly destination: string;
  readonly branch: string;
  readonly directory: string;
  readonly workspaces: readonly Workspace[];
  /** In a dry run: what would have become of each resource. */
  readonly outcomes: readonly Outcome[];
  readonly commits: readonly BackupCommit[];
  /** Only with `mode: merge-request`, and when there is one. */
  readonly mergeRequest?: MergeRequestResult;
  readonly verification: Verification;
  readonly warnings: readonly string[];
};

/** What a run cost, as a report tells it. */
export type Expense = {
  /** API calls by host. */
  readonly calls: Readonly<Record<string, number>>;
  /** The same calls by host, and by what was asked for. */
  readonly callsByKind: CallsByKind;
  /** Milliseconds spent waiting for rate limits and retries. */
  readonly waitedMs: number;
  /** Of these: milliseconds spent waiting for rate limits. */
  readonly waitedForLimitsMs: number;
  /** At the end of the run. */
  readonly quota?: Quota;
};

export type Report = Expense & {
  readonly version: 1;
  /** Version of this program. */
  readonly tool: string;
  readonly status: RunStatus;
  readonly exitCode: number;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly backups: readonly BackupResult[];
  readonly error?: Problem;
};

/** Host → kind of call, in the words of the bridge that made it → how many. */
type CallsByKind = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** What a run cost. */
export type Cost = Pick<Report, 'callsByKind' | 'waitedMs' | 'waitedForLimitsMs'>;

type RunFacts = {
  readonly backups: readonly BackupResult[];
  /** What ended the run early, as it was caught. */
  readonly error?: unknown;
  readonly dryRun: boolean;
  readonly startedAt: Date;
  readonly finishedAt: Date;
  readonly cost: Cost;
  readonly quota?: Quota | undefined;
  readonly tool: string;
};

type Verdict = { readonly status: RunStatus; readonly exitCode: number };

export const NO_COST: Cost = { callsByKind: {}, waitedMs: 0, waitedForLimitsMs: 0 };

const PARTIAL = 25;
const REFUSED = 26;

/** Puts a run's facts together. An error that ended the run decides; otherwise its outcomes do. */
export function summarize(facts: RunFacts): Report {
  const problem = facts.error === undefined ? undefined : problemOf(facts.error);
  const verdict = problem === undefined ? judgeOutcomes(facts) : judgeError(problem.exitCode);
  return {
    version: 1,
    tool: facts.tool,
    ...verdict,
    startedAt: facts.startedAt.toISOString(),
    finishedAt: facts.finishedAt.toISOString(),
    ...expenseOf(facts),
    backups: facts.backups,
    ...(problem && { error: { code: problem.code, message: problem.message, hint: problem.hint } }),
  };
}

/** @returns the report of a run that ended before it began. */
export function failedReport(
  error: unknown,
  {
    startedAt,
    now,
    version,
  }: { readonly startedAt: Date; readonly now: () => Date; readonly version: string },
): Report {
  const nothing = { backups: [], dryRun: false, cost: NO_COST };
  return summarize({ ...nothing, startedAt, finishedAt: now(), tool: version, error });
}

export function expenseOf({ cost, quota }: Pick<RunFacts, 'cost' | 'quota'>): Expense {
  return { calls: countByHost(cost.callsByKind), ...cost, ...(quota && { quota }) };
}

function countByHost(calls: CallsByKind): Record<string, number> {
  return Object.fromEntries(
    Object.entries(calls).map(([host, kinds]) => [
      host,
      Object.values(kinds).reduce((sum, one) => sum + one, 0),
    ]),
  );
}

function judgeError(exitCode: number): Verdict {
  if (exitCode === REFUSED) {
    return { status: 'refused', exitCode };
  }
  return { status: exitCode === PARTIAL ? 'partial' : 'failed', exitCode };
}

function judgeOutcomes({ backups, dryRun }: RunFacts): Verdict {
  // "plan and report, write nothing; exit 0" (settings of a run, `dry-run`).
  if (dryRun) {
    return { status: 'dry-run', exitCode: 0 };
  }
  const outcomes = backups.flatMap((backup) => backup.outcomes);
  if (outcomes.some(({ status }) => status === 'refused')) {
    return { status: 'refused', exitCode: REFUSED };
  }
  const saved = outcomes.some(({ status }) => status === 'changed');
  const safe = saved || outcomes.some(({ status }) => status === 'unchanged');
  const failed = outcomes.filter(({ status }) => status === 'failed');
  if (failed.length > 0) {
    return judgeFailures(failed, safe);
  }
  const committed = backups.some((backup) => backup.commits.length > 0);
  return { status: saved || committed ? 'changed' : 'unchanged', exitCode: 0 };
}

/** @param safe something was saved or found unchanged. */
function judgeFailures(failed: readonly Outcome[], safe: boolean): Verdict {
  const status = safe ? 'partial' : 'failed';
  const codes = new Set(failed.map(({ code }) => code));
  const quota = findKnownCode('POSTMAN_QUOTA_EXHAUSTED');
  if (quota && codes.has(quota.code)) {
    return { status, exitCode: quota.exitCode };
  }
  const exitCodes = new Set([...codes].map((code) => findKnownCode(code)?.exitCode ?? PARTIAL));
  const [only = PARTIAL, ...others] = exitCodes;
  return { status, exitCode: safe || others.length > 0 ? PARTIAL : only };
}
