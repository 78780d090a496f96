/** report.md: the report for people who read it in a browser. */

import { nameOfKind } from '../kind-name.ts';
import type { Outcome } from '../model.ts';
import { describeProblem } from './describe-error.ts';
import { describeFate, describeOutcome } from './describe-outcome.ts';
import { codeBlock, codeSpan, foldedList, link } from './markdown.ts';
import { renderChanges } from './render-changes.ts';
import type { BackupResult, Report } from './report.ts';
import { describeCost, describeEnd, describeMergeRequestState, describeVerification } from './sentences.ts';
import { tally } from './tally.ts';

const MAX_LINES = 50;
// A browser shows it at once, and GitLab still renders it.
const MAX_CHANGES_BYTES = 512 * 1024;

/**
 * @param report passed through `maskReport`: a name is cut after 200 characters, and half a secret is not found.
 * @returns Markdown in which every name and message stands as a code span.
 */
export function renderMarkdown(report: Report): string {
  const { status, startedAt, finishedAt, tool, error, backups } = report;
  const lines = [
    `# Postman backup: ${status}`,
    '',
    describeEnd(report),
    '',
    ...(error ? [...codeBlock(describeProblem(error)), ''] : []),
    `- ${startedAt} to ${finishedAt}, version ${codeSpan(tool)}`,
    ...describeCost(report).map((sentence) => `- ${sentence}`),
    ...backups.flatMap((backup) => renderBackup(backup, status === 'dry-run')),
  ];
  return `${lines.join('\n')}\n`;
}

function renderBackup(backup: BackupResult, isPlan: boolean): string[] {
  const { destination, branch, directory, outcomes, commits, mergeRequest, warnings } = backup;
  const listed = (...statuses: Outcome['status'][]) =>
    outcomes
      .filter(({ status }) => statuses.includes(status))
      .map((outcome) => renderOutcome(outcome, backup));
  return [
    '',
    `## ${codeSpan(destination)}, branch ${codeSpan(branch)}, directory ${codeSpan(directory)}`,
    ...renderTable(outcomes),
    '',
    describeVerification(backup),
    ...renderList(
      'Warnings',
      warnings.map((warning) => codeSpan(warning, 1000)),
    ),
    ...renderList('Failed', listed('failed')),
    ...renderList('Refused', listed('refused')),
    ...renderList('Changes', listed('changed')),
    ...renderDifferences(outcomes),
    ...renderList('Kept and skipped', listed('kept', 'skipped')),
    ...renderList(
      'Commits',
      commits.map(({ id, url, title }) => `${link(id.slice(0, 8), url)} ${codeSpan(title)}`),
    ),
    ...renderList(
      'Merge request',
      mergeRequest === undefined
        ? []
        : [link(describeMergeRequestState(mergeRequest, { isPlan }), mergeRequest.url)],
    ),
  ];
}

function renderTable(outcomes: readonly Outcome[]): string[] {
  const { columns, rows } = tally(outcomes);
  if (rows.length === 0) {
    return [];
  }
  return [
    '',
    `| | ${columns.join(' | ')} |`,
    `|---|${columns.map(() => '---:|').join('')}`,
    ...rows.map(({ label, counts }) => `| ${label} | ${counts.join(' | ')} |`),
  ];
}

function renderList(title: string, items: readonly string[]): string[] {
  return items.length === 0 ? [] : ['', `### ${title}`, '', ...foldedList(items, MAX_LINES)];
}

function renderDifferences(outcomes: readonly Outcome[]): string[] {
  const changes = renderChanges(outcomes, { maxBytes: MAX_CHANGES_BYTES }).trimEnd();
  return changes === '' ? [] : ['', '### What changed', '', changes];
}

function renderOutcome(outcome: Outcome, { workspaces }: BackupResult): string {
  const { status, code, path, findings = [] } = outcome;
  const place = path === undefined ? '' : `, file ${codeSpan(path, 1000)}`;
  const found = findings.map((finding) => codeSpan(`${finding.rule} at ${finding.path}`)).join(', ');
  const fate =
    status === 'failed' && code !== undefined ? `failed, ${codeSpan(code)}` : describeFate(outcome);
  const text = describeOutcome(outcome, workspaces, codeSpan);
  return `${fate}: ${nameOfKind(outcome.kind)} ${text}${place}${found === '' ? '' : `, found ${found}`}`;
}
