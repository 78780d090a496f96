/** What became of a verification: the document, its status and its exit code. */
import type { Quota } from '../model.ts';
import type { VerifiedBackup, VerifiedResource } from '../verified.ts';
import { type Problem, problemOf } from './problem.ts';
import { type Cost, type Expense, expenseOf, NO_COST } from './report.ts';

export type VerifyReport = Expense & {
  readonly version: 1;
  /** Version of this program. */
  readonly tool: string;
  readonly status: 'verified' | 'overdue' | 'broken' | 'failed';
  readonly exitCode: number;
  /** The result in one line: `137 of 137 restorable, newest 2 h old`. */
  readonly summary: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly backups: readonly VerifiedBackup[];
  readonly error?: Problem;
};

type VerifyFacts = {
  readonly backups: readonly VerifiedBackup[];
  /** What ended the run early, as it was caught. */
  readonly error?: unknown;
  readonly startedAt: Date;
  readonly finishedAt: Date;
  readonly cost: Cost;
  readonly quota?: Quota | undefined;
  readonly tool: string;
};

const BROKEN = 27;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Puts a run's facts together. An error that ended the run decides; otherwise what was found does. */
export function summarizeVerify(facts: VerifyFacts): VerifyReport {
  const { backups, error, startedAt, finishedAt, tool } = facts;
  const problem = error === undefined ? undefined : problemOf(error);
  return {
    version: 1,
    tool,
    ...(problem === undefined ? judge(backups) : { status: 'failed', exitCode: problem.exitCode }),
    summary: describeSummary(backups, finishedAt),
    startedAt: startedAt.toISOString(),
    finishedAt: finishedAt.toISOString(),
    ...expenseOf(facts),
    backups,
    ...(problem && { error: { code: problem.code, message: problem.message, hint: problem.hint } }),
  };
}

/** @returns the report of a run that ended before it began. */
export function failedVerify(
  error: unknown,
  {
    startedAt,
    now,
    version,
  }: { readonly startedAt: Date; readonly now: () => Date; readonly version: string },
): VerifyReport {
  return summarizeVerify({ backups: [], error, startedAt, finishedAt: now(), cost: NO_COST, tool: version });
}

/** Whether it can be brought back, and was as it was in a drill. */
export function isSound({ state, drill }: VerifiedResource): boolean {
  return state !== 'broken' && drill?.state !== 'different' && drill?.state !== 'failed';
}

function judge(backups: readonly VerifiedBackup[]): Pick<VerifyReport, 'status' | 'exitCode'> {
  const isBroken = backups.some(
    ({ resources, isIndexed, past }) =>
      !isIndexed || !resources.every(isSound) || (past !== undefined && past.broken.length > 0),
  );
  if (isBroken) {
    return { status: 'broken', exitCode: BROKEN };
  }
  return backups.some(({ isOverdue }) => isOverdue)
    ? { status: 'overdue', exitCode: BROKEN }
    : { status: 'verified', exitCode: 0 };
}

function describeSummary(backups: readonly VerifiedBackup[], now: Date): string {
  if (backups.length === 0) {
    return 'Nothing was verified';
  }
  const resources = backups.flatMap((backup) => backup.resources);
  const kept = resources.filter((one) => one.state === 'kept').length;
  const sound = resources.filter((one) => one.state !== 'kept' && isSound(one)).length;
  const newest = backups
    .flatMap((backup) => backup.newest ?? [])
    .sort()
    .at(-1);
  return [
    `${sound} of ${resources.length - kept} restorable`,
    ...(kept === 0 ? [] : [`${kept} whole, but no API takes them back`]),
    newest === undefined
      ? 'no commit of a backup'
      : `newest ${describeAge(now.getTime() - Date.parse(newest))} old`,
  ].join(', ');
}

/** @returns whole minutes below an hour, hours below two days, days from there on. */
function describeAge(milliseconds: number): string {
  if (milliseconds < HOUR) {
    return `${Math.max(0, Math.floor(milliseconds / MINUTE))} min`;
  }
  return milliseconds < 2 * DAY
    ? `${Math.floor(milliseconds / HOUR)} h`
    : `${Math.floor(milliseconds / DAY)} days`;
}
