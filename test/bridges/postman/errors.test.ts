/** Every documented error of the Postman API, in each of its shapes: code, exit code, and what to do. */
import { inspect } from 'node:util';
import nock from 'nock';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ErrorCode } from '../../../src/errors.ts';
import { knownErrorOf } from '../known-error-of.ts';
import { openSource, refOf } from './fixture.ts';

const US = 'https://api.postman.com';
const EU = 'https://api.eu.postman.com';
const KEY = 'PMAK-canary';
const TRIES = 3;

beforeEach(() => nock.disableNetConnect());
afterEach(() => {
  nock.cleanAll();
  nock.enableNetConnect();
});

type Answer = { status: number; body: string | object; headers?: Record<string, string> };

/** Answers every try of one fetch so. */
async function failureOf({ status, body, headers }: Answer) {
  let calls = 0;
  nock(US)
    .get(/.*/)
    .times(TRIES)
    .reply(() => {
      calls += 1;
      return [status, body, headers ?? {}];
    });
  const source = openSource(US, { key: KEY });
  return { error: await knownErrorOf(source.fetch(refOf('1f0d'))), calls: () => calls };
}

function problem(slug: string, detail: string | undefined, title = 'Title') {
  return {
    type: `https://api.postman.com/problems/${slug}`,
    title,
    ...(detail === undefined ? {} : { detail }),
  };
}

function legacy(name: string, message: string) {
  return { error: { name, message } };
}

type Row = readonly [status: number, body: string | object, code: ErrorCode, exitCode: number, says: string];

const documented: readonly Row[] = [
  [401, legacy('AuthenticationError', 'Invalid API Key.'), 'POSTMAN_KEY_REFUSED', 21, '401: Invalid API Key'],
  [
    401,
    problem('unauthorized', 'A valid API key must be provided'),
    'POSTMAN_KEY_REFUSED',
    21,
    '401: A valid',
  ],
  [401, '', 'POSTMAN_KEY_REFUSED', 21, '401 on GET /collections/48211907-1f0d'],
  [
    401,
    problem('unauthorized', 'You are not authorized to perform this action.'),
    'POSTMAN_FORBIDDEN',
    21,
    '401: You',
  ],
  [
    403,
    legacy('forbiddenError', 'You do not have enough permissions.'),
    'POSTMAN_FORBIDDEN',
    21,
    '403: You do not',
  ],
  [403, problem('forbidden', 'Feature is disabled.'), 'POSTMAN_FORBIDDEN', 21, '403: Feature is disabled'],
  [
    400,
    legacy('instanceNotFoundError', 'We could not find it'),
    'RESOURCE_NOT_FOUND',
    25,
    '400: We could not',
  ],
  [400, problem('not-found', 'Not Found'), 'RESOURCE_NOT_FOUND', 25, '400: Not Found'],
  [404, problem('not-found', undefined, 'Nothing here'), 'RESOURCE_NOT_FOUND', 25, '404: Nothing here'],
  [404, legacy('workspaceNotFoundError', 'Workspace not found'), 'RESOURCE_NOT_FOUND', 25, '404: Workspace'],
  [400, legacy('malformedRequestError', 'Found 1 errors'), 'POSTMAN_ANSWER_UNEXPECTED', 22, '400: Found 1'],
  [
    400,
    { name: 'badRequest', message: 'elementId is required' },
    'POSTMAN_ANSWER_UNEXPECTED',
    22,
    '400: elementId',
  ],
  [400, { ...legacy('x', 'one of'), statusCode: 400 }, 'POSTMAN_ANSWER_UNEXPECTED', 22, '400: one of'],
  [400, { error: 'invalid_request' }, 'POSTMAN_ANSWER_UNEXPECTED', 22, '400: invalid_request'],
  [400, { error: null, name: 7, detail: 'odd' }, 'POSTMAN_ANSWER_UNEXPECTED', 22, '400: odd'],
  [429, legacy('rateLimited', 'Rate limit exceeded.'), 'POSTMAN_UNAVAILABLE', 22, 'throttled'],
  [429, problem('rate-limit-exceeded', 'Rate limit exceeded.'), 'POSTMAN_UNAVAILABLE', 22, 'throttled'],
  [429, '', 'POSTMAN_UNAVAILABLE', 22, '429 on GET /collections'],
  [500, legacy('serverError', 'An error has occurred'), 'POSTMAN_UNAVAILABLE', 22, '500: An error'],
  [
    500,
    problem('internal-server-error', 'Something went wrong'),
    'POSTMAN_UNAVAILABLE',
    22,
    '500: Something',
  ],
  [502, '<html><h1>Bad Gateway</h1></html>', 'POSTMAN_UNAVAILABLE', 22, '502 on GET'],
  [503, 'upstream', 'POSTMAN_UNAVAILABLE', 22, '503 on GET'],
  [504, '', 'POSTMAN_UNAVAILABLE', 22, '504 on GET'],
  [408, '', 'POSTMAN_UNAVAILABLE', 22, '408 on GET'],
];

