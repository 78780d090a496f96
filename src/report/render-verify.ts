/** report.md of a verification. */
import { nameOfKind } from '../kind-name.ts';
import type { VerifiedBackup } from '../verified.ts';
import { describeProblem } from './describe-error.ts';
import { describeVerified, type Finding, groupByFinding, TITLES } from './describe-verified.ts';
import { describePast, remarksOn } from './describe-verify.ts';
import { codeBlock, codeSpan, foldedList } from './markdown.ts';
import { describeCost } from './sentences.ts';
import type { VerifyReport } from './verify-report.ts';

const MAX_LINES = 50;

/**
 * @param report passed through `maskReport`.
 * @returns Markdown in which every name and message stands as a code span.
 */
export function renderVerify(report: VerifyReport): string {
  const { summary, startedAt, finishedAt, tool, error, backups } = report;
  const lines = [
    `# ${summary}`,
    '',
    ...(error ? [...codeBlock(describeProblem(error)), ''] : []),
    `- ${startedAt} to ${finishedAt}, version ${codeSpan(tool)}`,
    ...describeCost(report).map((sentence) => `- ${sentence}`),
    ...backups.flatMap(renderBackup),
  ];
  return `${lines.join('\n')}\n`;
}

function renderBackup(backup: VerifiedBackup): readonly string[] {
  const { repository, ref, commit, directory, past } = backup;
  const groups = groupByFinding(backup);
  const place = `${codeSpan(repository)}, ${codeSpan(ref)} (${codeSpan(commit.slice(0, 8))}), directory ${codeSpan(directory || '.')}`;
  return [
    '',
    `## ${place}`,
    ...renderList(remarksOn(backup).map((remark) => codeSpan(remark, 1000))),
    ...(Object.keys(TITLES) as Exclude<Finding, 'same'>[]).flatMap((finding) => {
      const members = groups.get(finding) ?? [];
      const lines = members.map((one) => {
        const about = describeVerified(one, (text) => codeSpan(text, 1000));
        const name = `${nameOfKind(one.kind)} ${codeSpan(one.name)}, ${codeSpan(one.path, 1000)}`;
        return [name, ...about.map((line) => `  - ${line}`)].join('\n');
      });
      return members.length === 0 ? [] : ['', `### ${TITLES[finding]}`, ...renderList(lines)];
    }),
    ...(past === undefined
      ? []
      : ['', '### Earlier commits', ...renderList(describePast(past).map((line) => codeSpan(line, 1000)))]),
  ];
}

function renderList(items: readonly string[]): readonly string[] {
  return items.length === 0 ? [] : ['', ...foldedList(items, MAX_LINES)];
}
