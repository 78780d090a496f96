/** What two manifests of one backup say has changed between them. */
import type { ChangeType, Manifest, ManifestEntry, Outcome, ResourceKey } from '../model.ts';
import { kindOf, uuidOf } from '../resource-key.ts';

type IsArchived = (path: string) => boolean;
type Pair = { readonly before: ManifestEntry | undefined; readonly after: ManifestEntry | undefined };

/** @returns one for each resource whose place, name or content differs, by kind and name; its workspace is an id. */
export function diffManifests(before: Manifest, after: Manifest, isArchived: IsArchived): readonly Outcome[] {
  const keys = [...new Set([...before.keys(), ...after.keys()])];
  return keys
    .flatMap((key) => describeEntry(key, { before: before.get(key), after: after.get(key) }, isArchived))
    .sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1));
}

function describeEntry(key: ResourceKey, pair: Pair, isArchived: IsArchived): Outcome | [] {
  const { before, after } = pair;
  const entry = after ?? before;
  const changes = changesBetween(pair, isArchived);
  if (entry === undefined || changes.length === 0) {
    return [];
  }
  return {
    kind: kindOf(key),
    uuid: uuidOf(key),
    name: entry.name,
    workspace: entry.workspace,
    path: entry.path,
    status: 'changed',
    changes,
    ...(before === undefined || before.path === entry.path ? {} : { previous: before.path }),
  };
}

function changesBetween({ before, after }: Pair, isArchived: IsArchived): readonly ChangeType[] {
  if (before === undefined) {
    return ['added'];
  }
  if (after === undefined) {
    return ['removed'];
  }
  return [...placeChange(before, after, isArchived), ...(before.id === after.id ? [] : ['updated' as const])];
}

function placeChange(
  before: ManifestEntry,
  after: ManifestEntry,
  isArchived: IsArchived,
): readonly ChangeType[] {
  if (isArchived(before.path) !== isArchived(after.path)) {
    return [isArchived(after.path) ? 'archived' : 'restored'];
  }
  if (before.name !== after.name) {
    return ['renamed'];
  }
  return before.path === after.path ? [] : ['moved'];
}

function sortKey({ kind, name, uuid }: Outcome): string {
  return [kind, name, uuid].join('\n');
}
