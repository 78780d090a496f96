/** Decides what a merge request starts from, and what becomes of it: one long-lived branch, one open merge request. */
import type { BranchCommit } from '../model.ts';
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
  /** Number of the open merge request. */
  readonly open?: number;
  /** Whether a merge request brought all of the source branch to the target, be it squashed. */
  readonly merged: boolean;
};

/** `stop`: the run would drop, or write over, what others committed. */
export type ReviewStart =
  | { readonly from: 'target'; readonly rebuild: boolean }
  | { readonly from: 'source' }
  | { readonly from: 'nowhere'; readonly why: string };

type ReviewEnd = 'none' | 'created' | 'updated' | 'unchanged' | 'closed';

/** Of the open merge request the source branch is compared; whatever else there is starts afresh from the target. */
export function decideStart(facts: ReviewFacts): ReviewStart {
  if (!facts.exists) {
    return { from: 'target', rebuild: false };
  }
  const others = facts.ahead.filter(isOthers);
  const shown = `the branch "${printable(facts.source)}" holds ${describeCommits(others)}`;
  if (facts.open === undefined) {
    return others.length === 0 || facts.merged
      ? { from: 'target', rebuild: true }
      : { from: 'nowhere', why: `${shown}, and no merge request is open for it.` };
  }
  if (facts.targetMoved) {
    const target = `"${printable(facts.target)}" has moved`;
    return others.length === 0
      ? { from: 'target', rebuild: true }
      : {
          from: 'nowhere',
          why: `${target}, and a new start would drop what others did: ${shown} (!${facts.open}).`,
        };
  }
  const touching = facts.aheadHere.filter(isOthers);
  return touching.length === 0
    ? { from: 'source' }
    : {
        from: 'nowhere',
        why: `what others changed in the backup would be written over: the branch "${printable(facts.source)}" holds ${describeCommits(touching)} (!${facts.open}).`,
      };
}

/** Each commit of ours ends with a paragraph of trailers, of which this is one. */
export function isOthers({ message }: Pick<BranchCommit, 'message'>): boolean {
  const last =
    message
      .trimEnd()
      .split(/\n\s*\n/)
      .at(-1) ?? '';
  return !last.split('\n').some((line) => /^Backup-Run: \S+$/.test(line.trim()));
}

function describeCommits(commits: readonly BranchCommit[]): string {
  const [first] = commits;
  const more = commits.length - 1;
  const shown = first === undefined ? '' : `${first.id.slice(0, 8)} "${printable(first.title, 80)}"`;
  return `${shown}${more > 0 ? ` and ${more} more commits` : ''} of others`;
}

/**
 * @param run.committed whether the run committed, or a dry run would.
 * @param run.isCertain everything was looked at, and nothing failed.
 * @param run.isEmpty the source branch holds nothing that the target has not, and nothing of others.
 */
export function decideEnd(
  start: ReviewStart,
  run: {
    readonly isOpen: boolean;
    readonly committed: boolean;
    readonly isCertain: boolean;
    readonly isEmpty: boolean;
  },
): ReviewEnd {
  if (!run.isOpen) {
    return run.committed ? 'created' : 'none';
  }
  if (run.committed) {
    return run.isEmpty ? 'closed' : 'updated';
  }
  // It started from the target, and there was nothing to add: what it brings is there.
  return start.from === 'target' && run.isCertain ? 'closed' : 'unchanged';
}
