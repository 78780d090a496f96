/** Decides what becomes of resources that this backup holds and is not about any more: gone, or not selected. */
import { posix } from 'node:path';
import { foldersAbove } from '../folders-above.ts';
import type { Action, Manifest, ManifestEntry, Outcome, ResourceKey, ResourceRef } from '../model.ts';
import { kindOf, uuidOf } from '../resource-key.ts';
import type { BranchState } from './branch-state.ts';
import type { DetectedEntry, Leftovers } from './detect-changes.ts';
import { filesAt, objectIdAt } from './tree-content.ts';

type RemovedMode = 'keep' | 'archive' | 'delete';

export type RemovalRules = {
  readonly removed: RemovedMode;
  /** Most resources archived or deleted in one run; absent: the default of 10, and never the last of its kind. */
  readonly maxRemovals?: number;
  /** How many the run has removed before. */
  readonly removedBefore: number;
  /** No workspace is named: one that is not listed is not visible, rather than not wanted. */
  readonly everyWorkspace: boolean;
};

export type PlannedRemovals = {
  readonly actions: readonly Action[];
  /** New manifest entries; `undefined`: the entry goes. */
  readonly entries: ReadonlyMap<ResourceKey, ManifestEntry | undefined>;
  readonly outcomes: readonly Outcome[];
};

const DEFAULT_MAX_REMOVALS = 10;

export type RemovalInput = {
  /** `gone` is removed as `rules` say, `unselected` stays. */
  readonly changes: Leftovers;
  /** The resources that are listed now. */
  readonly remaining: readonly ResourceRef[];
  readonly branch: BranchState;
  readonly rules: RemovalRules;
  readonly workspaceNames: ReadonlyMap<string, string>;
  /** Why nothing can be said of what its list does not show, when that is so. */
  readonly whyUnknown: (one: DetectedEntry) => string | undefined;
  readonly isArchived: (path: string) => boolean;
  /** Where a file may go, best first. */
  readonly archivePaths: (path: string, uuid: string) => readonly string[];
  /** What two paths have in common that are one to some file system. */
  readonly collisionKey: (path: string) => string;
};

export function planRemovals(input: RemovalInput): PlannedRemovals {
  const { branch, rules } = input;
  const isThere = ({ entry }: DetectedEntry) => objectIdAt(branch.tree, entry.path) !== undefined;
  const removable = input.changes.gone.filter((one) => isThere(one) && !input.isArchived(one.entry.path));
  const guard = createGuard(removable, input.remaining, rules);
  const taken = new Set(
    [...branch.tree.files.keys()].flatMap((path) => [path, ...foldersAbove(path)]).map(input.collisionKey),
  );

  const plans = [
    ...input.changes.unselected.map((one) => keepUnselected(one, input)),
    ...input.changes.gone.map((one): RemovalPlan => {
      if (input.isArchived(one.entry.path)) {
        return { ...keep(one, '', input), outcome: undefined };
      }
      if (rules.removed === 'keep' || !isThere(one)) {
        return keep(one, 'gone from Postman', input);
      }
      const refusal = guard(one);
      if (refusal !== undefined) {
        const outcome = {
          ...describeEntry(one, input),
          status: 'refused',
          code: 'REMOVAL_REFUSED',
          note: refusal,
        } as const;
        return { key: one.key, entry: one.entry, outcome };
      }
      if (branch.unindexed.has(one.entry.path)) {
        return keep(one, 'gone from Postman; its folder has lost its index, and stays', input);
      }
      return rules.removed === 'delete' ? remove(one, input) : archive(one, taken, input);
    }),
  ];
  return {
    actions: plans.flatMap(({ actions = [] }) => actions),
    entries: new Map(plans.map(({ key, entry }) => [key, entry])),
    outcomes: plans.flatMap(({ outcome }) => outcome ?? []),
  };
}

/** @returns the manifest when these removals are made. */
export function manifestWithout(manifest: Manifest, { entries }: PlannedRemovals): Manifest {
  const after = new Map(manifest);
  for (const [key, entry] of entries) {
    after.delete(key);
    if (entry !== undefined) {
      after.set(key, entry);
    }
  }
  return after;
}

type RemovalPlan = {
  readonly key: ResourceKey;
  readonly entry: ManifestEntry | undefined;
  readonly actions?: readonly Action[];
  /** Absent: nothing to tell. */
  readonly outcome?: Outcome | undefined;
};

