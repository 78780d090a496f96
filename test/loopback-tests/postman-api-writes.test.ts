/** Writing to the stand-in for the Postman API, held against the facts that are known of the real one. */

import { afterEach, describe, expect, it } from 'vitest';
import type { PostmanApi, PostmanApiOptions } from '../../demo/postman-api/types.d.mts';
import { ask, collectionOf, first, names, startKinds, startSmall } from './call-postman.ts';

let running: PostmanApi | undefined;

afterEach(async () => {
  await running?.close();
  running = undefined;
});

async function start(options: Partial<PostmanApiOptions> = {}): Promise<PostmanApi> {
  running = await startSmall(options);
  return running;
}

async function startWithKinds(): Promise<PostmanApi> {
  running = await startKinds();
  return running;
}

const withAuth = (type: string) => ({ ...collectionOf('Signed'), auth: { type } });

describe('a collection', () => {
  it('is refused with the nulls that GET gives', async () => {
    const api = await start();
    const path = `/collections/${first(api.estate.collections).uuid}`;
    const example = { name: 'OK', responseTime: null, header: null };
    const request = { method: 'GET', url: 'https://api.example/', description: null };
    const collection = {
      ...collectionOf('Invoices'),
      item: [{ name: 'Ping', request, response: [example] }],
    };
    const { status, json } = await ask(api, path, { method: 'PUT', body: { collection } });
    expect(status).toBe(400);
    expect(json.error.name).toBe('malformedRequestError');
    expect(json.error.details).toHaveLength(3);
  });

  it('is not created with an auth that only PUT takes', async () => {
    const api = await start();
    const created = await ask(api, '/collections', { method: 'POST', body: { collection: withAuth('jwt') } });
    expect([created.status, created.json.error.name]).toEqual([400, 'malformedRequestError']);
    const path = `/collections/${first(api.estate.collections).uuid}`;
    const replaced = await ask(api, path, { method: 'PUT', body: { collection: withAuth('asap') } });
    expect(replaced.status).toBe(200);
  });

  it('of a size that the gateway does not take is answered with 413, or with its 504', async () => {
    const body = { collection: collectionOf('Invoices') };
    for (const status of [413, 504] as const) {
      const api = await start({ bodyLimit: { bytes: 100, status } });
      const path = `/collections/${first(api.estate.collections).uuid}`;
      expect((await fetch(api.url + path, put(api, body))).status).toBe(status);
      await api.close();
    }
  });

  it('is updated by a task when that is preferred, and meanwhile by nothing else', async () => {
    const api = await start();
    const path = `/collections/${first(api.estate.collections).uuid}`;
    const body = { collection: collectionOf('Renamed') };
    const accepted = await ask(api, path, { method: 'PUT', body, prefer: 'respond-async' });
    expect([accepted.status, accepted.json.task.status]).toEqual([202, 'in-progress']);
    const conflict = await ask(api, path, { method: 'PUT', body });
    expect([conflict.status, conflict.json.detail]).toEqual([
      409,
      'Deep update operation is already in progress for this collection.',
    ]);
    const task = await ask(api, `/collection-updates-tasks/${accepted.json.task.id}`);
    expect(task.json).toEqual({ id: accepted.json.task.id, status: 'successful' });
    expect((await ask(api, path)).json.collection.info['name']).toBe('Renamed');
  });

  it('stays as it is when its task fails', async () => {
    const api = await start({ bodyLimit: { bytes: 100, status: 413, inTasks: 'failed' } });
    const path = `/collections/${first(api.estate.collections).uuid}`;
    const body = { collection: collectionOf('Renamed') };
    const { json } = await ask(api, path, { method: 'PUT', body, prefer: 'respond-async' });
    await ask(api, path);
    expect((await ask(api, `/collection-updates-tasks/${json.task.id}`)).json.status).toBe('failed');
    expect((await ask(api, path)).json.collection.info['name']).toBe('Invoices');
  });
});

