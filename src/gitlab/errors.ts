/** Translates GitLab's refusals into errors that say what to do; the texts are those of GitLab's and Gitaly's source. */
import * as z from 'zod';
import { type ErrorCode, KnownError } from '../errors.ts';
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
  /^\d+:(reference update: reference does not point to expected object|Could not update refs\/heads\/)/,
  /^A branch called '.*' already exists/,
  /^You can only create or edit files when you are on a branch/,
];

// Enterprise push rules and server hooks; GitLab words them, so match loosely.
const PUSH_RULE =
  /does not follow the pattern|contains the forbidden pattern|is not a member of team|was prohibited by the pattern|must be signed|your own verified emails|exceed the .* limit|pre-receive hook|^GitLab:|^GL-HOOK-ERR/;

export type RefusalContext = {
  readonly project: string;
  readonly branch?: string;
};

/** @returns what GitLab said: its message, on one line. */
export function saidBy(error: HttpError): string {
  try {
    const body = ErrorBody.parse(JSON.parse(error.body));
    const said = body.error_description ?? body.message ?? body.error;
    return printable(typeof said === 'string' ? said : JSON.stringify(said ?? ''), 500);
  } catch {
    // HTML from a proxy: its words would only confuse.
    return `status ${error.status ?? '?'}`;
  }
}

/** Whether the branch moved between reading it and committing to it. */
export function isMoved(error: HttpError): boolean {
  return error.status === 400 && MOVED.some((text) => text.test(saidBy(error)));
}

/** Whether a write may or may not have been carried out. */
export function isUnclear({ reason, status = 0 }: HttpError): boolean {
  return (
    reason === 'network' ||
    reason === 'timeout' ||
    reason === 'malformed' ||
    (reason === 'status' && status >= 500)
  );
}

/** @throws KnownError in place of what the post room threw. */
export async function translatingErrors<T>(context: RefusalContext, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof HttpError ? translate(error, context) : error;
  }
}

export function translate(error: HttpError, context: RefusalContext): KnownError {
  switch (error.reason) {
    case 'certificate':
      return new KnownError('CERTIFICATE_NOT_TRUSTED', `${error.message}.`);
    case 'network':
    case 'timeout':
    case 'malformed':
    case 'redirect':
      return new KnownError('GITLAB_UNAVAILABLE', `${error.message}.`);
    case 'status':
      return translateStatus(error, context);
  }
}

function translateStatus(error: HttpError, { project, branch = '' }: RefusalContext): KnownError {
  const said = saidBy(error);
  const fail = (code: ErrorCode, message: string) => new KnownError(code, message);
  const status = error.status ?? 0;
  if (status === 401) {
    return /expired|revoked/i.test(said)
      ? fail('GITLAB_TOKEN_EXPIRED', `GitLab refused the token: ${said}`)
      : fail('GITLAB_TOKEN_REFUSED', `GitLab refused the token (${said}).`);
  }
  if (status === 403) {
    return /insufficient_scope/.test(error.body)
      ? fail('GITLAB_SCOPE_MISSING', `The token's scope is too small: ${said}`)
      : fail('GITLAB_FORBIDDEN', `GitLab does not allow it in project "${printable(project)}": ${said}`);
  }
  if (status === 404) {
    const message = `GitLab does not find the project "${printable(project)}", or the token may not see it (${said}).`;
    return fail('GITLAB_PROJECT_NOT_FOUND', message);
  }
  if (status === 413) {
    return fail(
      'GITLAB_PAYLOAD_TOO_LARGE',
      `The commit is too large for GitLab or a proxy in front of it (${said}).`,
    );
  }
  if (status === 400) {
    return PUSH_RULE.test(said)
      ? fail('GITLAB_PUSH_RULE', `A push rule of the project refused the commit: ${said}`)
      : fail('GITLAB_COMMIT_REFUSED', `GitLab refused the commit to "${printable(branch)}": ${said}`);
  }
  const { pathname } = new URL(error.url);
  return fail('GITLAB_UNAVAILABLE', `GitLab is not available (${error.method} ${pathname}: ${said}).`);
}
