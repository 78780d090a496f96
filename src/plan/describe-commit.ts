/** The commit message: what happened in the first line, each resource in the body, machine-readable trailers. */
import { summarizeDifferences } from '../describe-differences.ts';
import { inert } from '../inert.ts';
import { nameOfKind } from '../kind-name.ts';
import type { ChangeType, Outcome, Workspace } from '../model.ts';
import { printable } from '../printable.ts';

export type MessageOptions = {
  readonly outcomes: readonly Outcome[];
  readonly workspaces: readonly Workspace[];
  /** Named only where runs of other backups have to know: on the branch of a merge request. */
  readonly directories?: readonly string[];
  /** How many resources have failed by now: who reads the branch later learns it from nowhere else. */
  readonly failed: number;
  /** Unique for each commit, so that a sibling's commit is never taken for ours. */
  readonly runId: string;
  readonly prefix: string;
  readonly skipCi: boolean;
};

// A person reads no more, and GitLab's limit is 1 MiB.
const MAX_LINES = 1000;
const MAX_BYTES = 256 * 1024;
const MAX_WORKSPACES = 100;

export function describeCommit(options: MessageOptions): string {
  const { outcomes, workspaces, directories = [], failed, runId, prefix, skipCi } = options;
  const changed = outcomes.filter(({ status }) => status === 'changed');
  const lines = withinBytes(changed.slice(0, MAX_LINES).map(describeChange));
  if (lines.length < changed.length) {
    lines.push(`- and ${changed.length - lines.length} more`);
  }
  if (changed.length === 0) {
    lines.push('- no file changed; the manifest says anew what lies where');
  }
  const trailers = [
    ...workspaces
      .slice(0, MAX_WORKSPACES)
      .map(({ id, name }) => `Postman-Workspace: ${inert(name)} (${inert(id)})`),
    ...directories.map((directory) => `Backup-Directory: ${directory === '' ? '.' : printable(directory)}`),
    ...(failed === 0 ? [] : [`Backup-Failed: ${failed}`]),
    `Backup-Run: ${printable(runId)}`,
  ];
  const paragraphs = [
    describeSubject(changed, prefix),
    lines.join('\n'),
    skipCi ? '[skip ci]' : '',
    trailers.join('\n'),
  ];
  return `${paragraphs.filter((paragraph) => paragraph !== '').join('\n\n')}\n`;
}

/** @returns `Back up Postman: 2 updated, 1 added`, behind the prefix if there is one: also the title of a merge request. */
export function describeSubject(changed: readonly Outcome[], prefix: string): string {
  return `${subjectStart(prefix)}${describeCounts(changed)}`;
}

/** @returns whether a text is what `describeSubject` gives, of whatever changes. */
export function isSubject(text: string, prefix: string): boolean {
  return text.startsWith(subjectStart(prefix));
}

function subjectStart(prefix: string): string {
  return `${prefix === '' ? '' : `${prefix} `}Back up Postman: `;
}

/** @returns `updated collection "Orders" (edit not shown by Postman's list)`, behind a dash; below it what differs. */
function describeChange(outcome: Outcome): string {
  const { changes = [], kind, name, path, previous, hidden } = outcome;
  const from = previous === undefined ? '' : `: ${inert(previous)} → ${inert(path ?? '')}`;
  const remark = hidden === true ? " (edit not shown by Postman's list)" : '';
  const title = `- ${changes.join(', ')} ${nameOfKind(kind)} "${inert(name)}"${from}${remark}`;
  const differences = summarizeDifferences(outcome, (text) => `"${inert(text)}"`);
  return [title, ...differences.map((line) => `  ${line}`)].join('\n');
}

/** @returns the first of the lines, as many as a message has room for. */
function withinBytes(lines: readonly string[]): string[] {
  let bytes = 0;
  const end = lines.findIndex((line) => {
    bytes += Buffer.byteLength(line);
    return bytes > MAX_BYTES;
  });
  return end === -1 ? [...lines] : lines.slice(0, end);
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
