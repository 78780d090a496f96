/** The sentences about a run that the log and report.md share. */

import type { BackupResult, Report, RunStatus } from './report.ts';
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

/** @returns what the run cost: calls by host, waiting, what is left of the quota. */
export function describeCost({ calls, waitedMs, quota }: Report): string {
  const hosts = Object.entries(calls).sort(([a], [b]) => (a < b ? -1 : 1));
  let total = 0;
  for (const [, count] of hosts) {
    total += count;
  }
  const parts = [`${total} API ${total === 1 ? 'call' : 'calls'}${describeHosts(hosts)}`];
  if (waitedMs >= 1000) {
    parts.push(`${Math.round(waitedMs / 1000)} s spent waiting for rate limits and retries`);
  }
  if (quota) {
    parts.push(`${quota.left} of ${quota.limit} Postman calls left this month`);
  }
  return `${parts.join('; ')}.`;
}

function describeHosts(hosts: readonly (readonly [string, number])[]): string {
  return hosts.length === 0 ? '' : ` (${hosts.map(([host, count]) => `${host} ${count}`).join(', ')})`;
}
