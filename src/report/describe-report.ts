/** The end of the log: what changed, what failed, what it cost. */

import { summarizeDifferences } from '../describe-differences.ts';
import { nameOfKind } from '../kind-name.ts';
import type { Outcome } from '../model.ts';
import { printable } from '../printable.ts';
import { describeFate, describeOutcome } from './describe-outcome.ts';
import { groupFailures } from './failures.ts';
import { shorten } from './lines.ts';
import type { BackupResult, Report } from './report.ts';
import { describeCost, describeEnd, describeMergeRequestState, describeVerification } from './sentences.ts';
import { tally } from './tally.ts';

const MAX_REASONS = 10;
const MAX_EXAMPLES = 3;
const MAX_FINDINGS = 10;

/**
 * @param report passed through `maskReport`: a name is cut after 200 characters, and half a secret is not found.
 * @returns lines; an error that ended the run is not among them (`describeError` has it).
 */
export function describeReport(report: Report): string {
  const lines = report.backups.flatMap((backup) => [
    ...describeBackup(backup, report.status === 'dry-run'),
    '',
  ]);
  return [...lines, ...describeCost(report), describeEnd(report)].join('\n');
}

function describeBackup(backup: BackupResult, isPlan: boolean): string[] {
  const { destination, branch, directory, outcomes, commits, mergeRequest, warnings } = backup;
  return [
    [destination, branch, directory].map((part) => printable(part)).join(' · '),
    ...outcomes.flatMap((outcome) => describeLine(outcome, backup)),
    ...describeFailures(outcomes),
    ...drawTable(outcomes),
    ...commits.map(({ id, title, url }) => {
      const link = url === undefined ? '' : `  ${printable(url, 1000)}`;
      return `  commit    ${printable(id).slice(0, 8)}  ${printable(title)}${link}`;
    }),
    ...(mergeRequest === undefined
      ? []
      : [
          `  merge request ${describeMergeRequestState(mergeRequest, { isPlan })}  ${printable(mergeRequest.url ?? '', 1000)}`.trimEnd(),
        ]),
    `  ${describeVerification(backup)}`,
    ...warnings.map((warning) => `! ${printable(warning, 1000)}`),
  ];
}

function describeLine(outcome: Outcome, { workspaces }: BackupResult): string[] {
  const { status, findings = [] } = outcome;
  if (status === 'unchanged' || status === 'unverified' || status === 'failed') {
    return [];
  }
  const line = `${labelOf(describeFate(outcome))}${nameOfKind(outcome.kind).padEnd(12)}${describeOutcome(outcome, workspaces, printable)}`;
  if (status === 'changed') {
    const differences = summarizeDifferences(outcome, (name) => `"${printable(name)}"`);
    return [line, ...differences.map(indent)];
  }
  if (status !== 'refused') {
    return [line];
  }
  const found = findings.map(({ rule, path }) => `${printable(rule)} at ${printable(path)}`);
  return [line, ...shorten(found, MAX_FINDINGS).map(indent)];
}

function describeFailures(outcomes: readonly Outcome[]): string[] {
  const groups = groupFailures(outcomes);
  const lines = groups.slice(0, MAX_REASONS).flatMap(({ reason, hint, outcomes: members }) => {
    const examples = members.map(
      (outcome) => `${nameOfKind(outcome.kind).padEnd(12)}${printable(outcome.name)}`,
    );
    const fix = hint === undefined ? [] : [`Fix  ${hint}`];
    return [
      `${labelOf('failed')}${members.length} × ${printable(reason, 1000)}`,
      ...[...shorten(examples, MAX_EXAMPLES), ...fix].map(indent),
    ];
  });
  const rest = groups.slice(MAX_REASONS).flatMap((group) => group.outcomes).length;
  return rest === 0 ? lines : [...lines, `${labelOf('failed')}… and ${rest} more for other reasons`];
}

function drawTable(outcomes: readonly Outcome[]): string[] {
  const { columns, rows } = tally(outcomes);
  if (rows.length === 0) {
    return [];
  }
  const cells = [['', ...columns], ...rows.map(({ label, counts }) => [label, ...counts.map(String)])];
  const widths = ['', ...columns].map((_, column) =>
    Math.max(...cells.map((row) => row[column]?.length ?? 0)),
  );
  const lines = cells.map((row) =>
    row.map((cell, column) => alignCell(cell, column, widths[column])).join('  '),
  );
  return ['', ...lines.map((line) => `  ${line}`), ''];
}

function alignCell(cell: string, column: number, width: number = 0): string {
  return column === 0 ? cell.padEnd(width) : cell.padStart(width);
}

function labelOf(word: string): string {
  return `  ${word.padEnd(9)} `;
}

function indent(line: string): string {
  return `            ${line}`;
}
