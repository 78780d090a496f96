/** Questions that several endpoints ask a bare repository. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { tryGit } from './git.ts';
import type { Project } from './state.ts';

/** @returns the commit id behind a branch, tag, `HEAD` or commit id; `undefined` when there is none. */
export async function resolveCommit(project: Project, ref: string): Promise<string | undefined> {
  if (ref.startsWith('-') || ref === '') {
    return undefined;
  }
  return await project.objects.idOf(`${ref}^{commit}`);
}

/** @returns the head of the branch; `undefined` when there is no such branch. */
export async function branchHead(project: Project, branch: string): Promise<string | undefined> {
  return await project.objects.idOf(`refs/heads/${branch}^{commit}`);
}

export async function isEmpty(project: Project): Promise<boolean> {
  const args = ['for-each-ref', '--count=1', 'refs/heads'];
  return firstLineOf(await tryGit(args, { cwd: project.repositoryDir })) === undefined;
}

/** @returns the branch that `HEAD` names, also when it does not exist yet. */
export async function defaultBranch(project: Project): Promise<string> {
  const head = await readFile(join(project.repositoryDir, 'HEAD'), 'utf8');
  return head.trim().replace(/^ref: refs\/heads\//, '');
}

/** @returns the last commit before or at `commit` that touched `path`. */
export async function lastCommitOf(
  project: Project,
  commit: string,
  path: string,
): Promise<string | undefined> {
  const output = await project.lookUp('log', '-1', '--format=%H', commit, '--', path);
  return firstLineOf(output);
}

function firstLineOf(output: Buffer | undefined): string | undefined {
  const line = output?.toString().split('\n')[0];
  return line === '' ? undefined : line;
}
