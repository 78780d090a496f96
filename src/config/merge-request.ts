/** What the settings of a merge request mean, and when they can hold. */
import { printable } from '../printable.ts';
import { checkBranch } from './check-branch.ts';
import type { Destination, MergeRequestConfig } from './config.ts';
import { placeOf } from './layer.ts';
import { located, type Problems } from './problems.ts';
import type { SettingName } from './settings.ts';
import { type Asked, isUnreadable } from './values.ts';

export const MERGE_REQUEST_SETTINGS = [
  'title',
  'labels',
  'reviewers',
  'assignees',
  'auto-merge',
  'source-branch',
] as const satisfies readonly SettingName[];

/** @returns the source branch of a merge request to `branch`, when none was asked for. */
export function sourceBranchFor(branch: string): string {
  return `postman-backup/${branch}`;
}

/** @returns nothing when commits go to the branch itself. */
export function resolveMergeRequest(
  asked: Asked,
  destination: Destination,
  problems: Problems,
): MergeRequestConfig | undefined {
  const { values } = asked;
  if (values.mode !== 'merge-request') {
    refuseWithoutMode(asked, problems);
    return undefined;
  }
  refuseJobToken(asked, destination, problems);
  const sourceBranch = resolveSourceBranch(asked, problems);
  const title = printable(values.title ?? '', 255);
  return {
    ...(sourceBranch === undefined ? {} : { sourceBranch }),
    ...(title === '' ? {} : { title }),
    labels: values.labels ?? [],
    reviewers: (values.reviewers ?? []).map(withoutAt),
    assignees: (values.assignees ?? []).map(withoutAt),
    autoMerge: values['auto-merge'] ?? false,
  };
}

/** What would silently do nothing is told. */
function refuseWithoutMode(asked: Asked, problems: Problems): void {
  if (isUnreadable(asked, 'mode')) {
    return;
  }
  for (const name of MERGE_REQUEST_SETTINGS) {
    if (asked.values[name] !== undefined) {
      const problem = `\`${name}\` is about a merge request; give \`mode: merge-request\` with it, or leave it out.`;
      problems.add(located(placeOf(asked.given, name), problem));
    }
  }
}

function refuseJobToken({ given }: Asked, destination: Destination, problems: Problems): void {
  // Without an address the destination has a problem of its own.
  if (destination.type === 'git' && destination.url !== '') {
    const problem =
      '`mode: merge-request` needs the `api` destination and a token in GITLAB_TOKEN: neither the job token nor git can open a merge request.';
    problems.add(located(placeOf(given, 'mode'), problem));
  }
}

function resolveSourceBranch(asked: Asked, problems: Problems): string | undefined {
  const { branch, 'source-branch': sourceBranch } = asked.values;
  if (sourceBranch === undefined) {
    return undefined;
  }
  if (sourceBranch === branch) {
    const problem = '`source-branch` and `branch` are the same: a merge request needs two branches.';
    problems.add(located(placeOf(asked.given, 'source-branch'), problem));
  }
  return checkBranch('source-branch', sourceBranch, asked, problems);
}

function withoutAt(username: string): string {
  return username.replace(/^@/, '');
}
