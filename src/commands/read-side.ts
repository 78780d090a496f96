/** Reads what a commit holds of a backup, ours and others', to lay it beside another commit. */
import type { Tree } from '../model.ts';
import { foreignPaths } from '../plan/branch-state.ts';
import type { BranchSide } from '../plan/carry-over.ts';
import { manifestPath } from '../snapshot/layout.ts';
import type { Repository } from './ports.ts';
import { readPart } from './read-branch.ts';

/** @param whole the files of all backups in the commit. */
export async function readSide(
  repository: Pick<Repository, 'readBlob'>,
  whole: Tree,
  directory: string,
): Promise<BranchSide> {
  const part = await readPart(repository, whole, directory);
  const files = new Map([...part.tree.files, ...part.guests]);
  files.delete(manifestPath(directory));
  return { files, manifest: part.manifest, theirs: new Set([...foreignPaths(part), ...part.guests.keys()]) };
}