describe('a refusal', () => {
  it.each(documented)('%i %j is %s with exit code %i', async (status, body, code, exitCode, says) => {
    const { error } = await failureOf({ status, body });
    expect(error).toMatchObject({ code, exitCode });
    expect(error.message).toContain(says);
    expect(error.hint).not.toBe('');
  });

  it('is not tried again unless it may pass', async () => {
    const final = await failureOf({ status: 403, body: legacy('forbiddenError', 'No.') });
    expect(final.calls()).toBe(1);
    nock.cleanAll();
    const passing = await failureOf({ status: 500, body: legacy('serverError', 'Sorry.') });
    expect(passing.calls()).toBe(TRIES);
  });

  it('names what a person can do', async () => {
    const hintOf = async (status: number) => (await failureOf({ status, body: '' })).error.hint;
    expect(await hintOf(403)).toContain("Give the key's user access");
    nock.cleanAll();
    expect(await hintOf(503)).toContain('https://status.postman.com');
  });

  it('shows no key, however it is printed and even if the server repeats it', async () => {
    const { error } = await failureOf({ status: 400, body: 'no', headers: { 'x-echo': KEY } });
    expect(`${inspect(error, { depth: 9, showHidden: true })}${JSON.stringify(error)}`).not.toContain(
      'canary',
    );
    expect(error.cause).toBeUndefined();
  });

  it('keeps its text on one line', async () => {
    const { error } = await failureOf({ status: 400, body: legacy('x', 'one\n\u001b[31mtwo\u202e') });
    expect(error.message).toContain('one [31mtwo');
  });
});

describe("the month's quota, once it is used up,", () => {
  const exhausted = legacy('serviceLimitExhausted', 'You have reached your monthly limit.');

  it('is final: one try, whatever wait the server names', async () => {
    const { error, calls } = await failureOf({
      status: 429,
      body: exhausted,
      headers: { 'retry-after': '1' },
    });
    expect(error).toMatchObject({ code: 'POSTMAN_QUOTA_EXHAUSTED', exitCode: 23 });
    expect(error.message).toContain('429: You have reached your monthly limit');
    expect(error.hint).toContain('recheck-budget');
    expect(calls()).toBe(1);
  });

  it('is recognised beside fields of odd types', async () => {
    const body = {
      error: { name: 'serviceLimitExhausted', message: { en: 'no more' } },
      title: null,
      detail: [],
    };
    const { error, calls } = await failureOf({ status: 429, body });
    expect([error.code, calls()]).toEqual(['POSTMAN_QUOTA_EXHAUSTED', 1]);
  });

  it('ends a listing', async () => {
    nock(US).get(/.*/).reply(429, exhausted);
    const error = await knownErrorOf(
      openSource(US).list({ workspaces: ['Payments'], kinds: ['collections'] }),
    );
    expect(error.code).toBe('POSTMAN_QUOTA_EXHAUSTED');
  });
});

describe('a key of the other region', () => {
  it.each([
    ['us', US, 'eu'],
    ['eu', EU, 'us'],
  ] as const)('is refused on the %s host, and the hint names `region: %3$s`', async (region, host, other) => {
    nock(host).get('/me').reply(401, legacy('AuthenticationError', 'Invalid API Key.'));
    const error = await knownErrorOf(openSource(host, { region }).quota());
    expect(error).toMatchObject({ code: 'POSTMAN_KEY_REFUSED', exitCode: 21 });
    expect(error.hint).toContain(`this was the ${region.toUpperCase()} host`);
    expect(error.hint).toContain(`\`region: ${other}\``);
  });
});

describe('something in between', () => {
  it('that sends elsewhere is named, and not followed', async () => {
    const { error, calls } = await failureOf({
      status: 302,
      body: '',
      headers: { location: 'https://login.example/?from=x' },
    });
    expect(error).toMatchObject({ code: 'POSTMAN_ANSWER_UNEXPECTED', exitCode: 22 });
    expect(error.message).toContain('redirected, which is not followed (to https://login.example)');
    expect(error.hint).toContain('POSTMAN_API_URL');
    expect(calls()).toBe(1);
  });

  it('that cannot be reached at all is told with its address', async () => {
    const error = await knownErrorOf(openSource(US).fetch(refOf('1f0d')));
    expect(error).toMatchObject({ code: 'POSTMAN_UNAVAILABLE', exitCode: 22 });
    expect(error.message).toContain(`${US}/collections/48211907-1f0d: the connection failed`);
    expect(error.hint).toContain('allow HTTPS to the Postman API host');
  });
});
