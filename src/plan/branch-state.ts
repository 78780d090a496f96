/** What a branch holds of one backup. */
import { posix } from 'node:path';
import type { Manifest, Tree } from '../model.ts';

export type BranchState = {
  /** Without `guests`. */
  readonly tree: Tree;
  /** As committed, or rebuilt from the files when the committed one could not be used. */
  readonly manifest: Manifest;
  /** Whether `manifest` is what lies on the branch; otherwise it has to be written. */
  readonly manifestIsCommitted: boolean;
  /** Files that somebody put into the folder of a resource: they stay, and are no part of it. Path → blob id. */
  readonly guests: ReadonlyMap<string, string>;
  /** Folders without the index that tells our files from those of guests: in them nothing is deleted. */
  readonly unindexed: ReadonlySet<string>;
};

/** @returns the files below the backup's directory that are not ours. */
export function foreignPaths({ tree, manifest }: BranchState): readonly string[] {
  const owned = new Set([...manifest.values()].map(({ path }) => path));
  const isOurs = (path: string): boolean => path !== '.' && (owned.has(path) || isOurs(posix.dirname(path)));
  return [...tree.files.keys()].filter((path) => !isOurs(path));
}
