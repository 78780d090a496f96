/** Brings a backup to its branch by a merge request: what the run starts from, and what becomes of the request after it. */
import type { MergeRequestConfig } from '../config/config.ts';
import { sourceBranchFor } from '../config/merge-request.ts';
import { KnownError } from '../errors.ts';
import type { BranchHead } from '../gitlab/branch.ts';
import type { MergeRequests } from '../gitlab/merge-requests.ts';
import type { MergeRequest, Outcome } from '../model.ts';
import { decideEnd, decideStart, isOthers, type ReviewFacts, type ReviewStart } from '../plan/review.ts';
import { describeMergeRequest, isOwnDescription } from '../report/describe-merge-request.ts';
import type { BackupResult, MergeRequestResult } from '../report/report.ts';
import { manifestPath } from '../snapshot/layout.ts';

type ReviewOptions = {
  readonly requests: MergeRequests;
  readonly settings: MergeRequestConfig;
  /** The branch that was asked for, and the project's default branch if it is known. */
  readonly branch?: string;
  readonly defaultBranch?: string;
  readonly directories: readonly string[];
};

/** What the run did. */
type ReviewedRun = {
  /** Masked. */
  readonly results: readonly BackupResult[];
  /** Whether all backups of the branch came to an end. */
  readonly isWhole: boolean;
  readonly dryRun: boolean;
};

export type Reviewed = {
  readonly mergeRequest?: MergeRequestResult;
  readonly warnings: readonly string[];
};

export type Review = {
  /** Reads the branches as they are now. @throws KnownError MERGE_REQUEST_BLOCKED */
  findHead(): Promise<BranchHead>;
  /** Creates, updates or closes the merge request. What GitLab refuses beside that is a warning. */
  finish(run: ReviewedRun): Promise<Reviewed>;
};

/** What a run found at its last look at the branches. */
type Found = {
  readonly facts: ReviewFacts;
  readonly start: ReviewStart;
  readonly targetCommit: string;
  readonly open?: MergeRequest;
};

export function createReview(options: ReviewOptions): Review {
  let found: Found | undefined;
  return {
    async findHead() {
      const looked = await look(options);
      found = looked.found;
      return looked.head;
    },
    finish: async (run) => (found === undefined ? { warnings: [] } : finish(options, found, run)),
  };
}

async function look(options: ReviewOptions): Promise<{ readonly found: Found; readonly head: BranchHead }> {
  const { requests, settings } = options;
  const { name: target, commit } = await requests.findTarget(options);
  const source = settings.sourceBranch ?? sourceBranchFor(target);
  const before = await requests.headOf(source);
  const pair = { source, target };
  const open = before === undefined ? undefined : await requests.findOpen(pair);
  const commits = before === undefined ? NOTHING_AHEAD : await compare(options, commit, before);
  const needsMerged = before !== undefined && open === undefined && commits.ahead.some(isOthers);
  const facts: ReviewFacts = {
    ...pair,
    ...commits,
    exists: before !== undefined,
    merged: needsMerged && (await requests.isMerged(pair, before)),
    ...(open === undefined ? {} : { open: open.iid }),
  };
  const start = decideStart(facts);
  if (start.from === 'nowhere') {
    throw new KnownError('MERGE_REQUEST_BLOCKED', `The merge request cannot be updated: ${start.why}`);
  }
  const found = { facts, start, targetCommit: commit, ...(open === undefined ? {} : { open }) };
  return { found, head: headFor(start, { source, target, commit, before }) };
}

const NOTHING_AHEAD = { ahead: [], aheadHere: [], targetMoved: false };

async function compare({ requests, directories }: ReviewOptions, target: string, source: string) {
  const ahead = await requests.listCommits(target, source);
  const aheadHere = [];
  let targetMoved = false;
  for (const directory of directories) {
    // Ours touch it always: only of others it is asked.
    aheadHere.push(...(ahead.some(isOthers) ? await requests.listCommits(target, source, directory) : []));
    targetMoved ||= await requests.touches(source, target, directory);
  }
  return { ahead, aheadHere, targetMoved };
}

function headFor(
  start: ReviewStart,
  at: {
    readonly source: string;
    readonly target: string;
    readonly commit: string;
    readonly before: string | undefined;
  },
): BranchHead {
  const { source: name, target, commit, before } = at;
  if (before === undefined) {
    return { name, commit, startBranch: target };
  }
  return start.from === 'source' ? { name, commit: before } : { name, commit, replaces: before };
}