describe('the elements of a collection', () => {
  it('are created one by one, each below its parent', async () => {
    const api = await start();
    const path = `/collections/${first(api.estate.collections).uuid}`;
    const post = async (what: string, body: unknown) =>
      (await ask(api, `${path}/${what}`, { method: 'POST', body })).json.model_id;
    const folder = await post('folders', { name: 'New', description: 'Only here' });
    const inside = await post('folders', { name: 'Deeper', folder });
    const headerData = [{ key: 'accept', value: '*/*' }];
    const draft = { name: 'Ask', method: 'POST', url: 'https://api.example/?a=1', headerData };
    const request = await post(`requests?folderId=${inside}`, {
      ...draft,
      dataMode: 'raw',
      rawModeData: '{}',
    });
    await post(`responses?request=${request}`, {
      name: 'OK',
      responseCode: { code: 200, name: 'OK' },
      text: 'yes',
    });
    const { collection } = (await ask(api, path)).json;
    expect(names(collection.item)).toEqual(['Folder', 'New', 'Ping']);
    expect(collection.item[1]).toMatchObject({
      description: 'Only here',
      item: [{ name: 'Deeper', item: [{ name: 'Ask', request: { method: 'POST', body: { raw: '{}' } } }] }],
    });
    expect(JSON.stringify(collection)).toContain('"body":"yes"');
  });

  it('are updated by what is passed, deleted, and not created twice', async () => {
    const api = await start();
    const [stored] = api.estate.collections;
    const path = `/collections/${stored?.uuid}`;
    const ping = stored?.body.item?.find(({ name }) => name === 'Ping');
    await ask(api, `${path}/requests/${ping?.id}`, { method: 'PUT', body: { name: 'Pong' } });
    expect(ping).toMatchObject({ name: 'Pong', request: { method: 'GET' }, response: [{ name: 'OK' }] });
    const again = await ask(api, `${path}/requests`, {
      method: 'POST',
      body: { id: ping?.id, name: 'Pong' },
    });
    expect(again.json.error.message).toBe('This request already exists in the database.');
    expect((await ask(api, `${path}/requests/${ping?.id}`, { method: 'DELETE' })).status).toBe(200);
    const gone = await ask(api, `${path}/requests/${ping?.id}`, { method: 'DELETE' });
    expect([gone.status, gone.json.error.name]).toEqual([404, 'instanceFoundError']);
  });

  it("are not found below the collection's uid", async () => {
    const api = await start();
    const [stored] = api.estate.collections;
    const path = `/collections/${stored?.owner}-${stored?.uuid}/folders`;
    expect((await ask(api, path, { method: 'POST', body: { name: 'New' } })).status).toBe(404);
  });
});

describe('an environment', () => {
  it('is refused with a null among its values, and above 30 MB', async () => {
    const api = await start();
    const environment = { name: 'Broken', values: [null] };
    const { status, json } = await ask(api, '/environments', { method: 'POST', body: { environment } });
    expect([status, json.error.message]).toEqual([
      400,
      'Invalid type: null (expected object) at environment.values.0',
    ]);
    const large = { environment: { name: 'Large', values: [{ key: 'a', value: 'x'.repeat(30_000_000) }] } };
    expect((await ask(api, '/environments', { method: 'POST', body: large })).status).toBe(413);
  });
});

describe('a spec', () => {
  it('is created with its root, renamed, and deleted without a word', async () => {
    const api = await startWithKinds();
    const workspace = first(api.estate.workspaces).id;
    const files = [
      { path: 'paths.yaml', type: 'DEFAULT', content: 'a: 1\n' },
      { path: 'index.yaml', type: 'ROOT', content: 'b: 2\n' },
    ];
    const body = { name: 'New', type: 'OPENAPI:3.1', files };
    const created = await ask(api, `/specs?workspaceId=${workspace}`, { method: 'POST', body });
    expect([created.status, created.json.id]).toEqual([201, expect.any(String)]);
    const path = `/specs/${created.json.id}`;
    expect((await ask(api, `${path}/files/index.yaml`)).json).toMatchObject({
      type: 'ROOT',
      content: 'b: 2\n',
    });
    await ask(api, path, { method: 'PATCH', body: { name: 'Newer' } });
    expect(names((await ask(api, `/specs?workspaceId=${workspace}`)).json.specs)).toEqual([
      'Ledger spec',
      'Newer',
    ]);
    expect((await ask(api, path, { method: 'DELETE' })).status).toBe(204);
    expect((await ask(api, path, { method: 'DELETE' })).status).toBe(404);
  });

  it('has one root, and takes one property of a file at a time', async () => {
    const api = await startWithKinds();
    const path = `/specs/${first(api.estate.specs).uuid}/files`;
    const both = await ask(api, `${path}/openapi.yaml`, {
      method: 'PATCH',
      body: { name: 'a', content: 'b' },
    });
    expect(both.json.detail).toBe("Only one of 'content', 'type', or 'name' should be provided.");
    await ask(api, path, { method: 'POST', body: { path: 'new/root.yaml', content: 'c: 3\n' } });
    await ask(api, `${path}/new%2Froot.yaml`, { method: 'PATCH', body: { type: 'ROOT' } });
    const { files } = (await ask(api, path)).json;
    expect(files.filter(({ type }) => type === 'ROOT').map((file) => file.path)).toEqual(['new/root.yaml']);
    expect((await ask(api, `${path}/openapi.yaml`, { method: 'DELETE' })).status).toBe(204);
  });
});

