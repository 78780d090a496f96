/** The body of `POST …/repository/commits`: encoded file by file, because as one text it takes many times its size. */
import type { Action, CommitPlan } from '../model.ts';
import type { BranchHead } from './branch.ts';

/** @returns JSON, in GitLab's words (https://docs.gitlab.com/api/commits/#create-a-commit-with-multiple-files-and-actions). */
export function encodeCommit(plan: CommitPlan, head: BranchHead): Blob {
  const about = {
    branch: head.name,
    commit_message: plan.message,
    stats: false,
    ...(head.startBranch === undefined ? {} : { start_branch: head.startBranch }),
    ...(head.replaces === undefined ? {} : { start_sha: head.commit, force: true }),
    ...(plan.author === undefined ? {} : { author_name: plan.author.name, author_email: plan.author.email }),
  };
  const pieces = plan.actions.map((action, index) => {
    const json = JSON.stringify(toCommitAction(action, plan.baseCommit));
    // A blob of its own: its bytes lie outside of the heap, and the texts are garbage at once.
    return new Blob([index === 0 ? '' : ',', json]);
  });
  return new Blob([JSON.stringify(about).replace(/\}$/, ',"actions":['), ...pieces, ']}']);
}

function toCommitAction(action: Action, baseCommit: string | undefined): object {
  const { action: verb, path } = action;
  return {
    action: verb,
    file_path: path,
    ...(verb === 'move' ? { previous_path: action.previousPath } : {}),
    ...('content' in action ? { content: action.content.toString('utf8') } : {}),
    // It may be any commit: GitLab compares who touched the path last, there and on the branch.
    ...(baseCommit === undefined || verb === 'create' ? {} : { last_commit_id: baseCommit }),
  };
}
