/** Puts actions into an order in which each finds what it needs: GitLab applies them one after the other. */

import { foldersAbove } from '../folders-above.ts';
import type { Action, Tree } from '../model.ts';

/**
 * Deletions first, then moves, then contents. A move onto a path that another one leaves in the same commit (two
 * resources that swapped names) becomes a deletion and a creation, which need no order among themselves.
 */
export function orderActions(actions: readonly Action[], tree: Tree): readonly Action[] {
  const deletions: Action[] = [];
  const moves: Action[] = [];
  const contents: Action[] = [];
  const isBlocked = blockageTest(tree);
  for (const action of actions) {
    if (action.action === 'delete') {
      deletions.push(action);
    } else if (action.action !== 'move') {
      contents.push(action);
    } else if (action.content !== undefined && isBlocked(action.path)) {
      deletions.push({ action: 'delete', path: action.previousPath });
      contents.push({ action: 'create', path: action.path, content: action.content });
    } else {
      moves.push(action);
    }
  }
  return [...deletions, ...moves, ...contents];
}

/** A path is blocked by a file on it or above it, and by a folder of its name: all of them are about to go. */
function blockageTest({ files }: Tree): (path: string) => boolean {
  const folders = new Set([...files.keys()].flatMap(foldersAbove));
  return (path) =>
    files.has(path) || folders.has(path) || foldersAbove(path).some((folder) => files.has(folder));
}
