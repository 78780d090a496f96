/** Translates GitLab's refusals into errors that say what to do; the texts are those of GitLab's and Gitaly's source. */
import * as z from 'zod';
import { KnownError } from '../errors.ts';
import { HttpError } from '../http/http-error.ts';
import { printable } from '../printable.ts';

const ErrorBody = z.looseObject({
  message: z.unknown().optional(),
  error: z.unknown().optional(),
  error_description: z.unknown().optional(),
});

/** What a commit was refused for, although nothing is wrong with it: the branch is not what it was. */
const MOVED = [
  /^A file with this name (already exists|doesn't exist)/,
  /^The file has changed since you started editing it/,
  /^(\d+:)?(reference update: reference does not point to expected object|Could not update refs\/heads\/)/,
  /^A branch called '.*' already exists/,
  /^You can only create or edit files when you are on a branch/,
];

// Enterprise push rules and server hooks; GitLab words them, so match loosely.
const PUSH_RULE =
  /does not follow the pattern|contains the forbidden pattern|is not a member of team|was prohibited by the pattern|must be signed|your own verified emails|exceed the .* limit|pre-receive hook|^GitLab:|^GL-HOOK-ERR/;

// Of the hook that GitLab runs for commits of its API, too.
const FORCE_REFUSED = /force push code to a protected branch/;

/** What helps against a push rule that the catalogue's hint, about message and author, does not fit. */
const PUSH_RULE_HINTS: readonly { readonly rule: RegExp; readonly hint: string }[] = [
  { rule: /Branch name /, hint: 'Choose a `branch` whose name meets the rule.' },
  {
    rule: /^File name /,
    hint: 'Choose a `directory` or `filename` that meets the rule, or `exclude` what does not.',
  },
  {
    rule: /exceed the .* limit/,
    hint: 'Raise the maximum file size (Settings > Repository > Push rules), or leave the large collection out with `exclude`.',
  },
  {
    rule: /^Committer's email|must be signed|your own verified emails/,
    hint: "The committer is always the token's user: use a token of a user who meets the rule, or exempt this project from it.",
  },
];

const IN_ITS_PLACE =
  "Something may be answering in GitLab's place (a proxy, a login page), or CI_SERVER_URL names another address than GitLab's own: compare it with the one that the browser ends up at.";

const REPOSITORY_OFF =
  'Check `project`, that the token may see it, and that its repository is turned on (Settings > General > Visibility).';

export type RefusalContext = {
  readonly project: string;
  readonly branch?: string;
};

/** What a call may fail with: no good answer, or one that GitLab's API does not document. */
export type Failure = HttpError | z.ZodError;

export function isFailure(error: unknown): error is Failure {
  return error instanceof HttpError || error instanceof z.ZodError;
}

// Log and report cut it, when it has been masked: half of a token that a server repeats would not be found.
const WHOLE = Number.POSITIVE_INFINITY;

/** @returns what GitLab said: its message, on one line. */
export function saidBy(error: HttpError): string {
  const status = `status ${error.status ?? '?'}`;
  try {
    const body = ErrorBody.parse(JSON.parse(error.body));
    const said = body.error_description ?? body.message ?? body.error;
    return said === undefined
      ? status
      : printable(typeof said === 'string' ? said : JSON.stringify(said), WHOLE);
  } catch {
    // HTML from a proxy: its words would only confuse.
    return status;
  }
}

/** Whether the branch moved between reading it and committing to it. */
export function isMoved(error: Failure): boolean {
  return error instanceof HttpError && error.status === 400 && MOVED.some((text) => text.test(saidBy(error)));
}

/** Whether GitLab sees a file where the plan saw none, or none where it saw one. */
export function disagreesAboutFiles(error: Failure): boolean {
  return error instanceof HttpError && /^A file with this name/.test(saidBy(error));
}

/** Whether a write may or may not have been carried out. */
export function isUnclear(error: Failure): boolean {
  if (!(error instanceof HttpError)) {
    return true;
  }
  const { reason, status = 0 } = error;
  return (
    reason === 'network' ||
    reason === 'timeout' ||
    reason === 'malformed' ||
    (reason === 'status' && (status >= 500 || status === 408))
  );
}

/** @throws KnownError in place of what the post room threw. */
export async function translatingErrors<T>(context: RefusalContext, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw isFailure(error) ? translate(error, context) : error;
  }
}

