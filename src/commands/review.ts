/** Brings a backup to its branch by a merge request: what the run starts from, and what becomes of the request after it. */
import { sourceBranchFor } from '../config/merge-request.ts';
import { KnownError } from '../errors.ts';
import type { BranchHead } from '../gitlab/branch.ts';
import { decideStart, directoriesOn, isOthers, type ReviewFacts } from '../plan/review.ts';
import { printable } from '../printable.ts';
import type { BackupResult } from '../report/report.ts';
import { carryOver } from './carry-over.ts';
import { publish } from './publish.ts';
import type { Found, Reviewed, ReviewOptions } from './review-input.ts';

export type Review = {
  /** Reads the branches as they are now. @throws KnownError MERGE_REQUEST_BLOCKED */
  findHead(): Promise<BranchHead>;
  /** Hears the id of each commit of the run. */
  onCommit(commit: string): void;
  /** Creates, updates or closes the merge request. What GitLab refuses beside that is a warning. */
  finish(results: readonly BackupResult[]): Promise<Reviewed>;
};

export function createReview(options: ReviewOptions): Review {
  let found: Found | undefined;
  let newest: string | undefined;
  return {
    async findHead() {
      found = await look(options);
      newest = found.from === 'both' ? found.head.commit : newest;
      return found.head;
    },
    onCommit(commit) {
      newest = commit;
    },
    finish: async (results) =>
      found === undefined
        ? { warnings: [] }
        : publish({ found, results, ...(newest === undefined ? {} : { newest }) }, options),
  };
}

async function look(options: ReviewOptions): Promise<Found> {
  const { requests, settings, defaultBranch } = options;
  const [{ branch }] = options.backups;
  const target = await requests.findTarget({
    ...(branch === undefined ? {} : { branch }),
    ...(defaultBranch === undefined ? {} : { defaultBranch }),
  });
  const source = settings.sourceBranch ?? sourceBranchFor(target.name);
  assertTwoBranches(source, target.name);
  const before = await requests.headOf(source);
  const pair = { source, target: target.name };
  const open = before === undefined ? undefined : await requests.findOpen(pair);
  const commits = before === undefined ? NOTHING_AHEAD : await compareHeads(options, target.commit, before);
  const isOver = before !== undefined && open === undefined && commits.ahead.length > 0;
  const ended = isOver ? await requests.findEnd(pair, before) : undefined;
  const start = decideStart({
    ...{ ...pair, exists: before !== undefined, ...commits },
    ...(open === undefined ? {} : { open }),
    ...(ended === undefined ? {} : { ended }),
  });
  if (start.from === 'nowhere') {
    throw new KnownError('MERGE_REQUEST_BLOCKED', `The merge request cannot be updated: ${start.why}`);
  }
  const own = options.backups.map(({ directory }) => directory);
  const directories = directoriesOn(commits.ahead, own);
  const begun = await begin(start.from, { source, target, before, directories }, options);
  const hasOthers = commits.ahead.some(isOthers);
  return { source, target, ...begun, directories, hasOthers, ...(open === undefined ? {} : { open }) };
}

/** With a branch that has another name in the configuration this shows only here: the default branch. */
function assertTwoBranches(source: string, target: string): void {
  if (source === target) {
    const message = `\`source-branch\`: "${printable(source)}" is also the branch that the merge request goes to.`;
    throw new KnownError('CONFIG_INVALID', message);
  }
}

const NOTHING_AHEAD = { ahead: [], aheadHere: [], targetMoved: false };

async function compareHeads(
  { requests, backups }: ReviewOptions,
  target: string,
  source: string,
): Promise<Pick<ReviewFacts, 'ahead' | 'aheadHere' | 'targetMoved'>> {
  const ahead = await requests.listCommits(target, source);
  const aheadHere = [];
  let targetMoved = false;
  for (const { directory } of backups) {
    // Ours touch it always: only of others it is asked.
    aheadHere.push(...(ahead.some(isOthers) ? await requests.listCommits(target, source, directory) : []));
    targetMoved ||= await requests.touches(source, target, directory);
  }
  return { ahead, aheadHere, targetMoved };
}

type Begun = Pick<Found, 'head' | 'from' | 'warnings'>;

type Looked = Pick<Found, 'source' | 'target' | 'directories'> & { readonly before: string | undefined };

async function begin(from: Found['from'], looked: Looked, options: ReviewOptions): Promise<Begun> {
  const { source: name, target, before, directories } = looked;
  if (before === undefined) {
    return { from, head: { name, commit: target.commit, startBranch: target.name }, warnings: [] };
  }
  const atSource = { from: 'source', head: { name, commit: before } } as const;
  const atTarget = { from: 'target', head: { name, commit: target.commit, replaces: before } } as const;
  if (from === 'target') {
    return { ...atTarget, warnings: [] };
  }
  if (from === 'source' || options.tools.dryRun) {
    return { ...atSource, warnings: [] };
  }
  const place = { branch: name, source: before, target: target.commit, directories };
  const carried = await carryOver(place, options);
  const moved = `"${printable(target.name)}" has moved, and what the merge request brings`;
  switch (carried) {
    case 'nothing':
      return { ...atTarget, warnings: [] };
    case 'too-large':
      return {
        ...atSource,
        warnings: [`${moved} is too large to be brought there in one commit: rebase or merge it in GitLab.`],
      };
    default: {
      const { commit } = carried;
      const warning = `${moved} was put on top of it (${commit.slice(0, 8)}).`;
      return { from, head: { name, commit }, warnings: [warning] };
    }
  }
}
