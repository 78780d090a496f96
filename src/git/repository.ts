/** Bridge to any git repository through the git program: reads one branch, and writes commits to it by a push. */

import { KnownError } from '../errors.ts';
import type { Applied, CommitAuthor, CommitPlan, Tree } from '../model.ts';
import { checkActions } from './check-actions.ts';
import { type Clone, openClone } from './clone.ts';
import { commitStream } from './commit-stream.ts';
import { describeLocation } from './location.ts';
import { pushCommit } from './push.ts';
import { type RemoteState, readRemoteState } from './remote-state.ts';
import { createGit } from './run-git.ts';

export type GitRepositoryOptions = {
  /** What git takes (https, ssh, file …), or a path; a path that does not exist becomes a bare repository. */
  readonly url: string;
  /** Default: the repository's default branch. */
  readonly branch?: string;
  /** Only files below them are listed; none of them lies inside another. */
  readonly directories: readonly string[];
  /** A token; absent: the user's own git credentials. */
  readonly credential?: {
    readonly username: string;
    readonly password: string;
    readonly refusedCode: 'JOB_TOKEN_PUSH_REFUSED' | 'GITLAB_TOKEN_REFUSED';
  };
  /** Committer of every commit, and author when the plan names none. */
  readonly defaultAuthor: CommitAuthor;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly temporaryDirectory: string;
  readonly now: () => Date;
  /** The GitLab project's page, for links to commits. */
  readonly webUrl?: string;
  /** Milliseconds before each further try of a read that found the server unavailable. */
  readonly retryDelays?: readonly number[];
  /** Milliseconds without a sign of life before a command is given up. */
  readonly stallLimit?: number;
  /** Given when the run is to stop. */
  readonly signal?: AbortSignal;
};

/** What it takes to open a clone, for whatever is asked of it then. */
export type ConnectionOptions = Pick<
  GitRepositoryOptions,
  'url' | 'credential' | 'env' | 'temporaryDirectory' | 'retryDelays' | 'stallLimit' | 'signal'
>;

export type GitRepository = {
  /** For people: path or URL without userinfo. */
  readonly label: string;
  /** Lists the branch as it is now; when it is missing, what it would start from. */
  readonly listTree: () => Promise<Tree>;
  /** Whether a file, and no folder, lies at the path in the tree that was listed last. */
  readonly hasFile: (path: string) => Promise<boolean>;
  readonly readBlob: (id: string) => Promise<Buffer>;
  /** Makes the commit and pushes it, on the condition that the branch is still at `plan.baseCommit`. */
  readonly apply: (plan: CommitPlan) => Promise<Applied>;
  readonly branchName: () => Promise<string>;
  /** Removes the temporary clone. */
  readonly close: () => Promise<void>;
};

const RETRY_DELAYS = [1_000, 3_000, 9_000, 20_000];
const STALL_LIMIT = 10 * 60 * 1_000;
const NEW_COMMIT = 'refs/postman-gitlab/new';

/** Nothing is run before the first question. Every method may throw a KnownError. */
export function createGitRepository(options: GitRepositoryOptions): GitRepository {
  const openOnce = createOpener(options);
  let branch = options.branch;
  let listed: string | undefined;

  async function open(): Promise<{ clone: Clone; state: RemoteState }> {
    const clone = await openOnce();
    const state = await readRemoteState(clone, branch);
    // Once found, the name stays: all commits of a run belong on one branch.
    branch = state.branch;
    return { clone, state };
  }

  return {
    label: describeLocation(options.url).label,
    listTree: async () => {
      const { clone, state } = await open();
      if (state.start === undefined) {
        return { files: new Map() };
      }
      const commit = await clone.fetchTip(state.start.ref, state.start.commit);
      listed = commit;
      for (const directory of options.directories) {
        await assertNoFileInTheWay(clone, commit, directory);
      }
      return { commit, files: await listFiles(clone, commit, options.directories) };
    },
    hasFile: async (path) => {
      if (listed === undefined) {
        return false;
      }
      const lines = await listLines(await openOnce(), listed, [path]);
      return lines.some((line) => line.split(' ')[1] === 'blob');
    },
    readBlob: async (id) => {
      if (!/^[0-9a-f]{40}$/.test(id)) {
        throw new Error(`${JSON.stringify(id)} is no git object id.`);
      }
      return (await openOnce()).read(['cat-file', 'blob', id]);
    },
    apply: async (plan) => {
      const { clone, state } = await open();
      if (plan.baseCommit !== state.start?.commit) {
        return { status: 'moved' };
      }
      if (!(await clone.exists())) {
        await createBare(clone, state.branch);
      }
      return commitAndPush({ options, clone, state, plan });
    },
    branchName: async () => branch ?? (await open()).state.branch,
    close: () => openOnce.close(),
  };
}

type Opener = { (): Promise<Clone>; close: () => Promise<void> };

