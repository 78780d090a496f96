/** Makes a static catalogue of the backups that a repository holds, for GitLab Pages. It reads, and writes files only. */
import { resolve } from 'node:path';
import type { LoadInput } from '../config/load.ts';
import { type ConfiguredBackup, loadSiteConfig, type SiteConfig } from '../config/site.ts';
import { jobTokenCredential } from '../git/credentials.ts';
import { type BranchHead, type GitHistory, openGitHistory } from '../git/history.ts';
import type { ConnectionOptions } from '../git/repository.ts';
import { describeError } from '../report/describe-error.ts';
import type { Log } from '../report/log.ts';
import type { Mask } from '../report/mask.ts';
import { problemOf } from '../report/problem.ts';
import { OVERVIEW, pagePath, SEARCH } from '../site/links.ts';
import type { BackupRow, Site } from '../site/model.ts';
import { renderOverview } from '../site/render-overview.ts';
import { renderResource } from '../site/render-resource.ts';
import { renderSearch, type SearchEntry, searchEntry } from '../site/render-search.ts';
import { createPageWriter } from './page-writer.ts';
import { readPages } from './read-pages.ts';
import { type BranchShelves, readShelves } from './read-shelves.ts';

export type SiteInput = LoadInput &
  Pick<ConnectionOptions, 'temporaryDirectory' | 'signal' | 'retryDelays'> & {
    readonly workingDirectory: string;
    /** The folder that receives the pages. */
    readonly output: string;
    readonly log: Log;
    readonly mask: Mask;
    readonly now: () => Date;
  };

/** @returns the exit code (interface.md, Program). */
export async function runSite(input: SiteInput): Promise<number> {
  try {
    await makeSite(loadSiteConfig(input), input);
    return 0;
  } catch (error) {
    input.log.error(describeError(error));
    return problemOf(error).exitCode;
  }
}

async function makeSite(config: SiteConfig, input: SiteInput): Promise<void> {
  const { repository } = config;
  input.mask.add(repository.jobToken);
  const history = openHistory(repository, input);
  try {
    const heads = await readHeads(config, history, input.log);
    const branches: BranchShelves[] = [];
    for (const head of new Map([...heads.values()].map((one) => [one.branch, one])).values()) {
      branches.push(await readShelves(head, history, repository.webUrl));
    }
    const site = {
      label: repository.webUrl === undefined ? history.label : new URL(repository.webUrl).pathname.slice(1),
      now: input.now(),
      backups: config.backups.map((backup) => describeBackup(backup, heads.get(undefined)?.branch)),
      shelves: branches.flatMap(({ shelves }) => shelves),
    };
    await writeSite(site, branches, history, input);
  } finally {
    await history.close();
  }
}

function openHistory(
  { url, jobToken }: SiteConfig['repository'],
  { env, temporaryDirectory, signal, retryDelays }: SiteInput,
): GitHistory {
  return openGitHistory({
    ...{ url, env, temporaryDirectory },
    ...(signal === undefined ? {} : { signal }),
    ...(retryDelays === undefined ? {} : { retryDelays }),
    ...(jobToken === undefined ? {} : { credential: jobTokenCredential(jobToken) }),
  });
}

/** @returns the branches that are there, by what they are called in the configuration. */
async function readHeads(
  { branches }: SiteConfig,
  history: GitHistory,
  log: Log,
): Promise<ReadonlyMap<string | undefined, BranchHead>> {
  const heads = new Map<string | undefined, BranchHead>();
  for (const name of branches) {
    const head = await history.readBranch(name);
    if (head === undefined) {
      log.warn(`There is no branch ${name === undefined ? 'yet' : `"${name}"`}: nothing of it is shown.`);
    } else {
      heads.set(name, head);
    }
  }
  return heads;
}

function describeBackup(backup: ConfiguredBackup, defaultBranch = 'default branch'): BackupRow {
  const {
    workspaces,
    collection: collections,
    exclude,
    kinds,
    directory,
    layout,
    mode,
    removed,
    secrets,
  } = backup;
  return {
    ...{ workspaces, collections, exclude, kinds, directory, layout, mode, removed, secrets },
    ...(backup.elsewhere === undefined ? {} : { project: backup.elsewhere }),
    branch: backup.branch ?? (backup.elsewhere === undefined ? defaultBranch : 'default branch'),
  };
}

async function writeSite(
  site: Site,
  branches: readonly BranchShelves[],
  history: GitHistory,
  { workingDirectory, output, log }: SiteInput,
): Promise<void> {
  const folder = resolve(workingDirectory, output);
  const write = createPageWriter(folder);
  const entries: SearchEntry[] = [];
  for await (const page of readPages(site, branches, history)) {
    const [holding] = page.holdings;
    await write(pagePath(holding), renderResource(page, site));
    entries.push(searchEntry(holding, page.content));
  }
  await write(OVERVIEW, renderOverview(site));
  await write(SEARCH, renderSearch(site, entries));
  log.info(`Wrote ${entries.length + 2} pages to ${folder}.`);
}
