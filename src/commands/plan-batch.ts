/** Decides one commit of a run, from where the branch is now. */
import { posix } from 'node:path';
import type { BackupConfig } from '../config/config.ts';
import type {
  Action,
  Inventory,
  Listing,
  Outcome,
  RenderedFile,
  ResourceKey,
  ResourceRef,
} from '../model.ts';
import { aboutResource } from '../plan/about-resource.ts';
import { type BranchState, foreignPaths } from '../plan/branch-state.ts';
import { type DetectedEntry, findLeftovers, type Leftovers } from '../plan/detect-changes.ts';
import { blockedByGuests } from '../plan/guests.ts';
import { heldBack } from '../plan/held-back.ts';
import { type FetchedResource, type FilesPlan, planFiles } from '../plan/plan-files.ts';
import { manifestWithout, type PlannedRemovals, planRemovals } from '../plan/plan-removals.ts';
import { objectIdAt, treeAfter } from '../plan/tree-content.ts';
import { keyOf, kindOf } from '../resource-key.ts';
import { assignPaths } from '../snapshot/assign-paths.ts';
import { collisionKey } from '../snapshot/file-name.ts';
import { archivePaths, isArchived, type LayoutOptions, manifestPath } from '../snapshot/layout.ts';
import { renderManifest } from '../snapshot/manifest.ts';

/** What a run is about; the same for all its commits. */
export type RunFacts = {
  readonly backup: BackupConfig;
  readonly layout: LayoutOptions;
  readonly inventory: Inventory;
  /** All selected resources, whether they are fetched in this run or not. */
  readonly refs: readonly ResourceRef[];
};

export type Batch = {
  /** With the manifest's own; empty when there is nothing to commit. */
  readonly actions: readonly Action[];
  readonly files: FilesPlan;
  /** What has to wait for a later commit. */
  readonly waiting: ReadonlySet<ResourceKey>;
  /** The branch as the commit will leave it, but for the commit's id. */
  readonly after: BranchState;
};

export type Moment = {
  readonly branch: BranchState;
  readonly pending: readonly FetchedResource[];
  /** Found as they lie on the branch when they were fetched, and without their content since. */
  readonly settled: readonly FetchedResource[];
  readonly failed: ReadonlySet<ResourceKey>;
  /** Nothing waits any more, and removals go with it. */
  readonly isLast: boolean;
  /** How many resources the run removes besides. */
  readonly removed: number;
};

export function planBatch(facts: RunFacts, moment: Moment): Batch {
  const { branch, pending, isLast } = moment;
  const { layout } = facts;
  const { paths, removals } = placeAll(facts, moment);
  const waiting = isLast ? new Set<ResourceKey>() : heldBack(pending, paths, branch);
  const isStill = ({ key, rendered }: FetchedResource) => isInPlace(paths.get(key), rendered.id, branch);
  const files = planFiles({
    fetched: [...moment.settled.filter(isStill), ...pending.filter(({ key }) => !waiting.has(key))],
    branch,
    paths,
    isArchived: (path) => isArchived(path, layout.directory),
    ...(isLast ? { removals } : {}),
  });
  const manifestFile = renderManifest(files.manifest);
  const actions = needsCommit(files, branch, layout)
    ? [...files.actions, manifestAction(layout.directory, branch, manifestFile)]
    : [];
  const outcomes = [...files.outcomes, ...moment.settled.filter((one) => !isStill(one)).map(overtaken)];
  return {
    actions,
    waiting,
    files: { ...files, outcomes },
    after: {
      ...branch,
      tree: treeAfter(branch.tree, actions),
      manifest: files.manifest,
      manifestIsCommitted: true,
    },
  };
}

function isInPlace(path: string | undefined, id: string, { tree }: BranchState): boolean {
  return path !== undefined && objectIdAt(tree, path) === id;
}

/** Its content is gone by now: what became of its file meanwhile is for the next run. */
function overtaken({ ref }: FetchedResource): Outcome {
  const note = 'its file was changed on the branch during this run; the next one looks at it again';
  return { ...aboutResource(ref), status: 'unverified', note };
}

/** An empty manifest is no reason for a first commit: when nothing could be fetched, nothing is written. */
function needsCommit(
  { actions, manifest, manifestChanged }: FilesPlan,
  { tree }: BranchState,
  { directory }: LayoutOptions,
): boolean {
  const isWorthWriting = manifest.size > 0 || tree.files.has(manifestPath(directory));
  return actions.length > 0 || (manifestChanged && isWorthWriting);
}

