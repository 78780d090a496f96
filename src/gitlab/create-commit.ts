/** Makes one commit through the API, or learns for certain that it was not made. */
import { setTimeout } from 'node:timers/promises';
import * as z from 'zod';
import { HttpError } from '../http/http-error.ts';
import type { Applied, CommitPlan } from '../model.ts';
import type { Api } from './api.ts';
import { type BranchHead, headOf } from './branch.ts';
import { encodeCommit } from './commit-body.ts';
import {
  disagreesAboutFiles,
  type Failure,
  isFailure,
  isMoved,
  isUnclear,
  translate,
  translatingErrors,
  unlessMissing,
} from './errors.ts';
import { explainForbidden } from './explain-forbidden.ts';

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
      if (await isOvertaken(api, target)) {
        return await settleMoved(api, plan, target);
      }
      return await postCommit(api, plan, target);
    } catch (error) {
      if (!isFailure(error)) {
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

/** GitLab replaces a branch without asking what is on it: it is asked right before. */
async function isOvertaken(api: Api, { project, head: { name, replaces } }: CommitTarget): Promise<boolean> {
  return replaces !== undefined && (await headOf(api.branches, project, name)) !== replaces;
}

/** Past gitbeaker, which would hold the whole commit as one text. */
async function postCommit(api: Api, plan: CommitPlan, { project, head }: CommitTarget): Promise<Applied> {
  const { json } = await api.client.request({
    method: 'POST',
    path: `projects/${encodeURIComponent(project)}/repository/commits`,
    body: encodeCommit(plan, head),
  });
  return committed(Commit.parse(json));
}

/** Finds out what became of a commit whose POST failed. @throws KnownError when it was refused for good. */
async function settle(
  api: Api,
  failed: { readonly plan: CommitPlan; readonly target: CommitTarget; readonly error: Failure },
): Promise<Applied | 'not-made'> {
  const { plan, target, error } = failed;
  const context = { project: target.project, branch: target.head.name };
  if (!isMoved(error) && !isUnclear(error)) {
    const isForbidden = error instanceof HttpError && error.status === 403;
    throw isForbidden ? await explainForbidden(api, target, error) : translate(error, context);
  }
  return translatingErrors(context, async () => {
    if ((isUnclear(error) || disagreesAboutFiles(error)) && (await isWhereItWas(api, plan, target))) {
      if (isUnclear(error)) {
        return 'not-made';
      }
      // Nobody pushed, and yet GitLab sees other files than we do: trying again would not change that.
      throw error;
    }
    return settleMoved(api, plan, target);
  });
}

/** What moved the branch may have been an earlier try, or one that a proxy repeated. */
async function settleMoved(api: Api, plan: CommitPlan, target: CommitTarget): Promise<Applied> {
  const ours = await findOurs(api, plan, target);
  return ours === undefined ? { status: 'moved' } : committed(ours);
}

async function isWhereItWas(api: Api, plan: CommitPlan, { project, head }: CommitTarget): Promise<boolean> {
  const before = head.startBranch === undefined ? (head.replaces ?? plan.baseCommit) : undefined;
  return (await headOf(api.branches, project, head.name)) === before;
}

async function findOurs(
  api: Api,
  { runId, baseCommit }: CommitPlan,
  { project, head }: CommitTarget,
): Promise<z.infer<typeof Commit> | undefined> {
  const recent = await unlessMissing(() =>
    api.commits.all(project, { refName: head.name, perPage: RECENT_COMMITS, page: 1 }),
  );
  const commits = RecentCommits.parse(recent ?? []);
  // Only what came after the plan can be ours: another run of the same job may have used the same trailer before.
  const base = commits.findIndex(({ id }) => id === baseCommit);
  return commits
    .slice(0, base === -1 ? commits.length : base)
    .find(({ message }) => hasTrailer(message, runId));
}

function hasTrailer(message: string, runId: string): boolean {
  return message.split('\n').some((line) => line.trim() === `Backup-Run: ${runId}`);
}

function committed({ id, web_url: url }: z.infer<typeof Commit>): Applied {
  return { status: 'committed', commit: id, ...(url === undefined ? {} : { url }) };
}
