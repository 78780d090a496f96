/** Reads everything that the pages of resources show, one resource after the other: only one is in memory. */
import { groupDifferences } from '../describe-differences.ts';
import { KnownError } from '../errors.ts';
import type { GitHistory } from '../git/history.ts';
import type { FileSet } from '../git/trace-history.ts';
import type { Kind } from '../model.ts';
import { compareResources } from '../plan/compare/compare-resources.ts';
import { printable } from '../printable.ts';
import { keyOf } from '../resource-key.ts';
import type { BackupRow, Change, Commit, Holding, ResourcePage, Site } from '../site/model.ts';
import { readContent } from '../site/read-content.ts';
import { parseResource } from '../snapshot/parse-resource.ts';
import type { BranchShelves } from './read-shelves.ts';

// Older ones are told by number only: GitLab has them all.
const MAX_CHANGES = 20;

type Holdings = readonly [Holding, ...Holding[]];

/** One resource to be read: its versions from the head back. */
type Task = {
  readonly holdings: Holdings;
  readonly versions: readonly FileSet[];
};

/** Yields a page for each resource; one that lies in several places has one page. */
export async function* readPages(
  { shelves, backups }: Site,
  branches: readonly BranchShelves[],
  history: GitHistory,
): AsyncGenerator<ResourcePage, void> {
  const tasks = groupByResource(shelves.flatMap(({ resources }) => resources)).map((holdings) =>
    planReading(holdings, branches),
  );
  const blobs = history.readBlobs(tasks.flatMap(({ versions }) => versions.flatMap(idsOf)));
  for (const { holdings, versions } of tasks) {
    const { kind, commits } = holdings[0];
    const [now = new Map(), ...earlier] = versions;
    const head = await parseNext(kind, now, blobs);
    yield {
      holdings,
      backups: backups.filter((backup) => holdings.some((holding) => leadsTo(backup, holding))),
      changes: await readChanges({ kind, commits, earlier, head }, blobs),
      olderChanges: commits.length - earlier.length,
      content: readContent(kind, head, [...now.keys()]),
    };
  }
}

function groupByResource(all: readonly Holding[]): readonly Holdings[] {
  const groups = new Map<string, [Holding, ...Holding[]]>();
  for (const holding of all) {
    const group = groups.get(keyOf(holding));
    if (group === undefined) {
      groups.set(keyOf(holding), [holding]);
    } else {
      group.push(holding);
    }
  }
  return [...groups.values()];
}

function planReading(holdings: Holdings, branches: readonly BranchShelves[]): Task {
  const [{ branch, path }] = holdings;
  const trace = branches.find(({ head }) => head.branch === branch)?.traces.get(path);
  const { files = new Map(), commits = [] } = trace ?? {};
  return { holdings, versions: [files, ...commits.slice(0, MAX_CHANGES).map(({ before }) => before)] };
}

type Past = {
  readonly kind: Kind;
  readonly commits: readonly Commit[];
  readonly earlier: readonly FileSet[];
  readonly head: unknown;
};

/** The pairs are compared as they come: two versions are in memory at a time. */
async function readChanges(
  { kind, commits, earlier, head }: Past,
  blobs: AsyncGenerator<Buffer, void>,
): Promise<readonly Change[]> {
  const changes: Change[] = [];
  let after = head;
  for (const [index, commit] of commits.slice(0, earlier.length).entries()) {
    const before = await parseNext(kind, earlier[index] ?? new Map(), blobs);
    changes.push({ commit, differences: describeChange(kind, before, after) });
    after = before;
  }
  return changes;
}

function describeChange(kind: Kind, before: unknown, after: unknown): readonly string[] {
  try {
    const differences = compareResources(kind, before, after);
    const groups = groupDifferences({ kind, differences }, (name) => `"${printable(name)}"`);
    return groups.flatMap(({ title, lines }) => lines.map((line) => `${title}: ${line}`));
  } catch (error) {
    if (error instanceof RangeError) {
      return ['It is nested too deeply to be compared.'];
    }
    throw error;
  }
}

async function parseNext(kind: Kind, files: FileSet, blobs: AsyncGenerator<Buffer, void>): Promise<unknown> {
  const contents = new Map<string, Buffer>();
  for (const path of files.keys()) {
    const { value } = await blobs.next();
    if (value !== undefined) {
      contents.set(path, value);
    }
  }
  try {
    return parseResource(kind, contents);
  } catch (error) {
    if (error instanceof KnownError) {
      return undefined;
    }
    throw error;
  }
}

function idsOf(files: FileSet): readonly string[] {
  return [...files.values()];
}

function leadsTo({ project, branch, directory }: BackupRow, holding: Holding): boolean {
  return project === undefined && branch === holding.branch && directory === holding.directory;
}