/** @returns a function that opens the clone when it is first called. */
export function createOpener(options: ConnectionOptions): Opener {
  const { credential } = options;
  const location = describeLocation(options.url);
  const git = createGit({
    env: options.env,
    cwd: options.temporaryDirectory,
    stallLimit: options.stallLimit ?? STALL_LIMIT,
    ...(options.signal === undefined ? {} : { signal: options.signal }),
    ...(credential === undefined || location.origin === undefined
      ? {}
      : { credential: { ...credential, origin: location.origin } }),
  });
  const failure =
    credential === undefined ? {} : { refusedCode: credential.refusedCode, password: credential.password };
  let opened: Promise<Clone> | undefined;
  const open = (): Promise<Clone> => {
    opened ??= openClone({
      location,
      git,
      failure,
      temporaryDirectory: options.temporaryDirectory,
      retryDelays: options.retryDelays ?? RETRY_DELAYS,
    });
    return opened;
  };
  const close = async (): Promise<void> => {
    // A clone that could not be opened has left nothing behind, and has told its caller why.
    await opened?.then(
      (clone) => clone.close(),
      () => undefined,
    );
  };
  return Object.assign(open, { close });
}

/** @returns path → blob id of the files below the directories; of all files when one of them is the root. */
export async function listFiles(
  clone: Clone,
  commit: string,
  directories: readonly string[],
): Promise<Map<string, string>> {
  const folders = directories.map((one) => one.replace(/^(?:\.?\/)+|\/+$/g, '').replace(/^\.$/, ''));
  const below = folders.includes('') ? [] : folders.map((folder) => `${folder}/`);
  const files = new Map<string, string>();
  for (const line of await listLines(clone, commit, below, ['-r'])) {
    // A submodule (`commit`) is somebody's, and in the way like a file.
    const [, type, id = ''] = line.slice(0, line.indexOf('\t')).split(' ');
    files.set(pathOf(line), type === 'blob' ? id : '');
  }
  return files;
}

async function assertNoFileInTheWay(clone: Clone, commit: string, directory: string): Promise<void> {
  const segments = directory.split('/').filter((segment) => segment !== '' && segment !== '.');
  const folders = segments.map((_, index) => segments.slice(0, index + 1).join('/'));
  if (folders.length === 0) {
    return;
  }
  // Of a folder that is asked for together with one inside it, git lists what lies directly in it.
  const lines = await listLines(clone, commit, folders);
  const files = lines.filter((line) => line.split(' ')[1] !== 'tree').map(pathOf);
  const path = files.find((one) => folders.includes(one));
  if (path !== undefined) {
    throw new KnownError('CONFIG_INVALID', `\`directory\`: "${path}" is a file on the branch, not a folder.`);
  }
}

function pathOf(line: string): string {
  return line.slice(line.indexOf('\t') + 1);
}

/** @returns a line an entry, as git-ls-tree(1) writes it: `<mode> <type> <id>\t<path>`. */
async function listLines(
  clone: Clone,
  commit: string,
  paths: readonly string[],
  flags: readonly string[] = [],
): Promise<readonly string[]> {
  const all = ['-z', '--full-tree', ...flags];
  const listing = await clone.local(['--literal-pathspecs', 'ls-tree', ...all, commit, '--', ...paths]);
  return listing
    .toString()
    .split('\0')
    .filter((line) => line !== '');
}

async function createBare(clone: Clone, branch: string): Promise<void> {
  const flags = ['--quiet', '--bare', '--object-format=sha1', `--initial-branch=${branch}`];
  const result = await clone.run(['init', ...flags, '--', clone.location.address]);
  if (result.exitCode !== 0) {
    throw clone.refusal(result, 'push');
  }
}

type Commission = {
  readonly options: GitRepositoryOptions;
  readonly clone: Clone;
  readonly state: RemoteState;
  readonly plan: CommitPlan;
};

async function commitAndPush({ options, clone, state, plan }: Commission): Promise<Applied> {
  const commit = await writeCommit({ options, clone, state, plan });
  if (commit === undefined) {
    return { status: 'moved' };
  }
  const pushed = await pushCommit({
    clone,
    commit,
    branch: state.branch,
    runId: plan.runId,
    ...(state.start === undefined ? {} : { base: state.start.commit }),
    ...(state.head === undefined ? {} : { expected: state.head }),
    readHead: async () => (await readRemoteState(clone, state.branch)).head,
  });
  if (pushed === 'moved') {
    return { status: 'moved' };
  }
  clone.remember(commit);
  const { webUrl } = options;
  return {
    status: 'committed',
    commit: pushed.commit,
    ...(webUrl === undefined ? {} : { url: `${webUrl}/-/commit/${pushed.commit}` }),
  };
}

/** @returns the commit's id in the clone; undefined when the branch moved meanwhile. */
async function writeCommit({ options, clone, state, plan }: Commission): Promise<string | undefined> {
  const { start } = state;
  if (start !== undefined && (await clone.fetchTip(start.ref, start.commit)) !== start.commit) {
    return undefined;
  }
  checkActions(plan.actions, start === undefined ? [] : (await listFiles(clone, start.commit, [''])).keys());
  const input = commitStream({
    ref: NEW_COMMIT,
    ...(start === undefined ? {} : { parent: start.commit }),
    author: plan.author ?? options.defaultAuthor,
    committer: options.defaultAuthor,
    date: options.now(),
    message: plan.message,
    actions: plan.actions,
  });
  // `--force`: after a race the next commit does not follow from the last one made here.
  return (await clone.local(['fast-import', '--quiet', '--force'], { input })).toString().trim();
}
