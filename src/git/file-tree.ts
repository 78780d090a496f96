/** The files of a commit as folders: one version shares with the next what did not change. */
import { groupBy } from '../group-by.ts';

/** Name → what lies there: a folder, or the blob id of a file. */
export type FileTree = ReadonlyMap<string, FileTree | string>;

/** What lies at one path: a folder, the blob id of a file, or nothing. */
export type Version = FileTree | string | undefined;

type Edit = { readonly names: readonly string[]; readonly id: string | undefined };

/** @param edits path → blob id; nothing when no file is there any more. */
export function withFiles(
  tree: FileTree,
  edits: Iterable<readonly [path: string, id: string | undefined]>,
): FileTree {
  return edit(
    tree,
    [...edits].map(([path, id]) => ({ names: path.split('/'), id })),
  );
}

/** Each folder is copied once, however many of its files change. */
function edit(tree: FileTree, edits: readonly Edit[]): FileTree {
  const edited = new Map(tree);
  for (const [name, its] of byName(edits)) {
    const now = editOne(tree.get(name), its);
    if (now === undefined) {
      edited.delete(name);
    } else {
      edited.set(name, now);
    }
  }
  return edited;
}

function byName(edits: readonly Edit[]): ReadonlyMap<string, readonly Edit[]> {
  return groupBy(edits, ({ names: [name = ''] }) => name);
}

/** A file may become a folder, and a folder a file. */
function editOne(old: Version, edits: readonly Edit[]): Version {
  const own = edits.find(({ names }) => names.length === 1);
  const below = edits.filter(({ names }) => names.length > 1);
  const inside = typeof old === 'object' ? old : new Map<string, string>();
  const folder = edit(
    inside,
    below.map(({ names, id }) => ({ names: names.slice(1), id })),
  );
  const file = own === undefined && typeof old === 'string' ? old : own?.id;
  return folder.size > 0 ? folder : file;
}

export function versionAt(tree: FileTree, path: string): Version {
  return path
    .split('/')
    .reduce<Version>((at, name) => (typeof at === 'object' ? at.get(name) : undefined), tree);
}

/** @returns path below the version's own (empty when it is one file) → blob id; a submodule has none and is left out. */
export function filesOf(version: Version): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  const collect = (at: Version, path: string) => {
    if (typeof at !== 'string') {
      for (const [name, inside] of at ?? []) {
        collect(inside, path === '' ? name : `${path}/${name}`);
      }
    } else if (at !== '') {
      files.set(path, at);
    }
  };
  collect(version, '');
  return files;
}
