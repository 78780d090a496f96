/** What entries of `backups` that write to one branch must agree on, and what they must not share. */
import { groupBy } from '../group-by.ts';
import { printable } from '../printable.ts';
import type { BackupConfig } from './config.ts';
import { MERGE_REQUEST_SETTINGS, sourceBranchFor } from './merge-request.ts';
import { located, type Problems } from './problems.ts';
import { isFolder } from './rules.ts';
import type { SettingName } from './settings.ts';
import { type Asked, isUnreadable } from './values.ts';

const COMMIT_SETTINGS = ['author', 'commit-prefix', 'skip-ci', 'mode', ...MERGE_REQUEST_SETTINGS] as const;
type CommitSetting = (typeof COMMIT_SETTINGS)[number];

/** An entry of `backups`, with what came of it. */
export type Entry = {
  readonly asked: Asked;
  readonly backup: BackupConfig;
  /** Where it begins in the file. */
  readonly place: string;
};

/** Adds a problem for each entry that cannot live on one branch with an earlier one. */
export function refuseConflicts(entries: readonly Entry[], problems: Problems): void {
  refuseSharedSources(entries, problems);
  for (const group of byTarget(entries)) {
    for (const [index, later] of group.entries()) {
      // One is enough: what overlaps with one overlaps with all in its place.
      group.slice(0, index).some((earlier) => refuseOverlap(earlier, later, problems));
      const [first = later] = group;
      refuseOtherCommit(first, later, problems);
    }
  }
}

/** The branch of a merge request is written anew at times: what else went there would be dropped. */
function refuseSharedSources(entries: readonly Entry[], problems: Problems): void {
  const placed = entries.filter((entry) => isPlaced(entry) && !isUnreadable(entry.asked, 'source-branch'));
  for (const [index, later] of placed.entries()) {
    placed.slice(0, index).some((earlier) => refuseSharedSource(earlier, later, problems));
  }
}

function refuseSharedSource(earlier: Entry, later: Entry, problems: Problems): boolean {
  if (earlier.backup.target === later.backup.target) {
    return false;
  }
  const shared = branchesOf(later).flatMap((here) => {
    const there = branchesOf(earlier).find(({ branch }) => branch === here.branch);
    return there === undefined ? [] : { here, there };
  });
  const [first] = shared;
  if (first !== undefined) {
    const { here, there } = placesOf(first.there.name, earlier, later, first.here.name);
    const branch = printable(first.here.branch.split(' ').at(-1) ?? '');
    const problem = `\`${first.here.name}\`: "${branch}" is also the \`${first.there.name}\` of ${there}. The \`source-branch\` of a merge request is for it alone.`;
    problems.add(located(here, problem));
  }
  return first !== undefined;
}

/** @returns the branches that are written or waited for, in the form of `target`. */
function branchesOf({ backup: { target, mergeRequest } }: Entry): readonly NamedBranch[] {
  const end = target.lastIndexOf(' ');
  const [project, branch] = [target.slice(0, end), target.slice(end + 1)];
  const source = mergeRequest?.sourceBranch ?? (branch === '' ? undefined : sourceBranchFor(branch));
  return [
    ...(mergeRequest === undefined || source === undefined
      ? []
      : [{ name: 'source-branch', branch: `${project} ${source}` } as const]),
    { name: 'branch', branch: target },
  ];
}

type NamedBranch = { readonly name: 'branch' | 'source-branch'; readonly branch: string };

function isPlaced({ asked }: Entry): boolean {
  return !isUnreadable(asked, 'project') && !isUnreadable(asked, 'branch');
}

function byTarget(entries: readonly Entry[]): Iterable<readonly Entry[]> {
  return groupBy(entries.filter(isPlaced), ({ backup }) => backup.target).values();
}

/** Two backups in one folder would each take the other's files for ones that nobody selected. */
function refuseOverlap(earlier: Entry, later: Entry, problems: Problems): boolean {
  const relation = [earlier, later].every(hasFolder) ? describeRelation(earlier, later) : undefined;
  if (relation !== undefined) {
    const { here, there } = placesOf('directory', earlier, later);
    const problem = `${relation} of ${there}, on the same branch. Give each a \`directory\` of its own, neither inside the other.`;
    problems.add(located(here, problem));
  }
  return relation !== undefined;
}

