/** Where the branch of the remote repository stands, and where it would start if it is not there yet. */

import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { KnownError } from '../errors.ts';
import type { Clone } from './clone.ts';

export type RemoteState = {
  readonly branch: string;
  /** The branch's tip; absent when there is no such branch. */
  readonly head?: string;
  /** What a commit on this branch is made from: a reference and its commit. Absent in an empty repository. */
  readonly start?: { readonly ref: string; readonly commit: string };
};

const FALLBACK_BRANCH = 'main';

/**
 * @param branch absent: the repository's default branch.
 * @throws KnownError
 */
export async function readRemoteState(clone: Clone, branch: string | undefined): Promise<RemoteState> {
  if (branch !== undefined) {
    await checkBranchName(clone, branch);
  }
  if (!(await clone.exists())) {
    return { branch: branch ?? FALLBACK_BRANCH };
  }
  const wanted = branch === undefined ? [] : [`refs/heads/${branch}`];
  const { commits, defaultRef } = await listRefs(clone, ['HEAD', ...wanted]);
  const name = branch ?? (await findDefaultBranch(clone, commits, defaultRef));
  const head = commits.get(`refs/heads/${name}`) ?? (branch === undefined ? commits.get('HEAD') : undefined);
  if (head !== undefined) {
    return { branch: name, head, start: { ref: `refs/heads/${name}`, commit: head } };
  }
  const start = commits.get('HEAD');
  return start === undefined ? { branch: name } : { branch: name, start: { ref: 'HEAD', commit: start } };
}

async function checkBranchName(clone: Clone, branch: string): Promise<void> {
  // `check-ref-format --branch` would also resolve `@{-1}`; it alone refuses a leading dash.
  const { exitCode } = await clone.run(['check-ref-format', `refs/heads/${branch}`]);
  if (exitCode !== 0 || branch.startsWith('-')) {
    throw new KnownError(
      'CONFIG_INVALID',
      `\`branch\`: git does not allow the name ${JSON.stringify(branch)}.`,
    );
  }
}

/** @returns the commit, or the object of a tag, of each reference that fits one of the patterns. */
export async function listRefs(clone: Clone, patterns: readonly string[]) {
  return parseAnswer((await clone.read(['ls-remote', '--symref', 'origin', ...patterns])).toString());
}

// git-ls-remote(1): `<id>\t<ref>`, and for a symbolic one before it `ref: <target>\t<ref>`.
function parseAnswer(answer: string): { commits: Map<string, string>; defaultRef?: string } {
  const commits = new Map<string, string>();
  let defaultRef: string | undefined;
  for (const line of answer.split('\n')) {
    const [value, ref] = line.split('\t');
    if (value === undefined || ref === undefined) {
      continue;
    }
    if (!value.startsWith('ref: ')) {
      commits.set(ref, value);
    } else if (ref === 'HEAD') {
      defaultRef = value.slice('ref: '.length);
    }
  }
  return { commits, ...(defaultRef === undefined ? {} : { defaultRef }) };
}

async function findDefaultBranch(
  clone: Clone,
  commits: ReadonlyMap<string, string>,
  defaultRef: string | undefined,
): Promise<string> {
  if (defaultRef !== undefined) {
    return branchOf(defaultRef);
  }
  if (commits.has('HEAD')) {
    throw new KnownError('CONFIG_INVALID', `HEAD of ${clone.location.label} names no branch.`, {
      hint: 'Name the branch with `branch`.',
    });
  }
  return askByCloning(clone);
}

// `ls-remote` does not show where the HEAD of an empty repository points to, `clone` learns it (protocol v2, git 2.31).
async function askByCloning(clone: Clone): Promise<string> {
  const directory = join(clone.directory, 'empty');
  const options = [
    '--quiet',
    '--bare',
    '--depth=1',
    '--filter=blob:none',
    '--single-branch',
    '--no-tags',
    '--template=',
  ];
  try {
    const config = ['-c', `init.defaultBranch=${FALLBACK_BRANCH}`];
    await clone.read([...config, 'clone', ...options, '--', clone.location.address, directory]);
    const head = await clone.run(['--git-dir', directory, 'symbolic-ref', '--quiet', 'HEAD']);
    return head.exitCode === 0 ? branchOf(head.stdout.toString().trim()) : FALLBACK_BRANCH;
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

function branchOf(ref: string): string {
  return ref.replace(/^refs\/heads\//, '');
}
