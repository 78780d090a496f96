/** Puts actions into an order in which each finds what it needs: GitLab applies them one after the other. */
import type { Action, Tree } from '../model.ts';

/**
 * Deletions first, then moves, then contents. A move onto a path that another one leaves in the same commit (two
 * resources that swapped names) becomes a deletion and a creation, which need no order among themselves.
 */
export function orderActions(actions: readonly Action[], tree: Tree): readonly Action[] {
  const deletions: Action[] = [];
  const moves: Action[] = [];
  const contents: Action[] = [];
  for (const action of actions) {
    if (action.action === 'delete') {
      deletions.push(action);
    } else if (action.action !== 'move') {
      contents.push(action);
    } else if (tree.files.has(action.path) && action.content !== undefined) {
      deletions.push({ action: 'delete', path: action.previousPath });
      contents.push({ action: 'create', path: action.path, content: action.content });
    } else {
      moves.push(action);
    }
  }
  return [...deletions, ...moves, ...contents];
}