/** @returns what `work` does; nothing when GitLab does not find it, or hides it. */
export async function unlessMissing<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof HttpError && error.status === 404) {
      return undefined;
    }
    throw error;
  }
}

export function translate(error: Failure, context: RefusalContext): KnownError {
  if (!(error instanceof HttpError)) {
    const message = 'GitLab answered with something that its API does not document.';
    return new KnownError('GITLAB_UNAVAILABLE', message, { hint: IN_ITS_PLACE });
  }
  switch (error.reason) {
    case 'certificate':
      return new KnownError('CERTIFICATE_NOT_TRUSTED', `${error.message}.`);
    case 'network':
    case 'timeout':
      return new KnownError('GITLAB_UNAVAILABLE', `${error.message}.`);
    case 'malformed':
    case 'redirect':
      return new KnownError('GITLAB_UNAVAILABLE', `${error.message}.`, { hint: IN_ITS_PLACE });
    case 'status':
      return translateStatus(error, context);
  }
}

function translateStatus(error: HttpError, { project, branch = '' }: RefusalContext): KnownError {
  const said = saidBy(error);
  const shown = printable(project);
  switch (error.status ?? 0) {
    case 400:
    case 409:
    case 422:
      return refused(error, said, branch);
    case 401:
      return /expired|revoked/i.test(said)
        ? new KnownError('GITLAB_TOKEN_EXPIRED', `GitLab refused the token: ${said}`)
        : new KnownError('GITLAB_TOKEN_REFUSED', `GitLab refused the token (${said}).`);
    case 403:
      // `insufficient_granular_scope` is what fine-grained tokens get.
      return /insufficient_(granular_)?scope/.test(error.body)
        ? new KnownError('GITLAB_SCOPE_MISSING', `The token's scope is too small: ${said}`)
        : new KnownError('GITLAB_FORBIDDEN', `GitLab does not allow it in project "${shown}": ${said}`);
    case 404:
      return new KnownError(
        'GITLAB_PROJECT_NOT_FOUND',
        `GitLab does not find the project "${shown}", or the token may not see it (${said}).`,
        // GitLab's words for a project whose repository is turned off.
        said === '404 Not Found' ? { hint: REPOSITORY_OFF } : {},
      );
    case 413:
      return new KnownError(
        'GITLAB_PAYLOAD_TOO_LARGE',
        `The commit is too large for GitLab or a proxy in front of it (${said}).`,
      );
    default:
      return unavailable(error, said);
  }
}

function refused(error: HttpError, said: string, branch: string): KnownError {
  const isWrite = error.method === 'POST' || error.method === 'PUT';
  if (isWrite && /\/merge_requests(\/|$)/.test(new URL(error.url).pathname)) {
    return new KnownError('GITLAB_MERGE_REQUEST_REFUSED', `GitLab refused the merge request: ${said}`);
  }
  return error.method === 'POST' && error.status === 400
    ? refusedCommit(said, branch)
    : unavailable(error, said);
}

function refusedCommit(said: string, branch: string): KnownError {
  if (FORCE_REFUSED.test(said)) {
    const message = `The branch "${printable(branch)}" is protected, and may not start anew: ${said}`;
    return new KnownError('GITLAB_BRANCH_PROTECTED', message);
  }
  if (!PUSH_RULE.test(said)) {
    const message = `GitLab refused the commit to "${printable(branch)}": ${said}`;
    return new KnownError('GITLAB_COMMIT_REFUSED', message);
  }
  const hint = PUSH_RULE_HINTS.find(({ rule }) => rule.test(said))?.hint;
  const message = `A push rule of the project refused the commit: ${said}`;
  return new KnownError('GITLAB_PUSH_RULE', message, hint === undefined ? {} : { hint });
}

function unavailable({ method, url, status }: HttpError, said: string): KnownError {
  const what = status === 429 ? 'throttled the requests for too long' : 'is not available';
  const { pathname } = new URL(url);
  return new KnownError('GITLAB_UNAVAILABLE', `GitLab ${what} (${method} ${pathname}: ${said}).`);
}
