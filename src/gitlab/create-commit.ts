/** Makes one commit through the API, or learns for certain that it was not made. */
import { setTimeout } from 'node:timers/promises';
import type { CommitAction } from '@gitbeaker/core';
import * as z from 'zod';
import { KnownError } from '../errors.ts';
import { HttpError } from '../http/http-error.ts';
import type { Action, Applied, CommitPlan } from '../model.ts';
import { type BranchHead, headOf, readProject } from './branch.ts';
import { isMoved, isUnclear, translate, translatingErrors } from './errors.ts';
import type { Api } from './repository.ts';

type CommitTarget = {
  readonly project: string;
  readonly head: BranchHead;
  readonly retryDelays: readonly number[];
};

const Commit = z.looseObject({ id: z.string(), web_url: z.string().optional() });
const RecentCommits = z.array(Commit.extend({ message: z.string() }));
// Far more than anybody pushes while one request is under way.
const RECENT_COMMITS = 50;

/**
 * A POST is never blindly repeated: after an unclear answer the branch is read, and the commit sent again only when
 * it is still where the plan was made. Every write names the commit that it was planned from, so that one which
 * comes through late after all finds the branch changed, and is refused.
 * @throws KnownError
 */
export async function createCommit(api: Api, plan: CommitPlan, target: CommitTarget): Promise<Applied> {
  for (const delayMs of [...target.retryDelays, undefined]) {
    try {
      return await postCommit(api, plan, target);
    } catch (error) {
      if (!(error instanceof HttpError)) {
        throw error;
      }
      const outcome = await settle(api, { plan, target, error });
      if (outcome !== 'not-made') {
        return outcome;
      }
      if (delayMs === undefined) {
        throw translate(error, { project: target.project, branch: target.head.name });
      }
      await setTimeout(delayMs);
    }
  }
  throw new Error('The last try either returns or throws.');
}

async function postCommit(api: Api, plan: CommitPlan, { project, head }: CommitTarget): Promise<Applied> {
  const answer = await api.commits.create(
    project,
    head.name,
    plan.message,
    plan.actions.map((action) => toCommitAction(action, plan.baseCommit)),
    {
      stats: false,
      ...(head.startBranch === undefined ? {} : { startBranch: head.startBranch }),
      ...(plan.author === undefined ? {} : { authorName: plan.author.name, authorEmail: plan.author.email }),
    },
  );
  return committed(Commit.parse(answer));
}

function toCommitAction(action: Action, baseCommit: string | undefined): CommitAction {
  const { action: verb, path } = action;
  // `last_commit_id` may be any commit: GitLab compares who touched the path last, there and on the branch.
  const lock = baseCommit === undefined || verb === 'create' ? {} : { lastCommitId: baseCommit };
  const content = 'content' in action ? { content: action.content.toString('utf8') } : {};
  const previous = verb === 'move' ? { previousPath: action.previousPath } : {};
  return { action: verb, filePath: path, ...previous, ...content, ...lock };
}

/** Finds out what became of a commit whose POST failed. @throws KnownError when it was refused for good. */
async function settle(
  api: Api,
  failed: { readonly plan: CommitPlan; readonly target: CommitTarget; readonly error: HttpError },
): Promise<Applied | 'not-made'> {
  const { plan, target, error } = failed;
  const context = { project: target.project, branch: target.head.name };
  if (isMoved(error)) {
    return { status: 'moved' };
  }
  if (!isUnclear(error)) {
    throw error.status === 403 ? await explainForbidden(api, target, error) : translate(error, context);
  }
  return translatingErrors(context, async () => {
    const now = await headOf(api.branches, target.project, target.head.name);
    const before = target.head.startBranch === undefined ? plan.baseCommit : undefined;
    if (now === before) {
      return 'not-made';
    }
    const recent = await api.commits.all(target.project, {
      refName: target.head.name,
      perPage: RECENT_COMMITS,
      maxPages: 1,
    });
    const ours = RecentCommits.parse(recent).find(({ message }) => hasTrailer(message, plan.runId));
    return ours === undefined ? { status: 'moved' } : committed(ours);
  });
}

function hasTrailer(message: string, runId: string): boolean {
  return message.split('\n').some((line) => line.trim() === `Backup-Run: ${runId}`);
}

function committed({ id, web_url: url }: z.infer<typeof Commit>): Applied {
  return { status: 'committed', commit: id, ...(url === undefined ? {} : { url }) };
}

/** GitLab has one sentence for a protected branch, an archived project and a role that is too low. */
async function explainForbidden(
  api: Api,
  { project, head }: CommitTarget,
  error: HttpError,
): Promise<KnownError> {
  const plain = translate(error, { project, branch: head.name });
  if (plain.code !== 'GITLAB_FORBIDDEN') {
    return plain;
  }
  try {
    if ((await readProject(api.projects, project)).archived === true) {
      return new KnownError(
        'GITLAB_PROJECT_ARCHIVED',
        `The project "${project}" is archived: nothing can be pushed to it.`,
      );
    }
    const branch = Protection.parse(await api.branches.show(project, head.startBranch ?? head.name));
    if (branch.protected && !branch.can_push) {
      return new KnownError(
        'GITLAB_BRANCH_PROTECTED',
        `The branch "${head.name}" is protected, and the token's role may not push to it.`,
      );
    }
  } catch {
    // What cannot be looked up stays unexplained; GitLab's own words remain.
  }
  return plain;
}

const Protection = z.looseObject({ protected: z.boolean(), can_push: z.boolean() });
