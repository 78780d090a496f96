/** Reads what became of a branch: its head, its commits with the files they touched, and the content of any version. */
import { basename } from 'node:path';
import type { Clone } from './clone.ts';
import { describeLocation } from './location.ts';
import { type PathChange, parseLog } from './parse-log.ts';
import { readBlobs } from './read-blobs.ts';
import { readRemoteState } from './remote-state.ts';
import { type ConnectionOptions, createOpener, listFiles } from './repository.ts';

export type HistoryCommit = {
  readonly id: string;
  readonly date: Date;
  readonly author: string;
  readonly subject: string;
  /** Of its trailer `Backup-Run`: a backup made it. */
  readonly runId?: string;
  /** Of its trailers `Postman-Workspace`: `<name> (<id>)`. */
  readonly workspaces: readonly string[];
  readonly changes: readonly PathChange[];
};

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
  /** @returns the commits of a branch that touched one of the directories, newest first; a merge counts as one. */
  readonly listCommits: (head: BranchHead, directories: readonly string[]) => Promise<HistoryCommit[]>;
  /** Yields the content of each blob, in the order of the ids; a few are held in memory at a time. */
  readonly readBlobs: (ids: readonly string[]) => AsyncGenerator<Buffer, void>;
  /** Removes the temporary clone. */
  readonly close: () => Promise<void>;
};

/** Nothing is run before the first question. Every method may throw a KnownError. */
export function openGitHistory(options: ConnectionOptions): GitHistory {
  const openOnce = createOpener(options);
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
    listCommits: async ({ commit }, directories) =>
      parseLog(await log(await openOnce(), commit, directories)),
    readBlobs: async function* (ids) {
      yield* readBlobs(await openOnce(), ids);
    },
    close: () => openOnce.close(),
  };
}

/** A rename is told by content, for which git may have to fetch it: so this reads from the server. */
function log(clone: Clone, commit: string, directories: readonly string[]): Promise<Buffer> {
  const trailer = (key: string) => `%(trailers:key=${key},valueonly,unfold,separator=%x1f)`;
  const format = ['%H', '%at', '%aN', '%s', trailer('Backup-Run'), trailer('Postman-Workspace')].join('%x00');
  const flags = [
    '-z',
    '--raw',
    '--no-abbrev',
    '--find-renames',
    '--first-parent',
    '--diff-merges=first-parent',
  ];
  const paths = directories.includes('') ? [] : directories;
  return clone.read(['--literal-pathspecs', 'log', ...flags, `--format=${format}`, commit, '--', ...paths]);
}
