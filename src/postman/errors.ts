/** Translates what the post room reports into what Postman means by it. */
import * as z from 'zod';
import { KnownError } from '../errors.ts';
import { HttpError } from '../http/http-error.ts';
import { printable } from '../printable.ts';

// The two shapes that coexist: `{error: {name, message}}` and RFC 7807 `{type, title, detail}`.
const ErrorBody = z.looseObject({
  error: z
    .union([z.string(), z.looseObject({ name: z.string().optional(), message: z.string().optional() })])
    .optional(),
  name: z.string().optional(),
  message: z.string().optional(),
  type: z.string().optional(),
  title: z.string().optional(),
  detail: z.string().optional(),
});

type PostmanError = { readonly name: string; readonly message: string };

/** The month's calls are used up: an answer that says 429 and that no waiting mends. */
export function isQuotaExhausted(status: number, body: string): boolean {
  return status === 429 && readError(body).name === 'serviceLimitExhausted';
}

/** Runs `work`; what it throws is translated. @throws KnownError */
export async function translatingErrors<T>(region: 'us' | 'eu', work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof HttpError ? translate(error, region) : error;
  }
}

function translate(error: HttpError, region: 'us' | 'eu'): Error {
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
  const { name, message } = readError(error.body);
  const status = error.status ?? 0;
  const said = message === '' ? `${status} on ${error.method} ${pathOf(error)}` : `${status}: ${message}`;
  if (isQuotaExhausted(status, error.body)) {
    return new KnownError(
      'POSTMAN_QUOTA_EXHAUSTED',
      `Postman's monthly limit of API calls is used up (${said}).`,
    );
  }
  if (status === 401) {
    return refusedKey(said, region);
  }
  if (status === 404 || /NotFoundError$/.test(name)) {
    return new KnownError('RESOURCE_NOT_FOUND', `Postman does not find it (${said}).`);
  }
  if (status === 403) {
    return new KnownError('POSTMAN_FORBIDDEN', `Postman does not let the key read it (${said}).`);
  }
  if (status === 429) {
    return new KnownError('POSTMAN_UNAVAILABLE', `Postman throttled the requests for too long (${said}).`);
  }
  if (status >= 500 || status === 408) {
    return new KnownError('POSTMAN_UNAVAILABLE', `Postman is not available (${said}).`);
  }
  return new KnownError('POSTMAN_ANSWER_UNEXPECTED', `Postman refused the request (${said}).`);
}

/** A key of one region is unknown in the other, and the answer does not say so. */
function refusedKey(said: string, region: 'us' | 'eu'): KnownError {
  const other = region === 'us' ? 'eu' : 'us';
  const hint = `The key is wrong, expired or revoked, or it belongs to a team of the other region: this was the ${region.toUpperCase()} host; for the other one set \`region: ${other}\`.`;
  return new KnownError('POSTMAN_KEY_REFUSED', `Postman refused the API key (${said}).`, { hint });
}

function readError(body: string): PostmanError {
  let parsed: z.infer<typeof ErrorBody> = {};
  try {
    parsed = ErrorBody.parse(JSON.parse(body));
  } catch {
    // HTML from a proxy, or nothing at all: the status has to do.
  }
  const legacy = typeof parsed.error === 'object' ? parsed.error : parsed;
  const problem = parsed.type?.split('/').at(-1);
  const message = legacy.message ?? parsed.detail ?? parsed.title ?? '';
  return { name: legacy.name ?? problem ?? '', message: printable(message).replace(/\.$/, '') };
}

function pathOf({ url }: HttpError): string {
  return new URL(url).pathname;
}
