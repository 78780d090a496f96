/** What a branch holds of one backup. */
import { posix } from 'node:path';
import type { Manifest, Tree } from '../model.ts';

export type BranchState = {
  readonly tree: Tree;
  /** As committed, or rebuilt from the files when the committed one could not be used. */
  readonly manifest: Manifest;
  /** Whether `manifest` is what lies on the branch; otherwise it has to be written. */
  readonly manifestIsCommitted: boolean;
};

/** @returns the files below the backup's directory that are not ours. */
export function foreignPaths({ tree, manifest }: BranchState): readonly string[] {
  const owned = new Set([...manifest.values()].map(({ path }) => path));
  const isOurs = (path: string): boolean => path !== '.' && (owned.has(path) || isOurs(posix.dirname(path)));
  return [...tree.files.keys()].filter((path) => !isOurs(path));
}
