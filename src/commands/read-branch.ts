/** Reads what a branch holds of a backup; a manifest that cannot be used is rebuilt from the files. */
import { posix } from 'node:path';
import type { Manifest, ManifestEntry, ResourceKey, ResourceRef, Tree, Workspace } from '../model.ts';
import { treeId } from '../object-id.ts';
import { type BranchState, foreignPaths } from '../plan/branch-state.ts';
import { findCounterparts, takeCounterparts } from '../plan/counterparts.ts';
import { filesAt } from '../plan/tree-content.ts';
import { keyOf } from '../resource-key.ts';
import { collisionKey } from '../snapshot/file-name.ts';
import {
  isArchived,
  type LayoutOptions,
  manifestPath,
  resourceOfFile,
  resourcePaths,
} from '../snapshot/layout.ts';
import { parseManifest } from '../snapshot/manifest.ts';
import { identifyFile, ownPaths } from '../snapshot/render.ts';
import { setGuestsApart } from './own-folders.ts';
import type { Repository } from './ports.ts';

const NO_MANIFEST: Manifest = new Map();
const NO_CONTENT = Buffer.alloc(0);
// Anything else with an `id` is not from Postman.
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** @param whole the files of all backups of the branch. */
export async function readPart(
  repository: Pick<Repository, 'readBlob'>,
  whole: Tree,
  directory: string,
): Promise<BranchState> {
  const isBelow = (path: string) => directory === '' || path.startsWith(`${directory}/`);
  const tree = { ...whole, files: new Map([...whole.files].filter(([path]) => isBelow(path))) };
  const id = tree.files.get(manifestPath(directory));
  const manifest = id ? parseManifest(await repository.readBlob(id), directory) : undefined;
  return setGuestsApart(repository, {
    tree,
    manifest: manifest ?? NO_MANIFEST,
    manifestIsCommitted: manifest !== undefined,
    guests: new Map(),
    unindexed: new Set(),
  });
}

export type Wanted = {
  readonly refs: readonly ResourceRef[];
  readonly layout: LayoutOptions;
  /** Only where branches are tied to workspaces of their own: the ones that this branch is tied to. */
  readonly workspaces?: readonly Workspace[];
};

/**
 * Files that no manifest names are ours when the id in them says so: those that lie where a resource is due, and
 * all of them when there is no manifest to believe.
 */
export async function adoptFiles(
  repository: Pick<Repository, 'readBlob'>,
  branch: BranchState,
  wanted: Wanted,
): Promise<BranchState> {
  const { refs, layout, workspaces } = wanted;
  const known =
    workspaces === undefined
      ? branch.manifest
      : takeCounterparts(branch.manifest, findCounterparts(branch.manifest, refs, workspaces));
  const dueNames = namesDue(known, wanted);
  const isDue = (path: string) => dueNames.has(nameKey(path));
  // Of several files with one id, the one that lies where the backup would put it is the backup.
  const rank = (path: string) => (isArchived(path, layout.directory) ? 2 : 0) + (isDue(path) ? 0 : 1);
  const candidates = findCandidates(branch, layout)
    .filter(({ path }) => !branch.manifestIsCommitted || isDue(path))
    .sort((a, b) => rank(a.path) - rank(b.path));
  const manifest = new Map<ResourceKey, ManifestEntry>(known);
  for (const { file, kind, path } of candidates) {
    const blob = branch.tree.files.get(file);
    const content = blob ? await repository.readBlob(blob) : NO_CONTENT;
    const { uuid = '', name = '' } = identifyFile({ kind, path }, content) ?? {};
    const key: ResourceKey = `${kind}/${uuid}`;
    if (UUID.test(uuid) && !manifest.has(key)) {
      const id = ownId(branch, path, ownPaths({ kind, path }, content));
      // Its workspace is not known: so it is never taken for gone.
      manifest.set(key, { uid: uuid, name, workspace: '', path, id });
    }
  }
  // What was adopted, or taken for a counterpart, is not in the committed manifest: it has to be written.
  const isCommitted =
    branch.manifestIsCommitted && [...manifest.keys()].every((key) => branch.manifest.has(key));
  return setGuestsApart(repository, { ...branch, manifest, manifestIsCommitted: isCommitted });
}

/** @param own the files of a folder that are the resource's; nothing for a file. */
function ownId({ tree }: BranchState, path: string, own: ReadonlySet<string> | undefined): string {
  const files = filesAt(tree, path);
  const file = files.get('');
  return file ?? treeId(new Map([...files].filter(([name]) => own?.has(name) === true)));
}

/** A file that may hold a resource, or be the index of its folder. */
type Candidate = { readonly file: string } & NonNullable<ReturnType<typeof resourceOfFile>>;

/** What lies in the folder of a resource is a part of it: an API's folder holds collections. */
export function findCandidates(branch: BranchState, layout: LayoutOptions): readonly Candidate[] {
  const candidates = foreignPaths(branch)
    .map((file) => ({ file, ...resourceOfFile(file, layout) }))
    .filter((one): one is Candidate => one.path !== undefined);
  const folders = candidates.filter(({ file, path }) => file !== path).map(({ path }) => `${path}/`);
  return candidates.filter(({ path }) => !folders.some((folder) => path.startsWith(folder)));
}

function namesDue(
  manifest: Manifest,
  { refs, layout }: { readonly refs: readonly ResourceRef[]; readonly layout: LayoutOptions },
): ReadonlySet<string> {
  const unrecorded = refs.filter((ref) => !manifest.has(keyOf(ref)));
  return new Set(unrecorded.flatMap((ref) => resourcePaths(ref, layout.directory, layout)).map(nameKey));
}

function nameKey(path: string): string {
  return collisionKey(posix.basename(path));
}
