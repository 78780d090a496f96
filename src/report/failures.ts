/** Groups failures by their reason: one outage is one problem, not five thousand. */

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
  const groups = new Map<string, Outcome[]>();
  for (const outcome of outcomes) {
    if (outcome.status !== 'failed') {
      continue;
    }
    const reason = [outcome.code ?? 'failed', outcome.note].filter((part) => part !== undefined).join('  ');
    const group = groups.get(reason);
    if (group) {
      group.push(outcome);
    } else {
      groups.set(reason, [outcome]);
    }
  }
  return [...groups]
    .map(([reason, members]) => ({ reason, outcomes: members, ...hintFor(members[0]?.code) }))
    .sort((a, b) => b.outcomes.length - a.outcomes.length);
}

function hintFor(code: string | undefined): { hint?: string } {
  const known = findKnownCode(code);
  return known ? { hint: known.hint } : {};
}
