/** Groups failures by their reason: one outage is one problem, not five thousand. */

import { groupBy } from '../group-by.ts';
import type { Outcome } from '../model.ts';
import { findKnownCode } from './known-code.ts';

type FailureGroup = {
  readonly reason: string;
  /** What to do next; absent when the code is not in the catalogue. */
  readonly hint?: string;
  readonly outcomes: readonly Outcome[];
};

/** @returns the failed outcomes by code and note, the most frequent reason first. */
export function groupFailures(outcomes: readonly Outcome[]): FailureGroup[] {
  const failed = outcomes.filter(({ status }) => status === 'failed');
  return [...groupBy(failed, reasonOf)]
    .map(([reason, members]) => ({ reason, outcomes: members, ...hintFor(members[0].code) }))
    .sort((a, b) => b.outcomes.length - a.outcomes.length);
}

function reasonOf({ code = 'failed', note }: Outcome): string {
  return note === undefined ? code : `${code}  ${note}`;
}

function hintFor(code: string | undefined): { hint?: string } {
  const known = findKnownCode(code);
  return known ? { hint: known.hint } : {};
}
