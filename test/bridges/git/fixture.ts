/** What the tests of the git bridge share: a place on disk, the git program, and a repository bridge to try. */

import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import {
  createGitRepository,
  type GitRepository,
  type GitRepositoryOptions,
} from '../../../src/git/repository.ts';
import type { Action } from '../../../src/model.ts';

const run = promisify(execFile);

export type Place = {
  readonly root: string;
  /** Where the bridge puts its temporary clones. */
  readonly temporary: string;
  /** Runs git in `root`, untouched by the configuration of whoever runs the tests. @returns its output, trimmed. */
  git(...args: string[]): Promise<string>;
  /** Makes a bare repository with one commit of these files on `main`. @returns its path. */
  seed(name: string, files: Readonly<Record<string, string>>): Promise<string>;
  /** Commits one file as somebody else. @returns the commit's id. */
  commitElsewhere(repository: string, path: string, branch?: string): Promise<string>;
  open(options: Partial<GitRepositoryOptions> & { readonly url: string }): GitRepository;
  /** Closes what was opened and deletes everything. @returns what the bridge left behind. */
  remove(): Promise<string[]>;
};

const IDENTITY = {
  GIT_AUTHOR_NAME: 'Somebody',
  GIT_AUTHOR_EMAIL: 'somebody@example.test',
  GIT_COMMITTER_NAME: 'Somebody',
  GIT_COMMITTER_EMAIL: 'somebody@example.test',
};

export async function createPlace(): Promise<Place> {
  const root = await mkdtemp(join(tmpdir(), 'git-bridge-test-'));
  const temporary = await mkdtemp(join(root, 'temporary-'));
  const opened: GitRepository[] = [];
  const env = { PATH: process.env['PATH'], HOME: root, ...IDENTITY };
  const git = async (...args: string[]): Promise<string> =>
    (await run('git', args, { cwd: root, env, maxBuffer: 1e8 })).stdout.trim();

  return {
    root,
    temporary,
    git,
    seed: async (name, files) => {
      const path = join(root, name);
      await git('init', '--quiet', '--bare', '--initial-branch=main', path);
      await git('-C', path, 'config', 'uploadpack.allowFilter', 'true');
      await writeFiles({ git, repository: path, branch: 'main', files });
      return path;
    },
    commitElsewhere: (repository, path, branch = 'main') =>
      writeFiles({ git, repository, branch, files: { [path]: `somebody's ${path}\n` } }),
    open: (options) => {
      const repository = createGitRepository({
        directories: ['postman'],
        defaultAuthor: { name: 'Postman Backup', email: 'backup@example.test' },
        env: { PATH: process.env['PATH'], HOME: root },
        temporaryDirectory: temporary,
        now: () => new Date('2026-03-04T05:06:07Z'),
        retryDelays: [1, 1, 1, 1],
        ...options,
      });
      opened.push(repository);
      return repository;
    },
    remove: async () => {
      await Promise.all(opened.map((repository) => repository.close()));
      const left = await readdir(temporary);
      await rm(root, { recursive: true, force: true, maxRetries: 3 });
      return left;
    },
  };
}

type Writing = {
  readonly git: Place['git'];
  readonly repository: string;
  readonly branch: string;
  readonly files: Readonly<Record<string, string>>;
};

async function writeFiles({ git, repository, branch, files }: Writing): Promise<string> {
  const work = await mkdtemp(join(tmpdir(), 'git-bridge-work-'));
  try {
    await git('clone', '--quiet', repository, work);
    await git('-C', work, 'checkout', '--quiet', '-B', branch, `origin/${branch}`).catch(() =>
      git('-C', work, 'checkout', '--quiet', '-B', branch),
    );
    for (const [path, content] of Object.entries(files)) {
      await mkdir(join(work, path, '..'), { recursive: true });
      await writeFile(join(work, path), content);
    }
    await git('-C', work, 'add', '--all');
    await git(
      '-C',
      work,
      'commit',
      '--quiet',
      '--message',
      `Somebody writes ${Object.keys(files).join(', ')}`,
    );
    await git('-C', work, 'push', '--quiet', 'origin', branch);
    return await git('-C', work, 'rev-parse', 'HEAD');
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

export function create(path: string, content = `${path}\n`): Action {
  return { action: 'create', path, content: Buffer.from(content) };
}
