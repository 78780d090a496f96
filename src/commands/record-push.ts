/** Records on the branch what Postman has after a push, so that the next backup finds nothing to write. */
import { setTimeout } from 'node:timers/promises';
import type { BackupConfig } from '../config/config.ts';
import { KnownError } from '../errors.ts';
import { inert } from '../inert.ts';
import type { Action, Manifest, RenderedResource, ResourceKey, ResourceRef, Workspace } from '../model.ts';
import { type BranchState, foreignPaths } from '../plan/branch-state.ts';
import { blockedByGuests } from '../plan/guests.ts';
import { planFiles } from '../plan/plan-files.ts';
import { objectIdAt } from '../plan/tree-content.ts';
import { keyOf } from '../resource-key.ts';
import { assignPaths } from '../snapshot/assign-paths.ts';
import { collisionKey } from '../snapshot/file-name.ts';
import { isArchived, type LayoutOptions, manifestPath } from '../snapshot/layout.ts';
import { renderManifest } from '../snapshot/manifest.ts';
import type { Repository } from './ports.ts';
import type { PushTools } from './push-input.ts';

/** A resource as Postman has it after the push. */
export type Recorded = {
  readonly ref: ResourceRef;
  readonly rendered: RenderedResource;
  /** Where the file lies that was pushed. */
  readonly path: string;
  /** The entry of the manifest that it takes the place of, when that is of another resource. */
  readonly replaces?: ResourceKey;
};

type PushRecord = {
  readonly recorded: readonly Recorded[];
  /** Resources that are gone from Postman, and their files from the branch. */
  readonly removed: readonly ResourceKey[];
};

type RecordOptions = PushTools & {
  readonly repository: Repository;
  readonly settings: BackupConfig;
  readonly layout: LayoutOptions;
  readonly workspaces: readonly Workspace[];
  /** The branch as it was read. */
  readonly head: BranchState;
  /** What was pushed of it: its head, or a commit before. */
  readonly before: BranchState;
  readonly readBranch: () => Promise<BranchState>;
};

export type RecordedCommit = { readonly id: string; readonly url?: string; readonly title: string };

const MAX_TRIES = 5;

/**
 * A file that is another one by now is left to the push of that edit, or to the next backup.
 * @returns nothing when the branch says all this already.
 * @throws KnownError BRANCH_KEPT_MOVING, or why the repository refuses.
 */
export async function recordPush(
  record: PushRecord,
  options: RecordOptions,
): Promise<RecordedCommit | undefined> {
  let branch = options.head;
  for (let attempt = 1; attempt <= MAX_TRIES; attempt++) {
    const done = await tryOnce(record, branch, options);
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
    `The branch "${name}" moved at each of ${MAX_TRIES} tries to record what was pushed.`,
  );
}

async function tryOnce(
  record: PushRecord,
  branch: BranchState,
  options: RecordOptions,
): Promise<RecordedCommit | undefined | 'moved'> {
  const { repository, settings, maskText } = options;
  const actions = planRecord(record, branch, options);
  if (actions.length === 0) {
    return undefined;
  }
  const runId = options.nextRunId();
  const message = maskText(describe(record, runId, options));
  const { commit: baseCommit } = branch.tree;
  const applied = await repository.apply({
    ...(baseCommit === undefined ? {} : { baseCommit }),
    ...(settings.author === undefined ? {} : { author: settings.author }),
    actions,
    message,
    runId,
  });
  if (applied.status === 'moved') {
    return 'moved';
  }
  const { commit: id, url } = applied;
  const [title = ''] = message.split('\n');
  return { id, title, ...(url === undefined ? {} : { url }) };
}

/** @returns the steps of the commit, with the manifest's own; none when nothing is to be said. */
function planRecord(
  { recorded, removed }: PushRecord,
  branch: BranchState,
  { before, layout, settings: { directory } }: Pick<RecordOptions, 'before' | 'layout' | 'settings'>,
): readonly Action[] {
  const isAsPushed = ({ path }: Recorded) => objectIdAt(branch.tree, path) === objectIdAt(before.tree, path);
  const current = recorded.filter(isAsPushed);
  const manifest = provisionalManifest(current, removed, branch);
  const known = { ...branch, manifest };
  const refs = current.map(({ ref }) => ref);
  const paths = assignPaths(refs, { manifest, foreign: foreignPaths(known) }, layout);
  const fetched = current.map(({ ref, rendered }) => ({
    key: keyOf(ref),
    ref,
    rendered,
    reason: 'updated' as const,
  }));
  const blocked = new Set(blockedByGuests(fetched, paths, { guests: branch.guests, collisionKey }));
  const files = planFiles({
    fetched: fetched.filter(({ key }) => paths.has(key) && !blocked.has(key)),
    branch: known,
    paths,
    isArchived: (path) => isArchived(path, directory),
  });
  const { content, id } = renderManifest(files.manifest);
  const place = manifestPath(directory);
  const committed = branch.tree.files.get(place);
  return committed === id || (files.actions.length === 0 && !saysMore(branch.manifest, files.manifest))
    ? files.actions
    : [...files.actions, { action: committed === undefined ? 'create' : 'update', path: place, content }];
}

/** What was created lies where its file lies; what was replaced or removed has no entry any more. */
function provisionalManifest(
  recorded: readonly Recorded[],
  removed: readonly ResourceKey[],
  { manifest, tree }: BranchState,
): Manifest {
  const known = new Map(manifest);
  for (const key of [...removed, ...recorded.flatMap(({ replaces }) => replaces ?? [])]) {
    known.delete(key);
  }
  for (const { ref, path } of recorded) {
    const { uid, name, workspace } = ref;
    const entry = known.get(keyOf(ref));
    const id = entry?.id ?? objectIdAt(tree, path) ?? '';
    known.set(keyOf(ref), { uid, name, workspace: workspace.id, ...entry, path, id });
  }
  return known;
}

/** A timestamp is no reason for a commit. */
function saysMore(before: Manifest, after: Manifest): boolean {
  return (
    before.size !== after.size ||
    [...after].some(([key, { id, path, name }]) => {
      const old = before.get(key);
      return old === undefined || old.id !== id || old.path !== path || old.name !== name;
    })
  );
}

function describe(
  { recorded, removed }: PushRecord,
  runId: string,
  { settings: { commitPrefix }, workspaces }: RecordOptions,
): string {
  const count = recorded.length + removed.length;
  const subject = `${commitPrefix === '' ? '' : `${commitPrefix} `}Record what was pushed to Postman: ${count} ${count === 1 ? 'resource' : 'resources'}`;
  const lines = recorded.map(({ ref }) => `- ${ref.kind} "${inert(ref.name)}"`);
  const trailers = [
    ...workspaces.map(({ id, name }) => `Postman-Workspace: ${inert(name)} (${inert(id)})`),
    `Backup-Run: ${runId}`,
  ];
  // A push must not start a push, whatever `skip-ci` says of backups.
  return `${[subject, lines.join('\n'), '[skip ci]', trailers.join('\n')].filter((part) => part !== '').join('\n\n')}\n`;
}
