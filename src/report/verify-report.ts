/** What became of a verification: the document, its status and its exit code. */
import { KnownError } from '../errors.ts';
import type { Quota } from '../model.ts';
import { printable } from '../printable.ts';
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
  /** What ended the run, or what is wrong with the backups. */
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

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Puts a run's facts together. An error that ended the run decides; otherwise what was found does. */
export function summarizeVerify(facts: VerifyFacts): VerifyReport {
  const { backups, error, startedAt, finishedAt, tool } = facts;
  const verdict = judge(backups);
  const { exitCode, ...problem } =
    error === undefined && verdict === undefined ? { exitCode: 0 } : problemOf(error ?? verdict);
  return {
    version: 1,
    tool,
    status: error === undefined ? statusOf(verdict) : 'failed',
    exitCode,
    summary: describeSummary(backups, finishedAt),
    startedAt: startedAt.toISOString(),
    finishedAt: finishedAt.toISOString(),
    ...expenseOf(facts),
    backups,
    ...('code' in problem ? { error: problem } : {}),
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

/** @returns what is wrong, if anything is: what cannot be brought back comes before what is old. */
function judge(backups: readonly VerifiedBackup[]): KnownError | undefined {
  const broken = backups.map(countBroken).reduce((sum, count) => sum + count, 0);
  if (broken > 0) {
    const what = broken === 1 ? '1 thing' : `${broken} things`;
    return new KnownError('NOT_RESTORABLE', `${what} cannot be brought back as the backup says.`);
  }
  const overdue = backups
    .filter(({ isOverdue }) => isOverdue)
    .map(({ directory }) => printable(directory || '.'));
  return overdue.length === 0
    ? undefined
    : new KnownError('BACKUP_TOO_OLD', `The backup is older than allowed: ${overdue.join(', ')}.`);
}

function countBroken({ resources, isIndexed, past }: VerifiedBackup): number {
  const unsound = resources.filter((one) => !isSound(one)).length;
  return unsound + (isIndexed ? 0 : 1) + (past?.broken.length ?? 0);
}

function statusOf(verdict: KnownError | undefined): VerifyReport['status'] {
  if (verdict === undefined) {
    return 'verified';
  }
  return verdict.code === 'BACKUP_TOO_OLD' ? 'overdue' : 'broken';
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
    ...(kept === 0 ? [] : [`${kept} kept only`]),
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
