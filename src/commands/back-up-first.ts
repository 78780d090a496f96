/** Commits what Postman has now of some resources, by the program's own backup: before a restore, and after it. */
import { posix } from 'node:path';
import type { BackupConfig, Config } from '../config/config.ts';
import type { ResourceKey, ResourceRef } from '../model.ts';
import { keyOf } from '../resource-key.ts';
import { createConnections, type Surroundings } from './connect.ts';
import { createMeter } from './meter.ts';
import type { Chosen } from './restore-way.ts';
import { type RunContext, runBranches } from './run-branches.ts';

export type BackUpOptions = {
  /** How the repository is backed up. */
  readonly config: Config;
  /** Absent: the default branch, or the one that `config` names. */
  readonly branch?: string;
  readonly chosen: readonly Chosen[];
  readonly surroundings: Omit<Surroundings, 'meter'>;
  readonly context: Omit<RunContext, 'connections' | 'only'>;
};

/**
 * @returns the resources whose state of now is on the branch.
 * @throws KnownError when nothing could be committed.
 */
export async function backUpFirst(
  refs: readonly ResourceRef[],
  { config, branch, chosen, surroundings, context }: BackUpOptions,
): Promise<ReadonlySet<ResourceKey>> {
  const only = new Set(refs.map(keyOf));
  const backups = [...new Set(chosen.map(({ directory }) => directory))].flatMap((directory) => {
    const its = chosen.filter((one) => one.directory === directory && only.has(keyOf(one.resource)));
    return backupOf(directory, its, config.backups);
  });
  // Its own: what was listed and fetched for the plan is not what Postman has now.
  const connections = createConnections({ ...surroundings, meter: createMeter() });
  const onBranch = backups.map((backup) => (branch === undefined ? backup : { ...backup, branch }));
  const { results, error } = await runBranches(
    { ...config, backups: onBranch, dryRun: false },
    { ...context, connections, only },
  );
  if (error !== undefined) {
    throw error as Error;
  }
  const isSafe = new Set(['changed', 'unchanged']);
  const safe = results.flatMap(({ outcomes }) => outcomes.filter(({ status }) => isSafe.has(status)));
  return new Set(safe.map(keyOf));
}

/** The configured backup of a directory, for some of its resources: they stay where they lie, and nothing goes. */
function backupOf(
  directory: string,
  chosen: readonly Chosen[],
  configured: readonly BackupConfig[],
): readonly BackupConfig[] {
  const base = configured.find((one) => one.directory === directory) ?? configured[0];
  if (base === undefined || chosen.length === 0) {
    return [];
  }
  // A backup that waits in a merge request is not on the branch.
  const { filename: _none, mergeRequest: _review, ...rest } = base;
  const resources = chosen.map(({ resource }) => resource);
  const ids = new Set(resources.map(({ workspace }) => workspace.id));
  return [
    {
      ...rest,
      directory,
      workspaces: ids.has('') ? [] : [...ids],
      collection: [],
      exclude: [],
      kinds: [...new Set(resources.map(({ kind }) => kind))],
      layout: resources.some(({ path }) => posix.extname(path) === '.postman_collection') ? 'tree' : 'json',
      changes: 'full',
      removed: 'keep',
    },
  ];
}
