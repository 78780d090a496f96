/** The kinds beside collections and environments in the stand-in for the Postman API, held against the known facts. */

import { afterEach, describe, expect, it } from 'vitest';
import { addEnvironment, removeCollection, removeEnvironment } from '../../demo/postman-api/estate.mjs';
import {
  addMonitor,
  addSpec,
  editMock,
  editMonitor,
  editSpec,
  editSpecFile,
  removeMock,
  removeMonitor,
  removeSpec,
} from '../../demo/postman-api/estate-kinds.mjs';
import type { Estate, PostmanApi, PostmanApiOptions } from '../../demo/postman-api/types.d.mts';
import { ask, first, names, settings, startKinds } from './call-postman.ts';

const NOWHERE = '00000000-0000-4000-a000-000000000000';

let running: PostmanApi | undefined;

afterEach(async () => {
  await running?.close();
  running = undefined;
});

type Started = { api: PostmanApi; estate: Estate; workspace: string };

async function start(options: Partial<PostmanApiOptions> = {}): Promise<Started> {
  running = await startKinds(options);
  const { estate } = running;
  return { api: running, estate, workspace: first(estate.workspaces).id };
}

describe('a workspace', () => {
  it('names its specs, mocks, monitors and APIs, what is switched off marked where it can be', async () => {
    const { api, estate, workspace } = await start();
    editMonitor(estate, first(estate.monitors).uuid, (monitor) => {
      monitor.active = false;
    });
    const { json } = await ask(api, `/workspaces/${workspace}?include=scim&surprise=1`);
    const { mocks, monitors, specs, apis } = json.workspace;
    expect([mocks, monitors, specs, apis].flatMap(names)).toEqual([
      'Sandbox',
      'Is it up?',
      'Ledger spec',
      'Reports',
    ]);
    expect(first(mocks)).toMatchObject({ deactivated: false });
    expect(first(monitors)).toMatchObject({ deactivated: true });
    expect(Object.keys(first(specs))).toEqual(['id', 'name', 'uid']);
  });

  it('hides a mock that is deactivated unless it is asked for them', async () => {
    const { api, estate, workspace } = await start();
    removeCollection(estate, first(estate.collections).uuid);
    const path = `/workspaces/${workspace}`;
    expect((await ask(api, path)).json.workspace.mocks).toEqual([]);
    const { json } = await ask(api, `${path}?include=team,mocks:deactivated`);
    expect(first(json.workspace.mocks)).toMatchObject({ name: 'Sandbox', deactivated: true });
  });
});

