/** In the folder of a collection, a spec or an API somebody else's file may lie: its index says which files are ours. */
import { posix } from 'node:path';
import type { ResourceKey } from '../model.ts';
import type { BranchState } from '../plan/branch-state.ts';
import { filesAt, objectIdAt } from '../plan/tree-content.ts';
import { kindOf, uuidOf } from '../resource-key.ts';
import { identifyFile, indexNameOf, ownPaths } from '../snapshot/render.ts';
import type { Repository } from './ports.ts';

/** A folder that is as the manifest says holds nothing else; only of the others the index is read. */
export async function setGuestsApart(
  repository: Pick<Repository, 'readBlob'>,
  branch: BranchState,
): Promise<BranchState> {
  const guests = new Map(branch.guests);
  const unindexed = new Set(branch.unindexed);
  for (const [key, { path, id }] of branch.manifest) {
    if (indexNameOf({ kind: kindOf(key), path }) !== undefined && objectIdAt(branch.tree, path) !== id) {
      const files = [...filesAt(branch.tree, path).keys()];
      const own = await readOwnPaths(repository, branch, { key, path });
      if (own === undefined) {
        unindexed.add(path);
      }
      for (const file of own === undefined ? [] : files.filter((one) => !own.has(one))) {
        const guest = posix.join(path, file);
        guests.set(guest, branch.tree.files.get(guest) ?? '');
      }
    }
  }
  const files = new Map([...branch.tree.files].filter(([path]) => !guests.has(path)));
  return { ...branch, tree: { ...branch.tree, files }, guests, unindexed };
}

async function readOwnPaths(
  repository: Pick<Repository, 'readBlob'>,
  { tree }: BranchState,
  { key, path }: { readonly key: ResourceKey; readonly path: string },
): Promise<ReadonlySet<string> | undefined> {
  const place = { kind: kindOf(key), path };
  const index = tree.files.get(posix.join(path, indexNameOf(place) ?? ''));
  const content = index ? await repository.readBlob(index) : undefined;
  // The index of another resource says nothing about this one's files.
  const isIts = content !== undefined && identifyFile(place, content)?.uuid === uuidOf(key);
  return isIts ? ownPaths(place, content) : undefined;
}
