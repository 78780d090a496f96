/** What Postman says to a write, in each documented shape, and what becomes of it: how often it is sent, and the error. */
import { inspect } from 'node:util';
import nock from 'nock';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ErrorCode } from '../../../src/errors.ts';
import { knownErrorOf } from '../known-error-of.ts';
import { collectionOf, openTarget, refOf } from './write-fixture.ts';

const HOST = 'https://api.postman.com';
const KEY = 'PMAK-canary';
const workspace = { id: 'w', name: 'Payments' };
const ref = refOf('environments', workspace, { owner: '1', uuid: '0d9c6a3e-0000-4000-a000-000000000001' });

beforeEach(() => nock.disableNetConnect());
afterEach(() => {
  nock.cleanAll();
  nock.enableNetConnect();
});

type Method = 'put' | 'delete' | 'post';

/** Answers all calls of a method alike. @returns how many there were. */
function answering(method: Method, status: number, body: object | string): () => number {
  let calls = 0;
  nock(HOST)
    .persist()
    [method](/.*/)
    .reply(() => {
      calls += 1;
      return [status, body];
    });
  return () => calls;
}

const { target } = openTarget(HOST, KEY);
const put = () => target.replace(ref, { name: 'Production', values: [] });

function legacy(name: string, message: string, details?: unknown) {
  return { error: { name, message, details } };
}

const refusals: readonly (readonly [number, object | string, ErrorCode, string])[] = [
  [
    400,
    legacy('malformedRequestError', 'Found 1 errors.', ['info: required', 'item: required']),
    'POSTMAN_WRITE_REFUSED',
    '(400: Found 1 errors; info: required and 1 more)',
  ],
  [
    400,
    legacy('instanceFoundError', 'The specified item already exists.', { item: 'model' }),
    'POSTMAN_WRITE_REFUSED',
    'already exists',
  ],
  [401, legacy('AuthenticationError', 'Invalid API Key.'), 'POSTMAN_KEY_REFUSED', 'Invalid API Key'],
  [
    403,
    legacy('forbiddenError', 'You do not have enough permissions.'),
    'POSTMAN_FORBIDDEN',
    'does not let the key write it',
  ],
  [
    404,
    legacy('instanceNotFoundError', 'The specified environment does not exist.'),
    'RESOURCE_NOT_FOUND',
    '404: The specified',
  ],
  [
    411,
    { title: 'Length Required', detail: 'A valid Content-Length header is required' },
    'POSTMAN_WRITE_REFUSED',
    '411: A valid',
  ],
  [
    413,
    { title: 'Payload Too Large', detail: 'Request size limit exceeded' },
    'POSTMAN_WRITE_REFUSED',
    '413: Request size',
  ],
  [
    429,
    legacy('serviceLimitExhausted', 'You have reached your monthly limit'),
    'POSTMAN_QUOTA_EXHAUSTED',
    'monthly limit',
  ],
];

describe('a refusal', () => {
  it.each(refusals)(
    'with %i is told for what it is, and the write is not sent again',
    async (status, body, code, says) => {
      const calls = answering('put', status, body);
      const error = await knownErrorOf(put());
      expect(error.code).toBe(code);
      expect(error.message).toContain(says);
      expect(calls()).toBe(1);
    },
  );

  it('to remove what is not there is a removal, and any other is not', async () => {
    answering('delete', 400, legacy('instanceNotFoundError', 'The specified workspace does not exist.'));
    await target.removeWorkspace('w');
    nock.cleanAll();
    answering('delete', 403, legacy('forbiddenError', 'No.'));
    expect(await knownErrorOf(target.remove(ref))).toMatchObject({ code: 'POSTMAN_FORBIDDEN' });
  });
});

describe('an unclear answer', () => {
  it.each([500, 502, 503, 504])(
    'with %i is repeated for a PUT, and tells in the end that Postman is away',
    async (status) => {
      const calls = answering('put', status, '<html>');
      expect(await knownErrorOf(put())).toMatchObject({ code: 'POSTMAN_UNAVAILABLE', exitCode: 22 });
      expect(calls()).toBe(3);
    },
  );

  it('to a POST is repeated only after looks that found nothing', async () => {
    const order: string[] = [];
    nock(HOST)
      .persist()
      .get(/.*/)
      .reply(() => {
        order.push('look');
        return [200, { collections: [], meta: { total: 0 } }];
      });
    nock(HOST)
      .persist()
      .post(/.*/)
      .reply(() => {
        order.push('post');
        return [503, ''];
      });
    const failure = knownErrorOf(target.create('collections', workspace, collectionOf('Ledger', [])));
    expect((await failure).code).toBe('POSTMAN_UNAVAILABLE');
    expect(order).toEqual(['look', 'post', 'look', 'look', 'post', 'look', 'look', 'post', 'look', 'look']);
  });

  it('to a DELETE is repeated until it is gone', async () => {
    nock(HOST).delete(/.*/).reply(502, '').delete(/.*/).reply(404, legacy('instanceNotFoundError', 'Gone.'));
    await target.remove(ref);
    expect(nock.isDone()).toBe(true);
  });
});

it('a limit that passes is waited for, as nothing was written', async () => {
  nock(HOST).put(/.*/).reply(429, legacy('rateLimited', 'Slower.')).put(/.*/).reply(200, { environment: {} });
  await put();
  expect(nock.isDone()).toBe(true);
});

it('no error shows the key', async () => {
  answering('put', 400, `{"error":{"name":"x","message":"no"}}`);
  const error = await knownErrorOf(put());
  expect(inspect(error, { depth: 10, showHidden: true })).not.toContain(KEY);
});
