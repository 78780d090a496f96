/** The sentences about a run that the log and report.md share. */

import type { BackupResult, Expense, MergeRequestResult, Report, RunStatus } from './report.ts';
import { columnOf } from './tally.ts';

const HEADLINES = {
  unchanged: 'No change was found, no commit was made.',
  changed: 'All changes that were found are backed up.',
  partial: 'Some resources are missing from this backup; their last good state was left as it is.',
  refused: 'Refused for safety; what was backed up before was left as it is.',
  failed: 'The backup failed; what was backed up before was left as it is.',
  'dry-run': 'Dry run: nothing was written.',
} as const satisfies Record<RunStatus, string>;

/** @returns the run's end in one line: status, sentence, exit code unless it is 0, seconds. */
export function describeEnd({ status, exitCode, startedAt, finishedAt }: Report): string {
  const seconds = Math.round((Date.parse(finishedAt) - Date.parse(startedAt)) / 1000);
  return `${HEADLINES[status]} (${exitCode === 0 ? '' : `exit code ${exitCode}, `}${seconds} s)`;
}

/** @returns `!7 updated`; of a dry run `would be created`. */
export function describeMergeRequestState(
  { iid, state }: MergeRequestResult,
  { isPlan }: { readonly isPlan: boolean },
): string {
  return [
    ...(iid === undefined ? [] : [`!${iid}`]),
    ...(isPlan && state !== 'unchanged' ? ['would be'] : []),
    state,
  ].join(' ');
}

/** @returns how much of the backup was compared with Postman itself. */
export function describeVerification({ outcomes, verification }: BackupResult): string {
  const columns = outcomes.map(columnOf);
  const verified = columns.filter((column) => VERIFIED.has(column)).length;
  const missed = columns.filter((column) => column === 'failed' || column === 'refused').length;
  // More than was planned, when the run ended before its end.
  const untouched = columns.filter((column) => column === 'unverified').length;
  const unverified = Math.max(verification.unverified, untouched);
  const total = verified + missed + unverified;
  const missing = missed === 0 ? '' : `; ${missed} failed or refused`;

  if (total === 0) {
    return 'There was nothing to verify.';
  }
  if (unverified > 0) {
    return `${unverified} of ${total} not verified in this run${verification.unverified > 0 ? describeRate(verification) : ''}${missing}.`;
  }
  if (missed > 0) {
    return `${verified} of ${total} resources verified${missing}.`;
  }
  return total === 1 ? 'The only resource was verified.' : `All ${total} resources verified.`;
}

const VERIFIED: ReadonlySet<string> = new Set(['added', 'updated', 'renamed', 'unchanged']);

function describeRate({ runsUntilVerified, expectation }: BackupResult['verification']): string {
  if (runsUntilVerified === undefined) {
    return ', and at this rate never: no call is left for re-checks (`changes: listed`, `recheck-budget: 0`, or too little quota)';
  }
  const every = runsUntilVerified === 1 ? 'every run' : `every ${runsUntilVerified} runs`;
  if (expectation !== true) {
    return `; at this rate all are verified ${every}`;
  }
  return `; at this rate each is verified ${every} on average (there is no state file, so the picks are random)`;
}

/** @returns what the run cost: calls by host and kind, waiting, what is left of the quota; a sentence each. */
export function describeCost(report: Expense): readonly string[] {
  const { quota } = report;
  return [
    describeCalls(report),
    ...describeWaiting(report),
    ...(quota ? [`${quota.left} of ${quota.limit} Postman calls are left this month.`] : []),
  ];
}

function describeCalls({ calls, callsByKind }: Expense): string {
  const hosts = Object.entries(calls).sort(([a], [b]) => (a < b ? -1 : 1));
  const total = hosts.reduce((sum, [, count]) => sum + count, 0);
  const shares = hosts.map(([host, count]) => `${host} ${count} (${describeKinds(callsByKind[host])})`);
  return `${total} API ${total === 1 ? 'call' : 'calls'}${shares.length === 0 ? '' : `: ${shares.join(', ')}`}.`;
}

/** The most frequent kind first. */
function describeKinds(kinds: Readonly<Record<string, number>> = {}): string {
  const sorted = Object.entries(kinds).sort(([, a], [, b]) => b - a);
  return sorted.map(([kind, count]) => `${kind} ${count}`).join(', ');
}

function describeWaiting({ waitedMs, waitedForLimitsMs }: Expense): readonly string[] {
  const parts = [
    { what: 'rate limits', ms: waitedForLimitsMs },
    { what: 'retries', ms: waitedMs - waitedForLimitsMs },
  ].filter(({ ms }) => ms >= 1000);
  const spent = parts.map(({ what, ms }) => `${Math.round(ms / 1000)} s waiting for ${what}`).join(' and ');
  return spent === '' ? [] : [`${spent}.`];
}
