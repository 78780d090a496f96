/** What the command `restore` is to bring back: what from when, and where to. */
import type { Kind } from '../model.ts';
import { resolveBackupRepository } from './backup-repository.ts';
import { checkBranch } from './check-branch.ts';
import { readCiEnvironment } from './ci-environment.ts';
import type { BackupConfig, Config, Destination } from './config.ts';
import type { ResolveContext } from './context.ts';
import { resolveKinds } from './kinds.ts';
import { placeOf, unknownVariables } from './layer.ts';
import { type LoadInput, loadConfig, readLayers } from './load.ts';
import { resolveMoment } from './moments.ts';
import { resolvePostman } from './postman-access.ts';
import { collectProblems, located, type Problems } from './problems.ts';
import { refuseBadGlobs, resolveDirectory } from './rules.ts';
import { settings } from './settings.ts';
import { type Asked, readAsked } from './values.ts';

export type RestoreConfig = {
  /** Where the backup is read from; a project by its full path. */
  readonly repository: Destination;
  /** Absent: the repository's default branch. */
  readonly branch?: string;
  /** Branch, tag or commit to read; absent: the branch. */
  readonly ref?: string;
  readonly at?: Date;
  /** Of one backup; absent: all that are there. */
  readonly directory?: string;
  readonly selection: RestoreSelection;
  readonly to: RestoreDestination;
  readonly isConfirmed: boolean;
  /** Path of the plan that is to be carried out. */
  readonly plan?: string;
  readonly postman: BackupConfig['postman'];
  readonly reportDirectory: string;
  readonly warnings: readonly string[];
  /** Every credential that was read, for the mask. */
  readonly secrets: readonly string[];
};

/** Ids, uids, exact names or globs; what is empty means all. */
export type RestoreSelection = {
  readonly workspaces: readonly string[];
  readonly kinds: readonly Kind[];
  readonly collection: readonly string[];
  readonly environment: readonly string[];
  readonly exclude: readonly string[];
  /** Folders and requests of collections: ids, or names with slashes between. */
  readonly item: readonly string[];
};

export type RestoreDestination =
  | { readonly type: 'in-place' }
  /** `workspace`: there is one, by its id or name; `new-workspace`: the name of one to come. */
  | { readonly type: 'workspace' | 'new-workspace'; readonly name: string };

/** The names of the flags that `restore` shares with `backup`. */
export const SHARED_WITH_RESTORE = [
  ...([
    'config',
    'project',
    'repository',
    'branch',
    'directory',
    'workspace',
    'collection',
    'exclude',
    'kinds',
  ] as const),
  ...(['region', 'api-key-variable', 'token-variable', 'report-dir'] as const),
] as const;

/** What says for a restore what to bring back; for the backup before it, the file says what is backed up. */
const SELECTION = ['workspace', 'collection', 'exclude', 'kinds', 'directory'] as const;

/** @throws KnownError with every problem that was found. */
export function loadRestoreConfig(input: LoadInput): RestoreConfig {
  const problems = collectProblems();
  const { env, readFile } = input;
  const ci = readCiEnvironment(env);
  const { run, entries } = readLayers(input, problems);
  const context: ResolveContext = { env, ci, readFile, run, problems };
  const asked = entries.map((entry) => readAsked(entry.settings, problems));
  const [first = run] = asked;
  const branch = resolveBranch(run, asked, problems);
  const at = resolveMoment('at', run, problems);
  const directory = run.values.directory === undefined ? undefined : resolveDirectory(run, problems);
  const { ref, plan, yes, 'report-dir': reportDirectory, 'dry-run': isDryRun } = run.values;
  const config = {
    repository: resolveBackupRepository(first, context),
    ...(branch === undefined ? {} : { branch }),
    ...(ref === undefined ? {} : { ref }),
    ...(at === undefined ? {} : { at }),
    ...(directory === undefined ? {} : { directory }),
    ...(plan === undefined ? {} : { plan }),
    selection: resolveSelection(run, problems),
    to: resolveTarget(run, problems),
    isConfirmed: yes === true && isDryRun !== true,
    postman: resolvePostman(first, context),
    reportDirectory: reportDirectory ?? String(settings['report-dir'].fallback),
    warnings: unknownVariables(env),
  };
  problems.throwIfAny();
  const { repository, postman } = config;
  const credential = repository.type === 'api' ? repository.token : repository.jobToken;
  const secrets = [ci.jobToken, credential, postman.apiKey];
  return { ...config, secrets: secrets.filter((secret): secret is string => Boolean(secret)) };
}

/**
 * @returns how the repository is backed up, whatever is to be restored: what is overwritten goes there first.
 * @throws KnownError as `loadConfig` does.
 */
export function loadBackupConfig({ flags, env, readFile }: LoadInput): Config {
  const isSelection = (name: string) => SELECTION.some((one) => one === name);
  const variables = SELECTION.map((name) => `POSTMAN_GITLAB_${name.toUpperCase()}`);
  return loadConfig({
    flags: Object.fromEntries(Object.entries(flags).filter(([name]) => !isSelection(name))),
    env: Object.fromEntries(Object.entries(env).filter(([name]) => !variables.includes(name))),
    readFile,
  });
}

function resolveSelection(run: Asked, problems: Problems): RestoreSelection {
  const { workspace = [], collection = [], environment = [], exclude = [], item = [] } = run.values;
  refuseBadGlobs({ collection, environment, exclude }, run.given, problems);
  return { workspaces: workspace, collection, environment, exclude, item, kinds: selectedKinds(run) };
}

/** Whoever names a collection, an item or an environment means that alone; who names nothing means everything. */
function selectedKinds({ values }: Asked): readonly Kind[] {
  const { kinds = [], collection = [], environment = [], item = [] } = values;
  if (kinds.length > 0) {
    return resolveKinds({ kinds });
  }
  const named = [
    ...(collection.length > 0 || item.length > 0 ? (['collections'] as const) : []),
    ...(environment.length > 0 ? (['environments'] as const) : []),
  ];
  return named.length > 0 ? named : resolveKinds({ kinds: ['all'] });
}

function resolveTarget({ values, given }: Asked, problems: Problems): RestoreDestination {
  const asked = (['to-workspace', 'new-workspace', 'in-place'] as const).filter(
    (name) => values[name] !== undefined && values[name] !== false && values[name] !== '',
  );
  const [first, second] = asked;
  if (first === undefined) {
    problems.add(
      'Nobody said where to restore: give `to-workspace` or `new-workspace` for copies, or `in-place`.',
    );
  }
  if (first !== undefined && second !== undefined) {
    const problem = `\`${first}\` and \`${second}\` exclude each other: a restore has one destination.`;
    problems.add(located(placeOf(given, second), problem));
  }
  if (first === undefined || first === 'in-place') {
    return { type: 'in-place' };
  }
  const type = first === 'to-workspace' ? 'workspace' : 'new-workspace';
  return { type, name: values[first] ?? '' };
}

/** Of several backups on different branches, somebody has to say which is meant. */
function resolveBranch(run: Asked, entries: readonly Asked[], problems: Problems): string | undefined {
  if (run.values.branch !== undefined) {
    return checkBranch('branch', run.values.branch, run, problems);
  }
  const [branch, ...others] = new Set(entries.map(({ values }) => values.branch));
  if (others.length > 0) {
    problems.add('The configured backups go to different branches: name one with `branch`.');
  }
  return branch;
}
