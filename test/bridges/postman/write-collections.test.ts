/** Collections come to Postman whole, however large they are and however unclear its answers. */
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/json.ts';
import { knownErrorOf } from '../known-error-of.ts';
import {
  collectionOf,
  exampleOf,
  failing,
  refOf,
  requestOf,
  sent,
  startWriting,
  store,
} from './write-fixture.ts';

const inFolder = { name: 'Refunds', item: [requestOf('ask')] };
const ledger = collectionOf('Ledger', [inFolder, requestOf('ping')]);

/** The names of all items, in their order, those of folders with what they hold. */
function outline(items: unknown): unknown[] {
  return (items as JsonObject[]).map(({ name, item, response }) =>
    item === undefined
      ? [name, ...((response ?? []) as JsonObject[]).map((one) => one['name'])]
      : [name, outline(item)],
  );
}

describe('a new collection', () => {
  it('is created in the workspace and told by its uid', async () => {
    const { target, workspace, estate, fetch } = await startWriting();
    const ref = await target.create('collections', workspace, ledger);
    expect(ref).toMatchObject({ kind: 'collections', name: 'Ledger', workspace });
    expect(estate.collections.map(({ owner, uuid }) => `${owner}-${uuid}`)).toEqual([ref.uid]);
    expect(outline((await fetch(ref))['item'])).toEqual([['Refunds', [['ask']]], ['ping']]);
  });

  it('with an auth that only PUT takes is created as a shell and filled', async () => {
    const { api, target, workspace, estate } = await startWriting();
    const auth = { type: 'jwt', jwt: [{ key: 'algorithm', value: 'HS256', type: 'string' }] };
    await target.create(
      'collections',
      workspace,
      collectionOf('Signed', [requestOf('ping', { auth })], { auth }),
    );
    expect(estate.collections[0]?.body).toMatchObject({ auth, item: [{ name: 'ping' }] });
    expect([sent(api, 'POST', /collections/), sent(api, 'PUT', /collections/)]).toEqual([1, 1]);
  });

  it('above one megabyte is filled by a task of Postman', async () => {
    const { api, target, workspace, fetch } = await startWriting();
    const example = exampleOf('large', 'x'.repeat(1_100_000));
    const large = collectionOf('Large', [requestOf('ping', { response: [example] })]);
    const ref = await target.create('collections', workspace, large);
    expect(outline((await fetch(ref))['item'])).toEqual([['ping', 'large']]);
    expect(sent(api, 'GET', /collection-updates-tasks/)).toBeGreaterThan(0);
  });

  it.each(['cutBody', 'reset', { status: 500 }, { status: 504 }] as const)(
    'is there once after an answer that was %j',
    async (fault) => {
      const { api, target, workspace, estate } = await startWriting();
      failing(api, { method: 'POST', path: /^\/collections/ }, fault);
      const ref = await target.create('collections', workspace, ledger);
      expect(estate.collections.map(({ uuid }) => uuid)).toEqual([ref.uuid]);
      expect(estate.collections[0]?.body.item).toHaveLength(2);
    },
  );

  it('of a name that is there already is not taken for that one when its answer is lost', async () => {
    const { api, target, workspace, estate } = await startWriting();
    const other = store(estate, workspace, ledger);
    failing(api, { method: 'POST', path: /^\/collections/ }, 'cutBody');
    const ref = await target.create('collections', workspace, ledger);
    expect(ref.uuid).not.toBe(other.uuid);
    expect(estate.collections).toHaveLength(2);
  });

  it('is not created at all when what is there cannot be listed', async () => {
    const { api, target, workspace } = await startWriting();
    api.onRequest(({ method }) => (method === 'GET' ? { rewrite: () => ({ other: [] }) } : undefined));
    const error = await knownErrorOf(target.create('collections', workspace, ledger));
    expect(error.code).toBe('POSTMAN_UNAVAILABLE');
    expect(sent(api, 'POST', /./)).toBe(0);
  });

  it('that could not be filled is told with all that is missing', async () => {
    const { api, target, workspace, estate } = await startWriting();
    api.onRequest(({ method }) => (method === 'PUT' ? 'reset' : undefined));
    const signed = collectionOf('Signed', [requestOf('ping')], { auth: { type: 'jwt' } });
    const error = await knownErrorOf(target.create('collections', workspace, signed));
    expect(error).toMatchObject({ code: 'POSTMAN_WRITE_INCOMPLETE', missing: [{ part: 'ping' }] });
    expect(error).toMatchObject({ ref: { uuid: estate.collections[0]?.uuid } });
  });

  it('that Postman refuses leaves nothing behind', async () => {
    const { target, workspace, estate } = await startWriting();
    const auth = { type: 'jwt' };
    const broken = { ...collectionOf('Broken', [], { auth }), item: 'none' };
    const error = await knownErrorOf(target.create('collections', workspace, broken));
    expect(error).toMatchObject({ code: 'POSTMAN_WRITE_REFUSED' });
    expect(error.message).toContain("must have required property 'item'");
    expect(estate.collections).toEqual([]);
  });
});

describe('a collection that is replaced', () => {
  it('keeps the ids that are sent, and loses the nulls that Postman refuses', async () => {
    const { target, workspace, estate, fetch } = await startWriting();
    const stored = store(estate, workspace, ledger);
    const ref = refOf('collections', workspace, stored);
    const body = await fetch(ref);
    const [folder, ping] = body['item'] as JsonObject[];
    const example = { ...exampleOf('OK', '{}'), responseTime: null, header: null };
    await target.replace(ref, {
      ...body,
      item: [folder, { ...ping, description: null, response: [example] }],
    });
    const [, after] = (await fetch(ref))['item'] as JsonObject[];
    expect(after).toMatchObject({ id: ping?.['id'], response: [{ name: 'OK', body: '{}' }] });
  });

  it('waits while another update is at work', async () => {
    const { api, target, workspace, estate } = await startWriting({ taskRequests: 4 });
    const stored = store(estate, workspace, ledger);
    const ref = refOf('collections', workspace, stored);
    const headers = { 'x-api-key': api.apiKey, 'content-type': 'application/json', prefer: 'respond-async' };
    const body = JSON.stringify({ collection: collectionOf('Other', []) });
    await fetch(`${api.url}/collections/${ref.uid}`, { method: 'PUT', headers, body });
    await target.replace(ref, collectionOf('Mine', []));
    expect(stored.body.info?.name).toBe('Mine');
    expect(sent(api, 'PUT', /collections/)).toBeGreaterThan(2);
  });

  it('that is not there any more is not found', async () => {
    const { target, workspace } = await startWriting();
    const gone = refOf('collections', workspace, {
      uuid: '0d9c6a3e-0000-4000-a000-000000000009',
      owner: '1',
    });
    expect(await knownErrorOf(target.replace(gone, ledger))).toMatchObject({ code: 'RESOURCE_NOT_FOUND' });
    await target.remove(gone);
  });
});
