/** What lies at a path of a tree: one file, or the files of a folder. */
import type { Action, Tree } from '../model.ts';
import { blobId, treeId } from '../object-id.ts';

const sortedPaths = new WeakMap<Tree['files'], readonly string[]>();

/** @returns git's id of the file or folder there; nothing when there is neither. */
export function objectIdAt(tree: Tree, path: string): string | undefined {
  const file = tree.files.get(path);
  if (file !== undefined) {
    return file;
  }
  const files = filesAt(tree, path);
  return files.size === 0 ? undefined : treeId(files);
}

/** @returns path below `path` → blob id; the empty path stands for a file that lies there itself. */
export function filesAt({ files }: Tree, path: string): ReadonlyMap<string, string> {
  const file = files.get(path);
  if (file !== undefined) {
    return new Map([['', file]]);
  }
  const folder = `${path}/`;
  return new Map(pathsBelow(files, folder).map((one) => [one.slice(folder.length), files.get(one) ?? '']));
}

/** Hundreds of folders are looked up in a tree of tens of thousands of files: it is sorted once, then searched. */
function pathsBelow(files: Tree['files'], folder: string): readonly string[] {
  const sorted = sortedPaths.get(files) ?? [...files.keys()].sort();
  sortedPaths.set(files, sorted);
  let start = 0;
  for (let end = sorted.length; start < end; ) {
    const middle = (start + end) >>> 1;
    if ((sorted[middle] ?? '') < folder) {
      start = middle + 1;
    } else {
      end = middle;
    }
  }
  let end = start;
  while (sorted[end]?.startsWith(folder) === true) {
    end++;
  }
  return sorted.slice(start, end);
}

/** @param actions in the order in which they are applied. @returns the tree that they leave, its commit unchanged. */
export function treeAfter(tree: Tree, actions: readonly Action[]): Tree {
  const files = new Map(tree.files);
  for (const action of actions) {
    const before = action.action === 'move' ? action.previousPath : action.path;
    const id =
      action.action === 'delete' || action.content === undefined ? undefined : blobId(action.content);
    const moved = action.action === 'move' ? files.get(before) : undefined;
    files.delete(before);
    const after = id ?? moved;
    if (after !== undefined) {
      files.set(action.path, after);
    }
  }
  return { ...tree, files };
}
