/** A GitLab project as a repository, through GitLab's API: reads a branch, makes commits on it. */
import { Branches, Commits, Projects, Repositories, RepositoryFiles } from '@gitbeaker/core';
import type { HttpClient } from '../http/client.ts';
import type { Applied, CommitPlan, Tree } from '../model.ts';
import { type BranchHead, findBranch } from './branch.ts';
import { createCommit } from './create-commit.ts';
import { translatingErrors } from './errors.ts';
import { createFolders, type Folders } from './folders.ts';
import { listFiles } from './list-files.ts';
import { readBlob } from './read-blob.ts';
import { createPageRequester, createRequester } from './requester.ts';

export type GitLabRepositoryOptions = {
  readonly client: HttpClient;
  /** Address of GitLab, without `/api/v4`. */
  readonly serverUrl: string;
  /** Id or full path. */
  readonly project: string;
  /** For people. */
  readonly label: string;
  readonly branch?: string;
  /** The project's default branch, when it is known already. */
  readonly defaultBranch?: string;
  /** Only files below them are listed; none of them lies inside another. */
  readonly directories: readonly string[];
  /** Milliseconds before a commit that was certainly not made is tried again. */
  readonly retryDelays: readonly number[];
};

export type Api = {
  readonly client: HttpClient;
  readonly branches: Branches;
  readonly commits: Commits;
  readonly projects: Projects;
  readonly repositories: Repositories;
  /** For one list of many pages. */
  readonly openList: () => Repositories;
  readonly files: RepositoryFiles;
};

export function createGitLabRepository(options: GitLabRepositoryOptions) {
  const { project, directories } = options;
  const resource = { requesterFn: createRequester(options.client), host: options.serverUrl };
  const api: Api = {
    client: options.client,
    branches: new Branches(resource),
    commits: new Commits(resource),
    projects: new Projects(resource),
    repositories: new Repositories(resource),
    openList: () => new Repositories({ ...resource, requesterFn: createPageRequester(options.client) }),
    files: new RepositoryFiles(resource),
  };
  let head: BranchHead | undefined;
  let folders: Folders | undefined;

  async function listTree(): Promise<Tree> {
    return translatingErrors({ project: options.label }, async () => {
      head = await findBranch(api, project, options);
      const { commit } = head;
      if (commit === undefined) {
        folders = undefined;
        return { files: new Map() };
      }
      folders = createFolders(api, { project, commit });
      const files = new Map<string, string>();
      for (const directory of directories) {
        for (const [path, id] of await listFiles(api, { project, directory, commit, folders })) {
          files.set(path, id);
        }
      }
      return { commit, files };
    });
  }

  async function hasFile(path: string): Promise<boolean> {
    return translatingErrors({ project: options.label }, async () => (await folders?.hasFile(path)) ?? false);
  }

  async function apply(plan: CommitPlan): Promise<Applied> {
    if (head === undefined) {
      throw new Error('A plan is made from a tree: list it first.');
    }
    const applied = await createCommit(api, plan, { project, head, retryDelays: options.retryDelays });
    if (applied.status === 'committed') {
      head = { name: head.name, commit: applied.commit };
    }
    return applied;
  }

  return {
    label: options.label,
    listTree,
    hasFile,
    readBlob: (id: string) => translatingErrors({ project: options.label }, () => readBlob(api, project, id)),
    apply,
    branchName: async () => head?.name ?? options.branch ?? options.defaultBranch ?? '',
    close: async () => {},
  };
}
