/** Brings one commit of a run to the branch, wherever the branch has got to meanwhile. */
import { setTimeout } from 'node:timers/promises';
import { KnownError } from '../errors.ts';
import type { BranchState } from '../plan/branch-state.ts';
import { describeCommit } from '../plan/describe-commit.ts';
import { type Batch, type Moment, planBatch, type RunFacts } from './plan-batch.ts';
import type { Repository } from './ports.ts';

export type CarryOutOptions = RunFacts & {
  readonly repository: Repository;
  /** A value of the `Backup-Run` trailer that no other commit has. */
  readonly nextRunId: () => string;
  readonly dryRun: boolean;
  /** Reads the branch anew, after it moved. */
  readonly readBranch: () => Promise<BranchState>;
  /** Milliseconds to wait before another try, so that writers that collided do not collide again. */
  readonly pauseMs: (attempt: number) => number;
};

export type CommittedBatch = { readonly id: string; readonly url?: string; readonly title: string };

export type CarriedOut = {
  readonly batch: Batch;
  /** As the batch left it. */
  readonly branch: BranchState;
  /** Absent when there was nothing to commit. */
  readonly commit?: CommittedBatch;
};

const MAX_TRIES = 5;

/** @throws KnownError BRANCH_KEPT_MOVING, or why the repository refuses. */
export async function carryOut(options: CarryOutOptions, moment: Moment): Promise<CarriedOut> {
  let { branch } = moment;
  for (let attempt = 1; attempt <= MAX_TRIES; attempt++) {
    const batch = planBatch(options, { ...moment, branch });
    const done = batch.actions.length === 0 ? { batch, branch } : await tryOnce(batch, branch, options);
    if (done !== 'moved') {
      return done;
    }
    if (attempt < MAX_TRIES) {
      await setTimeout(options.pauseMs(attempt));
      branch = await options.readBranch();
    }
  }
  const name = await options.repository.branchName();
  throw new KnownError(
    'BRANCH_KEPT_MOVING',
    `The branch "${name}" moved at each of ${MAX_TRIES} tries to commit.`,
  );
}

/** @returns `moved` when the branch is not where `before` was read: nothing was written. */
async function tryOnce(
  batch: Batch,
  before: BranchState,
  options: CarryOutOptions,
): Promise<CarriedOut | 'moved'> {
  const { actions, files, after } = batch;
  if (options.dryRun) {
    return { batch, branch: after };
  }
  const { author, commitPrefix: prefix, skipCi } = options.backup;
  const { workspaces } = options.inventory;
  const runId = options.nextRunId();
  const message = describeCommit({ outcomes: files.outcomes, workspaces, runId, prefix, skipCi });
  const { commit: baseCommit } = before.tree;
  const applied = await options.repository.apply({
    ...(baseCommit === undefined ? {} : { baseCommit }),
    ...(author === undefined ? {} : { author }),
    actions,
    message,
    runId,
  });
  if (applied.status === 'moved') {
    return 'moved';
  }
  const { commit: id, url } = applied;
  const [title = ''] = message.split('\n');
  return {
    batch,
    branch: { ...after, tree: { ...after.tree, commit: id } },
    commit: { id, title, ...(url === undefined ? {} : { url }) },
  };
}
