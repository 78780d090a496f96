/** A GitLab project as a repository, through GitLab's API: reads a branch, makes commits on it. */
import type { HttpClient } from '../http/client.ts';
import type { Applied, CommitPlan, Tree } from '../model.ts';
import { createApi } from './api.ts';
import { type BranchHead, findBranch } from './branch.ts';
import { createCommit } from './create-commit.ts';
import { translatingErrors } from './errors.ts';
import { createFolders, type Folders } from './folders.ts';
import { listFilesOf } from './list-files.ts';
import { readBlob } from './read-blob.ts';

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
  /** Finds the branch in place of `branch`: what a merge request starts from, anew at each reading. */
  readonly findHead?: () => Promise<BranchHead>;
  /** Hears the id of each commit that was made. */
  readonly onCommit?: (commit: string) => void;
  /** Only files below them are listed; none of them lies inside another. */
  readonly directories: readonly string[];
  /** Milliseconds before a commit that was certainly not made is tried again. */
  readonly retryDelays: readonly number[];
};

export function createGitLabRepository(options: GitLabRepositoryOptions) {
  const { project, directories } = options;
  const api = createApi(options.client, options.serverUrl);
  let head: BranchHead | undefined;
  let folders: Folders | undefined;

  async function listTree(): Promise<Tree> {
    return translatingErrors({ project: options.label }, async () => {
      head = await (options.findHead?.() ?? findBranch(api, project, options));
      const { commit } = head;
      if (commit === undefined) {
        folders = undefined;
        return { files: new Map() };
      }
      folders = createFolders(api, { project, commit });
      return { commit, files: await listFilesOf(api, { project, directories, commit, folders }) };
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
      options.onCommit?.(applied.commit);
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
