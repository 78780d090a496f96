/** What must hold after every run, whatever was done to it. */
import { isDeepStrictEqual } from 'node:util';
import type { Report } from '../../src/report/report.ts';
import { type Branch, DIRECTORY, type Entry, MANIFEST, type Snapshot } from './snapshot.ts';

const UUID = 36;

export type BranchFacts = {
  /** Good states: as it was before the run, and as a clean run leaves it. */
  readonly old: Snapshot;
  readonly good: Snapshot;
  /** As the run left it. */
  readonly found: Branch;
  /** The commit that the branch was at before. */
  readonly base: string;
  /** Several commits are planned, because one was too large. */
  readonly halves: boolean;
};

export type Facts = BranchFacts & {
  readonly report: Report;
  /** Everything that was said. */
  readonly log: string;
  readonly credentials: readonly string[];
  /** What lies in the folder for temporary files. */
  readonly leftovers: readonly string[];
  readonly isEndless: boolean;
};

/** @returns what is wrong after a run that could tell how it ended, a sentence each; nothing when all is well. */
export function violations(facts: Facts): readonly string[] {
  return [...branchViolations(facts), ...silentGaps(facts), ...wrongReports(facts), ...traces(facts)];
}

/** @returns what is wrong with the branch, however the run ended. */
export function branchViolations(facts: BranchFacts): readonly string[] {
  return [...lostResources(facts), ...strangeFiles(facts), ...wrongManifest(facts), ...wrongCommits(facts)];
}

/** @returns resources that were on the branch and of which no good version is there any more. */
export function lostResources({ old, good, found }: BranchFacts): string[] {
  return [...(old.manifest ?? [])].flatMap(([key, { path, id }]) => {
    const next = good.manifest?.get(key);
    const isThere = objectAt(found, path) === id || (next && objectAt(found, next.path) === next.id);
    return isThere ? [] : [`lost: ${key} (${path})`];
  });
}

/** Every file is as a clean run leaves it; when the list said that it changed may be missing, and is no reason for a commit. */
export function isGood(found: Snapshot, good: Snapshot): boolean {
  const filesOf = ({ files }: Snapshot) => [...files].filter(([path]) => path !== MANIFEST);
  return (
    isDeepStrictEqual(new Map(filesOf(found)), new Map(filesOf(good))) &&
    found.manifest?.size === good.manifest?.size &&
    [...(found.manifest ?? [])].every(([key, entry]) => isEntry(entry, good.manifest?.get(key)))
  );
}

/**
 * Without a timestamp it is looked at again by the next run; with another one than at that time it might not be. Who
 * owns it, some lists say and others do not.
 */
function isEntry(entry: Entry, other: Entry | undefined): boolean {
  const { updatedAt, uid, ...own } = entry;
  const { updatedAt: otherAt, uid: otherUid, ...rest } = other ?? { uid: '' };
  const isSame = isDeepStrictEqual(own, rest) && uid.slice(-UUID) === otherUid.slice(-UUID);
  return isSame && (updatedAt === undefined || updatedAt === otherAt);
}

function strangeFiles({ old, good, found }: BranchFacts): string[] {
  const strange = [...found.files].filter(
    ([path, id]) => path !== MANIFEST && old.files.get(path) !== id && good.files.get(path) !== id,
  );
  const others = [...old.files].filter(([path]) => !path.startsWith(`${DIRECTORY}/`));
  return [
    ...strange.map(([path]) => `neither the old nor the new good file: ${path}`),
    ...others
      .filter(([path, id]) => found.files.get(path) !== id)
      .map(([path]) => `not ours, and touched: ${path}`),
  ];
}

