/** The merge requests of a GitLab project, and what their branches hold. */
import { setTimeout } from 'node:timers/promises';
import * as z from 'zod';
import { KnownError } from '../errors.ts';
import type { HttpClient } from '../http/client.ts';
import { HttpError } from '../http/http-error.ts';
import type { BranchCommit, CommitPlan, MergeRequest, MergeRequestDraft, Tree } from '../model.ts';
import { printable } from '../printable.ts';
import { type Api, createApi } from './api.ts';
import { type BranchHead, findBranch, headOf } from './branch.ts';
import { createCommit } from './create-commit.ts';
import { isFailure, isUnclear, saidBy, translatingErrors, unlessMissing } from './errors.ts';
import { createFolders } from './folders.ts';
import { listFilesOf } from './list-files.ts';
import { readBlob } from './read-blob.ts';
import { readMergeRequest, readMergeRequests } from './read-merge-request.ts';

type MergeRequestsOptions = {
  readonly client: HttpClient;
  /** Address of GitLab, without `/api/v4`. */
  readonly serverUrl: string;
  /** Id or full path. */
  readonly project: string;
  /** For people. */
  readonly label: string;
  /** Milliseconds before auto-merge is asked for again: GitLab needs a moment to see the pipeline; or a commit is made. */
  readonly retryDelays: readonly number[];
};

type BranchPair = { readonly source: string; readonly target: string };

type Known = { readonly branch?: string; readonly defaultBranch?: string };
type Text = { readonly title?: string; readonly description: string };
type Place = MergeRequestsOptions & { readonly api: Api };

const Commits = z.array(z.looseObject({ id: z.string(), title: z.string(), message: z.string() }));
const Users = z.array(z.looseObject({ id: z.number(), username: z.string() }));
const MergeBase = z.looseObject({ id: z.string() });

const PAGE_SIZE = 100;
// Each comes with its whole description.
const LISTED = 20;
// Years of daily backups in one merge request.
const MAX_PAGES = 20;
// GitLab says so when a merge request may not be merged, or not yet (docs.gitlab.com/api/merge_requests).
const NOT_ALLOWED: readonly (number | undefined)[] = [401, 403];
const NOT_NOW: readonly (number | undefined)[] = [405, 409, 422];

export type MergeRequests = ReturnType<typeof createMergeRequests>;

/** Every function throws a KnownError when GitLab refuses. */
export function createMergeRequests(options: MergeRequestsOptions) {
  const { project, label } = options;
  const api = createApi(options.client, options.serverUrl);
  const place: Place = { ...options, api };
  const translated = <T>(work: () => Promise<T>) => translatingErrors({ project: label }, work);

  return {
    /** @throws KnownError CONFIG_INVALID when the branch is not there: a merge request needs one to go to. */
    findTarget: (known: Known) => translated(() => findTarget(place, known)),
    /** @returns the branch's commit; nothing when it does not exist. */
    headOf: (branch: string) => translated(() => headOf(api.branches, project, branch)),
    /**
     * @returns the commits of `to` that `from` does not have, of one directory if one is given.
     * @throws KnownError MERGE_REQUEST_BLOCKED when they are too many to look through.
     */
    listCommits: (from: string, to: string, directory?: string) =>
      translated(() => listCommits(place, `${from}..${to}`, directory)),
    /** Whether `to` has commits in the directory that `from` does not have. */
    touches: (from: string, to: string, directory: string) =>
      translated(async () => {
        const range = { refName: `${from}..${to}`, perPage: 1, maxPages: 1 };
        return Commits.parse(await api.commits.all(project, { ...range, ...below(directory) })).length > 0;
      }),
    /** GitLab lets one be open for a pair of branches. */
    findOpen: (pair: BranchPair) => translated(() => findOpen(place, pair)),
    /** @returns what became of the merge request whose source branch was at the commit when it ended. */
    findEnd: (pair: BranchPair, commit: string) =>
      translated(async () => (await list(place, pair, 'all')).find(hasEndedAt(commit))?.state),
    /** @throws KnownError MERGE_REQUEST_BLOCKED when two commits have nothing in common. */
    mergeBase: (one: string, other: string) => translated(() => mergeBase(place, [one, other])),
    /** @returns the files below the directories. */
    treeAt: (commit: string, directories: readonly string[]) =>
      translated(() => treeAt(place, commit, directories)),
    readBlob: (id: string) => translated(() => readBlob(api, project, id)),
    /** Makes a commit that is none of a backup's own, but as `Repository.apply` does. */
    commit: (plan: CommitPlan, head: BranchHead) =>
      translated(() => createCommit(api, plan, { ...place, head })),
    /** @returns the user's id; nothing when GitLab knows nobody of that name. */
    findUser: (username: string) => translated(() => findUser(place, username)),
    /** @returns the new merge request, or the one that somebody opened meanwhile. */
    create: (pair: BranchPair, draft: MergeRequestDraft) => translated(() => create(place, pair, draft)),
    update: (iid: number, text: Text) => translated(() => api.mergeRequests.edit(project, iid, text)),
    /** @param description says why. */
    close: (iid: number, description: string) =>
      translated(() => api.mergeRequests.edit(project, iid, { description, stateEvent: 'close' })),
    /** @returns why GitLab does not merge it by itself; nothing when it will. */
    setAutoMerge: (iid: number, sha: string) => translated(() => setAutoMerge(place, iid, sha)),
  };
}

