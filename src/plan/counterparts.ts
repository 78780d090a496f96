/** Where branches are tied to workspaces of their own, a branch may come with what another one says of its workspace. */
import { groupBy } from '../group-by.ts';
import type { Manifest, ManifestEntry, ResourceKey, ResourceRef, Workspace } from '../model.ts';
import { keyOf, kindOf } from '../resource-key.ts';

/**
 * @param refs what is listed here.
 * @param workspaces the ones that this branch is tied to.
 * @returns key of an entry of another workspace → the one resource here that has its kind and name, and no entry.
 */
export function findCounterparts(
  manifest: Manifest,
  refs: Iterable<ResourceRef>,
  workspaces: readonly Workspace[],
): ReadonlyMap<ResourceKey, ResourceRef> {
  const namesakes = byName([...refs].filter((ref) => !manifest.has(keyOf(ref))));
  const found = new Map<ResourceKey, ResourceRef>();
  for (const [key, entry] of manifest) {
    const its = nameKey(kindOf(key), entry.name);
    const [ref, ...others] = isElsewhere(entry, workspaces) ? (namesakes.get(its) ?? []) : [];
    if (ref !== undefined && others.length === 0) {
      found.set(key, ref);
      namesakes.delete(its);
    }
  }
  return found;
}

/** @returns the manifest in which such an entry is that of its counterpart. */
export function takeCounterparts(
  manifest: Manifest,
  counterparts: ReturnType<typeof findCounterparts>,
): Manifest {
  const entries = [...manifest].map(([key, entry]): [ResourceKey, ManifestEntry] => {
    const ref = counterparts.get(key);
    if (ref === undefined) {
      return [key, entry];
    }
    const { uid, name, workspace } = ref;
    return [keyOf(ref), { path: entry.path, id: entry.id, uid, name, workspace: workspace.id }];
  });
  return new Map(entries);
}

/** Nobody knows whose an entry without a workspace is. */
export function isElsewhere({ workspace }: ManifestEntry, workspaces: readonly Workspace[]): boolean {
  return workspace !== '' && workspaces.every(({ id }) => id !== workspace);
}

function byName(refs: readonly ResourceRef[]): Map<string, readonly ResourceRef[]> {
  return groupBy(refs, ({ kind, name }) => nameKey(kind, name));
}

function nameKey(kind: string, name: string): string {
  return `${kind}/${name}`;
}
