/** Two backups in one folder, or one inside the other, would each take the other's files for its own. */
import { posix } from 'node:path';
import { KnownError } from '../errors.ts';
import { foldersAbove } from '../folders-above.ts';
import type { BranchState } from '../plan/branch-state.ts';
import { manifestPath } from '../snapshot/layout.ts';
import type { Repository } from './ports.ts';

/** @throws KnownError CONFIG_INVALID when the branch holds another backup inside or around the directory. */
export async function assertOwnDirectory(
  repository: Repository,
  { tree }: BranchState,
  directory: string,
): Promise<void> {
  const own = manifestPath(directory);
  const isManifest = (path: string) => path !== own && posix.basename(path) === posix.basename(own);
  const inside = [...tree.files.keys()].find(isManifest);
  // Once this backup is there, whoever came later was told; before, nobody else looked.
  const around = tree.files.has(own) ? undefined : await manifestAround(repository, directory);
  const other = inside ?? around;
  if (other !== undefined) {
    const folder = posix.dirname(other);
    const where = folder === '.' ? 'the root of the repository' : `"${folder}"`;
    throw new KnownError(
      'CONFIG_INVALID',
      `\`directory\`: "${directory}" overlaps with another backup on the branch, in ${where}.`,
      {
        hint: `Choose a folder that is neither inside nor around it; or, when that backup is not made any more, delete "${other}" from the branch.`,
      },
    );
  }
}

async function manifestAround(repository: Repository, directory: string): Promise<string | undefined> {
  const folders = directory === '' ? [] : [...foldersAbove(directory), ''];
  for (const folder of folders) {
    const path = manifestPath(folder);
    if (await repository.hasFile(path)) {
      return path;
    }
  }
  return undefined;
}