/** The file stays as it is, and the manifest says what it is: also when it was edited or deleted by hand. */
function keep(one: DetectedEntry, note: string, input: RemovalInput): RemovalPlan {
  const id = objectIdAt(input.branch.tree, one.entry.path);
  return id === undefined
    ? { key: one.key, entry: undefined }
    : {
        key: one.key,
        entry: withFile(one.entry, id),
        outcome: { ...describeEntry(one, input), status: 'kept', note },
      };
}

/** A workspace that has vanished may be deleted, or lost to the key: nobody but a person can tell. */
function keepUnselected(one: DetectedEntry, input: RemovalInput): RemovalPlan {
  const { workspace, path } = one.entry;
  const plan = keep(one, input.whyUnknown(one) ?? 'not selected', input);
  const isVisible = workspace === '' || input.workspaceNames.has(workspace);
  if (plan.outcome === undefined || isVisible || !input.rules.everyWorkspace || input.isArchived(path)) {
    return plan;
  }
  const note = `the key does not see its workspace ${workspace} any more`;
  return { ...plan, outcome: { ...plan.outcome, status: 'failed', code: 'WORKSPACE_NOT_VISIBLE', note } };
}

/** What was edited by hand is no longer what Postman's list showed then. */
function withFile(entry: ManifestEntry, id: string): ManifestEntry {
  const { updatedAt: _, ...undated } = entry;
  return id === entry.id ? entry : { ...undated, id };
}

function remove(one: DetectedEntry, input: RemovalInput): RemovalPlan {
  const { key, entry } = one;
  const files = [...filesAt(input.branch.tree, entry.path).keys()];
  const outcome = { ...describeEntry(one, input), status: 'changed', changes: ['removed'] } as const;
  const actions = files.map((file): Action => ({ action: 'delete', path: posix.join(entry.path, file) }));
  return { key, entry: undefined, actions, outcome };
}

function archive(one: DetectedEntry, taken: Set<string>, input: RemovalInput): RemovalPlan {
  const about = describeEntry(one, input);
  const candidates = input.archivePaths(one.entry.path, about.uuid);
  const path = candidates.find((candidate) => !taken.has(input.collisionKey(candidate)));
  if (path === undefined) {
    return keep(one, 'gone from Postman; its place in the archive is taken', input);
  }
  taken.add(input.collisionKey(path));
  const { key, entry } = one;
  const files = [...filesAt(input.branch.tree, entry.path).keys()];
  const actions = files.map(
    (file): Action => ({
      action: 'move',
      path: posix.join(path, file),
      previousPath: posix.join(entry.path, file),
    }),
  );
  return {
    key,
    entry: { ...withFile(entry, objectIdAt(input.branch.tree, entry.path) ?? entry.id), path },
    actions,
    outcome: { ...about, path, previous: entry.path, status: 'changed', changes: ['archived'] },
  };
}

/** @returns for a resource, why it may not be removed in this run; `undefined` when it may. */
function createGuard(
  removable: readonly DetectedEntry[],
  remaining: readonly ResourceRef[],
  rules: RemovalRules,
): (one: DetectedEntry) => string | undefined {
  const most = rules.maxRemovals ?? DEFAULT_MAX_REMOVALS;
  if (removable.length + rules.removedBefore > most) {
    const before = rules.removedBefore === 0 ? '' : `, and ${rules.removedBefore} have been removed before`;
    const reason = `${removable.length} resources are gone from Postman, and at most ${most} may be removed in one run${before}`;
    return () => reason;
  }
  const alive = new Set(remaining.map(({ kind, workspace }) => `${kind} ${workspace.id}`));
  return ({ key, entry }) =>
    rules.maxRemovals !== undefined || alive.has(`${kindOf(key)} ${entry.workspace}`)
      ? undefined
      : 'it is the last of its kind in the workspace, which goes only when `max-removals` is set';
}

function describeEntry({ key, entry }: DetectedEntry, { workspaceNames }: RemovalInput) {
  return {
    kind: kindOf(key),
    uuid: uuidOf(key),
    name: entry.name,
    workspace: workspaceNames.get(entry.workspace) ?? entry.workspace,
    path: entry.path,
  };
}
