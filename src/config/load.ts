/** Loads the configuration: layers → values → rules. All problems are collected and shown together. */
import { printable } from '../printable.ts';
import { type Env, readCiEnvironment } from './ci-environment.ts';
import type { BackupConfig, Config } from './config.ts';
import type { ResolveContext } from './context.ts';
import type { ReadFile } from './credentials.ts';
import { resolveDestination } from './destination.ts';
import { type ConfigFile, parseConfigFile } from './file.ts';
import { environmentLayer, flagLayer, type Given, type Layer, unknownVariables } from './layer.ts';
import { resolvePostman } from './postman-access.ts';
import { collectProblems, type Problems } from './problems.ts';
import { resolveSelection, resolveTarget } from './rules.ts';
import { type SettingName, settings } from './settings.ts';
import { readValues, type Values } from './values.ts';

const DEFAULT_FILE = '.postman-gitlab.yml';

export type LoadInput = {
  /** Setting name → what the command line gave. */
  readonly flags: Readonly<Partial<Record<SettingName, unknown>>>;
  readonly env: Env;
  /** Throws an error with a `code` when the file cannot be read. */
  readonly readFile: ReadFile;
};

/** @throws KnownError with every problem that was found. */
export function loadConfig({ flags, env, readFile }: LoadInput): Config {
  const problems = collectProblems();
  const given = merge(environmentLayer(env), flagLayer(flags));
  const file = loadFile(given.get('config'), readFile, problems);
  const layers = backupLayers(file, given);
  const run = readValues(merge(file.run, given), problems);
  const context = { env, ci: readCiEnvironment(env), readFile, run, problems };
  const backups = layers.map((layer) => resolveBackup(readValues(layer, problems), context));
  problems.throwIfAny();
  refuseSharedFolders(backups, problems);
  problems.throwIfAny();
  const secrets = [env['CI_JOB_TOKEN'], ...backups.flatMap(credentialsOf)];
  return {
    backups,
    recheckBudget: run['recheck-budget'] ?? Number(settings['recheck-budget'].fallback),
    dryRun: run['dry-run'] ?? false,
    reportDirectory: run['report-dir'] ?? String(settings['report-dir'].fallback),
    warnings: unknownVariables(env),
    secrets: secrets.filter((secret): secret is string => secret !== undefined && secret !== ''),
  };
}

/** Two backups in one folder would each take the other's files for ones that nobody selected. */
function refuseSharedFolders(backups: readonly BackupConfig[], problems: Problems): void {
  const folders = backups.map(({ destination, branch, directory }) =>
    JSON.stringify([destination.type === 'api' ? destination.project : destination.url, branch, directory]),
  );
  const shared = backups.find((_, index) => folders.indexOf(folders[index] ?? '') !== index);
  if (shared !== undefined) {
    problems.add(
      `Two entries of \`backups\` share the folder "${printable(shared.directory)}" of one branch: give each its own \`directory\`.`,
    );
  }
}

function resolveBackup(values: Values, context: ResolveContext): BackupConfig {
  return {
    ...resolveSelection(values, context.problems),
    ...resolveTarget(values, context.problems),
    destination: resolveDestination(values, context),
    postman: resolvePostman(values, context),
  };
}

/** A selection on the command line or in the environment replaces the file's `backups`; its defaults hold. */
function backupLayers(file: ConfigFile, given: Layer): readonly Layer[] {
  const replaced = given.has('workspace') || given.has('collection');
  const entries = replaced || file.backups.length === 0 ? [new Map()] : file.backups;
  return entries.map((entry: Layer) => merge(merge(file.defaults, entry), given));
}

/** Later layers win. */
function merge(weaker: Layer, stronger: Layer): Layer {
  return new Map([...weaker, ...stronger]);
}

function loadFile(chosen: Given | undefined, readFile: ReadFile, problems: Problems): ConfigFile {
  const path = typeof chosen?.value === 'string' ? chosen.value : DEFAULT_FILE;
  const text = readIfPresent(path, readFile, (reason) => {
    if (chosen !== undefined || reason !== 'ENOENT') {
      problems.add(
        `${chosen?.source ?? path}: the configuration file "${printable(path)}" cannot be read (${reason}).`,
      );
    }
  });
  const file = parseConfigFile(text, path);
  for (const problem of file.problems) {
    problems.add(problem);
  }
  return file;
}

function readIfPresent(path: string, readFile: ReadFile, onFailure: (reason: string) => void): string {
  try {
    return readFile(path);
  } catch (error) {
    onFailure(error instanceof Error && 'code' in error ? String(error.code) : 'unreadable');
    return '';
  }
}

function credentialsOf({ destination, postman }: BackupConfig): (string | undefined)[] {
  return [postman.apiKey, destination.type === 'api' ? destination.token : destination.jobToken];
}