type Placing = {
  readonly paths: ReadonlyMap<ResourceKey, string>;
  readonly removals: PlannedRemovals;
};

/** What cannot be written keeps its path, and nobody else gets it; nor does what it would replace go. */
function placeAll(facts: RunFacts, moment: Moment): Placing {
  const { branch, pending, failed } = moment;
  const stuck = new Set(failed);
  for (;;) {
    const placed = placeOthers(facts, moment, stuck);
    const blocked = blockedByGuests(pending, placed.paths, {
      ...guestsNotOurs(branch, pending, placed.paths),
      collisionKey,
    });
    const more = blocked.filter((key) => !stuck.has(key));
    if (more.length === 0) {
      return placed;
    }
    for (const key of more) {
      stuck.add(key);
    }
  }
}

function placeOthers(facts: RunFacts, moment: Moment, stuck: ReadonlySet<ResourceKey>): Placing {
  const { layout, inventory } = facts;
  const { branch } = moment;
  const foreign = foreignPaths(branch);
  const leftovers = findLeftovers(inventory, facts.refs, branch);
  // What is about to go leaves its path to others.
  const place = (refs: readonly ResourceRef[], removals: PlannedRemovals) =>
    assignPaths(refs, { manifest: manifestWithout(branch.manifest, removals), foreign }, layout);
  const wanted = planLeftovers(facts, moment, leftovers);
  const dream = stuck.size === 0 ? undefined : place(facts.refs, wanted);
  const due = new Set([...stuck].map((key) => dream?.get(key)));
  // What would take its path has failed: a fault must not make the backup poorer.
  const isAwaited = ({ entry }: DetectedEntry) => due.has(entry.path);
  const removals = leftovers.gone.some(isAwaited)
    ? planLeftovers(facts, moment, {
        gone: leftovers.gone.filter((one) => !isAwaited(one)),
        unselected: [...leftovers.unselected, ...leftovers.gone.filter(isAwaited)],
        awaited: new Set(leftovers.gone.filter(isAwaited).map(({ key }) => key)),
      })
    : wanted;
  const refs = facts.refs.filter((ref) => !stuck.has(keyOf(ref)));
  return { paths: place(refs, removals), removals };
}

/** A file that is what we would write there is ours, whatever an old index says. */
function guestsNotOurs(
  { guests }: BranchState,
  pending: readonly FetchedResource[],
  paths: ReadonlyMap<ResourceKey, string>,
): Pick<BranchState, 'guests'> {
  const due = new Map(
    pending.flatMap(({ key, rendered }) =>
      rendered.files.map((file) => [posix.join(paths.get(key) ?? '', file.path), file.id] as const),
    ),
  );
  return { guests: new Map([...guests].filter(([path, id]) => due.get(path) !== id)) };
}

function planLeftovers(
  { backup, layout, inventory }: RunFacts,
  { branch, removed: removedBefore }: Moment,
  changes: Leftovers & { readonly awaited?: ReadonlySet<ResourceKey> },
): PlannedRemovals {
  const { directory } = layout;
  const { removed, maxRemovals } = backup;
  return planRemovals({
    changes,
    remaining: inventory.listings.flatMap(({ refs }) => refs),
    branch,
    rules: {
      removed,
      removedBefore,
      everyWorkspace: backup.workspaces.length === 0,
      ...(maxRemovals === undefined ? {} : { maxRemovals }),
    },
    whyUnknown: ({ key, entry }) => {
      if (changes.awaited?.has(key) === true) {
        return 'gone from Postman; it stays until what has its name now is backed up';
      }
      const isIts = ({ kind, workspace }: Listing) =>
        kind === kindOf(key) && workspace.id === entry.workspace;
      const { doubt, unavailable } = inventory.listings.find(isIts) ?? {};
      const absent = doubt === undefined ? undefined : 'not in the list, which may not be complete';
      return unavailable === undefined ? absent : `Postman does not offer it now: ${unavailable}`;
    },
    workspaceNames: new Map(inventory.workspaces.map(({ id, name }) => [id, name])),
    isArchived: (path) => isArchived(path, directory),
    archivePaths: (path, uuid) => archivePaths(path, directory, uuid),
    collisionKey,
  });
}

function manifestAction(directory: string, { tree }: BranchState, { content }: RenderedFile): Action {
  const path = manifestPath(directory);
  return { action: tree.files.has(path) ? 'update' : 'create', path, content };
}
