/** Environments, globals, specs, mocks, monitors and workspaces come to Postman, once each. */
import { describe, expect, it } from 'vitest';
import { addEnvironment } from '../../../demo/postman-api/estate.mjs';
import { addMock, addMonitor, addSpec } from '../../../demo/postman-api/estate-kinds.mjs';
import type { JsonObject } from '../../../src/json.ts';
import type { Kind } from '../../../src/model.ts';
import { IncompleteWrite } from '../../../src/postman/writes/incomplete.ts';
import { knownErrorOf } from '../known-error-of.ts';
import { collectionOf, failing, refOf, sent, startWriting, store } from './write-fixture.ts';

const values = [{ key: 'base', value: 'https://api.example', type: 'default', enabled: true }];
const schedule = { cron: '0 6 * * *', timezone: 'Europe/Berlin' };
const files = [
  { path: 'index.yaml', type: 'ROOT', content: 'a: 1\n' },
  { path: 'parts/line.yaml', type: 'DEFAULT', content: 'b: 2\n' },
];

/** One collection to refer to. */
async function start() {
  const started = await startWriting();
  const { owner, uuid } = store(started.estate, started.workspace, collectionOf('Ledger', []));
  return { ...started, collection: `${owner}-${uuid}` };
}

const bodies = (collection: string): readonly (readonly [Kind, JsonObject])[] => [
  ['environments', { name: 'New', values }],
  ['specs', { name: 'New', type: 'OPENAPI:3.0', files }],
  ['mocks', { name: 'New', collection, private: true }],
  ['monitors', { name: 'New', collection, schedule, active: false }],
];

describe.each(['environments', 'specs', 'mocks', 'monitors'] as const)('%s', (kind) => {
  it.each(['nothing', 'cutBody', 'reset', { status: 502 }] as const)(
    'are created once when the first answer is met by %j',
    async (fault) => {
      const { api, target, workspace, estate, collection } = await start();
      failing(
        api,
        { method: 'POST', path: new RegExp(`^/${kind}`) },
        fault === 'nothing' ? undefined : fault,
      );
      const body = bodies(collection).find(([one]) => one === kind)?.[1];
      const ref = await target.create(kind, workspace, body);
      expect(estate[kind].map(({ uuid }) => uuid)).toEqual([ref.uuid]);
      expect(ref).toMatchObject({ kind, name: 'New', workspace });
    },
  );

  it('are replaced, removed, and removed again', async () => {
    const { api, target, workspace, estate, collection, fetch } = await start();
    const body = bodies(collection).find(([one]) => one === kind)?.[1];
    const ref = await target.create(kind, workspace, body);
    failing(api, { method: 'PUT', path: /./ }, 'cutBody');
    await target.replace(ref, { ...body, name: 'Newer' });
    expect((await fetch(ref))['name']).toBe('Newer');
    failing(api, { method: 'DELETE', path: /./ }, 'cutBody');
    await target.remove(ref);
    await target.remove(ref);
    expect(estate[kind]).toEqual([]);
  });
});

describe('an environment', () => {
  it('is sent with all its values, but for the nulls that Postman refuses', async () => {
    const { target, workspace, estate } = await start();
    const stored = addEnvironment(estate, workspace.id, { name: 'Old', values: [] });
    const [base] = values;
    await target.replace(refOf('environments', workspace, stored), {
      name: 'Old',
      values: [{ ...base, description: null }],
    });
    expect(stored.body.values).toEqual(values);
  });
});

describe('the globals of a workspace', () => {
  it('are replaced as a whole, and neither created nor removed', async () => {
    const { target, workspace, estate } = await start();
    const ref = {
      kind: 'globals',
      uid: workspace.id,
      uuid: workspace.id,
      name: workspace.name,
      workspace,
    } as const;
    await target.replace(ref, { id: workspace.id, name: workspace.name, values });
    expect(estate.workspaces[0]?.globals).toEqual(values);
    expect(await knownErrorOf(target.create('globals', workspace, { values }))).toMatchObject({
      code: 'NOT_WRITABLE',
    });
    expect(await knownErrorOf(target.remove(ref))).toMatchObject({ code: 'NOT_WRITABLE' });
  });
});

