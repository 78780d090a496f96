/** Finds out what there is, on the branch and in Postman, and what of it has to be fetched. */

import { posix } from 'node:path';
import type { BackupConfig } from '../config/config.ts';
import { KnownError } from '../errors.ts';
import type { Inventory, Manifest, Quota, ResourceKey, ResourceRef, Tree } from '../model.ts';
import { type BranchState, foreignPaths } from '../plan/branch-state.ts';
import { chooseFetches, type FetchChoice } from '../plan/choose-fetches.ts';
import { type DetectedRef, detectChanges } from '../plan/detect-changes.ts';
import { doubtEmptyLists } from '../plan/doubt-empty-lists.ts';
import { selectResources } from '../plan/select-resources.ts';
import { assignPaths } from '../snapshot/assign-paths.ts';
import { collisionKey } from '../snapshot/file-name.ts';
import { isArchived, type LayoutOptions, resourcePaths } from '../snapshot/layout.ts';
import { assertOwnDirectory } from './assert-own-directory.ts';
import type { BackupPart, BackupTools } from './backup-input.ts';
import type { Source } from './ports.ts';
import { adoptFiles, readPart, type Wanted } from './read-branch.ts';
import { type Named, redactNames } from './redact-names.ts';

export type Survey = {
  readonly inventory: Inventory;
  /** The selected resources. */
  readonly refs: readonly ResourceRef[];
  readonly wanted: Wanted;
  readonly branch: BranchState;
  /** The selected resources, each with what shows that it changed. */
  readonly detected: readonly DetectedRef[];
  readonly choice: FetchChoice;
  readonly warnings: readonly string[];
};

/** For the log of a job: a large estate takes minutes to list, under Postman's limit of 10 lists in 10 s. */
export const STEPS = 2;

/**
 * @param tree the files of all backups of the branch.
 * @throws KnownError
 */
export async function survey(part: BackupPart, tree: Tree, tools: BackupTools): Promise<Survey> {
  const { repository, progress } = tools;
  const { settings, source } = part;
  const found = await readPart(repository, tree, settings.directory);
  await assertOwnDirectory(repository, found, settings.directory);
  const listed = await listInventory(part, found.manifest);
  progress.step('listed what is in Postman');
  const { refs: selected, warnings } = selectResources(listed, settings, found.manifest);
  assertOneFile(settings, selected);
  const named: Named = { inventory: listed, refs: selected };
  const clean = settings.secrets === 'keep' ? named : await redactNames(named, tools.onSecret);
  const { inventory, refs, warning: aboutNames } = clean;
  if (settings.secrets === 'fail' && aboutNames !== undefined) {
    throw new KnownError('SECRETS_FOUND', aboutNames);
  }
  const wanted = {
    ...{ refs, layout: layoutOf(part, inventory, found.manifest) },
    ...(settings.hasTiedBranches === true ? { workspaces: inventory.workspaces } : {}),
  };
  const branch = await adoptFiles(repository, found, wanted);
  progress.step('read files that no manifest names');
  const foreign = foreignPaths(branch);
  const paths = assignPaths(refs, { manifest: branch.manifest, foreign }, wanted.layout);
  const detected = detectChanges(refs, branch, paths);
  const { quota, warning } = settings.changes === 'auto' ? await readQuota(source) : {};
  const { only } = part;
  const due = only === undefined ? detected : detected.filter(({ key }) => only.has(key));
  const choice = chooseFetches(due, {
    changes: settings.changes,
    recheckBudget: tools.budget.share(),
    now: tools.now(),
    seed: tools.runId,
    ...(quota === undefined ? {} : { quota: tools.budget.leftOf(quota, source) }),
    ...(part.verifiedAt === undefined ? {} : { verifiedAt: part.verifiedAt }),
  });
  tools.budget.spend(source, choice);
  return {
    inventory,
    refs,
    wanted,
    branch,
    detected,
    choice,
    warnings: [
      ...warnings,
      ...(aboutNames === undefined ? [] : [aboutNames]),
      ...(warning ?? []),
      ...explainDetours(detected, { branch, paths, layout: wanted.layout, settings }),
    ],
  };
}

async function listInventory({ settings, source }: BackupPart, manifest: Manifest): Promise<Inventory> {
  return doubtEmptyLists(await source.list(settings), {
    manifest,
    isArchived: (path) => isArchived(path, settings.directory),
    removes: settings.removed !== 'keep',
  });
}

function assertOneFile({ filename }: BackupConfig, { length }: readonly ResourceRef[]): void {
  if (filename !== undefined && length > 1) {
    throw new KnownError(
      'CONFIG_INVALID',
      `\`filename\` is for exactly one collection, and ${length} are selected: name one with \`collection\`.`,
    );
  }
}

/** Flat for exactly one named workspace, or when only collections were named (interface.md, Layout). */
export function layoutOf(
  { settings, only }: Pick<BackupPart, 'settings' | 'only'>,
  inventory: Inventory,
  manifest: Manifest,
): LayoutOptions {
  const { directory, layout, filename, workspaces, collection } = settings;
  if (only !== undefined) {
    const flat = [...manifest].some(([key, { path }]) => only.has(key) && posix.dirname(path) === directory);
    return { directory, layout, flat };
  }
  const flat = workspaces.length === 0 ? collection.length > 0 : inventory.workspaces.length === 1;
  return { directory, layout, flat, ...(filename === undefined ? {} : { filename }) };
}

/** The quota only says how many re-checks can be afforded: that it cannot be read is no reason to back up nothing. */
async function readQuota(
  source: Source,
): Promise<{ quota?: Quota | undefined; warning?: readonly string[] }> {
  try {
    return { quota: await source.quota() };
  } catch (error) {
    if (!(error instanceof KnownError) || error.code === 'POSTMAN_QUOTA_EXHAUSTED') {
      throw error;
    }
    return { warning: [`How many Postman calls are left this month is not known: ${error.message}`] };
  }
}

type Stage = {
  readonly branch: BranchState;
  readonly paths: ReadonlyMap<ResourceKey, string>;
  readonly layout: LayoutOptions;
  readonly settings: BackupConfig;
};

/** What stays where a resource would have gone is told: the resource goes beside it. */
function explainDetours(detected: readonly DetectedRef[], stage: Stage): readonly string[] {
  const { branch, paths, layout, settings } = stage;
  const refs = new Set(detected.map(({ key }) => key));
  const others = [...branch.manifest].filter(([key]) => !refs.has(key)).map(([, { path }]) => path);
  const isKept = settings.filename !== undefined && settings.removed === 'keep';
  const blockers = [
    ...foreignPaths(branch).map((path) => ({ path, why: 'is not part of this backup and stays as it is' })),
    // Names may repeat, and a longer one is no surprise; the file that a user named is another matter.
    ...(isKept ? others : []).map((path) => ({
      path,
      why: 'holds a collection that is gone from Postman, or not selected any more, and stays',
    })),
  ];
  return detected.flatMap(({ key, ref, reason }) => {
    const path = paths.get(key);
    if (path === undefined || (reason !== 'added' && reason !== 'renamed')) {
      return [];
    }
    const [usual = path] = resourcePaths(ref, posix.dirname(path), layout);
    const wanted = `${collisionKey(usual)}/`;
    const isInTheWay = (one: { path: string }) => `${collisionKey(one.path)}/`.startsWith(wanted);
    const blocker = usual === path ? undefined : blockers.find(isInTheWay);
    return blocker === undefined ? [] : `"${blocker.path}" ${blocker.why}; "${ref.name}" goes to "${path}".`;
  });
}
