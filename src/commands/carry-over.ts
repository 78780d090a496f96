/** Brings what a branch changed to the top of a target that moved on, as one commit, whatever Postman says by now. */
import type { BackupConfig } from '../config/config.ts';
import { KnownError } from '../errors.ts';
import type { MergeRequests } from '../gitlab/merge-requests.ts';
import type { Action, Outcome, Tree } from '../model.ts';
import { type CarryOver, planCarryOver } from '../plan/carry-over.ts';
import { describeCommit } from '../plan/describe-commit.ts';
import { diffManifests } from '../plan/diff-manifests.ts';
import { orderActions } from '../plan/order-actions.ts';
import { isArchived, manifestPath } from '../snapshot/layout.ts';
import { renderManifest } from '../snapshot/manifest.ts';
import type { BackupTools } from './backup-input.ts';
import { MAX_COMMIT_BYTES } from './commit-pending.ts';
import { readSide } from './read-side.ts';

type CarryOverTools = {
  readonly requests: Pick<MergeRequests, 'treeAt' | 'readBlob' | 'commit' | 'mergeBase'>;
  /** All those that go to one branch. */
  readonly backups: readonly [BackupConfig, ...BackupConfig[]];
  readonly tools: Pick<BackupTools, 'nextRunId' | 'maskText'>;
};

/** Branch, ids of the heads, and where backups lie: also those of other jobs. */
type Place = {
  readonly branch: string;
  readonly source: string;
  readonly target: string;
  readonly directories: readonly string[];
};

type Trees = Readonly<Record<'base' | 'source' | 'target', Tree>>;
type Prepared = {
  readonly actions: readonly Action[];
  readonly outcomes: readonly Outcome[];
  /** Those to which something is carried. */
  readonly directories: readonly string[];
};

/**
 * A plan made anew would not do: what fails in this run, what Postman has no longer, and edits that its list hides
 * would be gone from the merge request.
 * @returns the commit; `nothing` when the target has it all; `too-large` when it is more than one commit should hold:
 * several would leave a branch that lacks the rest when the run is killed between them.
 * @throws KnownError BRANCH_KEPT_MOVING when somebody pushed to the branch meanwhile.
 */
export async function carryOver(
  { branch, source, target, directories }: Place,
  { requests, tools, backups }: CarryOverTools,
): Promise<{ readonly commit: string } | 'nothing' | 'too-large'> {
  const trees = {
    base: await requests.treeAt(await requests.mergeBase(target, source), directories),
    source: await requests.treeAt(source, directories),
    target: await requests.treeAt(target, directories),
  };
  const prepared = await prepare(trees, directories, requests);
  if (prepared === 'too-large') {
    return 'too-large';
  }
  if (prepared.actions.length === 0) {
    return 'nothing';
  }
  const [{ author, commitPrefix: prefix, skipCi }] = backups;
  const runId = tools.nextRunId();
  const about = { ...prepared, workspaces: [], failed: 0, runId, prefix, skipCi };
  const plan = {
    baseCommit: target,
    ...(author === undefined ? {} : { author }),
    actions: orderActions(prepared.actions, trees.target),
    message: tools.maskText(describeCommit(about)),
    runId,
  };
  const head = { name: branch, commit: target, replaces: source };
  const applied = await requests.commit(plan, head).catch(asTooLarge);
  if (applied === 'too-large') {
    return applied;
  }
  if (applied.status === 'moved') {
    throw new KnownError(
      'BRANCH_KEPT_MOVING',
      `The branch "${branch}" moved while what it holds was brought to the top of its target.`,
    );
  }
  return { commit: applied.commit };
}

/** What a proxy in front of GitLab finds, too. */
function asTooLarge(error: unknown): 'too-large' {
  if (error instanceof KnownError && error.code === 'GITLAB_PAYLOAD_TOO_LARGE') {
    return 'too-large';
  }
  throw error;
}

async function prepare(
  trees: Trees,
  all: readonly string[],
  requests: Pick<MergeRequests, 'readBlob'>,
): Promise<Prepared | 'too-large'> {
  const directories: string[] = [];
  const actions: Action[] = [];
  const outcomes: Outcome[] = [];
  let left = MAX_COMMIT_BYTES;
  for (const directory of all) {
    const sides = {
      base: await readSide(requests, trees.base, directory),
      source: await readSide(requests, trees.source, directory),
      target: await readSide(requests, trees.target, directory),
    };
    const plan = planCarryOver(sides);
    const its = diffManifests(sides.target.manifest, plan.manifest, (path) => isArchived(path, directory));
    // Other times of Postman's list are nothing to carry.
    if (plan.files.size > 0 || its.length > 0) {
      for await (const action of toActions(requests, plan, { target: trees.target, directory })) {
        left -= 'content' in action ? action.content.length : 0;
        if (left < 0) {
          return 'too-large';
        }
        actions.push(action);
      }
      outcomes.push(...its);
      directories.push(directory);
    }
  }
  return { actions, outcomes, directories };
}

async function* toActions(
  { readBlob }: Pick<MergeRequests, 'readBlob'>,
  plan: CarryOver,
  { target, directory }: { readonly target: Tree; readonly directory: string },
): AsyncGenerator<Exclude<Action, { action: 'move' }>> {
  const put = (path: string, content: Buffer) =>
    ({ action: target.files.has(path) ? 'update' : 'create', path, content }) as const;
  for (const [path, id] of plan.files) {
    yield id === undefined ? { action: 'delete', path } : put(path, await readBlob(id));
  }
  const index = manifestPath(directory);
  const { content, id } = renderManifest(plan.manifest);
  if (target.files.get(index) !== id) {
    yield put(index, content);
  }
}
