/** The stand-in for the Postman API, held against the facts that are known of the real one. */

import { afterEach, describe, expect, it } from 'vitest';
import {
  editCollection,
  editEnvironment,
  findItem,
  removeCollection,
  removeEnvironment,
  renameCollection,
  renameEnvironment,
} from '../../demo/postman-api/estate.mjs';
import type { PostmanApi, PostmanApiOptions } from '../../demo/postman-api/types.d.mts';
import { ask, collectionOf, first, names, SCHEMA, second, smallEstate, startSmall } from './call-postman.ts';

let running: PostmanApi | undefined;

afterEach(async () => {
  await running?.close();
  running = undefined;
});

async function start(options: Partial<PostmanApiOptions> = {}): Promise<PostmanApi> {
  running = await startSmall(options);
  return running;
}

describe('the key', () => {
  it('is asked for on every route, with one error for a missing and for a wrong key', async () => {
    const api = await start();
    const message = 'Invalid API Key. Every request requires a valid API Key to be sent.';
    for (const key of ['', 'PMAK-other']) {
      const { status, json } = await ask(api, '/me', { key });
      expect(status).toBe(401);
      expect(json).toEqual({ error: { name: 'AuthenticationError', message } });
    }
  });

  it('names its user and the calls used this month, this one included', async () => {
    const api = await start({ limits: { monthlyQuota: 10_000, monthlyUsage: 41 } });
    const { json } = await ask(api, '/me');
    expect(json.user).toMatchObject({ id: api.estate.user.id, email: api.estate.user.email });
    expect(json.operations).toContainEqual({ name: 'api_usage', limit: 10_000, usage: 42, overage: 0 });
  });
});

describe('workspaces', () => {
  it('are listed whole and without meta when no limit is sent, type and visibility in their own words', async () => {
    const api = await start();
    const { json } = await ask(api, '/workspaces');
    expect(names(json.workspaces)).toEqual(['Payments', 'Drafts', 'Open']);
    expect(json).not.toHaveProperty('meta');
    expect(json.workspaces[2]).toMatchObject({ type: 'team', visibility: 'public' });
  });

  it('are filtered by type, and an unknown type is refused', async () => {
    const api = await start();
    expect(names((await ask(api, '/workspaces?type=personal')).json.workspaces)).toEqual(['Drafts']);
    expect((await ask(api, '/workspaces?type=secret')).status).toBe(400);
  });

  it('are paged by cursor when a limit is sent', async () => {
    const api = await start();
    const one = await ask(api, '/workspaces?limit=2');
    const cursor = encodeURIComponent(one.json.meta.nextCursor);
    const two = await ask(api, `/workspaces?limit=2&cursor=${cursor}`);
    expect([...names(one.json.workspaces), ...names(two.json.workspaces)]).toEqual([
      'Payments',
      'Drafts',
      'Open',
    ]);
    expect(two.json.meta.nextCursor).toBeNull();
  });

  it('refuse a limit over 100', async () => {
    const { status, json } = await ask(await start(), '/workspaces?limit=101');
    expect(status).toBe(400);
    expect(json.error.message).toBe('The limit parameter must not exceed 100.');
  });

  it('name everything in them, one by one', async () => {
    const api = await start();
    const { json } = await ask(api, `/workspaces/${first(api.estate.workspaces).id}`);
    expect(names(json.workspace.collections)).toEqual(['Invoices', 'Ledger', 'Cards']);
    expect(Object.keys(first(json.workspace.environments))).toEqual(['id', 'name', 'uid']);
  });

  it('that do not exist are a 404 with a name of their own', async () => {
    const { status, json } = await ask(await start(), '/workspaces/00000000-0000-4000-a000-000000000000');
    expect([status, json.error.name]).toEqual([404, 'workspaceNotFoundError']);
  });

  it('keep global variables, which a PUT replaces', async () => {
    const api = await start();
    const path = `/workspaces/${first(api.estate.workspaces).id}/global-variables`;
    expect((await ask(api, path)).json.values).toEqual([{ key: 'region', value: 'eu' }]);
    await ask(api, path, { method: 'PUT', body: { values: [{ key: 'region', value: 'us' }] } });
    expect((await ask(api, path)).json.values).toEqual([{ key: 'region', value: 'us' }]);
  });
});

