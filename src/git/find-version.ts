/** Finds the commit that somebody means: a branch, a tag, a commit's id, or what was there on a date. */
import { KnownError } from '../errors.ts';
import { didYouMean } from '../nearest.ts';
import { printable } from '../printable.ts';
import type { Clone } from './clone.ts';
import { listRefs, readRemoteState } from './remote-state.ts';

export type Wanted = {
  /** A branch, a tag, or a commit's id of four digits or more, in this order. Absent: the default branch. */
  readonly ref?: string;
  /** The newest commit of `ref` at or before it, along first parents. Absent: its tip. */
  readonly at?: Date;
};

export type Version = {
  /** The branch, tag or id that was found. */
  readonly ref: string;
  readonly commit: string;
  /** Of the commit. */
  readonly date: Date;
};

type Tip = { readonly ref: string; readonly commit: string };

const COMMIT_ID = /^[0-9a-f]{4,40}$/i;
const MAX_BRANCHES_SHOWN = 10;

/** @throws KnownError BACKUP_NOT_FOUND with what there is instead. */
export async function findVersion(clone: Clone, { ref, at }: Wanted): Promise<Version> {
  const tip = ref === undefined ? await findDefault(clone) : await findTip(clone, ref);
  // A commit of that very second is one of that date.
  const until = at === undefined ? [] : [`--min-age=${Math.floor(at.getTime() / 1000)}`];
  const found = await listDates(clone, [...until, '--max-count=1', tip.commit]);
  const [version] = found;
  if (version === undefined) {
    const first = (await listDates(clone, [tip.commit])).at(-1);
    throw new KnownError(
      'BACKUP_NOT_FOUND',
      `"${printable(tip.ref)}" held nothing yet at ${at?.toISOString()}: its first commit is of ${first?.date.toISOString()}.`,
    );
  }
  return { ref: tip.ref, ...version };
}

async function findDefault(clone: Clone): Promise<Tip> {
  const { branch, start } = await readRemoteState(clone, undefined);
  if (start === undefined) {
    throw new KnownError('BACKUP_NOT_FOUND', `There is no commit yet in ${printable(clone.location.label)}.`);
  }
  return { ref: branch, commit: await clone.fetchHistory(start.ref, start.commit) };
}

async function findTip(clone: Clone, ref: string): Promise<Tip> {
  const [branch, tag] = [`refs/heads/${ref}`, `refs/tags/${ref}`];
  // `^{}`: git-ls-remote(1) names so the commit of a tag that is an object of its own.
  const { commits } = await listRefs(clone, [branch, tag, `${tag}^{}`]);
  const known = [branch, `${tag}^{}`, tag].find((name) => commits.has(name));
  if (known !== undefined) {
    const name = known.replace(/\^\{\}$/, '');
    return { ref, commit: await clone.fetchHistory(name, commits.get(known) ?? '') };
  }
  const matches = COMMIT_ID.test(ref) ? await findCommits(clone, ref.toLowerCase()) : [];
  const [commit] = matches;
  if (commit === undefined || matches.length > 1) {
    throw await nothingOfThatName(clone, ref, matches.length);
  }
  return { ref, commit };
}

/** Asks no git command for the id alone: in a clone without files it would ask the server for what it does not have. */
async function findCommits(clone: Clone, id: string): Promise<readonly string[]> {
  return (await clone.fetchEverything()).filter((commit) => commit.startsWith(id));
}

async function nothingOfThatName(clone: Clone, ref: string, matches: number): Promise<KnownError> {
  const name = printable(ref);
  if (matches > 1) {
    return new KnownError('BACKUP_NOT_FOUND', `"${name}" begins the ids of ${matches} commits.`, {
      hint: 'Give more digits of the id in `ref`.',
    });
  }
  const { commits } = await listRefs(clone, ['refs/heads/*']);
  const branches = [...commits.keys()].map((one) => printable(one.replace(/^refs\/heads\//, '')));
  const shown = branches.slice(0, MAX_BRANCHES_SHOWN).join(', ');
  const rest =
    branches.length > MAX_BRANCHES_SHOWN ? ` and ${branches.length - MAX_BRANCHES_SHOWN} more` : '';
  const what = branches.length === 0 ? 'It has no branch yet.' : `Its branches are ${shown}${rest}.`;
  return new KnownError(
    'BACKUP_NOT_FOUND',
    `There is no branch, tag or commit "${name}" in ${printable(clone.location.label)}.${didYouMean(name, branches)} ${what}`,
  );
}

/** @returns commits along first parents, newest first, each with its date. */
async function listDates(clone: Clone, args: readonly string[]) {
  const lines = (await clone.local(['rev-list', '--timestamp', '--first-parent', ...args])).toString();
  return lines
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [seconds, commit = ''] = line.split(' ');
      return { commit, date: new Date(Number(seconds) * 1000) };
    });
}
