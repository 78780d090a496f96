/** What a run reported, in lines that are the same in every run: without clocks, addresses and ids of commits. */
import { summarizeDifferences } from '../../src/describe-differences.ts';
import type { Outcome } from '../../src/model.ts';
import type { BackupResult, Report } from '../../src/report/report.ts';
import { showText } from './show-text.ts';

type FilesOf = (commit: string) => Promise<readonly string[]>;

export async function describeRun(report: Report, filesOf: FilesOf): Promise<readonly string[]> {
  const { backups, error } = report;
  const lines = backups.flatMap(describeBackup);
  const commits = new Map(backups.flatMap((backup) => backup.commits.map(({ id, title }) => [id, title])));
  for (const [id, title] of commits) {
    lines.push(
      '',
      `commit "${showText(title)}"`,
      ...(await filesOf(id)).map((file) => `  ${showText(file)}`),
    );
  }
  if (error !== undefined) {
    lines.push('', ...showLines(`error ${error.code}: ${error.message}`));
  }
  return lines;
}

function describeBackup({ directory, outcomes, warnings }: BackupResult): readonly string[] {
  return [
    '',
    directory,
    ...outcomes.map((outcome) => describeOutcome(outcome).join('\n')).sort(),
    ...warnings.flatMap((warning) => showLines(`warning: ${warning}`)),
  ];
}

function describeOutcome(outcome: Outcome): readonly string[] {
  const { status, kind, name, path, changes = [], previous, hidden, code, note, findings = [] } = outcome;
  const remarks = [
    ...(changes.length === 0 ? [] : [changes.join(', ')]),
    ...(previous === undefined ? [] : [`was "${showText(previous)}"`]),
    ...(hidden === true ? ["edit not shown by Postman's list"] : []),
    ...(code === undefined ? [] : [code]),
    ...(note === undefined ? [] : [showText(note)]),
  ];
  const place = path === undefined ? '' : ` (${showText(path)})`;
  const line = [`  ${status} ${kind} "${showText(name)}"${place}`, remarks.join('; ')].filter(Boolean);
  // What a new one holds is in its file.
  const differences = changes.includes('added')
    ? []
    : summarizeDifferences(outcome, (text) => `"${showText(text)}"`);
  return [
    line.join(': '),
    ...differences.map((difference) => `    ${difference}`),
    ...findings.map((finding) => `    ${finding.rule} at ${showText(finding.path)}`),
  ];
}

/** A text of several lines, the later ones indented. */
function showLines(text: string): readonly string[] {
  return text.split('\n').map((line, index) => `${index === 0 ? '' : '  '}${showText(line)}`);
}
