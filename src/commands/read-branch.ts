/** Reads what a branch holds of a backup; a manifest that cannot be used is rebuilt from the files. */
import { posix } from 'node:path';
import type { Kind, Manifest, ManifestEntry, ResourceKey, ResourceRef } from '../model.ts';
import { type BranchState, foreignPaths } from '../plan/branch-state.ts';
import { collisionKey } from '../snapshot/file-name.ts';
import { kindFormats } from '../snapshot/kinds/registry.ts';
import { isArchived, keyOf, type LayoutOptions, manifestPath, resourcePaths } from '../snapshot/layout.ts';
import { parseManifest } from '../snapshot/manifest.ts';
import { identifyFile } from '../snapshot/render.ts';
import type { Repository } from './ports.ts';

const NO_MANIFEST: Manifest = new Map();

export async function readBranch(repository: Repository, directory: string): Promise<BranchState> {
  const tree = await repository.listTree();
  const id = tree.files.get(manifestPath(directory));
  const manifest = id ? parseManifest(await repository.readBlob(id), directory) : undefined;
  return { tree, manifest: manifest ?? NO_MANIFEST, manifestIsCommitted: manifest !== undefined };
}

/**
 * Files that no manifest names are ours when the id in them says so: those that lie where a resource is due, and
 * all of them when there is no manifest to believe.
 */
export async function adoptFiles(
  repository: Repository,
  branch: BranchState,
  wanted: { readonly refs: readonly ResourceRef[]; readonly layout: LayoutOptions },
): Promise<BranchState> {
  const dueNames = fileNamesDue(branch.manifest, wanted);
  const isDue = (path: string) => dueNames.has(fileNameKey(path));
  const isOthers = inAnotherBackup(branch, wanted.layout.directory);
  const isCandidate = (path: string) => !isOthers(path) && (!branch.manifestIsCommitted || isDue(path));
  // Of several files with one id, the one that lies where the backup would put it is the backup.
  const rank = (path: string) => (isArchived(path, wanted.layout.directory) ? 2 : 0) + (isDue(path) ? 0 : 1);
  const candidates = foreignPaths(branch)
    .filter(isCandidate)
    .sort((a, b) => rank(a) - rank(b));
  const manifest = new Map<ResourceKey, ManifestEntry>(branch.manifest);
  for (const path of candidates) {
    const kind = kindOfFile(path, wanted.layout);
    const id = branch.tree.files.get(path);
    if (kind !== undefined && id) {
      const identity = identifyFile(kind, await repository.readBlob(id));
      const key: ResourceKey = `${kind}/${identity?.uuid}`;
      if (identity !== undefined && !manifest.has(key)) {
        // Its workspace is not known: so it is never taken for gone.
        manifest.set(key, { uid: identity.uuid, name: identity.name, workspace: '', path, id });
      }
    }
  }
  // What was adopted is not in the committed manifest: it has to be written.
  const isCommitted = branch.manifestIsCommitted && manifest.size === branch.manifest.size;
  return { ...branch, manifest, manifestIsCommitted: isCommitted };
}

/** A folder with a manifest of its own, inside this backup's, holds another backup: what is in it is that one's. */
function inAnotherBackup({ tree }: BranchState, directory: string): (path: string) => boolean {
  const own = manifestPath(directory);
  const folders = [...tree.files.keys()]
    .filter((path) => path !== own && posix.basename(path) === posix.basename(own))
    .map((path) => `${posix.dirname(path)}/`);
  return (path) => folders.some((folder) => path.startsWith(folder));
}

function fileNamesDue(
  manifest: Manifest,
  { refs, layout }: { readonly refs: readonly ResourceRef[]; readonly layout: LayoutOptions },
): ReadonlySet<string> {
  const unrecorded = refs.filter((ref) => !manifest.has(keyOf(ref)));
  return new Set(unrecorded.flatMap((ref) => resourcePaths(ref, layout.directory, layout)).map(fileNameKey));
}

function fileNameKey(path: string): string {
  return collisionKey(posix.basename(path));
}

function kindOfFile(path: string, { filename }: LayoutOptions): Kind | undefined {
  if (filename !== undefined && posix.basename(path) === filename) {
    return 'collections';
  }
  const kinds = Object.keys(kindFormats) as Kind[];
  return kinds.find((kind) => path.endsWith(kindFormats[kind].suffix));
}
