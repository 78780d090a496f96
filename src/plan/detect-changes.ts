/** Compares what Postman lists with what the branch holds. */
import type { Inventory, ManifestEntry, ResourceKey, ResourceRef } from '../model.ts';
import { keyOf, kindOf } from '../resource-key.ts';
import type { BranchState } from './branch-state.ts';
import { objectIdAt } from './tree-content.ts';

/** Why a resource has to be fetched; `undefined` says that nothing shows that it changed. */
type FetchReason = 'added' | 'renamed' | 'updated' | 'drifted' | undefined;

export type DetectedRef = {
  readonly key: ResourceKey;
  readonly ref: ResourceRef;
  readonly entry?: ManifestEntry;
  readonly reason: FetchReason;
};

export type DetectedEntry = {
  readonly key: ResourceKey;
  readonly entry: ManifestEntry;
};

/** What this backup holds and is not about any more. */
export type Leftovers = {
  /** In the manifest, and absent from a complete listing of their own workspace. */
  readonly gone: readonly DetectedEntry[];
  /** In the manifest, but not selected, or not to be judged because their listing was in doubt: they stay. */
  readonly unselected: readonly DetectedEntry[];
};

/**
 * @param refs the selected resources.
 * @param paths where each of them should lie.
 */
export function detectChanges(
  refs: readonly ResourceRef[],
  branch: BranchState,
  paths: ReadonlyMap<ResourceKey, string>,
): readonly DetectedRef[] {
  return refs.map((ref): DetectedRef => {
    const key = keyOf(ref);
    const entry = branch.manifest.get(key);
    return entry === undefined
      ? { key, ref, reason: 'added' }
      : { key, ref, entry, reason: fetchReason(ref, entry, { path: paths.get(key), branch }) };
  });
}

/** @param refs the selected resources. */
export function findLeftovers(
  inventory: Inventory,
  refs: readonly ResourceRef[],
  branch: BranchState,
): Leftovers {
  const selected = new Set(refs.map(keyOf));
  const others = [...branch.manifest]
    .filter(([key]) => !selected.has(key))
    .map(([key, entry]) => ({ key, entry }));
  const isGone = absenceTest(inventory);
  return { gone: others.filter(isGone), unselected: others.filter((one) => !isGone(one)) };
}

function fetchReason(
  ref: ResourceRef,
  entry: ManifestEntry,
  { path, branch }: { path: string | undefined; branch: BranchState },
): FetchReason {
  if (entry.path !== path) {
    return 'renamed';
  }
  if (objectIdAt(branch.tree, entry.path) !== entry.id) {
    return 'drifted';
  }
  return ref.updatedAt === undefined || ref.updatedAt !== entry.updatedAt || ref.name !== entry.name
    ? 'updated'
    : undefined;
}

/** Gone is only what a complete listing of its own workspace does not show (interface.md, `removed`). */
function absenceTest(inventory: Inventory): (one: DetectedEntry) => boolean {
  const listed = new Set<ResourceKey>();
  const complete = new Set<string>();
  for (const { kind, workspace, refs, doubt, unavailable } of inventory.listings) {
    for (const { uuid } of refs) {
      listed.add(keyOf({ kind, uuid }));
    }
    if (doubt === undefined && unavailable === undefined) {
      complete.add(`${kind}/${workspace.id}`);
    }
  }
  return ({ key, entry }) => {
    return !listed.has(key) && complete.has(`${kindOf(key)}/${entry.workspace}`);
  };
}
