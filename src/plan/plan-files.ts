/** Decides what a commit does to the files of one backup, and what its manifest says afterwards. */
import { posix } from 'node:path';
import type {
  Action,
  ChangeType,
  Manifest,
  ManifestEntry,
  Outcome,
  RenderedResource,
  ResourceKey,
  Tree,
} from '../model.ts';
import { aboutResource } from './about-resource.ts';
import type { BranchState } from './branch-state.ts';
import type { DetectedRef } from './detect-changes.ts';
import { orderActions } from './order-actions.ts';
import { manifestWithout, type PlannedRemovals } from './plan-removals.ts';
import { shrinkOf } from './shrink.ts';
import { filesAt, objectIdAt } from './tree-content.ts';

/** A resource whose body was fetched and rendered, waiting for its commit. */
export type FetchedResource = Pick<DetectedRef, 'key' | 'ref' | 'reason'> & {
  readonly rendered: RenderedResource;
};

type PlacedResource = FetchedResource & {
  readonly path: string;
  /** As the branch has it now, which may not be what it was when the body was fetched. */
  readonly entry: ManifestEntry | undefined;
  /** It lies in the archive. */
  readonly comesBack: boolean;
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
  readonly isArchived: (path: string) => boolean;
  readonly removals?: PlannedRemovals;
}): FilesPlan {
  const { branch, paths, removals, isArchived } = input;
  const manifest = new Map(
    removals === undefined ? branch.manifest : manifestWithout(branch.manifest, removals),
  );
  const actions: Action[] = [...(removals?.actions ?? [])];
  const outcomes: Outcome[] = [...(removals?.outcomes ?? [])];
  for (const resource of input.fetched) {
    const path = paths.get(resource.key);
    if (path === undefined) {
      outcomes.push(failForWantOfPath(resource));
      continue;
    }
    const entry = branch.manifest.get(resource.key);
    const comesBack = entry !== undefined && isArchived(entry.path);
    const placed = { ...resource, path, entry, comesBack };
    const steps = fileActions(placed, branch);
    actions.push(...steps);
    outcomes.push(outcomeOf(placed, branch.tree, steps.length > 0));
    manifest.set(resource.key, entryOf(placed));
  }
  return {
    actions: orderActions(actions, branch.tree),
    manifest,
    manifestChanged: !branch.manifestIsCommitted || differsInFiles(branch.manifest, manifest),
    outcomes,
  };
}

/** A resource is one file, or all files of a folder: each goes to its place, and what is left over goes. */
function fileActions(resource: PlacedResource, { tree, guests, unindexed }: BranchState): readonly Action[] {
  const { entry, rendered, path } = resource;
  const before = entry?.path ?? path;
  const current = entry === undefined ? new Map<string, string>() : filesAt(tree, before);
  const due = new Set(rendered.files.map((file) => file.path));
  const leftover = [...current.keys()].filter((file) => !due.has(file));
  return [
    ...rendered.files.flatMap((file): Action | [] => {
      const target = posix.join(path, file.path);
      const { content } = file;
      if (!current.has(file.path)) {
        return guests.get(target) === file.id ? [] : { action: 'create', path: target, content };
      }
      if (before !== path) {
        return { action: 'move', path: target, previousPath: posix.join(before, file.path), content };
      }
      return current.get(file.path) === file.id ? [] : { action: 'update', path: target, content };
    }),
    ...(unindexed.has(before) ? [] : leftover).map(
      (file): Action => ({ action: 'delete', path: posix.join(before, file) }),
    ),
  ];
}

/** @param writes whether any file changes. */
function outcomeOf(resource: PlacedResource, tree: Tree, writes: boolean): Outcome {
  const { ref, entry, reason, path, rendered } = resource;
  const changes = changesOf(resource, tree, writes);
  const { findings } = rendered;
  const about = {
    ...aboutResource(ref),
    path,
    ...(findings.length === 0 ? {} : { findings }),
  };
  if (changes.length === 0) {
    return { ...about, status: 'unchanged' };
  }
  const shrunk = shrinkOf(entry, rendered);
  const isHidden = reason === undefined && changes.includes('updated');
  return {
    ...about,
    status: 'changed',
    changes,
    ...(entry !== undefined && entry.path !== path ? { previous: entry.path } : {}),
    ...(isHidden ? { hidden: true } : {}),
    ...(shrunk === undefined ? {} : { shrunk }),
  };
}

function changesOf(
  { ref, entry, rendered, path, comesBack }: PlacedResource,
  tree: Tree,
  writes: boolean,
): readonly ChangeType[] {
  if (entry === undefined) {
    return ['added'];
  }
  const changes: ChangeType[] = [];
  if (entry.path !== path) {
    const move = entry.name === ref.name ? 'moved' : 'renamed';
    changes.push(comesBack ? 'restored' : move);
  }
  if (entry.id !== rendered.id) {
    changes.push('updated');
  }
  const there = objectIdAt(tree, entry.path);
  if (writes && there !== entry.id && there !== rendered.id) {
    changes.push('repaired');
  }
  return changes;
}

function entryOf({ ref, rendered, path }: PlacedResource): ManifestEntry {
  const { uid, name, workspace, updatedAt } = ref;
  const { id, items } = rendered;
  return {
    uid,
    name,
    workspace: workspace.id,
    path,
    id,
    ...(items === undefined ? {} : { items }),
    ...(updatedAt === undefined ? {} : { updatedAt }),
  };
}

function failForWantOfPath({ ref }: FetchedResource): Outcome {
  return {
    ...aboutResource(ref),
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
