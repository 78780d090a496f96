/** A collection that Postman does not take whole comes part by part, and a failure says which parts are missing. */
import { describe, expect, it } from 'vitest';
import type { FaultHook } from '../../../demo/postman-api/types.d.mts';
import { isObject, type JsonObject } from '../../../src/json.ts';
import { IncompleteWrite } from '../../../src/postman/writes/incomplete.ts';
import { knownErrorOf } from '../known-error-of.ts';
import { collectionOf, exampleOf, refOf, requestOf, sent, startWriting, store } from './write-fixture.ts';

const LIMIT = { bytes: 3_000, status: 413 } as const;
const LARGE = 'x'.repeat(2_000);

const rich = {
  name: 'refund',
  event: [{ listen: 'test', script: { type: 'text/javascript', exec: ['pm.test("ok");', ''] } }],
  request: {
    method: 'POST',
    header: [
      { key: 'accept', value: '*/*' },
      { key: 'x-trace', value: '1', disabled: true, description: 'Only for us' },
    ],
    auth: { type: 'noauth' },
    body: { mode: 'raw', raw: '{"amount": 5}', options: { raw: { language: 'json' } } },
    url: {
      raw: 'https://api.example/refunds/:id?full=1&old=',
      protocol: 'https',
      host: ['api', 'example'],
      path: ['refunds', ':id'],
      query: [
        { key: 'full', value: '1' },
        { key: 'old', value: '', disabled: true },
      ],
      variable: [{ key: 'id', value: '7', description: 'Of the refund' }],
    },
    description: 'Gives money back.',
  },
  response: [
    { ...exampleOf('Done', LARGE), originalRequest: requestOf('refund')['request'] },
    exampleOf('Refused', `${LARGE}2`),
  ],
};
const refunds = {
  name: 'Refunds',
  description: 'All of them',
  auth: { type: 'basic', basic: [] },
  item: [rich],
};
const variable = [{ key: 'base', value: 'https://api.example' }];
const ledger = collectionOf(
  'Ledger',
  [refunds, requestOf('ping', { response: [exampleOf('Pong', LARGE)] })],
  { variable },
);

/** What differs from one answer to the next, and what Postman adds by itself. */
function plain(value: unknown): unknown {
  const added = ['id', 'uid', '_postman_id', 'createdAt', 'updatedAt', 'lastUpdatedBy'];
  if (Array.isArray(value)) {
    return value.map(plain);
  }
  return isObject(value)
    ? Object.fromEntries(
        Object.entries(value)
          .filter(([key, one]) => !added.includes(key) && !(Array.isArray(one) && one.length === 0))
          .map(([key, one]) => [key, plain(one)]),
      )
    : value;
}

function itemsOf(parent: JsonObject, key = 'item'): readonly JsonObject[] {
  const items = parent[key];
  return Array.isArray(items) ? items.filter(isObject) : [];
}

const refusing =
  (path: RegExp, names: readonly string[], bodies: { next: number }): FaultHook =>
  (request) =>
    request.method === 'POST' && path.test(request.path) && names[bodies.next++ % names.length] === 'no'
      ? { status: 400, body: { error: { name: 'malformedRequestError', message: 'Not like this.' } } }
      : undefined;

