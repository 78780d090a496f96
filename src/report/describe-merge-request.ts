/** The description of a merge request: what the backup changed, in Markdown on which GitLab does not act. */
import { inert } from '../inert.ts';
import { nameOfKind } from '../kind-name.ts';
import type { Outcome } from '../model.ts';
import { describeFate, describeOutcome } from './describe-outcome.ts';
import { codeSpan, foldedList } from './markdown.ts';
import { renderChanges } from './render-changes.ts';
import type { BackupResult } from './report.ts';

// Comments show nothing: what stands between them is ours, what people write around them is theirs.
const BEGIN = '<!-- postman-gitlab: written anew with each backup -->';
const END = '<!-- postman-gitlab: end -->';
// GitLab takes 1,048,576 characters, and people write around ours.
const MAX_LENGTH = 500_000;
const MAX_OPEN_LINES = 50;

type Described = Pick<BackupResult, 'directory' | 'outcomes' | 'workspaces'>;

/** @param backups masked: a name is cut after 200 characters, and half a secret is not found. */
export function describeMergeRequest(backups: readonly Described[]): string {
  const room = Math.floor(MAX_LENGTH / Math.max(1, backups.length) / 2);
  const sections = backups.map((one) => renderBackup(one, room)).filter((section) => section.length > 0);
  const intro =
    sections.length === 0
      ? 'A backup of Postman. The target branch has all that it would bring.'
      : 'A backup of Postman. Later runs add their commits here; this text tells all that it brings.';
  return `${[BEGIN, intro, ...sections.flat(), END].join('\n\n')}\n`;
}

/**
 * @param before a description as it is now.
 * @param own what `describeMergeRequest` gives.
 * @returns the description with our part anew; nothing when it has none: then it is somebody's own.
 */
export function replaceDescription(before: string, own: string): string | undefined {
  const begin = before.indexOf(BEGIN);
  // On a line of its own: a name that holds it stands behind a dash.
  const end = before.indexOf(`\n${END}`, begin);
  return begin === -1 || end === -1
    ? undefined
    : `${before.slice(0, begin)}${own.trimEnd()}${before.slice(end + 1 + END.length)}`;
}

/** @param room characters for the list, and as many bytes for what differs. */
function renderBackup({ directory, outcomes, workspaces }: Described, room: number): string[] {
  const changed = outcomes.filter(({ status }) => status === 'changed');
  const lines = withinLength(
    changed.map((outcome) => renderLine(outcome, workspaces)),
    room,
  );
  const rest = changed.length - lines.length;
  return changed.length === 0
    ? []
    : [
        `### ${quietSpan(directory === '' ? '.' : directory)}`,
        [
          ...foldedList(lines, MAX_OPEN_LINES),
          ...(rest === 0 ? [] : [`\n${rest} more have no room here.`]),
        ].join('\n'),
        renderChanges(changed, { maxBytes: room, quote: quietSpan }).trimEnd(),
      ];
}

function renderLine(outcome: Outcome, workspaces: Described['workspaces']): string {
  const text = describeOutcome(outcome, workspaces, quietSpan);
  return `${describeFate(outcome)}: ${nameOfKind(outcome.kind)} ${text}`;
}

/** A code span stops mentions, links and references, but not the words that close an issue. */
function quietSpan(text: string): string {
  return codeSpan(inert(text));
}

function withinLength(lines: readonly string[], most: number): readonly string[] {
  let length = 0;
  const end = lines.findIndex((line) => {
    length += line.length;
    return length > most;
  });
  return end === -1 ? lines : lines.slice(0, end);
}
