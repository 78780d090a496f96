/** Reads the backups that lie on one branch: their manifests, and the commits of everything in them. */
import type { BranchHead, GitHistory, HistoryCommit } from '../git/history.ts';
import { type ResourceTrace, traceHistory } from '../git/trace-history.ts';
import { kindOf, uuidOf } from '../resource-key.ts';
import type { Commit, Holding, Shelf } from '../site/model.ts';
import { isArchived } from '../snapshot/layout.ts';
import { isKnownKind, readManifests, workspaceNames } from './read-manifests.ts';
import { type Found, readSteps } from './read-steps.ts';

// Older ones are told by number only: GitLab has them all.
const MAX_CHANGES = 20;

export type BranchShelves = {
  readonly head: BranchHead;
  readonly shelves: readonly Shelf[];
  /** By the path of the resource. */
  readonly traces: ReadonlyMap<string, ResourceTrace>;
};

/** @param webUrl of the project, for links to commits. */
export async function readShelves(
  head: BranchHead,
  history: GitHistory,
  webUrl: string | undefined,
): Promise<BranchShelves> {
  const found = (await readManifests(head.files, history)).filter(
    (one): one is Found => one.manifest !== undefined,
  );
  const directories = found.map(({ directory }) => directory);
  const commits = found.length === 0 ? [] : await history.listCommits(head, directories);
  const paths = found.flatMap(({ manifest }) => [...manifest.values()].map(({ path }) => path));
  const traces = await traceHistory(
    { files: head.files, paths },
    readSteps(commits, found, history),
    MAX_CHANGES,
  );
  const workspaces = workspaceNames(commits);
  const shelves = found.map(({ directory, manifest }): Shelf => {
    const own = commits
      .filter((commit) => touches(commit, directory))
      .map((commit) => describeCommit(commit, webUrl));
    const last = own.find(({ runId }) => runId !== undefined);
    return {
      ...{ branch: head.branch, directory, commits: own },
      ...(last === undefined ? {} : { last }),
      resources: listHoldings({ directory, manifest }, traces, {
        branch: head.branch,
        workspaces,
        webUrl,
      }),
    };
  });
  return { head, shelves, traces };
}

type Surroundings = {
  readonly branch: string;
  readonly workspaces: ReadonlyMap<string, string>;
  readonly webUrl: string | undefined;
};

function listHoldings(
  { directory, manifest }: Found,
  traces: ReadonlyMap<string, ResourceTrace>,
  { branch, workspaces, webUrl }: Surroundings,
): readonly Holding[] {
  const holdings = [...manifest].flatMap(([key, { name, workspace, path, items }]): Holding[] => {
    const kind = kindOf(key);
    return !isKnownKind(kind)
      ? []
      : [
          {
            ...{ kind, uuid: uuidOf(key), name, path, branch, directory },
            workspace: workspaces.get(workspace) ?? workspace,
            isArchived: isArchived(path, directory),
            ...(items === undefined ? {} : { items }),
            commits: (traces.get(path)?.commits ?? []).map((commit) => describeCommit(commit, webUrl)),
          },
        ];
  });
  return holdings.sort((a, b) => (a.path < b.path ? -1 : 1));
}

function describeCommit(
  { id, date, author, subject, runId, failed }: HistoryCommit,
  webUrl: string | undefined,
): Commit {
  return {
    ...{ id, date, author, subject },
    ...(runId === undefined ? {} : { runId }),
    ...(failed === undefined ? {} : { failed }),
    ...(webUrl === undefined ? {} : { url: `${webUrl}/-/commit/${id}` }),
  };
}

function touches({ changes }: HistoryCommit, directory: string): boolean {
  return changes.some(({ path }) => directory === '' || path.startsWith(`${directory}/`));
}