/** The manifest describes exactly what is there, in words that are the old or the new ones. */
function wrongManifest({ old, good, found }: BranchFacts): string[] {
  const files = [...found.files.keys()].filter((path) => path.startsWith(`${DIRECTORY}/`));
  if (found.manifest === undefined) {
    return files.length === 0 ? [] : ['there are files and no manifest that can be read'];
  }
  const entries = [...found.manifest];
  const isDescribed = (path: string) =>
    entries.some(([, entry]) => path === entry.path || path.startsWith(`${entry.path}/`));
  return [
    ...files
      .filter((path) => path !== MANIFEST && !isDescribed(path))
      .map((path) => `not in the manifest: ${path}`),
    ...entries.flatMap(([key, entry]) => [
      ...(objectAt(found, entry.path) === entry.id ? [] : [`the manifest is wrong about ${entry.path}`]),
      ...(isEntry(entry, old.manifest?.get(key)) || isEntry(entry, good.manifest?.get(key))
        ? []
        : [`neither the old nor the new entry: ${key} ${JSON.stringify(entry)}`]),
    ]),
  ];
}

/** Whatever is missing makes the run fail, and is named. */
function silentGaps({ good, found, report }: Facts): string[] {
  const { exitCode, status, error } = report;
  if (exitCode === 1) {
    return [`a bug of ours: ${error?.message}`];
  }
  const claimsSuccess = status === 'changed' || status === 'unchanged';
  if (claimsSuccess !== (exitCode === 0)) {
    return [`exit code ${exitCode} does not fit the status ${status}`];
  }
  if (isGood(found, good)) {
    return [];
  }
  if (exitCode === 0) {
    return [`exit code 0, and yet not all is there: ${gaps(found, good).join(', ')}`];
  }
  return error === undefined
    ? gaps(found, good)
        .filter((key) => !isNamed(key, good, report))
        .map((key) => `missing, and not named: ${key}`)
    : [];
}

function gaps(found: Snapshot, good: Snapshot): readonly string[] {
  const due = [...(good.manifest ?? [])].filter(
    ([key, { path, id }]) => found.manifest?.get(key)?.path !== path || objectAt(found, path) !== id,
  );
  return due.map(([key]) => key);
}

const UNSAVED = new Set(['failed', 'refused', 'unverified']);
// Of these, a list that is not found is said not to be offered (`isKnownToBeThere` in faults.ts).
const MAY_BE_SKIPPED = new Set(['apis', 'globals']);

/** By itself, or by the list of its kind. */
function isNamed(key: string, good: Snapshot, { backups }: Report): boolean {
  const workspace = good.manifest?.get(key)?.workspace;
  const [kind = '', uuid = ''] = key.split('/');
  return backups
    .flatMap(({ outcomes }) => outcomes)
    .some(
      (outcome) =>
        (UNSAVED.has(outcome.status) || (outcome.status === 'skipped' && MAY_BE_SKIPPED.has(kind))) &&
        outcome.kind === kind &&
        (outcome.uuid === uuid || outcome.uuid === workspace),
    );
}

function wrongCommits({ found, base, halves }: BranchFacts): string[] {
  const { commits, head, otherRefs } = found;
  const [first] = commits;
  return [
    ...(commits.length > 1 && !halves ? [`${commits.length} commits instead of one`] : []),
    ...(head !== base && first?.parents !== base ? ['the branch does not follow from where it was'] : []),
    ...otherRefs.map((ref) => `left a ref behind: ${ref}`),
  ];
}

function wrongReports({ found, report }: Facts): string[] {
  const told = report.backups.flatMap((backup) => backup.commits.map(({ id }) => id));
  const made = found.commits.map(({ id }) => id);
  return [
    ...told.filter((id) => !made.includes(id)).map((id) => `told of a commit ${id} that is not there`),
    // A commit whose answer was lost, and that could not be looked for, is told as a failure.
    ...(report.exitCode === 0 && told.length !== made.length
      ? [`told of ${told.length} commits, and made ${made.length}`]
      : []),
  ];
}

function traces({ log, report, credentials, leftovers, isEndless }: Facts): string[] {
  const told = `${log}\n${JSON.stringify(report)}`;
  return [
    ...leftovers.map((name) => `left a temporary file behind: ${name}`),
    ...credentials.flatMap((value, index) => (told.includes(value) ? [`told credential ${index}`] : [])),
    ...(isEndless ? ['asks without end'] : []),
  ];
}

function objectAt({ files, folders }: Snapshot, path: string): string | undefined {
  return files.get(path) ?? folders.get(path);
}