async function findTarget({ api, project, label }: Place, known: Known) {
  const { name, commit, startBranch } = await findBranch(api, project, known);
  if (commit === undefined || startBranch !== undefined) {
    const message = `\`mode: merge-request\`: the branch "${printable(name)}" does not exist in "${printable(label)}", and a merge request needs one to go to.`;
    throw new KnownError('CONFIG_INVALID', message);
  }
  return { name, commit };
}

/** @returns the newest first. */
async function list(
  { api, project }: Place,
  pair: BranchPair,
  state: 'opened' | 'all',
): Promise<readonly MergeRequest[]> {
  const listed = await api.mergeRequests.all({
    projectId: project,
    ...(state === 'all' ? {} : { state }),
    sourceBranch: pair.source,
    targetBranch: pair.target,
    orderBy: 'created_at',
    sort: 'desc',
    perPage: LISTED,
    maxPages: 1,
  });
  return readMergeRequests(listed);
}

async function findOpen(place: Place, pair: BranchPair): Promise<MergeRequest | undefined> {
  const [open] = await list(place, pair, 'opened');
  return open;
}

function hasEndedAt(commit: string) {
  return (one: MergeRequest): one is MergeRequest & { state: 'merged' | 'closed' } =>
    one.state !== 'opened' && one.sha === commit;
}

async function mergeBase({ api, project }: Place, commits: readonly [string, string]): Promise<string> {
  const found = await unlessMissing(() => api.repositories.mergeBase(project, [...commits]));
  if (found === undefined) {
    const message = 'The source branch has nothing in common with the branch that the merge request goes to.';
    throw new KnownError('MERGE_REQUEST_BLOCKED', message);
  }
  return MergeBase.parse(found).id;
}

async function treeAt(
  { api, project }: Place,
  commit: string,
  directories: readonly string[],
): Promise<Tree> {
  const folders = createFolders(api, { project, commit });
  return { commit, files: await listFilesOf(api, { project, directories, commit, folders }) };
}

/** A POST is never repeated: when its answer is lost, or another run was faster, the list shows what is there. */
async function create(place: Place, pair: BranchPair, draft: MergeRequestDraft): Promise<MergeRequest> {
  const { api, project } = place;
  const { title, description, labels, reviewers, assignees } = draft;
  try {
    const created = await api.mergeRequests.create(project, pair.source, pair.target, title, {
      description,
      removeSourceBranch: true,
      ...(labels.length === 0 ? {} : { labels: labels.join(',') }),
      ...(reviewers.length === 0 ? {} : { reviewerIds: [...reviewers] }),
      ...(assignees.length === 0 ? {} : { assigneeIds: [...assignees] }),
    });
    return readMergeRequest(created);
  } catch (error) {
    const isThere = isFailure(error) && (isUnclear(error) || isDuplicate(error));
    const open = isThere ? await findOpen(place, pair) : undefined;
    if (open === undefined) {
      throw error;
    }
    return open;
  }
}

/** "Another open merge request already exists for this source branch: !5". */
function isDuplicate(error: unknown): boolean {
  return error instanceof HttpError && error.status === 409;
}

async function setAutoMerge(
  { api, project, retryDelays }: Place,
  iid: number,
  sha: string,
): Promise<string | undefined> {
  for (const delayMs of [...retryDelays, undefined]) {
    try {
      // The second is the name before GitLab 17.11.
      const wish = { autoMerge: true, mergeWhenPipelineSucceeds: true };
      await api.mergeRequests.accept(project, iid, { sha, ...wish });
      return undefined;
    } catch (error) {
      const status = error instanceof HttpError ? error.status : undefined;
      if (!(error instanceof HttpError) || ![...NOT_ALLOWED, ...NOT_NOW].includes(status)) {
        throw error;
      }
      if (delayMs === undefined || NOT_ALLOWED.includes(status)) {
        return saidBy(error);
      }
      await setTimeout(delayMs);
    }
  }
  throw new Error('The last try either returns or throws.');
}

async function listCommits(
  { api, project }: Place,
  range: string,
  directory = '',
): Promise<readonly BranchCommit[]> {
  const commits = await api.commits.all(project, {
    refName: range,
    perPage: PAGE_SIZE,
    maxPages: MAX_PAGES,
    ...below(directory),
  });
  if (commits.length >= PAGE_SIZE * MAX_PAGES) {
    const message = `The source branch holds ${commits.length} commits or more that its target does not have.`;
    throw new KnownError('MERGE_REQUEST_BLOCKED', message);
  }
  return Commits.parse(commits);
}

/** The root is no path. */
function below(directory: string): { readonly path?: string } {
  return directory === '' ? {} : { path: directory };
}

async function findUser({ api }: Place, username: string): Promise<number | undefined> {
  const users = Users.parse(await api.users.all({ username, perPage: PAGE_SIZE, maxPages: 1 }));
  return users.find((user) => user.username.toLowerCase() === username.toLowerCase())?.id;
}
