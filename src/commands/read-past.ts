/** Reads what the branch held of a resource when it was recorded last: what an edit began with. */
import type { GitHistory } from '../git/history.ts';
import type { ResourceKey } from '../model.ts';
import { filesAt, objectIdAt } from '../plan/tree-content.ts';
import { manifestPath } from '../snapshot/layout.ts';
import { parseManifest } from '../snapshot/manifest.ts';

/** @returns path below the resource's own → content; nothing when the history does not tell. */
export type ReadPast = (key: ResourceKey) => Promise<ReadonlyMap<string, Buffer> | undefined>;

// Further back nobody began an edit that is pushed today.
const MAX_COMMITS = 200;

/** The commits that wrote the manifest hold the files that it names. */
export function createPastReader(
  history: GitHistory,
  { branch, directory }: { readonly branch: () => Promise<string>; readonly directory: string },
): ReadPast {
  return async (key) => {
    const head = await history.find({ ref: await branch() });
    const commits = await history.listHeadlines(head, [manifestPath(directory)]);
    for (const { id: commit } of commits.slice(0, MAX_COMMITS)) {
      const tree = { files: await history.readFiles(commit) };
      const [manifest] = await readBlobs(history, [tree.files.get(manifestPath(directory)) ?? '']);
      const entry = manifest === undefined ? undefined : parseManifest(manifest, directory)?.get(key);
      if (entry !== undefined && objectIdAt(tree, entry.path) === entry.id) {
        const files = filesAt(tree, entry.path);
        const contents = await readBlobs(history, [...files.values()]);
        return new Map([...files.keys()].map((path, index) => [path, contents[index] ?? Buffer.alloc(0)]));
      }
    }
    return undefined;
  };
}

async function readBlobs(history: GitHistory, ids: readonly string[]): Promise<readonly Buffer[]> {
  const contents: Buffer[] = [];
  for await (const content of history.readBlobs(ids.filter((id) => id !== ''))) {
    contents.push(content);
  }
  return contents;
}
