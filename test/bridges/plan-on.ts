/** A commit plan, as the tests of both bridges to a repository need one. */
import type { Action, CommitPlan, Tree } from '../../src/model.ts';

let runs = 0;

/** A plan on top of `tree` with a run id of its own. */
export function planOn(tree: Tree, actions: readonly Action[], rest: Partial<CommitPlan> = {}): CommitPlan {
  runs += 1;
  const runId = `4711-${runs}`;
  return {
    ...(tree.commit === undefined ? {} : { baseCommit: tree.commit }),
    actions,
    message: `Back up\n\nPostman-Workspace: Payments\nBackup-Run: ${runId}\n`,
    runId,
    ...rest,
  };
}
