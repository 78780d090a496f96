/** The end of the log of a verification: its result in one line, then what a person should look at. */
import { nameOfKind } from '../kind-name.ts';
import { printable } from '../printable.ts';
import type { VerifiedBackup, VerifiedPast, VerifiedResource } from '../verified.ts';
import { describeVerified, type Finding, groupByFinding, TITLES } from './describe-verified.ts';
import { shorten } from './lines.ts';
import { describeCost } from './sentences.ts';
import type { VerifyReport } from './verify-report.ts';

const MAX_RESOURCES = 20;
const MAX_LINES = 6;

/**
 * @param report passed through `maskReport`.
 * @returns lines; an error that ended the run is not among them (`describeError` has it).
 */
export function describeVerify(report: VerifyReport): string {
  const { summary, exitCode, backups } = report;
  const end = exitCode === 0 ? '' : ` (exit code ${exitCode})`;
  return [`${summary}${end}`, '', ...backups.flatMap(describeBackup), ...describeCost(report)].join('\n');
}

function describeBackup(backup: VerifiedBackup): readonly string[] {
  const groups = groupByFinding(backup);
  const titled = (Object.keys(TITLES) as Exclude<Finding, 'same'>[]).flatMap((finding) =>
    describeGroup(TITLES[finding], groups.get(finding) ?? []),
  );
  return [
    placeOf(backup),
    ...remarksOn(backup).map((line) => `! ${line}`),
    ...titled,
    ...tellPast(backup),
    '',
  ];
}

export function placeOf({ repository, ref, commit, directory }: VerifiedBackup): string {
  return [repository, `${printable(ref)} (${commit.slice(0, 8)})`, directory || '.']
    .map((part) => printable(part))
    .join(' · ');
}

/** @returns what is to be said of a backup as a whole. */
export function remarksOn({ isIndexed, isOverdue, notCompared }: VerifiedBackup): readonly string[] {
  return [
    ...(isIndexed ? [] : ['Its manifest cannot be read: the ids in the files told the resources.']),
    ...(isOverdue ? ['It is older than allowed.'] : []),
    ...(notCompared === undefined ? [] : [`It was not compared with Postman: ${notCompared}.`]),
  ];
}

function describeGroup(title: string, members: readonly VerifiedResource[]): readonly string[] {
  const lines = members
    .slice(0, MAX_RESOURCES)
    .flatMap((one) => [
      `    ${nameOfKind(one.kind).padEnd(12)}${printable(one.name)}  ${printable(one.path, 1000)}`,
      ...shorten([...describeVerified(one, quote)], MAX_LINES).map((line) => `      ${line}`),
    ]);
  const rest = members.length > MAX_RESOURCES ? [`    … and ${members.length - MAX_RESOURCES} more`] : [];
  return members.length === 0 ? [] : [`  ${title}: ${members.length}`, ...lines, ...rest];
}

function tellPast({ past }: VerifiedBackup): readonly string[] {
  return past === undefined ? [] : describePast(past).map((line) => `  ${line}`);
}

/** @returns how far back the backup can be restored, and what cannot. */
export function describePast({ commits, versions, broken }: VerifiedPast): readonly string[] {
  const what = `${commits} earlier ${commits === 1 ? 'commit' : 'commits'}, ${versions} versions of resources`;
  if (broken.length === 0) {
    return [`${what}: all restorable`];
  }
  const lines = broken.map(
    ({ commit, date, path, problem }) =>
      `${commit.slice(0, 8)} of ${date}: ${printable(path, 1000)}: ${printable(problem, 1000)}`,
  );
  return [
    `${what}: ${broken.length} not restorable`,
    ...shorten(lines, MAX_RESOURCES).map((line) => `  ${line}`),
  ];
}

function quote(text: string): string {
  return `"${printable(text, 1000)}"`;
}
