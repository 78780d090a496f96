/** Decides what a merge request starts from, and what becomes of it: one long-lived branch, one open merge request. */
import type { BranchCommit, MergeRequest } from '../model.ts';
import { printable } from '../printable.ts';

/** What lies on the two branches when a run begins. */
export type ReviewFacts = {
  readonly source: string;
  readonly target: string;
  /** Whether the source branch exists. */
  readonly exists: boolean;
  /** Commits that only the source branch has. */
  readonly ahead: readonly BranchCommit[];
  /** Those of them that touch what is backed up. */
  readonly aheadHere: readonly BranchCommit[];
  /** Whether the target has commits of its own that touch what is backed up. */
  readonly targetMoved: boolean;
  readonly open?: Pick<MergeRequest, 'iid' | 'hasConflicts'>;
  /** What became of the merge request that held the source branch as it is now. */
  readonly ended?: 'merged' | 'closed';
};

/**
 * `both`: from the target, with all that the source branch brings on top. `nowhere`: the run would drop, or write over,
 * what others committed.
 */
export type ReviewStart =
  | { readonly from: 'target' | 'source' | 'both' }
  | { readonly from: 'nowhere'; readonly why: string };

type ReviewEnd = 'none' | 'created' | 'updated' | 'unchanged' | 'closed';

/** What was merged or closed is over; whatever else the source branch brings goes on, and is never lost. */
export function decideStart(facts: ReviewFacts): ReviewStart {
  const { exists, ahead, aheadHere, targetMoved, open, ended } = facts;
  if (!exists || ahead.length === 0) {
    return { from: 'target' };
  }
  const others = ahead.filter(isOthers);
  if (open === undefined && others.length > 0 && ended !== 'merged') {
    return stop(`no merge request is open, and ${describeHeld(facts, others)}.`);
  }
  if (open === undefined && ended !== undefined) {
    return { from: 'target' };
  }
  const touching = aheadHere.filter(isOthers);
  if (touching.length > 0) {
    return stop(`what others changed in the backup would be written over: ${describeHeld(facts, touching)}.`);
  }
  if (targetMoved && others.length === 0) {
    return { from: 'both' };
  }
  return targetMoved && open?.hasConflicts === true
    ? stop(
        `it conflicts with "${printable(facts.target)}", and a new start would drop what others did: ${describeHeld(facts, others)}.`,
      )
    : { from: 'source' };
}

function stop(why: string): ReviewStart {
  return { from: 'nowhere', why };
}

/** Each commit of ours ends with a paragraph of trailers, of which this is one. */
export function isOthers({ message }: Pick<BranchCommit, 'message'>): boolean {
  return !trailersOf(message).some((line) => /^Backup-Run: \S+$/.test(line));
}

/**
 * Several jobs may bring their backups by one branch, each in a directory of its own.
 * @param own of the backups of this run.
 * @returns also those that other runs have committed to; none lies inside another.
 */
export function directoriesOn(
  commits: readonly Pick<BranchCommit, 'message'>[],
  own: readonly string[],
): readonly string[] {
  const directories = [...own];
  const named = commits.filter((commit) => !isOthers(commit)).flatMap(({ message }) => trailersOf(message));
  for (const line of named) {
    const [, name] = /^Backup-Directory: (.+)$/.exec(line) ?? [];
    const directory = name === '.' ? '' : name;
    if (directory !== undefined && !directories.some((one) => overlap(one, directory))) {
      directories.push(directory);
    }
  }
  return directories;
}

function trailersOf(message: string): readonly string[] {
  const last =
    message
      .trimEnd()
      .split(/\n\s*\n/)
      .at(-1) ?? '';
  return last.split('\n').map((line) => line.trim());
}

function overlap(one: string, other: string): boolean {
  return one === '' || other === '' || `${one}/`.startsWith(`${other}/`) || other.startsWith(`${one}/`);
}

function describeHeld({ source, open }: ReviewFacts, commits: readonly BranchCommit[]): string {
  const [first] = commits;
  const more = commits.length - 1;
  const shown = first === undefined ? '' : `${first.id.slice(0, 8)} "${printable(first.title, 80)}"`;
  const rest = more > 0 ? ` and ${more} more commits` : '';
  const where = open === undefined ? '' : ` (!${open.iid})`;
  return `the branch "${printable(source)}" holds ${shown}${rest} of others${where}`;
}

/**
 * @param run.committed whether the run committed, or a dry run would.
 * @param run.differs whether the source branch brings anything to the target now.
 * @param run.hasOthers whether the source branch holds commits of others.
 */
export function decideEnd(run: {
  readonly isOpen: boolean;
  readonly committed: boolean;
  readonly differs: boolean;
  readonly hasOthers: boolean;
}): ReviewEnd {
  if (!run.isOpen) {
    return run.differs ? 'created' : 'none';
  }
  if (!run.differs && !run.hasOthers) {
    return 'closed';
  }
  return run.committed ? 'updated' : 'unchanged';
}
