/** Finds what people did to the files of a backup since its manifest was written. */
import type { Kind, ManifestEntry, ResourceKey } from '../../model.ts';
import { kindOf } from '../../resource-key.ts';
import type { BranchState } from '../branch-state.ts';
import { objectIdAt } from '../tree-content.ts';

/** A resource whose files are not what the manifest says. */
export type EditedFile = {
  readonly key: ResourceKey;
  readonly entry: ManifestEntry;
  /** Where it lies now: another place than the entry's when somebody moved it. */
  readonly path: string;
};

/** A file, or a folder with its index, that no entry of the manifest names. */
export type UnknownFile = {
  readonly kind: Kind;
  readonly path: string;
  /** As the file says, if it says so. */
  readonly uuid?: string;
  readonly name: string;
  /** The entry that it has, of a resource in a workspace that this branch is not tied to. */
  readonly elsewhere?: ResourceKey;
};

export type Edits = {
  readonly edited: readonly EditedFile[];
  /** Not there any more. */
  readonly removed: readonly Pick<EditedFile, 'key' | 'entry'>[];
  readonly added: readonly UnknownFile[];
};

type Rules = {
  /** Whether an entry is one that can be pushed at all. */
  readonly isOurs: (kind: Kind, entry: ManifestEntry) => boolean;
  /** Entries of another workspace that are pushed to this one: what they say of the file is of that one. */
  readonly isCounterpart: (key: ResourceKey) => boolean;
  /** Whether an entry is of another workspace, and this one is to get its own. */
  readonly isElsewhere: (entry: ManifestEntry) => boolean;
};

/**
 * A file that was moved is the one with its id, if that is not where it was; a copy beside it is a new one.
 * @param unknown the files that no entry names.
 */
export function findEdits(
  { manifest, tree }: BranchState,
  unknown: readonly UnknownFile[],
  { isOurs, isCounterpart, isElsewhere }: Rules,
): Edits {
  const isStrange = (key: ResourceKey, entry: ManifestEntry) => !isCounterpart(key) && isElsewhere(entry);
  const all = [...manifest].filter(([key, entry]) => isOurs(kindOf(key), entry));
  const ours = all.filter(([key, entry]) => !isStrange(key, entry));
  const missing = new Map(ours.filter(([, { path }]) => objectIdAt(tree, path) === undefined));
  const movedTo = new Map<ResourceKey, UnknownFile>();
  for (const file of unknown) {
    const key: ResourceKey = `${file.kind}/${file.uuid ?? ''}`;
    if (missing.has(key) && !movedTo.has(key)) {
      movedTo.set(key, file);
    }
  }
  const moved = new Set(movedTo.values());
  const edited = ours.flatMap(([key, entry]): EditedFile | [] => {
    const path = movedTo.get(key)?.path ?? entry.path;
    const id = objectIdAt(tree, path);
    const isAsWritten = id === entry.id && path === entry.path && !isCounterpart(key);
    return id === undefined || isAsWritten ? [] : { key, entry, path };
  });
  const strange = all.flatMap(([key, entry]): UnknownFile | [] => {
    const isThere = isStrange(key, entry) && objectIdAt(tree, entry.path) !== undefined;
    return isThere ? { kind: kindOf(key), path: entry.path, name: entry.name, elsewhere: key } : [];
  });
  return {
    edited,
    removed: [...missing].flatMap(([key, entry]) => (movedTo.has(key) ? [] : { key, entry })),
    added: [...unknown.filter((file) => !moved.has(file)), ...strange],
  };
}