describe('a spec', () => {
  async function stored() {
    const started = await start();
    const spec = addSpec(started.estate, started.workspace.id, {
      name: 'Ledger',
      type: 'OPENAPI:3.0',
      files,
    });
    return { ...started, spec, ref: refOf('specs', started.workspace, spec) };
  }

  const wanted = {
    name: 'Ledger',
    files: [
      { path: 'root.yaml', type: 'ROOT', content: 'c: 3\n' },
      { path: 'parts/line.yaml', type: 'DEFAULT', content: 'b: 22\n' },
    ],
  };

  it('is written file by file, and is never without its root', async () => {
    const { api, target, spec, ref } = await stored();
    let roots = Number.POSITIVE_INFINITY;
    api.onRequest(() => {
      roots = Math.min(roots, spec.files.filter(({ type }) => type === 'ROOT').length);
      return undefined;
    });
    await target.replace(ref, wanted);
    expect(roots).toBe(1);
    const after = spec.files.map(({ path, type, content }) => ({ path, type, content }));
    expect(after.toSorted((a, b) => (a.path < b.path ? 1 : -1))).toEqual(wanted.files);
  });

  it('is not written at all when it is the same', async () => {
    const { api, target, ref } = await stored();
    await target.replace(ref, { name: 'Ledger', files });
    expect(api.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
  });

  it('goes on from what is there when an answer is lost', async () => {
    const { api, target, spec, ref } = await stored();
    failing(api, { method: 'POST', path: /files/ }, 'cutBody');
    await target.replace(ref, wanted);
    expect(spec.files.map(({ path }) => path).toSorted()).toEqual(['parts/line.yaml', 'root.yaml']);
    expect(sent(api, 'POST', /files/)).toBe(1);
  });

  it('says which files are missing when one is refused', async () => {
    const { target, ref } = await stored();
    const [root, line] = wanted.files;
    const large = { ...line, content: 'x'.repeat(10_000_001) };
    const error = (await knownErrorOf(
      target.replace(ref, { name: 'Ledger', files: [root, large] }),
    )) as IncompleteWrite;
    expect(error).toBeInstanceOf(IncompleteWrite);
    expect(error.present).toEqual(['root.yaml']);
    expect(error.missing.map(({ part }) => part)).toEqual(['parts/line.yaml', 'root.yaml', 'index.yaml']);
    expect(error.message).toContain('File size exceeded the limit of 10 MB');
  });
});

describe('a mock server', () => {
  it('keeps the answer that it always gives, or loses it', async () => {
    const { target, workspace, estate, collection } = await start();
    const serverResponses = [{ name: 'Down', statusCode: 503 }];
    const mock = addMock(estate, workspace.id, {
      name: 'M',
      collection: collection.slice(-36),
      serverResponses,
    });
    const ref = refOf('mocks', workspace, mock);
    await target.replace(ref, { name: 'M2', collection, config: { serverResponseId: '' } });
    expect(mock).toMatchObject({ name: 'M2', config: { serverResponseId: null } });
  });
});

describe('a monitor', () => {
  it('is changed in what can be changed: what it runs is not sent', async () => {
    const { target, workspace, estate, collection } = await start();
    const settings = { schedule, retry: { attempts: 1 } };
    const monitor = addMonitor(estate, workspace.id, {
      name: 'M',
      collection: collection.slice(-36),
      settings,
    });
    const ref = refOf('monitors', workspace, monitor);
    await target.replace(ref, {
      name: 'M2',
      collection,
      active: false,
      schedule: { ...schedule, cron: '1 1 * * *' },
    });
    expect(monitor).toMatchObject({
      name: 'M2',
      active: false,
      settings: { schedule: { cron: '1 1 * * *' } },
    });
  });
});

it.each(['mocks', 'monitors'] as const)(
  '%s that refer to a bare id are refused before they are sent',
  async (kind) => {
    const { api, target, workspace, collection } = await start();
    const body = { name: 'New', collection: collection.slice(-36), schedule };
    const error = await knownErrorOf(target.create(kind, workspace, body));
    expect(error).toMatchObject({
      code: 'POSTMAN_WRITE_REFUSED',
      message: expect.stringContaining('its uid'),
    });
    expect(api.requests).toEqual([]);
  },
);

describe('a workspace', () => {
  it.each(['nothing', 'cutBody', { status: 503 }] as const)(
    'is created once when the first answer is met by %j, and removed with what is in it',
    async (fault) => {
      const { api, target, estate } = await start();
      failing(api, { method: 'POST', path: /^\/workspaces/ }, fault === 'nothing' ? undefined : fault);
      const workspace = await target.createWorkspace({ name: 'Drill', description: 'For a while' });
      expect(estate.workspaces.map(({ name }) => name)).toEqual(['Payments', 'Drill']);
      await target.create('environments', workspace, { name: 'New', values });
      await target.removeWorkspace(workspace.id);
      await target.removeWorkspace(workspace.id);
      expect([estate.workspaces.length, estate.environments.length]).toEqual([1, 0]);
    },
  );

  it('says anew what it is about, and stays as visible as it is', async () => {
    const { target, workspace, estate } = await start();
    const { id, name } = workspace;
    await target.replace(
      { kind: 'workspaces', uid: id, uuid: id, name, workspace },
      { name: 'P', type: 'public', description: 'D' },
    );
    expect(estate.workspaces[0]).toMatchObject({ name: 'P', description: 'D', type: 'team' });
  });
});

it('an API of the API Builder is refused', async () => {
  const { target, workspace } = await start();
  const error = await knownErrorOf(target.create('apis', workspace, { name: 'A' }));
  expect(error).toMatchObject({ code: 'NOT_WRITABLE', exitCode: 20 });
});
