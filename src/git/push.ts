/** Pushes one commit, only if the branch is where the plan was made; and finds out what became of an unclear push. */

import type { Clone } from './clone.ts';
import type { GitResult } from './run-git.ts';
import { isCertainRefusal } from './translate-failure.ts';

export type Push = {
  readonly clone: Clone;
  readonly commit: string;
  readonly branch: string;
  /** Parent of the commit; absent for the first one of a repository. */
  readonly base?: string;
  /** Where the branch has to be; absent: it must not exist. */
  readonly expected?: string;
  /** Value of the commit's `Backup-Run` trailer. */
  readonly runId: string;
  /** Asks the server anew where the branch is; absent: nowhere. */
  readonly readHead: () => Promise<string | undefined>;
};

/** The commit's id on the branch, or that the branch was elsewhere and nothing was written. */
export type Pushed = { readonly commit: string } | 'moved';

type Verdict = 'written' | 'moved' | 'refused' | 'unclear';

/** @throws KnownError when the server refuses, or when it is certain that nothing arrived at two tries. */
export async function pushCommit(push: Push): Promise<Pushed> {
  const first = await runPush(push);
  const verdict = judge(first);
  // A clear answer needs no second look. That it moved is none: a proxy may have sent the push twice.
  if (verdict === 'written' || verdict === 'refused') {
    return conclude(push, first, verdict);
  }
  const found = await lookForCommit(push);
  if (found !== undefined) {
    return found;
  }
  if (verdict === 'moved') {
    return 'moved';
  }

  const second = await runPush(push);
  const secondVerdict = judge(second);
  if (secondVerdict === 'written' || secondVerdict === 'refused') {
    return conclude(push, second, secondVerdict);
  }
  // Who moved the branch may be ourselves: the first try can have arrived late.
  const foundLate = await lookForCommit(push);
  if (foundLate !== undefined) {
    return foundLate;
  }
  return conclude(push, second, secondVerdict);
}

function conclude(push: Push, result: GitResult, verdict: Verdict): Pushed {
  if (verdict === 'written') {
    return { commit: push.commit };
  }
  if (verdict === 'moved') {
    return 'moved';
  }
  throw push.clone.refusal(result, 'push');
}

// A delta against a blob that is not here would have git fetch it, one after the other, from a server that may be ailing.
const NO_DELTAS = ['-c', 'pack.window=0'];

function runPush({ clone, branch, commit, expected }: Push): Promise<GitResult> {
  const ref = `refs/heads/${branch}`;
  // Git's default would look for a file that moved only in its old folder's history, miss it, and fetch it to send it.
  const config = ['-c', 'pack.useSparse=false', ...NO_DELTAS];
  // The lease is the condition; the other flags keep the user's own configuration out of this.
  const flags = ['--porcelain', '--progress', '--no-verify', '--no-follow-tags', '--no-signed'];
  const lease = `--force-with-lease=${ref}:${expected ?? ''}`;
  return clone.run([...config, 'push', ...flags, lease, 'origin', `${commit}:${ref}`], { network: true });
}

// Git: refs.c, builtin/receive-pack.c, remote.c. GitLab: operation_service.rb, Gitaly's updateref.
const RACE =
  /cannot lock ref|failed to (?:lock|update ref)|reference already exists|incorrect old value|stale info|fetch first|non-fast-forward|refresh and try again|does not point to expected/;
const BROKEN_DISK = /Permission denied|No space left|Read-only file system/;

function judge(result: GitResult): Verdict {
  if (result.exitCode === 0) {
    return 'written';
  }
  const refused = result.stdout
    .toString()
    .split('\n')
    .find((line) => line.startsWith('!'));
  if (refused === undefined || refused.includes('[remote failure]')) {
    return isCertainRefusal(result) ? 'refused' : 'unclear';
  }
  if (refused.includes('[rejected]')) {
    return 'moved';
  }
  if (BROKEN_DISK.test(result.stderr)) {
    return 'refused';
  }
  return RACE.test(refused) || RACE.test(result.stderr) ? 'moved' : 'refused';
}

/** @returns undefined when the branch is still where the plan was made: nothing arrived. */
async function lookForCommit(push: Push): Promise<Pushed | undefined> {
  const head = await push.readHead();
  if (head === push.expected) {
    return undefined;
  }
  if (head === undefined) {
    return 'moved';
  }
  return head === push.commit ? { commit: head } : findBelow(push, head);
}

/** Looks for our commit among those that came after the plan was made: others may have pushed on top of it. */
async function findBelow(push: Push, head: string): Promise<Pushed> {
  const { clone } = push;
  const tip = await clone.fetchHistory(`refs/heads/${push.branch}`, head);
  const range = push.base === undefined ? [tip] : [tip, `^${push.base}`];
  const trailer = '%(trailers:key=Backup-Run,valueonly,separator=%x20)';
  const log = (await clone.local(['log', '-z', `--format=%H ${trailer}`, ...range, '--'])).toString();
  for (const line of log.split('\0')) {
    const [commit = '', ...runIds] = line.trim().split(' ');
    if (commit === push.commit || runIds.includes(push.runId)) {
      return { commit };
    }
  }
  return 'moved';
}
