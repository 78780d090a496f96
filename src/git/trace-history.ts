/** Follows resources back through the commits of a branch: which commits touched each, and what it was before. */
import { type FileTree, type Version, versionAt, withFiles } from './file-tree.ts';
import type { HistoryCommit } from './history.ts';

/** One resource at the head, and the commits that made it what it is. */
export type ResourceTrace = {
  readonly now: Version;
  /** Newest first. */
  readonly commits: readonly HistoryCommit[];
  /** What the resource was before each of the newest commits. */
  readonly before: readonly Version[];
};

/** A commit, and what it moved. */
export type Step = {
  readonly commit: HistoryCommit;
  /**
   * Path of a resource at the head → its path before the commit; nothing when it was not there. Only those of which
   * that is not the path after it.
   */
  readonly moves: ReadonlyMap<string, string | undefined>;
};

export type TracedHead = {
  /** Path → blob id. */
  readonly files: ReadonlyMap<string, string>;
  /** Of the resources; none of them lies inside another. */
  readonly paths: readonly string[];
};

type Trail = { path: string | undefined; readonly commits: HistoryCommit[]; readonly before: Version[] };

type Owners = Map<string, Trail>;

/**
 * One pass for all resources: from the head back, each commit's changes are undone.
 * @param steps the commits of one line of first parents, newest first.
 * @param maxVersions of how many commits `before` is to be kept, for each resource.
 * @returns what is known of each resource, by its path at the head.
 */
export async function traceHistory(
  { files, paths }: TracedHead,
  steps: AsyncIterable<Step>,
  maxVersions: number,
): Promise<ReadonlyMap<string, ResourceTrace>> {
  const trails = new Map(paths.map((path): [string, Trail] => [path, { path, commits: [], before: [] }]));
  const owners: Owners = new Map(trails);
  const head = withFiles(new Map(), files);
  let tree: FileTree = head;
  for await (const { commit, moves } of steps) {
    const touchedNow = ownersOf(commit, owners);
    tree = withFiles(
      tree,
      commit.changes.map(({ path, before }) => [path, before]),
    );
    moveBack(moves, trails, owners);
    for (const trail of new Set([...touchedNow, ...ownersOf(commit, owners)])) {
      trail.commits.push(commit);
      if (trail.before.length < maxVersions) {
        trail.before.push(trail.path === undefined ? undefined : versionAt(tree, trail.path));
      }
    }
  }
  return new Map(
    [...trails].map(([path, { commits, before }]) => [path, { now: versionAt(head, path), commits, before }]),
  );
}

/** Two that changed places, have left theirs before either takes the other's. */
function moveBack(moves: Step['moves'], trails: ReadonlyMap<string, Trail>, owners: Owners): void {
  const moving = [...moves].flatMap(([path, to]) => {
    const trail = trails.get(path);
    return trail === undefined ? [] : [{ trail, to }];
  });
  for (const { trail } of moving) {
    if (trail.path !== undefined) {
      owners.delete(trail.path);
    }
  }
  for (const { trail, to } of moving) {
    trail.path = to;
    if (to !== undefined) {
      owners.set(to, trail);
    }
  }
}

function ownersOf({ changes }: HistoryCommit, owners: Owners): readonly Trail[] {
  return changes.flatMap(({ path }) => findOwner(path, owners) ?? []);
}

function findOwner(path: string, owners: Owners): Trail | undefined {
  for (let end = path.length; end > 0; end = path.lastIndexOf('/', end - 1)) {
    const owner = owners.get(path.slice(0, end));
    if (owner !== undefined) {
      return owner;
    }
  }
  return undefined;
}