describe('a new collection that is too large', () => {
  it('comes with all that is in it', async () => {
    const { api, target, workspace, fetch } = await startWriting({ bodyLimit: LIMIT });
    const ref = await target.create('collections', workspace, ledger);
    expect(plain(await fetch(ref))).toEqual(plain(ledger));
    expect(sent(api, 'POST', /\/responses/)).toBe(3);
    expect(sent(api, 'POST', /\/requests|\/folders/)).toBe(0);
  });

  it('comes request by request when not even its requests are taken together', async () => {
    const { api, target, workspace, fetch } = await startWriting({ bodyLimit: { ...LIMIT, bytes: 700 } });
    const ref = await target.create('collections', workspace, ledger);
    expect(plain(await fetch(ref))).toEqual(plain(ledger));
    expect(sent(api, 'POST', /\/requests/)).toBe(2);
  });

  it('comes part by part when the task that should have brought it fails', async () => {
    const { target, workspace, fetch } = await startWriting({ bodyLimit: { ...LIMIT, inTasks: 'failed' } });
    const ref = await target.create('collections', workspace, ledger);
    expect(plain(await fetch(ref))).toEqual(plain(ledger));
  });

  it('is written by the task when that is taken', async () => {
    const { api, target, workspace } = await startWriting({ bodyLimit: { ...LIMIT, inTasks: 'taken' } });
    await target.create('collections', workspace, ledger);
    expect(sent(api, 'POST', /\/responses/)).toBe(0);
  });

  it('tells what is in and what is not when a part is refused, and a second run brings the rest', async () => {
    const { api, target, workspace, fetch } = await startWriting({ bodyLimit: LIMIT });
    api.onRequest(refusing(/\/responses/, ['yes', 'no', 'yes'], { next: 0 }));
    const error = await knownErrorOf(target.create('collections', workspace, ledger));
    expect(error).toBeInstanceOf(IncompleteWrite);
    const { ref, present, missing, message } = error as IncompleteWrite;
    expect(missing).toEqual([{ part: 'Refunds / refund / Refused', reason: '400: Not like this' }]);
    expect(present).toEqual([
      'Refunds',
      'Refunds / refund',
      'Refunds / refund / Done',
      'ping',
      'ping / Pong',
    ]);
    expect(message).toContain('Missing are 1 of 6 parts');
    api.onRequest(undefined);
    await target.replace(ref, ledger);
    expect(plain(await fetch(ref))).toEqual(plain(ledger));
  });

  it.each(['cutBody', 'reset', { status: 500 }] as const)(
    'has each part once after an answer that was %j',
    async (fault) => {
      const { api, target, workspace, fetch } = await startWriting({ bodyLimit: LIMIT });
      let responses = 0;
      api.onRequest(({ method, path }) =>
        method === 'POST' && path.includes('/responses') && ++responses === 2 ? fault : undefined,
      );
      const ref = await target.create('collections', workspace, ledger);
      expect(plain(await fetch(ref))).toEqual(plain(ledger));
    },
  );

  it('tells how far it came when Postman stops answering', async () => {
    const { api, target, workspace } = await startWriting({ bodyLimit: LIMIT });
    api.onRequest(({ method, path }) =>
      method === 'POST' && path.includes('/responses') ? 'reset' : undefined,
    );
    const error = (await knownErrorOf(target.create('collections', workspace, ledger))) as IncompleteWrite;
    expect(error.code).toBe('POSTMAN_WRITE_INCOMPLETE');
    expect(error.present).toEqual(['Refunds', 'Refunds / refund']);
    expect(error.missing).toHaveLength(4);
    expect(error.cause).toMatchObject({ code: 'POSTMAN_UNAVAILABLE' });
  });
});

describe('a collection in place that is too large', () => {
  async function stored() {
    const started = await startWriting({ bodyLimit: LIMIT });
    const ref = refOf('collections', started.workspace, store(started.estate, started.workspace, ledger));
    return { ...started, ref, body: await started.fetch(ref) };
  }

  it('keeps the ids of its parts, and only what differs is sent', async () => {
    const { api, target, fetch, ref, body } = await stored();
    const [folder, ping] = itemsOf(body);
    const renamed = {
      ...ping,
      name: 'pong',
      request: { ...(ping?.['request'] as JsonObject), method: 'HEAD' },
    };
    const variables = [{ key: 'base', value: 'https://other.example' }];
    await target.replace(ref, { ...body, variable: variables, item: [folder, renamed] });
    const after = await fetch(ref);
    expect(plain(after)).toEqual(plain({ ...body, variable: variables, item: [folder, renamed] }));
    expect(itemsOf(after).map(({ id }) => id)).toEqual([folder?.['id'], ping?.['id']]);
    const writes = api.requests.filter(
      ({ method, path }) => method !== 'GET' && !/collections\/[^/]+$/.test(path),
    );
    expect(writes.map(({ method }) => method)).toEqual(['PUT']);
  });

  it('gets what is new, loses what is gone, and moves what lies elsewhere', async () => {
    const { target, fetch, ref, body } = await stored();
    const [folder, ping] = itemsOf(body);
    const [refund] = itemsOf(folder ?? {});
    const [done] = itemsOf(refund ?? {}, 'response');
    const wanted = {
      ...body,
      item: [{ ...folder, item: [{ ...refund, response: [done] }, ping] }, requestOf('new')],
    };
    await target.replace(ref, wanted);
    const after = await fetch(ref);
    expect(plain(after)).toEqual(plain(wanted));
    const inside = itemsOf(itemsOf(after)[0] ?? {});
    expect(inside.map(({ id }) => id)).toEqual([refund?.['id'], ping?.['id']]);
  });

  it('goes on where only what it says of itself is refused', async () => {
    const { target, fetch, ref, body } = await stored();
    const secret = [{ key: 'token', value: 'x', type: 'secret' }];
    const item = [...itemsOf(body), requestOf('new')];
    const failure = knownErrorOf(target.replace(ref, { ...body, variable: secret, item }));
    const { missing } = (await failure) as IncompleteWrite;
    expect(missing).toMatchObject([{ part: expect.stringContaining('variables') }]);
    expect((await fetch(ref))['item']).toMatchObject([{}, {}, { name: 'new' }]);
  });
});
