/** Loads the configuration: layers → values → rules. All problems are collected and shown together. */
import { printable } from '../printable.ts';
import { type Env, readCiEnvironment } from './ci-environment.ts';
import type { BackupConfig, Config } from './config.ts';
import type { ResolveContext } from './context.ts';
import type { ReadFile } from './credentials.ts';
import { resolveDestination } from './destination.ts';
import { type ConfigFile, type FileEntry, parseConfigFile } from './file.ts';
import { environmentLayer, flagLayer, type Given, type Layer, unknownVariables } from './layer.ts';
import { resolveMergeRequest } from './merge-request.ts';
import { resolvePostman } from './postman-access.ts';
import { collectProblems, located, type Problems } from './problems.ts';
import { resolveRules, resolveSelection } from './rules.ts';
import { type SettingName, settings } from './settings.ts';
import { type Entry, refuseConflicts } from './shared-branch.ts';
import { targetOf } from './target.ts';
import { type Asked, readAsked } from './values.ts';

const DEFAULT_FILE = '.postman-gitlab.yml';
const NO_ENTRY: FileEntry = { settings: new Map(), place: DEFAULT_FILE };

export type LoadInput = {
  /** Setting name → what the command line gave. */
  readonly flags: Readonly<Partial<Record<SettingName, unknown>>>;
  readonly env: Env;
  /** Throws an error with a `code` when the file cannot be read. */
  readonly readFile: ReadFile;
};

/** @throws KnownError with every problem that was found. */
export function loadConfig(input: LoadInput): Config {
  const { env, readFile } = input;
  const problems = collectProblems();
  const { run, entries: asked, hasTiedBranches } = readLayers(input, problems);
  const context = { env, ci: readCiEnvironment(env), readFile, run, problems };
  const entries = asked.map((entry) => resolveEntry(entry, context));
  refuseConflicts(entries, problems);
  problems.throwIfAny();
  const backups = entries.map(({ backup }) => (hasTiedBranches ? { ...backup, hasTiedBranches } : backup));
  const secrets = [env['CI_JOB_TOKEN'], ...backups.flatMap(credentialsOf)];
  return {
    backups,
    recheckBudget: run.values['recheck-budget'] ?? Number(settings['recheck-budget'].fallback),
    dryRun: run.values['dry-run'] ?? false,
    reportDirectory: reportDirectoryOf(run),
    warnings: unknownVariables(env),
    secrets: secrets.filter((secret): secret is string => secret !== undefined && secret !== ''),
  };
}

/** @returns where the report belongs, also when the rest of the configuration is wrong; unless known, the default. */
export function findReportDirectory(input: LoadInput): string {
  return reportDirectoryOf(readLayers(input, collectProblems()).run);
}

function reportDirectoryOf({ values }: Asked): string {
  return values['report-dir'] ?? String(settings['report-dir'].fallback);
}

type Layers = {
  /** Settings of the run. */
  readonly run: Asked;
  /** At least one: everything with its defaults. */
  readonly entries: readonly FileEntry[];
  /** Whether somebody said what to back up. */
  readonly isSelected: boolean;
  readonly hasTiedBranches: boolean;
};

/** Puts flags, environment and file on top of each other; no rule has been applied yet. */
export function readLayers({ flags, env, readFile }: LoadInput, problems: Problems): Layers {
  const given = merge(environmentLayer(env), flagLayer(flags));
  const file = loadFile(given.get('config'), readFile, problems);
  const run = readAsked(merge(file.run, given), problems);
  const isSelected = file.backups.length > 0 || replacesBackups(given);
  return { run, entries: mergeEntries(file, given), isSelected, hasTiedBranches: file.branches.length > 0 };
}

function resolveEntry({ settings: layer, place }: FileEntry, context: ResolveContext): Entry {
  const asked = readAsked(layer, context.problems);
  const selection = resolveSelection(asked, context.problems);
  const rules = resolveRules(asked, context.problems);
  const destination = resolveDestination(asked, context);
  const mergeRequest = resolveMergeRequest(asked, destination, context.problems);
  const backup: BackupConfig = {
    ...selection,
    ...rules,
    destination,
    ...(mergeRequest === undefined ? {} : { mergeRequest }),
    target: targetOf(asked, context),
    postman: resolvePostman(asked, context),
  };
  return { asked, backup, place };
}

/** A selection on the command line or in the environment replaces the file's `backups`; its defaults hold. */
function mergeEntries(file: ConfigFile, given: Layer): readonly FileEntry[] {
  const isReplaced = replacesBackups(given);
  const backups = isReplaced || file.backups.length === 0 ? [NO_ENTRY] : file.backups;
  const entries = isReplaced ? backups : [...backups, ...mergeBranches(file)];
  return entries.map(({ settings: entry, place }) => ({
    settings: merge(merge(file.defaults, entry), given),
    place,
  }));
}

/** A branch is like the one backup that there is; of several, none is the one that it is like. */
function mergeBranches({ backups, branches }: ConfigFile): readonly FileEntry[] {
  const [first = NO_ENTRY, ...others] = backups;
  const { settings: model } = others.length === 0 ? first : NO_ENTRY;
  return branches.map((branch) => ({ ...branch, settings: merge(model, branch.settings) }));
}

function replacesBackups(given: Layer): boolean {
  return given.has('workspace') || given.has('collection');
}

/** Later layers win. */
function merge(weaker: Layer, stronger: Layer): Layer {
  return new Map([...weaker, ...stronger]);
}

function loadFile(chosen: Given | undefined, readFile: ReadFile, problems: Problems): ConfigFile {
  const path = typeof chosen?.value === 'string' ? chosen.value : DEFAULT_FILE;
  const text = readIfPresent(path, readFile, (reason) => {
    if (chosen !== undefined || reason !== 'ENOENT') {
      const problem = `the configuration file "${printable(path)}" cannot be read (${reason}).`;
      problems.add(located(chosen?.source ?? path, problem));
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
