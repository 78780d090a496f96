/** Translates what the post room reports into what Postman means by it. */
import * as z from 'zod';
import { type ErrorCode, KnownError } from '../errors.ts';
import { HttpError } from '../http/http-error.ts';
import { parseJson } from '../json.ts';
import { printable } from '../printable.ts';

// One odd field must not hide the others: the name alone tells a used-up quota from a passing limit.
const text = z.string().optional().catch(undefined);
// The shapes that coexist: `{error: {name, message}}`, `{name, message}` and RFC 7807 `{type, title, detail}`.
const ErrorBody = z.looseObject({
  error: z
    .union([z.string(), z.looseObject({ name: text, message: text })])
    .optional()
    .catch(undefined),
  name: text,
  message: text,
  type: text,
  title: text,
  detail: text,
});

// What a plan or a region lacks; all other texts that come with 403 speak of permission (OpenAPI 1.45.0, its examples).
const NOT_OFFERED =
  /(?:isn['’]t|not) available (?:in|on|for|with)|only available|feature is disabled|\bupgrade\b|\bpurchase\b|\b(?:your|current) plan\b/i;

/** A refusal that remembers what was said: to one who lists a kind it may mean that the kind is not offered. */
class RefusedError extends KnownError {
  readonly status: number;
  readonly said: PostmanError;

  constructor(code: ErrorCode, message: string, answer: { status: number; said: PostmanError }) {
    super(code, message);
    this.status = answer.status;
    this.said = answer.said;
  }
}

// Log and report cut it, when it has been masked: half of a key that a server repeats would not be found.
const WHOLE = Number.POSITIVE_INFINITY;

export type PostmanError = { readonly name: string; readonly message: string };

/** The month's calls are used up: an answer that says 429 and that no waiting mends. */
export function isQuotaExhausted(status: number, body: string): boolean {
  return status === 429 && readError(body).name === 'serviceLimitExhausted';
}

/** Whether a failure says nothing about what else will be asked: it is not the key, the quota or the connection. */
export function isOfOneAnswer({ code }: KnownError): boolean {
  return (
    code === 'POSTMAN_FORBIDDEN' || code === 'RESOURCE_NOT_FOUND' || code === 'POSTMAN_ANSWER_UNEXPECTED'
  );
}

export type NotOffered = {
  /** Status and words. */
  readonly reason: string;
  /** A 404 says that there is nothing there, and not why. */
  readonly isGuess: boolean;
};

/**
 * @param error what the list of a kind was answered with.
 * @returns why this plan or region does not offer the kind, when that is what it says. A 404 does, unless it speaks of
 * the workspace; a 403 does when it speaks of no permission.
 */
export function reasonNotOffered(error: KnownError, workspaceId: string): NotOffered | undefined {
  if (!(error instanceof RefusedError)) {
    return undefined;
  }
  const { status, said } = error;
  const text = `${said.name} ${said.message}`;
  const isOfWorkspace = /workspace/i.test(text) || text.includes(workspaceId);
  const isNotOffered = status === 403 ? NOT_OFFERED.test(text) : status === 404 && !isOfWorkspace;
  const reason = [status, said.message].filter(Boolean).join(': ');
  return isNotOffered ? { reason, isGuess: status === 404 } : undefined;
}

/** What to say of an answer that came with a good status and without what was asked for. */
export function translateAnswer(answer: unknown, envelope: string): KnownError {
  const { name, message } = errorIn(answer);
  if (isNotFound(name)) {
    return new KnownError('RESOURCE_NOT_FOUND', `Postman does not find it (${message}).`);
  }
  const instead = message === '' ? '' : ` but an error: ${message}`;
  return new KnownError('RESOURCE_INVALID', `Postman's answer has no \`${envelope}\` in it${instead}`);
}

/** Runs `work`; what it throws is translated. @throws KnownError */
export async function translatingErrors<T>(region: 'us' | 'eu', work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof HttpError ? translate(error, region) : error;
  }
}

/** What Postman said instead of a good answer; empty texts when that is not known. */
export function readRefusal({ body }: HttpError): PostmanError {
  return readError(body);
}

export function translate(error: HttpError, region: 'us' | 'eu'): KnownError {
  switch (error.reason) {
    case 'certificate':
      return new KnownError('CERTIFICATE_NOT_TRUSTED', `${error.message}.`);
    case 'redirect':
    case 'malformed':
      return new KnownError('POSTMAN_ANSWER_UNEXPECTED', `${error.message}.`);
    case 'network':
    case 'timeout':
      return new KnownError('POSTMAN_UNAVAILABLE', `${error.message}.`);
    case 'status':
      return translateStatus(error, region);
  }
}

function translateStatus(error: HttpError, region: 'us' | 'eu'): KnownError {
  const answer = readError(error.body);
  const { name, message } = answer;
  const status = error.status ?? 0;
  const said = message === '' ? `${status} on ${error.method} ${pathOf(error)}` : `${status}: ${message}`;
  if (isQuotaExhausted(status, error.body)) {
    return new KnownError(
      'POSTMAN_QUOTA_EXHAUSTED',
      `Postman's monthly limit of API calls is used up (${said}).`,
    );
  }
  // "You are not authorized to perform this action." comes as 401 too, and is no word about the key.
  const mayNot = status === 401 && /not authorized to perform/i.test(message);
  if (status === 401 && !mayNot) {
    return refusedKey(said, region);
  }
  if (status === 404 || isNotFound(name)) {
    const text = `Postman does not find it (${said}).`;
    return new RefusedError('RESOURCE_NOT_FOUND', text, { status, said: answer });
  }
  if (status === 403 || mayNot) {
    const verb = isRead(error.method) ? 'read' : 'write';
    const text = `Postman does not let the key ${verb} it (${said}).`;
    return new RefusedError('POSTMAN_FORBIDDEN', text, { status, said: answer });
  }
  if (status === 429) {
    return new KnownError('POSTMAN_UNAVAILABLE', `Postman throttled the requests for too long (${said}).`);
  }
  if (status >= 500 || status === 408) {
    return new KnownError('POSTMAN_UNAVAILABLE', `Postman is not available (${said}).`);
  }
  return refusedRequest(error, said);
}

function refusedRequest({ method, body }: HttpError, said: string): KnownError {
  return isRead(method)
    ? new KnownError('POSTMAN_ANSWER_UNEXPECTED', `Postman refused the request (${said}).`)
    : new KnownError('POSTMAN_WRITE_REFUSED', `Postman refused it (${said}${detailsIn(body)}).`);
}

function isRead(method: string): boolean {
  return method === 'GET';
}

/** Which fields it is about, for people: "collection.auth.type: must be equal to one of the allowed values". */
function detailsIn(body: string): string {
  const Details = z.looseObject({ error: z.looseObject({ details: z.array(z.string()) }) });
  const { data } = Details.safeParse(parsed(body));
  const [first, ...others] = data?.error.details ?? [];
  if (first === undefined) {
    return '';
  }
  const more = others.length === 0 ? '' : ` and ${others.length} more`;
  return `; ${printable(first, WHOLE)}${more}`;
}

/** A key of one region is unknown in the other, and the answer does not say so. */
function refusedKey(said: string, region: 'us' | 'eu'): KnownError {
  const other = region === 'us' ? 'eu' : 'us';
  const hint = `The key is wrong, expired or revoked, or it belongs to a team of the other region: this was the ${region.toUpperCase()} host; for the other one set \`region: ${other}\`.`;
  return new KnownError('POSTMAN_KEY_REFUSED', `Postman refused the API key (${said}).`, { hint });
}

/** What is not there is told with 404, and on GET with 400 (OpenAPI 1.45.0, getCollection, getEnvironment). */
function isNotFound(name: string): boolean {
  return /NotFoundError$|^not-found$/.test(name);
}

function readError(body: string): PostmanError {
  return errorIn(parsed(body));
}

/** Nothing when it is HTML from a proxy, or nothing at all: the status has to do. */
function parsed(body: string): unknown {
  return parseJson(Buffer.from(body));
}

function errorIn(answer: unknown): PostmanError {
  const parsed = ErrorBody.safeParse(answer).data ?? {};
  const { error, type, title, detail } = parsed;
  const legacy = typeof error === 'object' ? error : parsed;
  const problem = type?.split('/').at(-1);
  const message = legacy.message ?? detail ?? title ?? (typeof error === 'string' ? error : '');
  return { name: legacy.name ?? problem ?? '', message: printable(message, WHOLE).replace(/\.$/, '') };
}

function pathOf({ url }: HttpError): string {
  return new URL(url).pathname;
}
