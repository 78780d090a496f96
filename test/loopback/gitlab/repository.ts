/** Questions that several endpoints ask a bare repository. */
import { tryGit } from './git.ts';
import type { Project } from './state.ts';

/** @returns the commit id behind a branch, tag, `HEAD` or commit id; `undefined` when there is none. */
export async function resolveCommit(project: Project, ref: string): Promise<string | undefined> {
  if (ref.startsWith('-') || ref === '') {
    return undefined;
  }
  return await firstLine(project, ['rev-parse', '--verify', '--quiet', `${ref}^{commit}`]);
}

/** @returns the head of the branch; `undefined` when there is no such branch. */
export async function branchHead(project: Project, branch: string): Promise<string | undefined> {
  return await firstLine(project, ['rev-parse', '--verify', '--quiet', `refs/heads/${branch}^{commit}`]);
}

export async function isEmpty(project: Project): Promise<boolean> {
  return (await firstLine(project, ['for-each-ref', '--count=1', 'refs/heads'])) === undefined;
}

/** @returns the branch that `HEAD` names, also when it does not exist yet. */
export async function defaultBranch(project: Project): Promise<string> {
  return (await firstLine(project, ['symbolic-ref', '--short', 'HEAD'])) ?? 'main';
}

/** @returns the last commit before or at `commit` that touched `path`. */
export async function lastCommitOf(
  project: Project,
  commit: string,
  path: string,
): Promise<string | undefined> {
  return await firstLine(project, ['log', '-1', '--format=%H', commit, '--', path]);
}

async function firstLine(project: Project, args: readonly string[]): Promise<string | undefined> {
  const output = await tryGit(args, { cwd: project.repositoryDir });
  const line = output?.toString().split('\n')[0];
  return line === '' ? undefined : line;
}