function hasFolder({ asked }: Entry): boolean {
  const { directory } = asked.values;
  return !isUnreadable(asked, 'directory') && (directory === undefined || isFolder(directory));
}

function describeRelation(earlier: Entry, later: Entry): string | undefined {
  const [first, second] = [earlier, later].map(({ backup }) => folded(backup.directory));
  const shown = describeFolder(later);
  if (first === undefined || second === undefined || first === second) {
    return `the folder ${shown} is also that`;
  }
  if (contains(first, second)) {
    return `the folder ${shown} lies inside ${describeFolder(earlier)}`;
  }
  return contains(second, first) ? `the folder ${shown} holds ${describeFolder(earlier)}` : undefined;
}

function describeFolder({ backup: { directory } }: Entry): string {
  return directory === '' ? '"." (the whole repository)' : `"${printable(directory)}"`;
}

function contains(outer: string, inner: string): boolean {
  return outer === '' || inner.startsWith(`${outer}/`);
}

/** Two spellings that Windows or macOS would put into one folder are one. */
function folded(path: string): string {
  return path.normalize('NFC').toUpperCase().toLowerCase().normalize('NFC');
}

/** One commit has one author and one message. */
function refuseOtherCommit(first: Entry, later: Entry, problems: Problems): void {
  const isSameMode =
    describeCommitSetting('mode', first.backup) === describeCommitSetting('mode', later.backup);
  // What follows from another mode is no problem of its own.
  for (const name of isSameMode ? COMMIT_SETTINGS : (['mode'] as const)) {
    const [one, other] = [first, later].map(({ backup }) => describeCommitSetting(name, backup));
    if (one !== other && [first, later].every((entry) => isKnown(name, entry))) {
      const { here, there } = placesOf(name, first, later);
      const problem = `\`${name}\` is ${other} here and ${one} in ${there}, but backups of one branch share one commit. Give both the same; \`defaults\` holds for all.`;
      problems.add(located(here, problem));
    }
  }
}

/** What was given and is no author has been told already. */
function isKnown(name: CommitSetting, { asked, backup }: Entry): boolean {
  const isBadAuthor = name === 'author' && asked.given.has(name) && backup.author === undefined;
  return !isBadAuthor && !isUnreadable(asked, name);
}

function describeCommitSetting(name: CommitSetting, backup: BackupConfig): string {
  const { author, commitPrefix, skipCi, mergeRequest } = backup;
  const listed = (items: readonly string[] = []) =>
    items.map((item) => `"${printable(item)}"`).join(', ') || 'none';
  switch (name) {
    case 'author':
      return author === undefined ? 'not given' : `"${printable(`${author.name} <${author.email}>`)}"`;
    case 'commit-prefix':
      return commitPrefix === '' ? 'not given' : `"${commitPrefix}"`;
    case 'skip-ci':
      return String(skipCi);
    case 'mode':
      return mergeRequest === undefined ? 'commit' : 'merge-request';
    case 'title':
      return listed(mergeRequest?.title === undefined ? [] : [mergeRequest.title]);
    case 'labels':
    case 'reviewers':
    case 'assignees':
      return listed(mergeRequest?.[name]);
    case 'auto-merge':
      return String(mergeRequest?.autoMerge ?? false);
    case 'source-branch':
      return listed(mergeRequest?.sourceBranch === undefined ? [] : [mergeRequest.sourceBranch]);
  }
}

/** Where the two stand; what was given for both at once, or for none, stands where their entries begin. */
function placesOf(name: SettingName, earlier: Entry, later: Entry, laterName = name) {
  const there = earlier.asked.given.get(name)?.source;
  const here = later.asked.given.get(laterName)?.source;
  return there === here
    ? { there: earlier.place, here: later.place }
    : { there: there ?? earlier.place, here: here ?? later.place };
}
