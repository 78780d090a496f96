/** Finds out what there is, on the branch and in Postman, and what of it has to be fetched. */
import { posix } from 'node:path';
import { KnownError } from '../errors.ts';
import type { Inventory, Quota, ResourceKey, ResourceRef, Tree } from '../model.ts';
import { type BranchState, foreignPaths } from '../plan/branch-state.ts';
import { chooseFetches, type FetchChoice } from '../plan/choose-fetches.ts';
import { type DetectedRef, detectChanges } from '../plan/detect-changes.ts';
import { selectResources } from '../plan/select-resources.ts';
import { assignPaths } from '../snapshot/assign-paths.ts';
import { collisionKey } from '../snapshot/file-name.ts';
import { type LayoutOptions, resourcePaths } from '../snapshot/layout.ts';
import { assertOwnDirectory } from './assert-own-directory.ts';
import type { BackupPart, BackupSettings, BackupTools } from './backup-input.ts';
import type { Source } from './ports.ts';
import { adoptFiles, readPart } from './read-branch.ts';
import { redactNames } from './redact-names.ts';

export type Survey = {
  readonly inventory: Inventory;
  /** The selected resources. */
  readonly refs: readonly ResourceRef[];
  readonly wanted: { readonly refs: readonly ResourceRef[]; readonly layout: LayoutOptions };
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
  const listed = await source.list(settings);
  progress.step('listed what is in Postman');
  const { refs: selected, warnings } = selectResources(listed, settings, found.manifest);
  assertOneFile(settings, selected);
  const named = { inventory: listed, refs: selected };
  const { inventory, refs } = settings.secrets === 'keep' ? named : await redactNames(named, tools.onSecret);
  const wanted = { refs, layout: layoutOf(settings, inventory) };
  const branch = await adoptFiles(repository, found, wanted);
  progress.step('read files that no manifest names');
  const foreign = foreignPaths(branch);
  const paths = assignPaths(refs, { manifest: branch.manifest, foreign }, wanted.layout);
  const { refs: detected } = detectChanges({ inventory, refs, branch, paths });
  const { quota, warning } = settings.changes === 'auto' ? await readQuota(source) : {};
  tools.onQuota(quota);
  const choice = chooseFetches(detected, {
    changes: settings.changes,
    recheckBudget: settings.recheckBudget,
    now: tools.now(),
    seed: tools.runId,
    ...(quota === undefined ? {} : { quota }),
    ...(part.verifiedAt === undefined ? {} : { verifiedAt: part.verifiedAt }),
  });
  return {
    inventory,
    refs,
    wanted,
    branch,
    detected,
    choice,
    warnings: [...warnings, ...(warning ?? []), ...explainDetours(detected, paths, { foreign, ...wanted })],
  };
}

function assertOneFile({ filename }: BackupSettings, { length }: readonly ResourceRef[]): void {
  if (filename !== undefined && length > 1) {
    throw new KnownError(
      'CONFIG_INVALID',
      `\`filename\` is for exactly one collection, and ${length} are selected: name one with \`collection\`.`,
    );
  }
}

/** Flat for exactly one named workspace, or when only collections were named (interface.md, Layout). */
function layoutOf(settings: BackupSettings, inventory: Inventory): LayoutOptions {
  const { directory, filename, workspaces, collection } = settings;
  const flat = workspaces.length === 0 ? collection.length > 0 : inventory.workspaces.length === 1;
  return { directory, flat, ...(filename === undefined ? {} : { filename }) };
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

/** A file that is not ours, where a resource would have gone, stays; the resource goes beside it, and that is said. */
function explainDetours(
  detected: readonly DetectedRef[],
  paths: ReadonlyMap<ResourceKey, string>,
  { foreign, layout }: { readonly foreign: readonly string[]; readonly layout: LayoutOptions },
): readonly string[] {
  return detected.flatMap(({ key: resource, ref, reason }) => {
    const path = paths.get(resource);
    if (path === undefined || (reason !== 'added' && reason !== 'renamed')) {
      return [];
    }
    const [usual = path] = resourcePaths(ref, posix.dirname(path), layout);
    const key = collisionKey(usual);
    const isInTheWay = (one: string) => `${collisionKey(one)}/`.startsWith(`${key}/`);
    const blocker = usual === path ? undefined : foreign.find(isInTheWay);
    return blocker === undefined
      ? []
      : `"${blocker}" is not part of this backup and stays as it is; "${ref.name}" goes to "${path}".`;
  });
}
