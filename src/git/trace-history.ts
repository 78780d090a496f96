/** Follows resources back through the commits of a branch: which commits touched each, and what it was before. */
import type { HistoryCommit } from './history.ts';
import type { FileVersion, PathChange } from './parse-log.ts';

/** The files of one resource at one moment: path below the resource's own (empty when it is one file) → blob id. */
export type FileSet = ReadonlyMap<string, string>;

/** One resource at the head, and the commits that made it what it is, newest first. */
export type ResourceTrace = {
  readonly files: FileSet;
  readonly commits: readonly ResourceCommit[];
};

/** A commit that touched a resource. */
type ResourceCommit = {
  readonly commit: HistoryCommit;
  /** What the resource was before it; empty when it was not there. */
  readonly before: FileSet;
};

type Trail = { path: string; files: Map<string, string>; readonly commits: ResourceCommit[] };

/**
 * One pass for all resources: from the head back, each commit's changes are undone. A move is followed.
 * @param commits of one line of first parents, newest first.
 * @param paths of the resources at the head; none of them lies inside another.
 * @param files of the head: path → blob id.
 * @returns what is known of each resource, by its path.
 */
export function traceHistory(
  commits: readonly HistoryCommit[],
  paths: readonly string[],
  files: ReadonlyMap<string, string>,
): ReadonlyMap<string, ResourceTrace> {
  const trails = new Map<string, Trail>(
    paths.map((path) => [path, { path, files: new Map(), commits: [] } satisfies Trail]),
  );
  for (const [path, id] of files) {
    const trail = findTrail(trails, path);
    trail?.files.set(below(trail, path), id);
  }
  const traces = new Map<string, ResourceTrace>(
    [...trails].map(([path, trail]) => [path, { files: new Map(trail.files), commits: trail.commits }]),
  );
  for (const commit of commits) {
    for (const [trail, changes] of groupByTrail(trails, commit.changes)) {
      undo(trail, changes);
      trail.commits.push({ commit, before: new Map(trail.files) });
      trails.delete(trail.path);
      trail.path = pathBefore(trail, changes);
      trails.set(trail.path, trail);
    }
  }
  return traces;
}

function groupByTrail(
  trails: ReadonlyMap<string, Trail>,
  changes: readonly PathChange[],
): ReadonlyMap<Trail, readonly PathChange[]> {
  const groups = new Map<Trail, PathChange[]>();
  for (const change of changes) {
    // What moves away from a resource's path is somebody else's by now; here it is merely gone.
    for (const one of splitMove(change, trails)) {
      const trail = findTrail(trails, (one.after ?? one.before)?.path ?? '');
      if (trail !== undefined) {
        groups.set(trail, [...(groups.get(trail) ?? []), one]);
      }
    }
  }
  return groups;
}

/**
 * A move between two resources is a file less for the one, and one more for the other; unless the one was not there
 * then: it has its path from who moved away.
 */
function splitMove(change: PathChange, trails: ReadonlyMap<string, Trail>): readonly PathChange[] {
  const { before, after } = change;
  if (before === undefined || after === undefined || before.path === after.path) {
    return [change];
  }
  const from = findTrail(trails, before.path);
  const isPlain = from === undefined || from.files.size === 0 || from === findTrail(trails, after.path);
  return isPlain ? [change] : [{ before }, { after }];
}

function findTrail(trails: ReadonlyMap<string, Trail>, path: string): Trail | undefined {
  for (let end = path.length; end > 0; end = path.lastIndexOf('/', end - 1)) {
    const trail = trails.get(path.slice(0, end));
    if (trail !== undefined) {
      return trail;
    }
  }
  return undefined;
}

function below({ path }: Trail, file: string): string {
  return file.slice(path.length + 1);
}

function undo(trail: Trail, changes: readonly PathChange[]): void {
  for (const { after } of changes) {
    if (after !== undefined) {
      trail.files.delete(below(trail, after.path));
    }
  }
  for (const { before, after } of changes) {
    if (before !== undefined) {
      trail.files.set(
        after === undefined ? below(trail, before.path) : tailOf(trail, before, after),
        before.id,
      );
    }
  }
}

/** A folder moves file by file, each keeping its place inside: the folder's own path is what is in front of that. */
function pathBefore(trail: Trail, changes: readonly PathChange[]): string {
  for (const { before, after } of changes) {
    if (before !== undefined && after !== undefined && before.path !== after.path) {
      const tail = below(trail, after.path);
      if (tail === '') {
        return before.path;
      }
      if (before.path.endsWith(`/${tail}`)) {
        return before.path.slice(0, -tail.length - 1);
      }
    }
  }
  return trail.path;
}

/** @returns where the file lay inside the resource, which may have had another path. */
function tailOf(trail: Trail, before: FileVersion, after: FileVersion): string {
  const tail = below(trail, after.path);
  const isInside = before.path.startsWith(`${trail.path}/`);
  return isInside ? below(trail, before.path) : tail;
}
