/** Reads what the branch held of a resource when its manifest entry was written: what an edit began with. */
import type { GitHistory } from '../git/history.ts';
import type { ManifestEntry } from '../model.ts';
import { filesAt, objectIdAt } from '../plan/tree-content.ts';
import { manifestPath } from '../snapshot/layout.ts';

/** @returns path below the resource's own → content; nothing when the history does not hold it any more. */
export type ReadPast = (entry: ManifestEntry) => Promise<ReadonlyMap<string, Buffer> | undefined>;

// Further back nobody began an edit that is pushed today.
const MAX_COMMITS = 200;

/** The commits that wrote the manifest hold the files that it names. */
export function createPastReader(
  history: GitHistory,
  { branch, directory }: { readonly branch: string; readonly directory: string },
): ReadPast {
  return async ({ path, id }) => {
    const head = await history.find({ ref: branch });
    const commits = await history.listHeadlines(head, [manifestPath(directory)]);
    for (const commit of commits.slice(0, MAX_COMMITS)) {
      const tree = { files: await history.readFiles(commit.id) };
      if (objectIdAt(tree, path) === id) {
        return readAll(history, filesAt(tree, path));
      }
    }
    return undefined;
  };
}

async function readAll(
  history: GitHistory,
  files: ReadonlyMap<string, string>,
): Promise<ReadonlyMap<string, Buffer>> {
  const paths = [...files.keys()];
  const contents = new Map<string, Buffer>();
  for await (const content of history.readBlobs([...files.values()])) {
    contents.set(paths[contents.size] ?? '', content);
  }
  return contents;
}
