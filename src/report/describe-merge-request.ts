/** The description of a merge request: what the backup changed, in Markdown on which GitLab does not act. */
import { inert } from '../inert.ts';
import { nameOfKind } from '../kind-name.ts';
import type { Outcome } from '../model.ts';
import { describeFate, describeOutcome } from './describe-outcome.ts';
import { codeSpan, foldedList } from './markdown.ts';
import { renderChanges } from './render-changes.ts';
import type { BackupResult } from './report.ts';

// A comment shows nothing: what begins with it is ours.
const MARKER = '<!-- postman-gitlab -->';
// GitLab takes 1,048,576 characters.
const MAX_LENGTH = 500_000;
const MAX_OPEN_LINES = 50;

type Described = Pick<BackupResult, 'directory' | 'outcomes' | 'workspaces'>;

/** @param backups masked: a name is cut after 200 characters, and half a secret is not found. */
export function describeMergeRequest(backups: readonly Described[]): string {
  const sections = backups.map(renderBackup).filter((section) => section.length > 0);
  const intro =
    'A backup of Postman. Later runs add their commits here; this text tells what the last one changed.';
  return `${[MARKER, intro, ...sections.flat()].join('\n\n')}\n`;
}

/** Whether a merge request is one of ours, and nobody took its description over. */
export function isOwnDescription(description: string): boolean {
  return description.trimStart().startsWith(MARKER);
}

function renderBackup({ directory, outcomes, workspaces }: Described): string[] {
  const changed = outcomes.filter(({ status }) => status === 'changed');
  const lines = withinLength(changed.map((outcome) => renderLine(outcome, workspaces)));
  const rest = changed.length - lines.length;
  return changed.length === 0
    ? []
    : [
        `### ${quietSpan(directory === '' ? '.' : directory)}`,
        [
          ...foldedList(lines, MAX_OPEN_LINES),
          ...(rest === 0 ? [] : [`\n${rest} more have no room here.`]),
        ].join('\n'),
        renderChanges(changed, { maxBytes: MAX_LENGTH, quote: quietSpan }).trimEnd(),
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

function withinLength(lines: readonly string[]): readonly string[] {
  let length = 0;
  const end = lines.findIndex((line) => {
    length += line.length;
    return length > MAX_LENGTH;
  });
  return end === -1 ? lines : lines.slice(0, end);
}