describe('the list of collections', () => {
  it('is whole and without meta when it is not paged', async () => {
    const { json } = await ask(await start(), '/collections');
    expect(names(json.collections)).toEqual(['Invoices', 'Ledger', 'Cards']);
    expect(json).not.toHaveProperty('meta');
  });

  it('comes in pages no larger than the server allows, with the total', async () => {
    const api = await start({ maxPageSize: 2 });
    const one = await ask(api, '/collections?limit=100');
    const two = await ask(api, '/collections?limit=2&offset=2');
    expect(one.json.meta).toEqual({ total: 3, offset: 0, limit: 2 });
    expect(names([...one.json.collections, ...two.json.collections])).toEqual([
      'Invoices',
      'Ledger',
      'Cards',
    ]);
  });

  it('is empty, not an error, for a workspace that does not exist', async () => {
    const api = await start();
    for (const kind of ['collections', 'environments'] as const) {
      const { status, json } = await ask(api, `/${kind}?workspace=nowhere`);
      expect([status, json[kind]]).toEqual([200, []]);
    }
  });

  it('can be asked for one exact name', async () => {
    const { json } = await ask(await start(), '/collections?name=Ledger');
    expect(names(json.collections)).toEqual(['Ledger']);
  });

  it('shows a rename and an edit by updatedAt, but not the edit that Postman hides', async () => {
    const api = await start();
    const { uuid } = first(api.estate.collections);
    const row = async () => first((await ask(api, '/collections')).json.collections);
    const before = await row();
    editCollection(api.estate, uuid, (body) => Object.assign(findItem(body, 'Ping'), { name: 'Pong' }), {
      touch: false,
    });
    expect(await row()).toEqual(before);
    renameCollection(api.estate, uuid, 'Bills');
    const after = await row();
    expect(after.name).toBe('Bills');
    expect(after.updatedAt > before.updatedAt).toBe(true);
    removeCollection(api.estate, uuid);
    expect((await row()).name).toBe('Ledger');
  });
});

describe('a collection', () => {
  it('is found by id and by uid, and carries what Postman adds by itself', async () => {
    const api = await start();
    const { uuid, owner } = first(api.estate.collections);
    const byId = await ask(api, `/collections/${uuid}`);
    const { json } = await ask(api, `/collections/${owner}-${uuid}`);
    expect(byId.json).toEqual(json);
    expect(json.collection.info).toMatchObject({ _postman_id: uuid, uid: `${owner}-${uuid}` });
    const ping = second(json.collection.item);
    expect(ping.uid).toBe(`${owner}-${ping.id}`);
    for (const part of [json.collection.info, ping, first(ping.response)]) {
      expect(part).toMatchObject({ createdAt: expect.any(String), updatedAt: expect.any(String) });
    }
  });

  it('gives folders before requests', async () => {
    const api = await start();
    const { json } = await ask(api, `/collections/${first(api.estate.collections).uuid}`);
    expect(names(json.collection.item)).toEqual(['Folder', 'Ping']);
  });

  it('that does not exist is 404 or, as documented, 400, under one name', async () => {
    const api = await start();
    const missing = await ask(api, '/collections/1-nothing');
    expect([missing.status, missing.json.error.name]).toEqual([404, 'instanceNotFoundError']);
    await api.close();
    expect((await ask(await start({ notFoundStatus: 400 }), '/environments/1-nothing')).status).toBe(400);
  });

  it('means the same at every noisy GET, written differently each time', async () => {
    const estate = smallEstate();
    const api = await start({ estate, noisy: true });
    const path = `/collections/${first(estate.collections).uuid}`;
    const answers = [];
    for (let count = 0; count < 4; count += 1) {
      answers.push((await ask(api, path)).json.collection);
    }
    const events = answers.map(({ item }) => first(second(item).event));
    expect(new Set(answers.map((one) => JSON.stringify(withoutNoise(one)))).size).toBe(1);
    expect(new Set(answers.map(({ info }) => Object.keys(info).join())).size).toBe(4);
    expect(new Set(events.map(({ script }) => script.id)).size).toBe(4);
    expect(new Set(events.map(({ listen }) => listen)).size).toBe(2);
  });

  it('is created with ids for its items, once', async () => {
    const api = await start();
    const workspace = first(api.estate.workspaces).id;
    const body = { collection: collectionOf('New') };
    const created = await ask(api, `/collections?workspace=${workspace}`, { method: 'POST', body });
    expect(created.json.collection).toMatchObject({ name: 'New' });
    const { json } = await ask(api, `/collections/${created.json.collection.uid}`);
    expect(first(json.collection.item).id).toEqual(expect.any(String));
    const again = await ask(api, `/collections?workspace=${workspace}`, { method: 'POST', body: json });
    expect([again.status, again.json.error.name]).toEqual([400, 'instanceFoundError']);
  });

  it('keeps the item ids that a PUT sends and makes new ones for the rest', async () => {
    const api = await start();
    const path = `/collections/${first(api.estate.collections).uuid}`;
    const { collection } = (await ask(api, path)).json;
    await ask(api, path, { method: 'PUT', body: { collection } });
    const kept = (await ask(api, path)).json.collection;
    expect(first(kept.item).id).toBe(first(collection.item).id);
    await ask(api, path, { method: 'PUT', body: { collection: collectionOf('Invoices') } });
    const renewed = (await ask(api, path)).json.collection;
    expect(first(renewed.item).id).toEqual(expect.any(String));
    expect(first(renewed.item).id).not.toBe(first(collection.item).id);
  });

  it("refuses another collection's ids, and a body that is none", async () => {
    const api = await start();
    const [one, two] = api.estate.collections.map(({ uuid }) => `/collections/${uuid}`);
    const { collection } = (await ask(api, one ?? '')).json;
    const other = await ask(api, two ?? '', { method: 'PUT', body: { collection } });
    expect(other.json.error.name).toBe('collectionMismatchError');
    const stolen = { ...collection, info: { name: 'Ledger', schema: SCHEMA } };
    const taken = await ask(api, two ?? '', { method: 'PUT', body: { collection: stolen } });
    expect(taken.json.error.name).toBe('instanceFoundError');
    const broken = await ask(api, two ?? '', {
      method: 'PUT',
      body: { collection: { info: { name: 'x' } } },
    });
    expect(broken.json.error).toMatchObject({ name: 'malformedRequestError', details: expect.any(Array) });
  });

  it('can be deleted; what is not there is a 404 in one of two shapes', async () => {
    const api = await start();
    const path = `/collections/${first(api.estate.collections).uuid}`;
    expect((await ask(api, path, { method: 'DELETE' })).status).toBe(200);
    const deleted = await ask(api, path, { method: 'DELETE' });
    expect([deleted.status, deleted.json.error.name]).toEqual([404, 'instanceNotFoundError']);
    const replaced = await ask(api, path, { method: 'PUT', body: { collection: collectionOf('Invoices') } });
    expect(replaced.json).toMatchObject({ type: 'https://api.postman.com/problems/not-found', status: 404 });
  });
});