describe('a mock and a monitor', () => {
  it('are created for what they name by its uid, and refused for a bare id', async () => {
    const api = await startWithKinds();
    const { uuid, owner } = first(api.estate.collections);
    const query = `?workspace=${first(api.estate.workspaces).id}`;
    const schedule = { cron: '0 6 * * *', timezone: 'UTC' };
    for (const [collection, status] of [
      [uuid, 403],
      [`${owner}-${uuid}`, 200],
    ] as const) {
      const mock = { name: 'New mock', collection, private: true };
      expect((await ask(api, `/mocks${query}`, { method: 'POST', body: { mock } })).status).toBe(status);
      const monitor = { name: 'New monitor', collection, schedule };
      expect((await ask(api, `/monitors${query}`, { method: 'POST', body: { monitor } })).status).toBe(
        status,
      );
    }
    expect(names((await ask(api, `/mocks${query}`)).json.mocks)).toEqual(['Sandbox', 'New mock']);
    expect(names((await ask(api, `/monitors${query}`)).json.monitors)).toEqual(['Is it up?', 'New monitor']);
  });

  it('keep what is not passed; what a monitor runs cannot change', async () => {
    const api = await startWithKinds();
    const monitor = first(api.estate.monitors);
    const path = `/monitors/${monitor.uuid}`;
    await ask(api, path, { method: 'PUT', body: { monitor: { active: false } } });
    expect(monitor).toMatchObject({ active: false, name: 'Is it up?', settings: { retry: { attempts: 1 } } });
    const moved = await ask(api, path, { method: 'PUT', body: { monitor: { collection: 'other' } } });
    expect([moved.status, moved.json.error.name]).toEqual([400, 'parameterNotAllowedError']);
    await ask(api, path, { method: 'DELETE' });
    expect((await ask(api, path)).status).toBe(404);
    const mock = first(api.estate.mocks);
    await ask(api, `/mocks/${mock.uuid}`, { method: 'PUT', body: { mock: { name: 'Renamed' } } });
    expect(mock).toMatchObject({ name: 'Renamed', collection: monitor.collection });
  });
});

describe('a workspace', () => {
  it('is created, renamed, and deleted with all that is in it', async () => {
    const api = await start();
    const created = await ask(api, '/workspaces', {
      method: 'POST',
      body: { workspace: { name: 'Drill', type: 'team' } },
    });
    const { id } = created.json.workspace as unknown as { id: string };
    const body = { collection: collectionOf('Copy') };
    await ask(api, `/collections?workspace=${id}`, { method: 'POST', body });
    await ask(api, `/workspaces/${id}`, { method: 'PUT', body: { workspace: { name: 'Drilled' } } });
    expect(names((await ask(api, '/workspaces')).json.workspaces)).toContain('Drilled');
    expect((await ask(api, `/workspaces/${id}`, { method: 'DELETE' })).status).toBe(200);
    expect(api.estate.collections.map(({ body: { info } }) => info?.name)).not.toContain('Copy');
    const gone = await ask(api, `/workspaces/${id}`, { method: 'DELETE' });
    expect([gone.status, gone.json.error.name]).toEqual([400, 'instanceNotFoundError']);
  });
});

function put(api: PostmanApi, body: unknown) {
  const headers = { 'x-api-key': api.apiKey, 'content-type': 'application/json' };
  return { method: 'PUT', headers, body: JSON.stringify(body) };
}
