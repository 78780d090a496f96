/** The folders of a path in a repository. */
import { posix } from 'node:path';

/** @returns the folders that a path lies in, the innermost first; the root is none. */
export function foldersAbove(path: string): readonly string[] {
  const folder = posix.dirname(path);
  return folder === '.' ? [] : [folder, ...foldersAbove(folder)];
}
