/** What the command `push` is to push: the backups of one branch, the other way round. */
import { readCiEnvironment } from './ci-environment.ts';
import type { BackupConfig, Config } from './config.ts';
import { type LoadInput, loadConfig } from './load.ts';
import type { SettingName } from './settings.ts';

/** The names of the flags that `push` shares with `backup`. */
export const PUSH_SETTINGS = [
  ...(['workspace', 'collection', 'exclude', 'kinds', 'project', 'branch', 'directory', 'filename'] as const),
  ...(['layout', 'removed', 'max-removals', 'secrets', 'allow-secrets', 'commit-prefix', 'author'] as const),
  ...(['api-key-variable', 'config', 'region', 'destination', 'repository', 'token-variable'] as const),
  'dry-run',
] as const satisfies readonly SettingName[];

const BRANCH_VARIABLE = 'POSTMAN_GITLAB_BRANCH';

/**
 * The branch is the one that is named, else the pipeline's, else the default branch. A pipeline of a branch that the
 * configuration does not know pushes nothing: its edits are not meant for the workspace of another branch.
 * @returns the backups of that branch; none when the configuration does not know it.
 * @throws KnownError with every problem that was found.
 */
export function loadPushConfig({ flags, env, readFile }: LoadInput): Config {
  const { branch: flag, ...otherFlags } = flags;
  const named = typeof flag === 'string' ? flag : env[BRANCH_VARIABLE]?.trim() || undefined;
  const { [BRANCH_VARIABLE]: _, ...otherEnv } = env;
  const config = loadConfig({ flags: otherFlags, env: otherEnv, readFile });
  const { commitBranch, defaultBranch } = readCiEnvironment(env);
  const branch = named ?? commitBranch;
  const isIts = (one: BackupConfig) => (one.branch ?? defaultBranch) === (branch ?? defaultBranch);
  const known = config.backups.filter(isIts);
  // Who names a branch that no entry has means that of the entries without one.
  const meant = named === undefined ? [] : config.backups.filter((one) => one.branch === undefined);
  const backups = known.length > 0 ? known : meant;
  return { ...config, backups: backups.map((one) => onBranch(one, branch)) };
}

/** What a push records lies on the branch itself: a merge request would come too late for the next push. */
function onBranch({ mergeRequest: _, ...settings }: BackupConfig, branch: string | undefined): BackupConfig {
  return branch === undefined ? settings : { ...settings, branch };
}
