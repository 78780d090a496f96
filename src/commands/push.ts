/** `push`: files that were edited in the repository → Postman. */

import type { BackupConfig } from '../config/config.ts';
import { KnownError } from '../errors.ts';
import { isObject } from '../json.ts';
import type { Kind, ResourceKey, ResourceRef } from '../model.ts';
import type { BranchState } from '../plan/branch-state.ts';
import { findCounterparts, isElsewhere } from '../plan/counterparts.ts';
import { type Edits, findEdits, type UnknownFile } from '../plan/push/find-edits.ts';
import { selectResources } from '../plan/select-resources.ts';
import type { PushOutcome } from '../report/push-report.ts';
import { keyOf } from '../resource-key.ts';
import { isArchived, manifestPath } from '../snapshot/layout.ts';
import { nameIn } from '../snapshot/read-edited.ts';
import { planEdits, type Scene } from './plan-edits.ts';
import { outcomeOfError, type PushStep } from './plan-push.ts';
import type { PushPart, PushTools } from './push-input.ts';
import { readPart } from './read-branch.ts';
import { readUnknownFiles } from './read-unknown-files.ts';
import { type Recorded, type RecordedCommit, recordPush } from './record-push.ts';
import { redactNames } from './redact-names.ts';
import { layoutOf } from './survey.ts';
import { takeInItems } from './take-in-items.ts';
import { type WriteTools, type Written, writeStep } from './write-push.ts';

const PUSHABLE: ReadonlySet<Kind> = new Set(['collections', 'environments', 'globals', 'specs']);

/**
 * Postman is not asked when nobody edited anything.
 * @throws KnownError when the branch or Postman cannot be read at all, or what was pushed cannot be recorded.
 */
export async function push(part: PushPart, tools: PushTools): Promise<void> {
  const { repository, settings } = part;
  const head = await readBranch(part);
  const before = await readPushed(part, head);
  const unknown = (await readUnknownFiles(repository, before, settings)).filter(isNew(settings));
  const about = {
    ...{ destination: repository.label, branch: await repository.branchName() },
    directory: settings.directory,
  };
  // Whose an entry is, only Postman tells.
  if (settings.hasTiedBranches !== true && isEmpty(findEdits(before, unknown, rulesOf(settings)))) {
    part.onResult({ ...about, outcomes: [] });
    return;
  }
  const scene = await lookAtPostman(part, before, tools);
  const edits = findEdits(before, unknown, rulesOf(settings, scene));
  const steps = await planEdits(edits, scene, { part, before, tools });
  if (tools.dryRun) {
    part.onResult({ ...about, outcomes: steps.map(({ outcome }) => outcome) });
    return;
  }
  const done: Done = { outcomes: [], recorded: [], removed: [] };
  let commit: RecordedCommit | undefined;
  try {
    await writeAll(steps, part, { ...tools, done });
  } finally {
    // Whatever ended it: what was written is to be known.
    try {
      commit = await recordPush(done, {
        ...tools,
        ...{ repository, settings, head, before },
        ...{ layout: scene.layout, workspaces: scene.inventory.workspaces },
        readBranch: () => readBranch(part),
      });
    } finally {
      part.onResult({ ...about, outcomes: done.outcomes, ...(commit === undefined ? {} : { commit }) });
    }
  }
}

/** @throws KnownError CONFIG_INVALID when there is a manifest that cannot be read: what is new would not be known. */
async function readBranch({ repository, settings: { directory } }: PushPart): Promise<BranchState> {
  const tree = await repository.listTree();
  const branch = takeInItems(await readPart(repository, tree, directory));
  const place = manifestPath(directory);
  if (!branch.manifestIsCommitted && tree.files.has(place)) {
    throw new KnownError('CONFIG_INVALID', `The manifest "${place}" cannot be read.`, {
      hint: 'Run a backup, which writes it anew; then push again.',
    });
  }
  return branch;
}