describe('specs', () => {
  it('need a workspace that exists', async () => {
    const { api } = await start();
    for (const query of ['', `?workspaceId=${NOWHERE}`, '?workspace=elsewhere']) {
      const { status, json } = await ask(api, `/specs${query}`);
      expect([status, json.type]).toEqual([400, 'https://api.postman.com/problems/bad-request']);
    }
  });

  it('come ten to a page, by cursor, which is null at the end', async () => {
    const { api, estate, workspace } = await start();
    for (let number = 2; number <= 12; number += 1) {
      addSpec(estate, workspace, { name: `Spec ${number}`, type: 'GRAPHQL', files: [] });
    }
    const one = await ask(api, `/specs?workspaceId=${workspace}`);
    const cursor = encodeURIComponent(one.json.meta.nextCursor);
    const two = await ask(api, `/specs?workspaceId=${workspace}&cursor=${cursor}`);
    expect([one.json.specs.length, two.json.specs.length]).toEqual([10, 2]);
    expect(two.json.meta).toEqual({ nextCursor: null });
    const all = await ask(api, `/specs?workspaceId=${workspace}&limit=100`);
    expect(all.json.specs).toEqual([...one.json.specs, ...two.json.specs]);
    expect((await ask(api, `/specs?workspaceId=${workspace}&cursor=x`)).status).toBe(400);
    expect((await ask(api, `/specs?workspaceId=${workspace}&limit=0`)).status).toBe(400);
  });

  it('are found by id, without an envelope, their people as numbers', async () => {
    const { api, estate, workspace } = await start();
    const { uuid, owner } = first(estate.specs);
    const row = first((await ask(api, `/specs?workspaceId=${workspace}`)).json.specs);
    const { json } = await ask(api, `/specs/${uuid}`);
    expect(json).toEqual({ ...row, fileFormat: 'yaml' });
    expect(json).toMatchObject({ id: uuid, type: 'OPENAPI:3.0', createdBy: Number(owner) });
    const missing = await ask(api, `/specs/${NOWHERE}`);
    expect([missing.status, missing.json.type]).toEqual([404, 'instanceNotFoundError']);
  });

  it('list their files in pages and without content; one is asked for by its encoded path', async () => {
    const { api, estate } = await start({ maxPageSize: 2 });
    const path = `/specs/${first(estate.specs).uuid}/files`;
    const one = await ask(api, `${path}?limit=1`);
    const two = await ask(api, `${path}?cursor=${encodeURIComponent(one.json.meta.nextCursor)}`);
    expect(one.json.files.map((file) => [file.path, file.type])).toEqual([
      ['openapi.yaml', 'ROOT'],
      ['schemas/line.yaml', 'DEFAULT'],
    ]);
    expect(two.json.files).toEqual([
      expect.objectContaining({ path: 'schemas/deep/sum.yaml', name: 'sum.yaml' }),
    ]);
    expect(two.json.meta.nextCursor).toBeNull();
    expect(first(one.json.files)).not.toHaveProperty('content');
    const file = await ask(api, `${path}/${encodeURIComponent('schemas/deep/sum.yaml')}`);
    expect(file.json).toEqual({ ...first(two.json.files), content: '# schemas/deep/sum.yaml\n' });
    expect((await ask(api, `${path}/schemas/deep/sum.yaml`)).status).toBe(404);
    expect((await ask(api, `${path}/other.yaml`)).json.type).toBe('instanceNotFoundError');
  });

  it('show an edit of a file by updatedAt, unless the list is to hide it', async () => {
    const { api, estate, workspace } = await start();
    const { uuid } = first(estate.specs);
    const row = async () => first((await ask(api, `/specs?workspaceId=${workspace}`)).json.specs);
    const content = async (path: string) => (await ask(api, `/specs/${uuid}/files/${path}`)).json.content;
    const before = await row();
    editSpecFile(estate, uuid, { path: 'openapi.yaml', content: 'hidden', touch: false });
    expect(await row()).toEqual(before);
    expect(await content('openapi.yaml')).toBe('hidden');
    editSpecFile(estate, uuid, { path: 'new.yaml', content: 'new' });
    expect((await row()).updatedAt > before.updatedAt).toBe(true);
    expect(await content('new.yaml')).toBe('new');
    editSpec(estate, uuid, (spec) => Object.assign(spec, { name: 'Renamed' }));
    expect((await row()).name).toBe('Renamed');
    removeSpec(estate, uuid);
    expect((await ask(api, `/specs/${uuid}`)).status).toBe(404);
  });
});

describe('mocks', () => {
  it('are listed as completely as they are given one by one, but for deactivated', async () => {
    const { api, estate, workspace } = await start();
    const { uuid, owner } = first(estate.mocks);
    const row = first((await ask(api, `/mocks?workspace=${workspace}`)).json.mocks);
    for (const id of [uuid, `${owner}-${uuid}`]) {
      expect((await ask(api, `/mocks/${id}`)).json.mock).toEqual({ ...row, deactivated: false });
    }
    expect(row).toMatchObject({ collection: `${owner}-${first(estate.collections).uuid}`, isPublic: false });
    expect(row).not.toHaveProperty('environment');
  });

  it('without a server response say so with "" in the list, and with null one by one', async () => {
    const { api, estate } = await start();
    const { uuid, config } = first(estate.mocks);
    config.serverResponseId = null;
    const row = first((await ask(api, '/mocks')).json.mocks);
    const { mock } = (await ask(api, `/mocks/${uuid}`)).json;
    expect([row, mock]).toMatchObject([
      { config: { serverResponseId: '' } },
      { config: { serverResponseId: null } },
    ]);
  });

  it('are only the active ones and, without a workspace, those of the key', async () => {
    const { api, estate, workspace } = await start();
    const { uuid } = first(estate.mocks);
    editMock(estate, uuid, (mock) => Object.assign(mock, { owner: '7' }));
    expect((await ask(api, '/mocks')).json.mocks).toEqual([]);
    expect(names((await ask(api, `/mocks?workspace=${workspace}`)).json.mocks)).toEqual(['Sandbox']);
    removeCollection(estate, first(estate.collections).uuid);
    expect((await ask(api, `/mocks?workspace=${workspace}`)).json.mocks).toEqual([]);
    expect((await ask(api, `/mocks/${uuid}`)).json.mock.deactivated).toBe(true);
    expect((await ask(api, '/mocks?workspace=nowhere')).json.mocks).toEqual([]);
  });

  it('name their environment when they have one, and are switched off with it', async () => {
    const { api, estate, workspace } = await start();
    const { uuid } = first(estate.mocks);
    const environment = addEnvironment(estate, workspace, { name: 'Staging', values: [] });
    editMock(estate, uuid, (mock) => Object.assign(mock, { environment: environment.uuid }));
    const before = (await ask(api, `/mocks/${uuid}`)).json.mock;
    expect(before).toMatchObject({
      environment: `${environment.owner}-${environment.uuid}`,
      deactivated: false,
    });
    removeEnvironment(estate, environment.uuid);
    expect((await ask(api, `/mocks/${uuid}`)).json.mock).toEqual({ ...before, deactivated: true });
  });

  it('name their collection by a uid that changes with its owner', async () => {
    const { api, estate } = await start();
    const { uuid } = first(estate.mocks);
    const collection = first(estate.collections);
    collection.owner = '99';
    expect((await ask(api, `/mocks/${uuid}`)).json.mock.collection).toBe(`99-${collection.uuid}`);
    removeMock(estate, uuid);
    expect((await ask(api, `/mocks/${uuid}`)).json.error.name).toBe('instanceNotFoundError');
  });

  it('give their server responses as a bare list of names and codes', async () => {
    const { api, estate } = await start();
    const { uuid, config } = first(estate.mocks);
    const { json } = await ask(api, `/mocks/${uuid}/server-responses`);
    expect(json).toEqual([
      expect.objectContaining({ id: config.serverResponseId, name: 'Down', statusCode: 503 }),
    ]);
    const missing = await ask(api, `/mocks/${NOWHERE}/server-responses`);
    expect([missing.status, missing.json.error.name]).toEqual([404, 'mockNotFoundError']);
  });
});

