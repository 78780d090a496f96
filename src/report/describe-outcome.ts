/** What became of one resource, in the words that the log and report.md share. */

import type { Outcome, Workspace } from '../model.ts';

/** Makes untrusted text fit for where it is shown: one log line, or Markdown. */
type Quote = (text: string, maxLength?: number) => string;

const MAX_NOTE = 1000;

/** @returns `renamed, updated` for what changed, otherwise the status. */
export function describeFate({ status, changes = [] }: Outcome): string {
  return status === 'changed' && changes.length > 0 ? changes.join(', ') : status;
}

/**
 * @param workspaces those of the backup: a resource's own is named when there are several.
 * @returns the resource's name and all that is known of it, on one line.
 */
export function describeOutcome(outcome: Outcome, workspaces: readonly Workspace[], quote: Quote): string {
  const remarks = describeRemarks(outcome, workspaces, quote);
  const bracketed = remarks.length === 0 ? '' : ` (${remarks.join('; ')})`;
  const note = outcome.note === undefined ? '' : `: ${quote(outcome.note, MAX_NOTE)}`;
  return `${quote(outcome.name)}${bracketed}${note}`;
}

function describeRemarks(outcome: Outcome, workspaces: readonly Workspace[], quote: Quote): string[] {
  const { previous, hidden, shrunk, findings = [], workspace } = outcome;
  const remarks: string[] = [];
  if (workspaces.length > 1) {
    const known = workspaces.find(({ id }) => id === workspace);
    remarks.push(`in ${quote(known?.name ?? workspace)}`);
  }
  if (previous !== undefined) {
    remarks.push(`was ${quote(previous)}`);
  }
  if (hidden === true) {
    remarks.push("edit not shown by Postman's list");
  }
  if (shrunk !== undefined) {
    remarks.push(`${shrunk.to} of ${shrunk.from} items are left`);
  }
  if (findings.length > 0) {
    remarks.push(`${findings.length} ${findings.length === 1 ? 'secret' : 'secrets'} found`);
  }
  return remarks;
}
