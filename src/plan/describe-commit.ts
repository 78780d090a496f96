/** The commit message: what happened in the first line, each resource in the body, machine-readable trailers. */
import { nameOfKind } from '../kind-name.ts';
import type { ChangeType, Outcome, Workspace } from '../model.ts';
import { printable } from '../printable.ts';

export type MessageOptions = {
  readonly outcomes: readonly Outcome[];
  readonly workspaces: readonly Workspace[];
  /** Unique for each commit, so that a sibling's commit is never taken for ours. */
  readonly runId: string;
  readonly prefix: string;
  readonly skipCi: boolean;
};

// What GitLab shows of a description, far below its limit of 1 MiB.
const MAX_LINES = 1000;
// GitLab acts on these wherever they stand in a message: it skips pipelines, and closes issues ("Fixes #12").
const COMMAND_STARTS = /\[(?=(?:ci[ _-]skip|skip[ _-]ci)\])|#(?=\d)/gi;

export function describeCommit({ outcomes, workspaces, runId, prefix, skipCi }: MessageOptions): string {
  const changed = outcomes.filter(({ status }) => status === 'changed');
  const lines = changed.slice(0, MAX_LINES).map(describeChange);
  if (changed.length === 0) {
    lines.push('- no file changed; the manifest says anew what lies where');
  }
  if (changed.length > MAX_LINES) {
    lines.push(`- and ${changed.length - MAX_LINES} more`);
  }
  const trailers = [
    ...workspaces.map(({ id, name }) => `Postman-Workspace: ${inert(name)} (${inert(id)})`),
    `Backup-Run: ${runId}`,
  ];
  const subject = `${prefix === '' ? '' : `${prefix} `}Back up Postman: ${describeCounts(changed)}`;
  const paragraphs = [subject, lines.join('\n'), skipCi ? '[skip ci]' : '', trailers.join('\n')];
  return `${paragraphs.filter((paragraph) => paragraph !== '').join('\n\n')}\n`;
}

/** @returns `updated collection "Orders" (edit not shown by Postman's list)`, behind a dash. */
function describeChange(outcome: Outcome): string {
  const { changes = [], kind, name, path, previous, hidden } = outcome;
  const from = previous === undefined ? '' : `: ${inert(previous)} → ${inert(path ?? '')}`;
  const remark = hidden === true ? " (edit not shown by Postman's list)" : '';
  return `- ${changes.join(', ')} ${nameOfKind(kind)} "${inert(name)}"${from}${remark}`;
}

/** A name from Postman: it stays on its line and makes GitLab do nothing. */
function inert(name: string): string {
  return printable(name).replace(COMMAND_STARTS, '$& ');
}

function describeCounts(changed: readonly Outcome[]): string {
  const counts = new Map<ChangeType, number>();
  for (const { changes = [] } of changed) {
    const [first] = changes;
    if (first !== undefined) {
      counts.set(first, (counts.get(first) ?? 0) + 1);
    }
  }
  const parts = [...counts].map(([change, count]) => `${count} ${change}`);
  return parts.length === 0 ? 'only the manifest' : parts.join(', ');
}
