/** A private, temporary clone that holds commits and folders but no file, and what can be asked of it. */

import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { KnownError } from '../errors.ts';
import type { Location } from './location.ts';
import { quotePath } from './quote-path.ts';
import type { GitInput, GitResult, RunGit } from './run-git.ts';
import { type FailureContext, translateFailure } from './translate-failure.ts';

export type Clone = {
  /** Where it lies on this machine. */
  readonly directory: string;
  readonly location: Location;
  /** Runs git in the clone; a failure is a result. */
  readonly run: RunGit;
  /** Runs a command that only this machine can fail: a failure is an Error of ours. */
  readonly local: (args: readonly string[], input?: GitInput) => Promise<Buffer>;
  /** Runs a command that reads from the server, again when that is unavailable. @throws KnownError */
  readonly read: (args: readonly string[]) => Promise<Buffer>;
  readonly refusal: (result: GitResult, doing: FailureContext['doing']) => KnownError;
  /** Makes the commit at the tip of `ref` known here. @returns its id, which may be newer than `commit`. */
  readonly fetchTip: (ref: string, commit: string) => Promise<string>;
  /** Makes every commit of `ref` since the ones that are here known, with folders and without files. @returns the tip. */
  readonly fetchHistory: (ref: string, commit: string) => Promise<string>;
  /** Makes the commits of all branches and tags known here, with folders and without files. @returns their ids. */
  readonly fetchEverything: () => Promise<readonly string[]>;
  /** Says that `commit` is in the clone already. */
  readonly remember: (commit: string) => void;
  /** Whether a local path is there at all. */
  readonly exists: () => Promise<boolean>;
  readonly close: () => Promise<void>;
};

export type CloneOptions = {
  readonly location: Location;
  readonly git: RunGit;
  readonly temporaryDirectory: string;
  readonly failure: Omit<FailureContext, 'doing' | 'location'>;
  /** Milliseconds before each further try of a read. */
  readonly retryDelays: readonly number[];
};

const FETCHED = 'refs/postman-gitlab/fetched';
const EVERYTHING = 'refs/postman-gitlab/everything';

/** Creates the clone on the disk; nothing is fetched yet. The caller closes it. */
export async function openClone(options: CloneOptions): Promise<Clone> {
  const { location } = options;
  const directory = await mkdtemp(join(options.temporaryDirectory, 'postman-gitlab-git-'));
  let sharesObjects = false;

  const running = new Set<Promise<unknown>>();
  const track = <T>(work: Promise<T>): Promise<T> => {
    const ended = work.finally(() => running.delete(ended));
    running.add(ended);
    return ended;
  };
  const run: RunGit = (args, input) => track(options.git(['--git-dir', directory, ...args], input));
  const refusal: Clone['refusal'] = (result, doing) =>
    translateFailure(result, { ...options.failure, location, doing });
  const read: Clone['read'] = (args) =>
    retry(options.retryDelays, async () => {
      const result = await run(args, { network: true });
      if (result.exitCode !== 0) {
        throw refusal(result, 'read');
      }
      return result.stdout;
    });
  const local: Clone['local'] = async (args, input) => {
    const result = await run(args, input);
    if (result.exitCode === 0) {
      return result.stdout;
    }
    throw new Error(`git ${args[0]} failed: ${refusal(result, 'read').message}`);
  };
  const share = async (): Promise<boolean> => {
    sharesObjects ||=
      location.isLocal && (await track(shareObjects(options.git, directory, location.address)));
    return sharesObjects;
  };

  const clone: Clone = {
    directory,
    location,
    run,
    local,
    read,
    refusal,
    ...createFetches({ read, local, share }),
    exists: async () => !location.isLocal || (await exists(location.address)),
    // What is still under way would make the folder again.
    close: async () => {
      await Promise.allSettled(running);
      await rm(directory, { recursive: true, force: true, maxRetries: 3 });
    },
  };
  try {
    await create(options.git, directory, location.address);
  } catch (error) {
    await clone.close();
    throw error;
  }
  return clone;
}