describe('monitors', () => {
  it('come twenty-five to a page at most, by a cursor that is empty at the end', async () => {
    const { api, estate, workspace } = await start();
    const collection = first(estate.collections).uuid;
    for (let number = 2; number <= 30; number += 1) {
      addMonitor(estate, workspace, { name: `Monitor ${number}`, collection, settings });
    }
    const one = await ask(api, `/monitors?workspace=${workspace}`);
    const cursor = encodeURIComponent(one.json.meta.nextCursor);
    const two = await ask(api, `/monitors?workspace=${workspace}&limit=25&cursor=${cursor}`);
    expect([one.json.monitors.length, two.json.monitors.length]).toEqual([25, 5]);
    expect(two.json.meta).toEqual({ nextCursor: '', limit: 25 });
  });

  it('refuse a limit over 25, a cursor that is none and a workspace that is not there', async () => {
    const { api } = await start();
    const answers = [];
    for (const query of ['limit=26', 'limit=none', 'cursor=x', 'workspace=short', `workspace=${NOWHERE}`]) {
      const { status, json } = await ask(api, `/monitors?${query}`);
      answers.push([status, json.error.name]);
    }
    expect(answers).toEqual([
      [400, 'badRequest'],
      [400, 'badRequest'],
      [400, 'badRequest'],
      [400, 'badRequest'],
      [404, 'instanceNotFoundError'],
    ]);
  });

  it('are never the same twice, and yet have the same settings', async () => {
    const { api, estate } = await start();
    const { uuid, owner } = first(estate.monitors);
    const one = (await ask(api, `/monitors/${uuid}`)).json.monitor;
    const two = (await ask(api, `/monitors/${owner}-${uuid}`)).json.monitor;
    expect(one.jobId).not.toBe(two.jobId);
    expect(one.schedule.nextRun).not.toBe(two.schedule.nextRun);
    expect(one.lastRun).not.toEqual(two.lastRun);
    const volatile = { jobId: 0, lastRun: 0, schedule: settings.schedule };
    expect({ ...one, ...volatile }).toEqual({ ...two, ...volatile });
    expect(one).toMatchObject({ owner: Number(owner), schedule: settings.schedule, retry: settings.retry });
    removeMonitor(estate, uuid);
    expect((await ask(api, `/monitors/${uuid}`)).status).toBe(404);
  });

  it('share the limit of ten calls in ten seconds', async () => {
    const { api, estate, workspace } = await start({ limits: {}, now: () => 0 });
    for (let count = 1; count <= 9; count += 1) {
      await ask(api, `/monitors/${first(estate.monitors).uuid}`);
    }
    expect((await ask(api, `/monitors?workspace=${workspace}`)).status).toBe(200);
    expect((await ask(api, `/workspaces/${workspace}`)).status).toBe(429);
  });
});
