/** Brings one commit of a run to the branch, wherever the branch has got to meanwhile. */
import { setTimeout } from 'node:timers/promises';
import { KnownError } from '../errors.ts';
import type { ChangeType, Outcome, Tree } from '../model.ts';
import type { BranchState } from '../plan/branch-state.ts';
import { describeCommit } from '../plan/describe-commit.ts';
import { type Comparisons, compareBatch } from './compare-batch.ts';
import { type Batch, type Moment, planBatch, type RunFacts } from './plan-batch.ts';
import type { Repository } from './ports.ts';

export type CarryOutOptions = {
  readonly repository: Repository;
  /** A value of the `Backup-Run` trailer that no other commit has. */
  readonly nextRunId: () => string;
  readonly dryRun: boolean;
  readonly removals: RemovalCount;
  readonly comparisons: Comparisons;
  /** Hears every secret value that was found. */
  readonly onSecret: (value: string) => void;
  /** Takes known secrets out of a text: a name may hold what is a secret elsewhere. */
  readonly maskText: (text: string) => string;
  /** Milliseconds to wait before another try, so that writers that collided do not collide again. */
  readonly pauseMs: (attempt: number) => number;
};

/** Resources archived or deleted: `max-removals` is about a run, however many backups and commits it makes. */
export type RemovalCount = { made: number };

/** What one backup brings to a commit. */
export type Contribution = {
  readonly facts: RunFacts;
  readonly moment: Omit<Moment, 'removed'>;
  /** What has become of others of its resources so far. */
  readonly outcomes: readonly Outcome[];
  /** Reads what the branch holds of this backup, after it moved. */
  readonly readPart: (tree: Tree) => Promise<BranchState>;
};

export type CommittedBatch = { readonly id: string; readonly url?: string; readonly title: string };

export type CarriedOut = {
  /** One for each contribution, in their order. */
  readonly parts: readonly CarriedPart[];
  /** Absent when there was nothing to commit. */
  readonly commit?: CommittedBatch;
};

type CarriedPart = {
  readonly batch: Batch;
  /** As the commit left it. */
  readonly branch: BranchState;
};

type PlannedPart = { readonly facts: RunFacts; readonly before: BranchState; readonly batch: Batch };

const MAX_TRIES = 5;

/** @throws KnownError BRANCH_KEPT_MOVING, or why the repository refuses. */
export async function carryOut(
  options: CarryOutOptions,
  contributions: readonly Contribution[],
): Promise<CarriedOut> {
  let branches = contributions.map(({ moment }) => moment.branch);
  for (let attempt = 1; attempt <= MAX_TRIES; attempt++) {
    let removed = options.removals.made;
    const planned = contributions.map(({ facts, moment }, index): PlannedPart => {
      const before = branches[index] ?? moment.branch;
      const batch = planBatch(facts, { ...moment, branch: before, removed });
      removed += countRemovals(batch);
      return { facts, before, batch };
    });
    const compared = await compareAll(planned, contributions, options);
    const soFar = contributions.flatMap(({ outcomes }) => outcomes);
    const done = await tryOnce(compared, soFar, options);
    if (done !== 'moved') {
      options.removals.made = removed;
      return done;
    }
    if (attempt < MAX_TRIES) {
      await setTimeout(options.pauseMs(attempt));
      branches = await readParts(contributions, options);
    }
  }
  const name = await options.repository.branchName();
  throw new KnownError(
    'BRANCH_KEPT_MOVING',
    `The branch "${name}" moved at each of ${MAX_TRIES} tries to commit.`,
  );
}

async function compareAll(
  planned: readonly PlannedPart[],
  contributions: readonly Contribution[],
  options: CarryOutOptions,
): Promise<readonly PlannedPart[]> {
  const compared: PlannedPart[] = [];
  for (const [index, part] of planned.entries()) {
    const pending = contributions[index]?.moment.pending ?? [];
    compared.push({ ...part, batch: await compareBatch({ ...part, pending }, options) });
  }
  return compared;
}

function countRemovals({ files }: Batch): number {
  const isRemoval = (change: ChangeType) => change === 'removed' || change === 'archived';
  return files.outcomes.filter(({ changes = [] }) => changes.some(isRemoval)).length;
}

async function readParts(
  contributions: readonly Contribution[],
  { repository }: CarryOutOptions,
): Promise<BranchState[]> {
  const tree = await repository.listTree();
  const branches: BranchState[] = [];
  for (const { readPart } of contributions) {
    branches.push(await readPart(tree));
  }
  return branches;
}

/**
 * @param soFar what has become of other resources of the run.
 * @returns `moved` when the branch is not where it was read: nothing was written.
 */
async function tryOnce(
  planned: readonly PlannedPart[],
  soFar: readonly Outcome[],
  options: CarryOutOptions,
): Promise<CarriedOut | 'moved'> {
  const contributing = planned.filter(({ batch }) => batch.actions.length > 0);
  const [first] = contributing;
  if (first === undefined || options.dryRun) {
    return { parts: planned.map((part) => ({ batch: part.batch, branch: branchAfter(part) })) };
  }
  const { author } = first.facts.backup;
  const { commit: baseCommit } = first.before.tree;
  const runId = options.nextRunId();
  const all = [...soFar, ...planned.flatMap(({ batch }) => batch.files.outcomes)];
  const failed = all.filter(({ status }) => status === 'failed').length;
  const message = options.maskText(describe(contributing, { backup: first.facts.backup, failed, runId }));
  const applied = await options.repository.apply({
    ...(baseCommit === undefined ? {} : { baseCommit }),
    ...(author === undefined ? {} : { author }),
    actions: contributing.flatMap(({ batch }) => batch.actions),
    message,
    runId,
  });
  if (applied.status === 'moved') {
    return 'moved';
  }
  const { commit: id, url } = applied;
  const [title = ''] = message.split('\n');
  return {
    parts: planned.map((part) => {
      const branch = branchAfter(part);
      return { batch: part.batch, branch: { ...branch, tree: { ...branch.tree, commit: id } } };
    }),
    commit: { id, title, ...(url === undefined ? {} : { url }) },
  };
}

type Circumstances = Pick<RunFacts, 'backup'> & { readonly failed: number; readonly runId: string };

/** All of them have the same author, prefix and `skip-ci`: the configuration saw to it. */
function describe(contributing: readonly PlannedPart[], { backup, failed, runId }: Circumstances): string {
  const workspaces = contributing.flatMap(({ facts }) => facts.inventory.workspaces);
  return describeCommit({
    outcomes: contributing.flatMap(({ batch }) => batch.files.outcomes),
    workspaces: [...new Map(workspaces.map((workspace) => [workspace.id, workspace])).values()],
    ...(backup.mergeRequest === undefined
      ? {}
      : { directories: contributing.map(({ facts }) => facts.backup.directory) }),
    ...{ failed, runId },
    prefix: backup.commitPrefix,
    skipCi: backup.skipCi,
  });
}

/** What is not worth a commit is not on the branch: the manifest stays what it was. */
function branchAfter({ batch, before }: PlannedPart): BranchState {
  return batch.actions.length === 0 ? before : batch.after;
}