/** A backup that came first has written over what was edited: what is pushed is what somebody committed. */
async function readPushed(
  { repository, settings: { directory }, readCommit }: PushPart,
  head: BranchState,
): Promise<BranchState> {
  const tree = await readCommit?.(head.tree.commit);
  return tree === undefined ? head : takeInItems(await readPart(repository, tree, directory));
}

function isNew(settings: BackupConfig): (file: UnknownFile) => boolean {
  const isPushed = pushedBy(settings);
  return ({ kind, path }) => kind !== 'globals' && isPushed(kind, path);
}

/** @returns whether this backup pushes what lies there. */
function pushedBy({ directory, kinds }: BackupConfig): (kind: Kind, path: string) => boolean {
  return (kind, path) => PUSHABLE.has(kind) && kinds.includes(kind) && !isArchived(path, directory);
}

/** @param scene only where branches are tied to workspaces of their own does it matter. */
function rulesOf(settings: BackupConfig, scene?: Scene): Parameters<typeof findEdits>[2] {
  const isPushed = pushedBy(settings);
  return {
    isOurs: (kind, { path }) => isPushed(kind, path),
    isCounterpart: (key) => scene?.counterparts.has(key) === true,
    isElsewhere: (entry) =>
      settings.hasTiedBranches === true &&
      scene !== undefined &&
      isElsewhere(entry, scene.inventory.workspaces),
  };
}

function isEmpty({ edited, removed, added }: Edits): boolean {
  return edited.length + removed.length + added.length === 0;
}

async function lookAtPostman(
  { source, settings }: PushPart,
  { manifest }: BranchState,
  { onSecret }: PushTools,
): Promise<Scene> {
  const listed = await source.list(settings);
  const selected = selectResources(listed, settings, manifest);
  const named = { inventory: listed, refs: selected.refs };
  const { inventory, refs } = settings.secrets === 'keep' ? named : await redactNames(named, onSecret);
  return {
    inventory,
    layout: layoutOf({ settings }, inventory, manifest),
    refs: new Map(refs.map((ref) => [keyOf(ref), ref])),
    counterparts:
      settings.hasTiedBranches === true
        ? findCounterparts(manifest, refs, inventory.workspaces)
        : new Map<ResourceKey, ResourceRef>(),
  };
}

/** How far it has come. */
type Done = {
  readonly outcomes: PushOutcome[];
  readonly recorded: Recorded[];
  readonly removed: ResourceKey[];
};

async function writeAll(
  steps: readonly PushStep[],
  { source, target, settings }: PushPart,
  { progress, onSecret, done }: PushTools & { readonly done: Done },
): Promise<void> {
  const tools = { source, target, settings, onSecret };
  progress.start('pushing', steps.length);
  try {
    for (const step of steps) {
      const { outcome, now } = await writeOrFail(step, tools);
      done.outcomes.push(outcome);
      if (now !== undefined) {
        done.recorded.push(recordedOf(now, step));
      } else if (step.key !== undefined && isGone(outcome)) {
        done.removed.push(step.key);
      }
      progress.step(outcome.name);
    }
  } finally {
    progress.stop();
  }
}

async function writeOrFail(step: PushStep, tools: WriteTools): Promise<Written> {
  const { write, known, outcome } = step;
  if (write === undefined) {
    return known === undefined ? { outcome } : { outcome, now: known };
  }
  try {
    return await writeStep(step, write, tools);
  } catch (error) {
    return { outcome: outcomeOfError(outcome, error) };
  }
}

/** Of what was to be removed and is gone by now, nothing is known. */
function isGone({ status }: PushOutcome): boolean {
  return status === 'removed' || status === 'equal';
}

function recordedOf({ ref, version }: NonNullable<Written['now']>, { outcome, key }: PushStep): Recorded {
  const name = isObject(version.value) ? nameIn(ref.kind, version.value) : undefined;
  return {
    ref: { ...ref, name: name ?? ref.name },
    rendered: version.rendered,
    path: outcome.path,
    ...(key === undefined || key === keyOf(ref) ? {} : { replaces: key }),
  };
}
