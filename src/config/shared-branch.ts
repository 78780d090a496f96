/** What entries of `backups` that commit to one branch must agree on, and what they must not share. */
import { printable } from '../printable.ts';
import type { BackupConfig } from './config.ts';
import { MERGE_REQUEST_SETTINGS } from './merge-request.ts';
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
  for (const group of byTarget(entries)) {
    for (const [index, later] of group.entries()) {
      // One is enough: what overlaps with one overlaps with all in its place.
      group.slice(0, index).some((earlier) => refuseOverlap(earlier, later, problems));
      const [first = later] = group;
      refuseOtherCommit(first, later, problems);
    }
  }
}

function byTarget(entries: readonly Entry[]): Iterable<readonly Entry[]> {
  const groups = new Map<string, Entry[]>();
  for (const entry of entries) {
    if (!isUnreadable(entry.asked, 'project') && !isUnreadable(entry.asked, 'branch')) {
      const { target } = entry.backup;
      groups.set(target, [...(groups.get(target) ?? []), entry]);
    }
  }
  return groups.values();
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
      return listed(mergeRequest === undefined ? [] : [mergeRequest.title]);
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
function placesOf(name: SettingName, earlier: Entry, later: Entry) {
  const [there, here] = [earlier, later].map(({ asked }) => asked.given.get(name)?.source);
  return there === here
    ? { there: earlier.place, here: later.place }
    : { there: there ?? earlier.place, here: here ?? later.place };
}
