/** Gives every resource its path: stable, never shared, never somebody else's. */
import { posix } from 'node:path';
import type { Manifest, ResourceKey, ResourceRef, Workspace } from '../model.ts';
import { keyOf } from '../resource-key.ts';
import { collisionKey } from './file-name.ts';
import {
  archiveDirectory,
  isArchived,
  type LayoutOptions,
  manifestPath,
  resourcePaths,
  workspaceFolders,
} from './layout.ts';

export type Occupied = {
  /** What lies where now. Entries of resources that get no new path keep theirs. */
  readonly manifest: Manifest;
  /** Files on the branch that are not ours. */
  readonly foreign: Iterable<string>;
};

type Claims = {
  readonly files: Set<string>;
  readonly folders: Set<string>;
};

/**
 * A path stays while the name stays. Of equal names (case and Unicode form folded) the one that comes later gets
 * a longer name; on a first run the smallest uuid goes without.
 * @param refs the resources that get a path.
 * @returns a path for each, but for one whose every possible path is taken by a file that is not ours.
 */
export function assignPaths(
  refs: readonly ResourceRef[],
  occupied: Occupied,
  options: LayoutOptions,
): ReadonlyMap<ResourceKey, string> {
  const claims = claimOccupied(refs, occupied, options.directory);
  const folderOf = assignFolders(refs, occupied.manifest, claims, options);
  const assigned = new Map<ResourceKey, string>();
  const pending = sortedBy(refs, (ref) => ref.uuid).map((ref) => ({
    key: keyOf(ref),
    paths: resourcePaths(ref, folderOf.get(ref.workspace.id) ?? options.directory, options),
  }));
  const tryToClaim = (key: ResourceKey, path: string | undefined) => {
    if (path !== undefined && claimFile(claims, path)) {
      assigned.set(key, path);
    }
  };
  for (const { key, paths } of pending) {
    tryToClaim(
      key,
      // The name that a user chose is better than the one that was free before.
      options.filename === undefined
        ? paths.find((path) => path === occupied.manifest.get(key)?.path)
        : undefined,
    );
  }
  for (const { key, paths } of pending.filter((one) => !assigned.has(one.key))) {
    tryToClaim(
      key,
      paths.find((path) => isFree(claims, path)),
    );
  }
  const isStuck = (ref: ResourceRef) => !assigned.has(keyOf(ref)) && occupied.manifest.has(keyOf(ref));
  // Who gets no path stays where it is, and so nobody else may go there.
  return refs.some(isStuck)
    ? assignPaths(
        refs.filter((ref) => !isStuck(ref)),
        occupied,
        options,
      )
    : assigned;
}

function claimOccupied(refs: readonly ResourceRef[], occupied: Occupied, directory: string): Claims {
  const claims: Claims = { files: new Set(), folders: new Set() };
  const assignable = new Set(refs.map(keyOf));
  claimFile(claims, manifestPath(directory));
  claims.folders.add(collisionKey(archiveDirectory(directory)));
  for (const path of occupied.foreign) {
    claimFile(claims, path);
  }
  for (const [key, entry] of occupied.manifest) {
    if (!assignable.has(key)) {
      claimFile(claims, entry.path);
    }
  }
  return claims;
}

function claimFile(claims: Claims, path: string): boolean {
  if (!isFree(claims, path)) {
    return false;
  }
  claims.files.add(collisionKey(path));
  for (let folder = posix.dirname(path); folder !== '.'; folder = posix.dirname(folder)) {
    claims.folders.add(collisionKey(folder));
  }
  return true;
}

function isFree(claims: Claims, path: string): boolean {
  const key = collisionKey(path);
  return !claims.files.has(key) && !claims.folders.has(key);
}

function assignFolders(
  refs: readonly ResourceRef[],
  manifest: Manifest,
  claims: Claims,
  options: LayoutOptions,
): ReadonlyMap<string, string> {
  const assigned = new Map<string, string>();
  if (options.flat) {
    return assigned;
  }
  const workspaces = new Map(refs.map(({ workspace }) => [workspace.id, workspace]));
  const current = currentFolders(refs, manifest, options.directory);
  const others = [...current].filter(([id]) => !workspaces.has(id)).flatMap(([, folders]) => [...folders]);
  const taken = new Set(others.map(collisionKey));
  const claim = (workspace: Workspace, isWanted: (folder: string) => boolean) => {
    const folder = workspaceFolders(workspace, options.directory).find(
      (one) => isWanted(one) && !taken.has(collisionKey(one)) && !claims.files.has(collisionKey(one)),
    );
    if (folder !== undefined && !assigned.has(workspace.id)) {
      assigned.set(workspace.id, folder);
      taken.add(collisionKey(folder));
    }
  };
  const sorted = sortedBy([...workspaces.values()], ({ id }) => id);
  for (const workspace of sorted) {
    claim(workspace, (folder) => current.get(workspace.id)?.has(folder) === true);
  }
  for (const workspace of sorted) {
    claim(workspace, () => true);
  }
  return assigned;
}

/** By workspace, the folders in which its resources lie now: more than one when a rename came only half-way. */
function currentFolders(
  refs: readonly ResourceRef[],
  manifest: Manifest,
  directory: string,
): ReadonlyMap<string, ReadonlySet<string>> {
  const workspaceOf = new Map(refs.map((ref) => [keyOf(ref), ref.workspace.id]));
  const folders = new Map<string, Set<string>>();
  for (const [key, { path, workspace }] of manifest) {
    // A manifest that was rebuilt from the files names no workspaces.
    const id = workspace === '' ? workspaceOf.get(key) : workspace;
    if (id !== undefined && !isArchived(path, directory)) {
      folders.set(id, (folders.get(id) ?? new Set()).add(posix.dirname(path)));
    }
  }
  return folders;
}

function sortedBy<T>(values: readonly T[], key: (value: T) => string): readonly T[] {
  return [...values].sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
}