async function finish(options: ReviewOptions, found: Found, run: ReviewedRun): Promise<Reviewed> {
  const { facts, start, open } = found;
  const outcomes = run.results.flatMap((result) => result.outcomes);
  const commits = run.results.flatMap((result) => result.commits);
  const committed = run.dryRun ? outcomes.some(({ status }) => status === 'changed') : commits.length > 0;
  const end = decideEnd(start, {
    isOpen: open !== undefined,
    committed,
    isCertain: run.isWhole && outcomes.every(isCertain),
    isEmpty: commits.length > 0 && start.from === 'source' && (await isEmpty(options, found)),
  });
  if (end === 'none') {
    return { warnings: [] };
  }
  if (run.dryRun) {
    const known = open === undefined ? {} : { iid: open.iid, url: open.url };
    return { mergeRequest: { ...known, state: end }, warnings: [] };
  }
  const done = await carryOut(options, { end, found, results: run.results });
  const head = commits.at(-1)?.id ?? facts.ahead[0]?.id ?? done.request.sha;
  const refused =
    end === 'closed' ? [] : await mergeByItself(options, done.request, { head, target: facts.target });
  const { iid, url } = done.request;
  return { mergeRequest: { iid, url, state: done.state }, warnings: [...done.warnings, ...refused] };
}

/** An edit in Postman was taken back: a manifest alone, with Postman's new times, is nothing to bring. */
async function isEmpty(
  { requests, directories }: ReviewOptions,
  { facts, targetCommit }: Found,
): Promise<boolean> {
  if (facts.ahead.some(isOthers)) {
    return false;
  }
  const manifests = new Set(directories.map(manifestPath));
  const paths = await requests.changedPaths(targetCommit, facts.source);
  return paths.every((path) => manifests.has(path));
}

function isCertain({ status }: Outcome): boolean {
  return status !== 'failed' && status !== 'refused' && status !== 'unverified';
}

type Done = {
  readonly request: MergeRequest;
  readonly state: MergeRequestResult['state'];
  readonly warnings: readonly string[];
};

async function carryOut(
  options: ReviewOptions,
  work: {
    readonly end: 'created' | 'updated' | 'unchanged' | 'closed';
    readonly found: Found;
    readonly results: readonly BackupResult[];
  },
): Promise<Done> {
  const { end, found, results } = work;
  const { open } = found;
  if (open === undefined) {
    return create(options, found, describeMergeRequest(results));
  }
  if (end === 'unchanged') {
    return { request: open, state: end, warnings: [] };
  }
  if (!isOwnDescription(open.description)) {
    const what =
      end === 'closed'
        ? 'It brings nothing any more, but was not closed'
        : 'Its title and description stay as they are';
    const why = `The merge request !${open.iid} was opened by somebody else, or its description was written anew.`;
    return { request: open, state: 'unchanged', warnings: [`${why} ${what}.`] };
  }
  if (end === 'closed') {
    await options.requests.close(open.iid);
    const warning = `The merge request !${open.iid} was closed: "${found.facts.target}" already has what it would bring.`;
    return { request: open, state: end, warnings: [warning] };
  }
  const description = describeMergeRequest(results);
  await options.requests.update(open.iid, { title: titleOf(options, open), description });
  return { request: open, state: end, warnings: [] };
}

/** Who marked it as a draft does not want it to be merged yet. */
function titleOf({ settings: { title } }: ReviewOptions, open: MergeRequest): string {
  return /^draft:/i.test(open.title) ? `Draft: ${title}` : title;
}

async function create(
  { requests, settings }: ReviewOptions,
  { facts }: Found,
  description: string,
): Promise<Done> {
  const { title, labels } = settings;
  const reviewers = await findUsers(requests, settings.reviewers);
  const assignees = await findUsers(requests, settings.assignees);
  const request = await requests.create(facts, { title, description, labels, reviewers, assignees });
  const warnings = [
    ...describeMissing(settings.reviewers, request.reviewers, `is no reviewer of !${request.iid}`),
    ...describeMissing(settings.assignees, request.assignees, `is not assigned to !${request.iid}`),
  ];
  return { request, state: 'created', warnings };
}

async function findUsers(requests: MergeRequests, usernames: readonly string[]): Promise<readonly number[]> {
  const ids: number[] = [];
  for (const username of usernames) {
    const id = await requests.findUser(username);
    if (id !== undefined) {
      ids.push(id);
    }
  }
  return ids;
}

/** GitLab leaves out whom it does not take, without a word; without Premium it takes one. */
function describeMissing(
  wanted: readonly string[],
  taken: readonly string[],
  what: string,
): readonly string[] {
  const there = new Set(taken.map((username) => username.toLowerCase()));
  return wanted
    .filter((username) => !there.has(username.toLowerCase()))
    .map(
      (username) =>
        `"${username}" ${what}: GitLab knows nobody of that name who may see the project, or takes only one.`,
    );
}

async function mergeByItself(
  { requests, settings }: ReviewOptions,
  request: MergeRequest,
  { head, target }: { readonly head: string | undefined; readonly target: string },
): Promise<readonly string[]> {
  if (!settings.autoMerge || request.autoMerge || head === undefined) {
    return [];
  }
  const refusal = await requests.setAutoMerge(request.iid, head);
  return refusal === undefined
    ? []
    : [
        `GitLab does not merge !${request.iid} by itself (${refusal}): it takes a pipeline for the branch, a merge request without conflicts, and a token that may merge to "${target}".`,
      ];
}
