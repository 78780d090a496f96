/** What the tests of the GitLab bridge share: a loopback GitLab with a project, a bridge to it, plans, and errors without a token. */

import { inspect } from 'node:util';
import { onTestFinished } from 'vitest';
import type { KnownError } from '../../../src/errors.ts';
import { createGitLabRepository, type GitLabRepositoryOptions } from '../../../src/gitlab/repository.ts';
import { createHttpClient } from '../../../src/http/client.ts';
import type { Action, CommitPlan, Tree } from '../../../src/model.ts';
import type { ProjectOptions } from '../../loopback/gitlab/create-project.ts';
import type { TokenOptions } from '../../loopback/gitlab/create-token.ts';
import { readFiles } from '../../loopback/gitlab/read-files.ts';
import {
  type LoopbackGitLab,
  type LoopbackGitLabOptions,
  startLoopbackGitLab,
} from '../../loopback/gitlab/server.ts';
import type { Project } from '../../loopback/gitlab/state.ts';
import { knownErrorOf } from '../known-error-of.ts';
import { planOn } from '../plan-on.ts';

export type Repository = ReturnType<typeof createGitLabRepository>;
export type OpenOptions = Partial<Omit<GitLabRepositoryOptions, 'client'>> & {
  readonly token?: string;
  readonly silenceMs?: number;
};

export type Started = {
  readonly gitlab: LoopbackGitLab;
  readonly project: Project;
  readonly token: string;
  /** A bridge to the project; what fails is tried again at once. */
  open(options?: OpenOptions): Repository;
  /** Commits files on a branch as somebody else: content, or `null` to delete. @returns the commit's id. */
  commitElsewhere(files: Readonly<Record<string, string | null>>, branch?: string): Promise<string>;
  /** Ids of the commits of a branch, newest first. */
  commits(branch?: string): Promise<string[]>;
  /** Paths and contents of a branch. */
  files(branch?: string): Promise<Record<string, string>>;
  /** How many commits were asked for. */
  posts(): number;
};

export type StartOptions = {
  readonly project?: Partial<ProjectOptions>;
  readonly token?: Partial<TokenOptions>;
  readonly gitlab?: LoopbackGitLabOptions;
};

export const DIRECTORY = 'Postman Collections';
export const MANIFEST = `${DIRECTORY}/.postman-gitlab.json`;
export const LEDGER = `${DIRECTORY}/Ledger.json`;

const policy = { tries: 3, backoffMs: 1, throttledMs: 1, silenceMs: 20_000 };

export async function start(options: StartOptions = {}): Promise<Started> {
  const gitlab = await startLoopbackGitLab(options.gitlab);
  onTestFinished(() => gitlab.close());
  const files = { 'README.md': '# Team\n', [MANIFEST]: '{}\n', [LEDGER]: 'ledger\n' };
  const project = await gitlab.createProject({ path: 'team/backup', files, ...options.project });
  const token = gitlab.createToken({ scopes: ['api'], role: 'developer', name: 'bot', ...options.token });
  const somebody = gitlab.createToken({ scopes: ['api'], role: 'owner', name: 'somebody' });
  const git = async (...args: string[]) => (await project.git(...args)).trim();
  return {
    gitlab,
    project,
    token,
    open: (open = {}) => openRepository({ serverUrl: gitlab.url, project: project.path, token, ...open }),
    commitElsewhere: async (changes, branch = 'main') => {
      const repository = openRepository({
        ...{ serverUrl: gitlab.url, project: project.path, token: somebody, branch, directories: [''] },
      });
      const tree = await repository.listTree();
      const applied = await repository.apply(planOn(tree, actionsFor(changes, tree)));
      if (applied.status !== 'committed') {
        throw new Error('somebody could not commit');
      }
      return applied.commit;
    },
    commits: async (branch = 'main') => (await git('rev-list', branch)).split('\n'),
    files: async (branch = 'main') => {
      const files = await readFiles(branch, project.repositoryDir);
      return Object.fromEntries([...files].map(([path, content]) => [path, content.toString()]));
    },
    posts: () =>
      gitlab.requests.filter(({ method, tokenName }) => method === 'POST' && tokenName === 'bot').length,
  };
}

export function openRepository(
  options: OpenOptions & { readonly serverUrl: string; readonly project: string },
): Repository {
  const { token = 'glpat-canary', silenceMs = policy.silenceMs, ...rest } = options;
  const baseUrl = `${options.serverUrl}/api/v4`;
  return createGitLabRepository({
    client: createHttpClient({
      baseUrl,
      headers: { 'private-token': token },
      policy: { ...policy, silenceMs },
    }),
    directories: [DIRECTORY],
    retryDelays: [1, 1],
    label: options.project,
    ...rest,
  });
}

/** What every backup does: content changes, and the manifest with it. */
export function backupOn(tree: Tree): CommitPlan {
  return planOn(tree, actionsFor({ [LEDGER]: 'ledger, newer\n', [MANIFEST]: '{"newer":1}\n' }, tree));
}

/** Creates or updates, as the tree has it; `null` deletes. */
export function actionsFor(files: Readonly<Record<string, string | null>>, tree: Tree): Action[] {
  return Object.entries(files).map(([path, content]): Action => {
    if (content === null) {
      return { action: 'delete', path };
    }
    return { action: tree.files.has(path) ? 'update' : 'create', path, content: Buffer.from(content) };
  });
}

/** The error of something that must fail; no way to print it shows a token. */
export async function failureOf(promise: Promise<unknown>): Promise<KnownError> {
  const error = await knownErrorOf(promise);
  const printed = [
    inspect(error, { depth: 9, showHidden: true }),
    JSON.stringify(error),
    error.stack,
    error.hint,
  ];
  if (/glpat-/.test(printed.join('\n'))) {
    throw new Error('the error shows the token');
  }
  return error;
}
