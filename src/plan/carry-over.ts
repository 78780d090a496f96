/** What a branch changed since it left its target, to be done again on top of a target that moved on. */
import { isDeepStrictEqual } from 'node:util';
import { foldersAbove } from '../folders-above.ts';
import type { Manifest, ManifestEntry } from '../model.ts';

/** What one commit holds of a backup. */
export type BranchSide = {
  /** Path → blob id of all below its directory, without the manifest's own file. */
  readonly files: ReadonlyMap<string, string>;
  readonly manifest: Manifest;
  /** Paths of those files that are somebody else's. */
  readonly theirs: ReadonlySet<string>;
};

/** `base`: the newest commit that both branches have. */
export type Sides = Readonly<Record<'base' | 'source' | 'target', BranchSide>>;

export type CarryOver = {
  /** Path → blob id that it gets; nothing: it goes. */
  readonly files: ReadonlyMap<string, string | undefined>;
  /** The target's, with what the branch changed. */
  readonly manifest: Manifest;
};

/**
 * Where both changed a file of ours, the branch wins: the target's is what Postman was like before, or an edit by hand.
 * A resource on whose path the target has got a file of somebody else is left out: the next run backs it up elsewhere.
 */
export function planCarryOver(sides: Sides): CarryOver {
  const { base, source, target } = sides;
  const changed = union(base.files, source.files).filter(
    (path) => base.files.get(path) !== source.files.get(path),
  );
  const differing = changed.filter((path) => source.files.get(path) !== target.files.get(path));
  const taken = differing.filter(takenBy(sides));
  const blocked = [...source.manifest.values()].filter((entry) => taken.some((path) => isAt(path, entry)));
  const isBlocked = (path: string) => taken.includes(path) || blocked.some((entry) => isAt(path, entry));
  const files = differing.filter((path) => !isBlocked(path));
  return {
    files: new Map(files.map((path) => [path, source.files.get(path)])),
    manifest: mergeManifests(sides, new Set(blocked)),
  };
}

/** A file of somebody takes its own path; no folder can be where it is, and no file where its folders are. */
function takenBy({ base, target }: Sides): (path: string) => boolean {
  const theirs = new Set(
    [...target.theirs].filter((path) => target.files.get(path) !== base.files.get(path)),
  );
  const folders = new Set([...theirs].flatMap(foldersAbove));
  return (path) => [path, ...foldersAbove(path)].some((one) => theirs.has(one)) || folders.has(path);
}

function mergeManifests({ base, source, target }: Sides, blocked: ReadonlySet<ManifestEntry>): Manifest {
  const merged = new Map(target.manifest);
  for (const key of union(base.manifest, source.manifest)) {
    const entry = source.manifest.get(key);
    if (entry === undefined) {
      merged.delete(key);
    } else if (!blocked.has(entry) && !isDeepStrictEqual(entry, base.manifest.get(key))) {
      merged.set(key, entry);
    }
  }
  return merged;
}

function isAt(path: string, entry: ManifestEntry): boolean {
  return path === entry.path || path.startsWith(`${entry.path}/`);
}

function union<K>(one: ReadonlyMap<K, unknown>, other: ReadonlyMap<K, unknown>): readonly K[] {
  return [...new Set([...one.keys(), ...other.keys()])];
}
