/** The branch of a case: a local bare repository, filled before the first run and read after the last one. */
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { git } from '../loopback/gitlab/git.ts';

export const REPOSITORY = 'backup.git';
const BRANCH = 'main';

const AUTHOR = {
  GIT_AUTHOR_NAME: 'Mara Lindqvist',
  GIT_AUTHOR_EMAIL: 'mara.lindqvist@example.com',
  GIT_COMMITTER_NAME: 'Mara Lindqvist',
  GIT_COMMITTER_EMAIL: 'mara.lindqvist@example.com',
};

/** @param content what lies on the branch already; an empty repository when there is no such folder. */
export async function createRepository(folder: string, content: string): Promise<void> {
  const repository = join(folder, REPOSITORY);
  await git(['init', '--quiet', '--bare', `--initial-branch=${BRANCH}`, repository], { cwd: folder });
  if (!existsSync(content)) {
    return;
  }
  const onContent = [`--git-dir=${repository}`, `--work-tree=${content}`];
  await git([...onContent, 'add', '--all', '.'], { cwd: content });
  await git([...onContent, 'commit', '--quiet', '--message=What was there'], { cwd: content, env: AUTHOR });
}

/** @returns path → text of each file on the branch. */
export async function readBranch(folder: string): Promise<Readonly<Record<string, string>>> {
  const clone = join(folder, 'clone');
  await git(['clone', '--quiet', REPOSITORY, clone], { cwd: folder });
  return readFolder(clone);
}

/** @returns `M path`, `R old → new` … for each file that the commit touches. */
export async function filesOfCommit(folder: string, id: string): Promise<readonly string[]> {
  const args = ['show', '--format=', '--name-status', '--find-renames', '-z', id];
  const fields = (await git(args, { cwd: join(folder, REPOSITORY) })).toString().split('\0');
  const lines: string[] = [];
  while (fields.length > 1) {
    const status = fields.shift()?.slice(0, 1) ?? '';
    const paths = fields.splice(0, status === 'R' ? 2 : 1);
    lines.push(`${status} ${paths.join(' → ')}`);
  }
  return lines;
}

/** @returns path → text of each file below the folder, those of git left out; none when there is no such folder. */
export async function readFolder(folder: string): Promise<Readonly<Record<string, string>>> {
  const entries = existsSync(folder)
    ? await readdir(folder, { recursive: true, withFileTypes: true, encoding: 'utf8' })
    : [];
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((path) => !path.startsWith('.git/'))
    .sort();
  const files: [string, string][] = [];
  for (const path of paths) {
    files.push([path, await readFile(join(folder, path), 'utf8')]);
  }
  return Object.fromEntries(files);
}
