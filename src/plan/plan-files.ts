/** Decides what a commit does to the files of one backup, and what its manifest says afterwards. */
import type {
  Action,
  ChangeType,
  Finding,
  Manifest,
  ManifestEntry,
  Outcome,
  RenderedFile,
  ResourceKey,
  Tree,
} from '../model.ts';
import type { BranchState } from './branch-state.ts';
import type { DetectedRef } from './detect-changes.ts';
import { orderActions } from './order-actions.ts';
import type { PlannedRemovals } from './plan-removals.ts';

/** A resource whose body was fetched and rendered, waiting for its commit. */
export type FetchedResource = Pick<DetectedRef, 'key' | 'ref' | 'reason'> & {
  readonly file: RenderedFile & { readonly findings?: readonly Finding[] };
};

type PlacedResource = FetchedResource & {
  readonly path: string;
  /** As the branch has it now, which may not be what it was when the body was fetched. */
  readonly entry: ManifestEntry | undefined;
};

export type FilesPlan = {
  /** Without the manifest's own. Empty when no file changes. */
  readonly actions: readonly Action[];
  readonly manifest: Manifest;
  /** Whether the manifest says something else than before about which file lies where. */
  readonly manifestChanged: boolean;
  readonly outcomes: readonly Outcome[];
};

/**
 * @param fetched what this commit is about; each with a path in `paths`.
 * @param removals what goes with it; none but in a run's last commit.
 */
export function planFiles(input: {
  readonly fetched: readonly FetchedResource[];
  readonly branch: BranchState;
  readonly paths: ReadonlyMap<ResourceKey, string>;
  readonly removals?: PlannedRemovals;
}): FilesPlan {
  const { branch, paths, removals } = input;
  const manifest = new Map<ResourceKey, ManifestEntry>(branch.manifest);
  const actions: Action[] = [...(removals?.actions ?? [])];
  const outcomes: Outcome[] = [...(removals?.outcomes ?? [])];
  for (const [key, entry] of removals?.entries ?? []) {
    manifest.delete(key);
    if (entry !== undefined) {
      manifest.set(key, entry);
    }
  }
  for (const resource of input.fetched) {
    const path = paths.get(resource.key);
    if (path === undefined) {
      outcomes.push(failForWantOfPath(resource));
      continue;
    }
    const placed = { ...resource, path, entry: branch.manifest.get(resource.key) };
    actions.push(...fileActions(placed, branch.tree));
    outcomes.push(outcomeOf(placed, branch.tree));
    manifest.set(resource.key, entryOf(placed));
  }
  return {
    actions: orderActions(actions, branch.tree),
    manifest,
    manifestChanged: !branch.manifestIsCommitted || differsInFiles(branch.manifest, manifest),
    outcomes,
  };
}

function fileActions({ entry, file, path }: PlacedResource, tree: Tree): Action[] {
  const current = entry !== undefined && tree.files.has(entry.path) ? entry.path : undefined;
  if (current !== undefined && current !== path) {
    return [{ action: 'move', path, previousPath: current, content: file.content }];
  }
  if (current === undefined) {
    return [{ action: 'create', path, content: file.content }];
  }
  return tree.files.get(path) === file.id ? [] : [{ action: 'update', path, content: file.content }];
}

function outcomeOf(resource: PlacedResource, tree: Tree): Outcome {
  const { ref, entry, reason, path, file } = resource;
  const changes = changesOf(resource, tree);
  const { findings = [] } = file;
  const about = {
    kind: ref.kind,
    uuid: ref.uuid,
    name: ref.name,
    workspace: ref.workspace.name,
    path,
    ...(findings.length === 0 ? {} : { findings }),
  };
  if (changes.length === 0) {
    return { ...about, status: 'unchanged' };
  }
  const isHidden = reason === undefined && changes.includes('updated');
  return {
    ...about,
    status: 'changed',
    changes,
    ...(entry !== undefined && entry.path !== path ? { previous: entry.path } : {}),
    ...(isHidden ? { hidden: true } : {}),
  };
}

function changesOf({ ref, entry, file, path }: PlacedResource, tree: Tree): ChangeType[] {
  if (entry === undefined) {
    return ['added'];
  }
  const changes: ChangeType[] = [];
  if (entry.path !== path) {
    changes.push(entry.name === ref.name ? 'moved' : 'renamed');
  }
  if (entry.id !== file.id) {
    changes.push('updated');
  }
  const there = tree.files.get(entry.path);
  if (there !== entry.id && there !== file.id) {
    changes.push('repaired');
  }
  return changes;
}

function entryOf({ ref, file, path }: PlacedResource): ManifestEntry {
  const { uid, name, workspace, updatedAt } = ref;
  const entry = { uid, name, workspace: workspace.id, path, id: file.id };
  return updatedAt === undefined ? entry : { ...entry, updatedAt };
}

function failForWantOfPath({ ref }: FetchedResource): Outcome {
  return {
    kind: ref.kind,
    uuid: ref.uuid,
    name: ref.name,
    workspace: ref.workspace.name,
    status: 'failed',
    code: 'PATH_TAKEN',
    note: 'every path it could have is taken by a file that is not part of the backup',
  };
}

/** A timestamp, an owner or a workspace that changed is written along, but is no reason for a commit. */
function differsInFiles(before: Manifest, after: Manifest): boolean {
  if (before.size !== after.size) {
    return true;
  }
  for (const [key, entry] of after) {
    const old = before.get(key);
    if (old?.path !== entry.path || old.id !== entry.id || old.name !== entry.name) {
      return true;
    }
  }
  return false;
}
