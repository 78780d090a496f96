/** Reads everything that the pages of resources show, one resource after the other: only one is in memory. */

import { filesOf, type Version } from '../git/file-tree.ts';
import type { GitHistory } from '../git/history.ts';
import { groupBy } from '../group-by.ts';
import { keyOf } from '../resource-key.ts';
import type { BackupRow, Holding, ResourcePage, Site } from '../site/model.ts';
import { readContent } from '../site/read-content.ts';
import { type Past, readChanges } from './read-changes.ts';
import type { BranchShelves } from './read-shelves.ts';
import { readVersion } from './read-version.ts';

// Of the versions before that of the head: a large collection in the layout `tree` has hundreds in each.
const MAX_FILES = 2_000;

type Holdings = readonly [Holding, ...Holding[]];
type FileSet = ReadonlyMap<string, string>;

/** One resource to be read: its versions from the head back. */
type Task = {
  readonly holdings: Holdings;
  readonly now: FileSet;
  readonly earlier: readonly FileSet[];
};

/** Yields a page for each resource; one that lies in several places has one page. */
export async function* readPages(
  { shelves, backups }: Site,
  branches: readonly BranchShelves[],
  history: Pick<GitHistory, 'readBlobs'>,
): AsyncGenerator<ResourcePage, void> {
  const tasks = [
    ...groupBy(
      shelves.flatMap(({ resources }) => resources),
      keyOf,
    ).values(),
  ].map((holdings) => planReading(holdings, branches));
  const blobs = history.readBlobs(
    tasks.flatMap(({ now, earlier }) => [now, ...earlier].flatMap((files) => [...files.values()])),
  );
  for (const { holdings, now, earlier } of tasks) {
    const { kind, commits } = holdings[0];
    const head = await readVersion(kind, now, blobs);
    const past: Past = { kind, commits, earlier, head };
    yield {
      holdings,
      backups: backups.filter((backup) => holdings.some((holding) => leadsTo(backup, holding))),
      changes: await readChanges(past, blobs),
      olderChanges: commits.length - earlier.length,
      content: readContent(kind, head, [...now.keys()]),
    };
  }
}

function planReading(holdings: Holdings, branches: readonly BranchShelves[]): Task {
  const [{ branch, path }] = holdings;
  const trace = branches.find(({ head }) => head.branch === branch)?.traces.get(path);
  return { holdings, now: filesOf(trace?.now), earlier: withinFiles(trace?.before ?? []) };
}

/** @returns the files of the first versions; the last change is told whatever it takes. */
function withinFiles(versions: readonly Version[]): readonly FileSet[] {
  const sets: FileSet[] = [];
  let count = 0;
  for (const version of versions) {
    const files = filesOf(version);
    count += files.size;
    if (count > MAX_FILES && sets.length > 0) {
      return sets;
    }
    sets.push(files);
  }
  return sets;
}

function leadsTo({ project, branch, directory }: BackupRow, holding: Holding): boolean {
  return project === undefined && branch === holding.branch && directory === holding.directory;
}