describe('an environment', () => {
  it('gives secret values in clear and what Postman adds by itself, but no uid', async () => {
    const api = await start();
    const { uuid, owner } = first(api.estate.environments);
    const { json } = await ask(api, `/environments/${owner}-${uuid}`);
    expect(first(json.environment.values).value).toBe('in clear');
    expect(json.environment).toMatchObject({
      id: uuid,
      owner,
      isPublic: false,
      createdAt: expect.any(String),
    });
    expect(json.environment).not.toHaveProperty('uid');
  });

  it('is renamed and edited in the estate, and its row follows', async () => {
    const api = await start();
    const { uuid } = first(api.estate.environments);
    const row = async () => first((await ask(api, '/environments')).json.environments);
    const before = await row();
    editEnvironment(api.estate, uuid, (body) => Object.assign(body, { values: [] }), { touch: false });
    expect(await row()).toEqual(before);
    expect((await ask(api, `/environments/${uuid}`)).json.environment.values).toEqual([]);
    renameEnvironment(api.estate, uuid, 'Live');
    expect((await row()).name).toBe('Live');
    removeEnvironment(api.estate, uuid);
    expect((await ask(api, '/environments')).json.environments).toEqual([]);
  });

  it('can be created, replaced and deleted', async () => {
    const api = await start();
    const environment = { name: 'Staging', values: [] };
    const workspace = first(api.estate.workspaces).id;
    const created = await ask(api, `/environments?workspace=${workspace}`, {
      method: 'POST',
      body: { environment },
    });
    const path = `/environments/${created.json.environment.uid}`;
    await ask(api, path, { method: 'PUT', body: { environment: { name: 'Canary', values: [] } } });
    const listed = await ask(api, `/environments?workspace=${workspace}`);
    expect(names(listed.json.environments)).toEqual(['Production', 'Canary']);
    await ask(api, path, { method: 'DELETE' });
    expect((await ask(api, path)).status).toBe(404);
  });
});

/** The content of an answer, without what the noise may change. */
function withoutNoise(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(withoutNoise).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const entries = Object.entries(value).filter(([key]) => !(key === 'id' && 'exec' in value));
  return Object.fromEntries(entries.sort().map(([key, one]) => [key, withoutNoise(one)]));
}
