/** Where the commits of a backup go, as one text: backups with the same target share one commit. */
import type { CiEnvironment } from './ci-environment.ts';
import type { ResolveContext } from './context.ts';
import type { Asked } from './values.ts';

/**
 * Two names of one place give the same text as far as GitLab tells the job: its own project by id and by path,
 * and that project's default branch.
 * @returns `<project or repository> <branch>`; the branch is empty for a default branch whose name is not known.
 */
export function targetOf({ values }: Asked, { ci, run }: ResolveContext): string {
  const { repository } = run.values;
  if (repository !== undefined) {
    return `${repository} ${values.branch ?? ''}`;
  }
  const isOwn = values.project === undefined || isOwnProject(values.project, ci);
  const project = isOwn ? (ci.projectId ?? ci.projectPath ?? '') : (values.project ?? '');
  const branch = values.branch ?? (isOwn ? ci.defaultBranch : undefined) ?? '';
  return `${project} ${branch}`;
}

export function isOwnProject(project: string, { projectId, projectPath }: CiEnvironment): boolean {
  return project === projectId || project === projectPath;
}
