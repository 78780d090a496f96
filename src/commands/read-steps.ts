/** Reads what each commit did to the places of resources: the manifest before it says where each of them lay. */
import type { GitHistory, HistoryCommit } from '../git/history.ts';
import type { Step } from '../git/trace-history.ts';
import type { Manifest, ResourceKey } from '../model.ts';
import { manifestPath } from '../snapshot/layout.ts';
import { parseManifest } from '../snapshot/manifest.ts';

/** A backup at the head. */
export type Found = { readonly directory: string; readonly manifest: Manifest };

type Shelf = Found & {
  /** Where each resource lay at the commit that is looked at; nothing when it was not there. */
  readonly paths: Map<ResourceKey, string | undefined>;
};

/**
 * Yields the commits in their order. Before a commit without a readable manifest everything lay where it did after it.
 * @param commits newest first. Their manifests are read as they come: one is in memory at a time.
 */
export async function* readSteps(
  commits: readonly HistoryCommit[],
  found: readonly Found[],
  history: Pick<GitHistory, 'readBlobs'>,
): AsyncGenerator<Step, void> {
  const shelves = new Map(found.map((one) => [manifestPath(one.directory), openShelf(one)]));
  const contents = history.readBlobs(
    commits.flatMap(({ changes }) =>
      changes.flatMap(({ path, before }) => (shelves.has(path) && before !== undefined ? [before] : [])),
    ),
  );
  for (const commit of commits) {
    const moves = new Map<string, string | undefined>();
    for (const { path, before } of commit.changes) {
      const shelf = shelves.get(path);
      if (shelf !== undefined && before !== undefined) {
        const { value } = await contents.next();
        noteMoves(shelf, value === undefined ? undefined : parseManifest(value, shelf.directory), moves);
      }
    }
    yield { commit, moves };
  }
}

function openShelf(found: Found): Shelf {
  return { ...found, paths: new Map([...found.manifest].map(([key, { path }]) => [key, path])) };
}

function noteMoves(
  { manifest, paths }: Shelf,
  earlier: Manifest | undefined,
  moves: Map<string, string | undefined>,
): void {
  if (earlier === undefined) {
    return;
  }
  for (const [key, { path: atHead }] of manifest) {
    const path = earlier.get(key)?.path;
    if (path !== paths.get(key)) {
      paths.set(key, path);
      moves.set(atHead, path);
    }
  }
}
