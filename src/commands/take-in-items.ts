/** Requests that people put into the folder of a collection are part of it, though its index does not list them yet. */
import type { BranchState } from '../plan/branch-state.ts';
import { isItemFile, partPaths } from '../snapshot/collection-tree/endings.ts';

/** @returns the branch as a push sees it: without those files among the guests. */
export function takeInItems(branch: BranchState): BranchState {
  const items = [...branch.guests.keys()].filter(isItemFile);
  const own = new Set(items.flatMap((path) => [path, ...partPaths(path)]));
  const takenIn = [...branch.guests].filter(([path]) => own.has(path));
  return {
    ...branch,
    tree: { ...branch.tree, files: new Map([...branch.tree.files, ...takenIn]) },
    guests: new Map([...branch.guests].filter(([path]) => !own.has(path))),
  };
}
