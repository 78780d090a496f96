/** What the command `site` is to show: which backups are configured, and where their repository is. No key is needed. */
import { type CiEnvironment, readCiEnvironment } from './ci-environment.ts';
import type { BackupConfig } from './config.ts';
import { type LoadInput, readLayers } from './load.ts';
import { collectProblems } from './problems.ts';
import { resolveRules, resolveSelection } from './rules.ts';
import { type Setting, type SettingName, settings } from './settings.ts';
import { isOwnProject } from './target.ts';
import { type Asked, readAsked } from './values.ts';

export type SiteConfig = {
  readonly repository: {
    /** A path, or an address that git reaches. */
    readonly url: string;
    /** Absent: the credentials that git finds by itself. */
    readonly jobToken?: string;
    /** The project's page, for links to commits. */
    readonly webUrl?: string;
  };
  /** Where backups lie, as they were configured; `undefined` is the repository's default branch. */
  readonly branches: readonly (string | undefined)[];
  /** Empty when nobody said what to back up: then the branch alone tells. */
  readonly backups: readonly ConfiguredBackup[];
};

/** An entry of `backups`, as far as a reader is concerned. */
export type ConfiguredBackup = Pick<
  BackupConfig,
  | 'workspaces'
  | 'collection'
  | 'exclude'
  | 'kinds'
  | 'branch'
  | 'directory'
  | 'layout'
  | 'removed'
  | 'secrets'
> & {
  readonly mode: string;
  /** Where it goes, if that is not the repository which is shown. */
  readonly elsewhere?: string;
};

/** The flags that `site` shares with `backup`. */
export const siteSettings = {
  config: settings.config,
  repository: settings.repository,
  branch: {
    ...settings.branch,
    help: 'branch that holds the backups',
    fallback: 'that of each configured backup, else the default branch',
  },
} as const satisfies Partial<Record<SettingName, Setting>>;

/** @throws KnownError with every problem that was found. */
export function loadSiteConfig(input: LoadInput): SiteConfig {
  const problems = collectProblems();
  const ci = readCiEnvironment(input.env);
  const { run, entries, isSelected } = readLayers(input, problems);
  const backups = entries.map(({ settings: given }) => {
    const asked = readAsked(given, problems);
    return {
      ...resolveSelection(asked, problems),
      ...resolveRules(asked, problems),
      ...describeTarget(asked, ci),
    };
  });
  problems.throwIfAny();
  const { repository } = run.values;
  const here = backups.filter(({ elsewhere }) => elsewhere === undefined);
  return {
    repository: repository === undefined ? ownRepository(ci) : { url: repository },
    // A copy of a backup may lie on a branch that is nobody's: only where one is configured, it is looked for.
    branches: here.length === 0 ? [undefined] : [...new Set(here.map(({ branch }) => branch))],
    backups: isSelected ? backups : [],
  };
}

function describeTarget({ values }: Asked, ci: CiEnvironment) {
  const { project, mode = 'commit' } = values;
  const isElsewhere = project !== undefined && !isOwnProject(project, ci);
  return { mode, ...(isElsewhere ? { elsewhere: project } : {}) };
}

/** In a job it is the project's own: what was checked out there is the pipeline's commit, and the branch may be ahead. */
function ownRepository({ serverUrl, projectPath, jobToken }: CiEnvironment): SiteConfig['repository'] {
  if (serverUrl === undefined || projectPath === undefined || jobToken === undefined) {
    return { url: '.' };
  }
  const webUrl = `${serverUrl}/${projectPath}`;
  return { url: `${webUrl}.git`, jobToken, webUrl };
}