type Means = Pick<Clone, 'read' | 'local'> & {
  /** @returns whether the objects of the repository are used where they lie: then nothing is left to fetch. */
  readonly share: () => Promise<boolean>;
};

type Fetches = Pick<Clone, 'fetchTip' | 'fetchHistory' | 'fetchEverything' | 'remember'>;

/** The first `--filter` makes origin a promisor: `cat-file` then fetches a missing blob by itself (partial-clone.txt). */
function createFetches({ read, local, share }: Means): Fetches {
  const known = new Set<string>();
  const fetch = async (refspecs: readonly string[], how: readonly string[]): Promise<void> => {
    await read(['fetch', '--quiet', '--progress', '--no-tags', ...how, 'origin', ...refspecs]);
  };
  const fetchOne = async (ref: string, how: readonly string[]): Promise<string> => {
    await fetch([`+${ref}:${FETCHED}`], how);
    // A tag may be an object of its own, in front of its commit.
    const tip = (await local(['rev-parse', '--verify', `${FETCHED}^{commit}`])).toString().trim();
    known.add(tip);
    return tip;
  };
  return {
    fetchTip: async (ref, commit) =>
      known.has(commit) || (await share()) ? commit : fetchOne(ref, ['--depth=1', '--filter=blob:none']),
    // With folders: git takes a commit that is here for whole, and would leave them out of every later fetch.
    fetchHistory: async (ref, commit) => ((await share()) ? commit : fetchOne(ref, ['--filter=blob:none'])),
    fetchEverything: async () => {
      await share();
      const refs = ['HEAD', 'refs/heads/*', 'refs/tags/*'];
      await fetch(
        refs.map((ref) => `+${ref}:${EVERYTHING}/${ref}`),
        ['--filter=blob:none'],
      );
      return (await local(['rev-list', '--all'])).toString().trim().split('\n');
    },
    remember: (commit) => known.add(commit),
  };
}

async function create(git: RunGit, directory: string, address: string): Promise<void> {
  const commands = [
    ['init', '--quiet', '--bare', '--template=', '--object-format=sha1', '--', directory],
    ['--git-dir', directory, 'config', 'remote.origin.url', address],
  ];
  for (const command of commands) {
    const result = await git(command);
    if (result.exitCode !== 0) {
      throw new Error(`git cannot create a repository in ${directory}: ${result.stderr}`);
    }
  }
}

/**
 * Lets the clone use the objects of a repository on this machine where they lie, as `git clone --shared` does.
 * @returns false for a shallow repository: its missing commits would be missed here.
 */
async function shareObjects(git: RunGit, directory: string, path: string): Promise<boolean> {
  const ask = async (args: readonly string[]): Promise<string> => {
    const result = await git(args);
    if (result.exitCode !== 0) {
      throw new KnownError('GIT_REPOSITORY_UNREADABLE', `git cannot read ${path}.`);
    }
    return result.stdout.toString().replace(/\n$/, '');
  };
  const inside = join(path, '.git');
  const gitDirectory = (await exists(inside))
    ? resolve(path, await ask(['rev-parse', '--resolve-git-dir', inside]))
    : path;
  const about = ['--git-dir', gitDirectory, 'rev-parse'];
  if ((await ask([...about, '--is-shallow-repository'])) === 'true') {
    return false;
  }
  const objects = resolve(gitDirectory, await ask([...about, '--git-path', 'objects']));
  const alternates = join(directory, 'objects', 'info', 'alternates');
  await mkdir(dirname(alternates), { recursive: true });
  await writeFile(alternates, `${quotePath(objects)}\n`);
  return true;
}

async function retry<T>(delays: readonly number[], attempt: () => Promise<T>): Promise<T> {
  for (const delay of delays) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof KnownError) || error.code !== 'GIT_UNAVAILABLE') {
        throw error;
      }
      await sleep(delay);
    }
  }
  return attempt();
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
