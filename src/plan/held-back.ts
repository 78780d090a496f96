/** Which resources must wait for a later commit of the same run. */
import type { ResourceKey } from '../model.ts';
import type { BranchState } from './branch-state.ts';
import type { FetchedResource } from './plan-files.ts';
import { objectIdAt } from './tree-content.ts';

/**
 * In a run of several commits a resource may be due on a path that another one has yet to leave. It waits, and so
 * does whoever is due on the path that it would have left.
 * @returns the keys of those that cannot be committed now.
 */
export function heldBack(
  fetched: readonly FetchedResource[],
  paths: ReadonlyMap<ResourceKey, string>,
  { tree, manifest }: BranchState,
): ReadonlySet<ResourceKey> {
  const waiting = new Set<ResourceKey>();
  for (let before = -1; before !== waiting.size; ) {
    before = waiting.size;
    const going = fetched.filter(({ key }) => !waiting.has(key));
    const ownPaths = new Set(going.map(({ key }) => manifest.get(key)?.path));
    for (const { key } of going) {
      const path = paths.get(key);
      if (path !== undefined && !ownPaths.has(path) && objectIdAt(tree, path) !== undefined) {
        waiting.add(key);
      }
    }
  }
  return waiting;
}
