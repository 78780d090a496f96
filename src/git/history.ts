/** Reads what became of a branch: its head, its commits with the files they touched, and the content of any version. */
import { basename } from 'node:path';
import { findVersion, type Version, type Wanted } from './find-version.ts';
import { describeLocation } from './location.ts';
import { type PathChange, parseLog } from './parse-log.ts';
import { fetchBlobs, readBlobs } from './read-blobs.ts';
import { readRemoteState } from './remote-state.ts';
import { type ConnectionOptions, createOpener, listFiles } from './repository.ts';

export type HistoryCommit = {
  readonly id: string;
  /** Of the commit itself: a rebase or a cherry-pick has the date on which it was done. */
  readonly date: Date;
  readonly author: string;
  readonly subject: string;
  /** Of its trailer `Backup-Run`: a backup made it. */
  readonly runId?: string;
  /** Of its trailer `Backup-Failed`: how many resources of the run had failed when it was made. */
  readonly failed?: number;
  /** Of its trailers `Postman-Workspace`: `<name> (<id>)`. */
  readonly workspaces: readonly string[];
  readonly changes: readonly PathChange[];
};

/** A commit without the files that it touched. */
export type Headline = Omit<HistoryCommit, 'changes'>;

export type BranchHead = {
  readonly branch: string;
  readonly commit: string;
  /** Path → blob id. */
  readonly files: ReadonlyMap<string, string>;
};

export type GitHistory = {
  /** The last part of the repository's address, for people who know the rest. */
  readonly label: string;
  /** @returns the branch as it is now; nothing when there is none of that name. */
  readonly readBranch: (branch: string | undefined) => Promise<BranchHead | undefined>;
  /** @returns the commit that is meant; with everything before it, it can be read from now on. */
  readonly find: (wanted: Wanted) => Promise<Version>;
  /** @returns path → blob id of all files of a commit; empty for a submodule. */
  readonly readFiles: (commit: string) => Promise<ReadonlyMap<string, string>>;
  /** @returns the commits of a branch that touched one of the directories, newest first; a merge counts as one. */
  readonly listCommits: (
    head: Pick<BranchHead, 'commit'>,
    directories: readonly string[],
  ) => Promise<HistoryCommit[]>;
  /** The same without their files. */
  readonly listHeadlines: (
    head: Pick<BranchHead, 'commit'>,
    directories: readonly string[],
  ) => Promise<Headline[]>;
  /** Fetches many blobs at once, so that reading them one by one does not ask the server for each. */
  readonly fetchBlobs: (ids: readonly string[]) => Promise<void>;
  /** Yields the content of each blob, in the order of the ids; a few are held in memory at a time. */
  readonly readBlobs: (ids: readonly string[]) => AsyncGenerator<Buffer, void>;
  /** Removes the temporary clone. */
  readonly close: () => Promise<void>;
};

/** Nothing is run before the first question. Every method may throw a KnownError. */
export function openGitHistory(options: ConnectionOptions): GitHistory {
  const openOnce = createOpener(options);
  const fetched = new Set<string>();

  async function fetchMissing(ids: readonly string[]): Promise<void> {
    const missing = [...new Set(ids)].filter((id) => !fetched.has(id));
    await fetchBlobs(await openOnce(), missing);
    for (const id of missing) {
      fetched.add(id);
    }
  }

  return {
    label: basename(describeLocation(options.url).label).replace(/\.git$/, ''),
    readBranch: async (branch) => {
      const clone = await openOnce();
      const { branch: name, head, start } = await readRemoteState(clone, branch);
      if (head === undefined || start === undefined) {
        return undefined;
      }
      const commit = await clone.fetchHistory(start.ref, start.commit);
      return { branch: name, commit, files: await listFiles(clone, commit, ['']) };
    },
    find: async (wanted) => findVersion(await openOnce(), wanted),
    readFiles: async (commit) => listFiles(await openOnce(), commit, ['']),
    listCommits: async ({ commit }, directories) =>
      parseLog(await (await openOnce()).local(logOf(commit, directories, WITH_FILES))),
    listHeadlines: async ({ commit }, directories) =>
      parseLog(await (await openOnce()).local(logOf(commit, directories, []))),
    fetchBlobs: fetchMissing,
    readBlobs: async function* (ids) {
      await fetchMissing(ids);
      yield* readBlobs(await openOnce(), ids);
    },
    close: () => openOnce.close(),
  };
}

// A rename is told by content, which the clone does not have.
const WITH_FILES = ['--raw', '--no-abbrev', '--no-renames', '--diff-merges=first-parent'];

function logOf(commit: string, directories: readonly string[], flags: readonly string[]): readonly string[] {
  const trailer = (key: string) => `%(trailers:key=${key},valueonly,unfold,separator=%x1f)`;
  const trailers = ['Backup-Run', 'Backup-Failed', 'Postman-Workspace'].map(trailer);
  const format = ['%H', '%ct', '%aN', '%s', ...trailers].join('%x00');
  const paths = directories.includes('') ? [] : directories;
  const how = ['-z', '--first-parent', ...flags, `--format=${format}`];
  return ['--literal-pathspecs', 'log', ...how, commit, '--', ...paths];
}
