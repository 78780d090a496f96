/** Opens, updates or closes the merge request, as what its branch brings wants it. */
import type { MergeRequestConfig } from '../config/config.ts';
import type { MergeRequests } from '../gitlab/merge-requests.ts';
import type { MergeRequest, Outcome } from '../model.ts';
import { describeSubject, isSubject } from '../plan/describe-commit.ts';
import { decideEnd } from '../plan/review.ts';
import { describeMergeRequest, replaceDescription } from '../report/describe-merge-request.ts';
import type { BackupResult, MergeRequestResult } from '../report/report.ts';
import { compareBranches } from './compare-branches.ts';
import type { Found, Reviewed, ReviewOptions } from './review-input.ts';

type Facts = {
  readonly found: Found;
  readonly results: readonly BackupResult[];
  /** The last commit of the run; what was carried over is one. */
  readonly newest?: string;
};

/** One for each backup of the branch: what it brings. */
type Section = Pick<BackupResult, 'directory' | 'outcomes' | 'workspaces'>;
type Difference = { readonly differs: boolean; readonly sections: readonly Section[] };

/** @throws KnownError when GitLab refuses the merge request; the commits stay, and the next run opens it. */
export async function publish(facts: Facts, options: ReviewOptions): Promise<Reviewed> {
  const { found, results, newest } = facts;
  const { open, hasOthers } = found;
  const { dryRun } = options.tools;
  const isNews = results.some(({ outcomes }) => outcomes.some(isChanged));
  const committed = dryRun ? isNews : newest !== undefined;
  const { differs, sections } = await findDifference(facts, committed, options);
  const end = decideEnd({ isOpen: open !== undefined, committed, differs, hasOthers });
  if (end === 'none') {
    return { warnings: found.warnings };
  }
  if (dryRun) {
    const known = open === undefined ? {} : { iid: open.iid, url: open.url };
    return { mergeRequest: { ...known, state: end }, warnings: found.warnings };
  }
  const done = await carryOut(end, { found, sections }, options);
  const head = newest ?? found.head.commit;
  // A push takes the order back (gitlab.com/gitlab-org/gitlab/-/issues/463360): it is given after each.
  const isDue = end !== 'closed' && (committed || !done.request.autoMerge);
  const refused = isDue
    ? await mergeByItself(options, done.request, { head, target: found.target.name })
    : [];
  const { iid, url } = done.request;
  return {
    mergeRequest: { iid, url, state: done.state },
    warnings: [...found.warnings, ...done.warnings, ...refused],
  };
}

function isChanged({ status }: Outcome): boolean {
  return status === 'changed';
}

/** The branches are read only when what this run did is not all that there is, and something has to be told of it. */
async function findDifference(
  { found, results, newest }: Facts,
  committed: boolean,
  { requests, backups, tools }: ReviewOptions,
): Promise<Difference> {
  const { from, target, open, directories } = found;
  const head = newest ?? found.head.commit;
  if (from === 'target') {
    const sections = results.map((one) => ({ ...one, outcomes: one.outcomes.filter(isChanged) }));
    return { differs: committed, sections: tools.maskAll(sections) };
  }
  if (head === undefined || tools.dryRun || (open !== undefined && !committed)) {
    return { differs: true, sections: [] };
  }
  const base = from === 'both' ? target.commit : await requests.mergeBase(target.commit, head);
  const trees = {
    base: await requests.treeAt(base, directories),
    head: await requests.treeAt(head, directories),
  };
  const given = { ...tools, backups, repository: requests };
  const { differs, outcomes } = await compareBranches(trees, directories, given);
  const workspaces = results.flatMap((result) => result.workspaces);
  const sections = directories.map((directory) => ({
    directory,
    workspaces,
    outcomes: outcomes.get(directory) ?? [],
  }));
  return { differs, sections: tools.maskAll(sections) };
}

type Done = {
  readonly request: MergeRequest;
  readonly state: MergeRequestResult['state'];
  readonly warnings: readonly string[];
};

async function carryOut(
  end: MergeRequestResult['state'],
  { found, sections }: { readonly found: Found; readonly sections: readonly Section[] },
  options: ReviewOptions,
): Promise<Done> {
  const { requests } = options;
  const { open, target } = found;
  const own = describeMergeRequest(sections);
  const subject = describeSubject(
    sections.flatMap(({ outcomes }) => outcomes),
    options.backups[0].commitPrefix,
  );
  if (open === undefined) {
    return create(options, found, { title: options.settings.title ?? subject, description: own });
  }
  if (end === 'unchanged') {
    return { request: open, state: end, warnings: [] };
  }
  const description = replaceDescription(open.description, own);
  if (description === undefined) {
    const what = end === 'closed' ? 'It brings nothing any more, but was not closed' : 'It stays as it is';
    const why = `The merge request !${open.iid} was opened by somebody else, or its description was written anew.`;
    return { request: open, state: 'unchanged', warnings: [`${why} ${what}.`] };
  }
  if (end === 'closed') {
    await requests.close(open.iid, description);
    const warning = `The merge request !${open.iid} was closed: "${target.name}" already has what it would bring.`;
    return { request: open, state: end, warnings: [warning] };
  }
  await requests.update(open.iid, { description, ...titleOf(options, open, subject) });
  return { request: open, state: end, warnings: [] };
}

/** A title that somebody gave it stays; and so does what keeps it from being merged yet. */
function titleOf(
  { settings, backups: [{ commitPrefix }] }: ReviewOptions,
  { title }: MergeRequest,
  subject: string,
): { readonly title?: string } {
  const draft = /^(?:draft:|\[draft\]|\(draft\))\s*/i.exec(title)?.[0] ?? '';
  const isOurs = settings.title === undefined && isSubject(title.slice(draft.length), commitPrefix);
  return isOurs ? { title: `${draft}${subject}` } : {};
}

async function create(
  { requests, settings: { labels, ...people } }: ReviewOptions,
  { source, target }: Found,
  text: { readonly title: string; readonly description: string },
): Promise<Done> {
  const reviewers = await findUsers(requests, people.reviewers);
  const assignees = await findUsers(requests, people.assignees);
  const pair = { source, target: target.name };
  const request = await requests.create(pair, { ...text, labels, reviewers, assignees });
  const warnings = [
    ...describeMissing(people.reviewers, request.reviewers, `is no reviewer of !${request.iid}`),
    ...describeMissing(people.assignees, request.assignees, `is not assigned to !${request.iid}`),
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
  { requests, settings }: { readonly requests: MergeRequests; readonly settings: MergeRequestConfig },
  { iid }: MergeRequest,
  { head, target }: { readonly head: string | undefined; readonly target: string },
): Promise<readonly string[]> {
  if (!settings.autoMerge || head === undefined) {
    return [];
  }
  const refusal = await requests.setAutoMerge(iid, head);
  return refusal === undefined
    ? []
    : [
        `GitLab does not merge !${iid} by itself (${refusal}): it takes a pipeline for the branch, a merge request without conflicts, and a token that may merge to "${target}".`,
      ];
}
