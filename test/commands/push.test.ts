/** What becomes of files that were edited in the repository. */
import { describe, expect, it } from 'vitest';
import { KnownError } from '../../src/errors.ts';
import type { JsonObject } from '../../src/json.ts';
import { createPushStory, ORDERS, PRODUCTION } from './push-story.ts';
import { DIRECTORY, MANIFEST } from './story.ts';

const FILE = 'Orders.postman_collection.json';
const ENVIRONMENT = 'Production.postman_environment.json';

/** A team with one collection and one environment, backed up. */
async function backedUp() {
  const story = createPushStory();
  const orders = story.team.add('collections', ORDERS);
  const production = story.team.add('environments', PRODUCTION);
  await story.backUp();
  return { ...story, orders, production };
}

const itemsOf = ({ body }: { readonly body: JsonObject }) => body['item'] as readonly JsonObject[];
const statuses = ({ outcomes }: { readonly outcomes: readonly { readonly status: string }[] }) =>
  outcomes.map(({ status }) => status);

describe('a push', () => {
  it('of nothing asks Postman nothing and makes no commit', async () => {
    const { push, team, repository } = await backedUp();
    team.asked = 0;
    const result = await push();
    expect(result.outcomes).toEqual([]);
    expect([team.asked, team.writes, repository.commits.length]).toEqual([0, [], 1]);
  });

  it('brings an edited request to Postman and keeps the ids of all', async () => {
    const { push, edit, team, orders } = await backedUp();
    const ids = itemsOf(orders).map(({ id }) => id);
    edit(FILE, (text) => text.replace('"GET"', '"HEAD"'));
    const result = await push();
    expect(statuses(result)).toEqual(['pushed']);
    expect(team.writes).toEqual(['replace collections Orders']);
    expect(itemsOf(orders)[0]).toMatchObject({ request: { method: 'HEAD' } });
    expect(itemsOf(orders).map(({ id }) => id)).toEqual(ids);
    expect(result.outcomes[0]?.differences).toMatchObject([{ name: 'List orders', fields: ['method'] }]);
  });

  it('records what it did, so that neither a backup nor a push has anything to do', async () => {
    const { push, backUp, edit, team, repository } = await backedUp();
    edit(FILE, (text) => text.replace('"GET"', '"HEAD"'));
    edit(ENVIRONMENT, (text) => text.replace('api.example', 'api2.example'));
    const { commit } = await push();
    expect(commit?.title).toBe('Record what was pushed to Postman: 2 resources');
    expect(repository.commits.at(-1)?.message).toMatch(/\n\[skip ci\]\n\n[\s\S]*Backup-Run: /);
    const { length } = repository.commits;
    team.writes.length = 0;
    await backUp();
    await push();
    await backUp();
    expect([repository.commits.length, team.writes]).toEqual([length, []]);
  });

  it('leaves a secret as it is, and writes no placeholder', async () => {
    const { push, edit, production, repository } = await backedUp();
    expect(repository.files().get(`${DIRECTORY}/${ENVIRONMENT}`)).toContain('[redacted: ');
    edit(ENVIRONMENT, (text) => text.replace('api.example', 'api2.example'));
    await push();
    expect(production.body['values']).toMatchObject([
      { value: 'api2.example' },
      { value: 'c0ffee-5ecret-9f3a7b' },
    ]);
  });

  it('takes a new secret out of the repository, and out of its file', async () => {
    const { push, edit, production, repository } = await backedUp();
    edit(ENVIRONMENT, (text) => text.replace(/\[redacted: [^\]]*\]/, 'n3w-5ecret-77aa88bb'));
    await push();
    expect(production.body['values']).toMatchObject([{}, { value: 'n3w-5ecret-77aa88bb' }]);
    expect(repository.files().get(`${DIRECTORY}/${ENVIRONMENT}`)).not.toContain('n3w-5ecret');
  });

  it('refuses a placeholder where Postman has no secret', async () => {
    const { push, edit, team } = await backedUp();
    edit(ENVIRONMENT, (text) => text.replace('"token"', '"other"'));
    const { outcomes } = await push();
    expect(outcomes).toMatchObject([{ status: 'refused', code: 'PUSH_CONFLICT' }]);
    expect(team.writes).toEqual([]);
  });

  it('merges an edit of another request, which Postman got meanwhile', async () => {
    const { push, backUp, edit, orders, repository } = await backedUp();
    edit(FILE, (text) => text.replace('"GET"', '"HEAD"'));
    Object.assign(itemsOf(orders)[1] ?? {}, { name: 'Place order' });
    const result = await push();
    expect(statuses(result)).toEqual(['merged']);
    expect(itemsOf(orders)).toMatchObject([{ request: { method: 'HEAD' } }, { name: 'Place order' }]);
    expect(repository.files().get(`${DIRECTORY}/${FILE}`)).toContain('Place order');
    const { length } = repository.commits;
    await backUp();
    expect(repository.commits.length).toBe(length);
  });

  it('refuses what both sides changed, shows it by name, and pushes the rest', async () => {
    const { push, edit, orders, team, repository } = await backedUp();
    edit(FILE, (text) => text.replace('"GET"', '"HEAD"'));
    edit(ENVIRONMENT, (text) => text.replace('api.example', 'api2.example'));
    Object.assign(itemsOf(orders)[0] ?? {}, {
      request: { method: 'OPTIONS', url: 'https://api.example/orders' },
    });
    const result = await push();
    expect(result.outcomes).toMatchObject([
      { status: 'refused', conflicts: ['request "List orders": "method" edited here and in Postman'] },
      { status: 'pushed' },
    ]);
    expect(team.writes).toEqual(['replace environments Production']);
    expect(repository.files().get(`${DIRECTORY}/${FILE}`)).toContain('HEAD');
  });

  it('refuses what was changed in Postman between the plan and the writing', async () => {
    const { push, edit, orders, team } = await backedUp();
    edit(FILE, (text) => text.replace('"GET"', '"HEAD"'));
    const { fetch } = team.source;
    let fetches = 0;
    Object.assign(team.source, {
      fetch: async (ref: Parameters<typeof fetch>[0]) => {
        fetches += 1;
        if (fetches === 2) {
          Object.assign(itemsOf(orders)[1] ?? {}, { name: 'Place order' });
        }
        return fetch(ref);
      },
    });
    const { outcomes } = await push();
    expect(outcomes).toMatchObject([{ status: 'refused', note: expect.stringContaining('under way') }]);
    expect(team.writes).toEqual([]);
  });

  it('refuses an edit of what is gone from Postman', async () => {
    const { push, edit, team } = await backedUp();
    edit(FILE, (text) => text.replace('"GET"', '"HEAD"'));
    team.resources.shift();
    expect(await push()).toMatchObject({
      outcomes: [{ status: 'refused', note: expect.stringContaining('removed in Postman') }],
    });
  });

  it('gives a new request an id, in Postman and in the file', async () => {
    const { push, backUp, edit, orders, repository } = await backedUp();
    edit(FILE, (text) => {
      const collection = JSON.parse(text) as { item: JsonObject[] };
      collection.item.push({
        name: 'Delete order',
        request: { method: 'DELETE', url: 'https://api.example/orders/1' },
      });
      return JSON.stringify(collection);
    });
    await push();
    const id = String(itemsOf(orders)[2]?.['id']);
    expect(repository.files().get(`${DIRECTORY}/${FILE}`)).toContain(id);
    const { length } = repository.commits;
    await backUp();
    expect(repository.commits.length).toBe(length);
  });

  it('follows a new name with the path of the file', async () => {
    const { push, backUp, edit, orders, repository } = await backedUp();
    edit(FILE, (text) => text.replace('"name": "Orders"', '"name": "Purchases"'));
    await push();
    expect(orders.body['info']).toMatchObject({ name: 'Purchases' });
    expect([...repository.files().keys()]).toContain(`${DIRECTORY}/Purchases.postman_collection.json`);
    const { length } = repository.commits;
    await backUp();
    expect(repository.commits.length).toBe(length);
  });

  it('creates what a new file holds, and records its id', async () => {
    const { push, backUp, team, repository } = await backedUp();
    const { info, item } = ORDERS;
    const content = JSON.stringify({ info: { ...info, name: 'Refunds' }, item });
    repository.push({ [`${DIRECTORY}/new.postman_collection.json`]: content });
    const result = await push();
    expect(statuses(result)).toEqual(['created']);
    const created = team.resources.at(-1);
    expect(repository.files().get(MANIFEST)).toContain(created?.uuid);
    expect([...repository.files().keys()]).toContain(`${DIRECTORY}/Refunds.postman_collection.json`);
    const { length } = repository.commits;
    team.writes.length = 0;
    await backUp();
    await push();
    expect([repository.commits.length, team.writes]).toEqual([length, []]);
  });

  it('takes a copied file for a new resource, and a moved one for what it was', async () => {
    const { push, team, repository, orders } = await backedUp();
    const text = repository.files().get(`${DIRECTORY}/${FILE}`) ?? '';
    repository.push({ [`${DIRECTORY}/Copy.postman_collection.json`]: text.replace('"Orders"', '"Copy"') });
    expect(statuses(await push())).toEqual(['created']);
    expect(orders.body['info']).toMatchObject({ name: 'Orders' });
    repository.push({
      [`${DIRECTORY}/${FILE}`]: undefined,
      [`${DIRECTORY}/Moved.postman_collection.json`]: text,
    });
    team.writes.length = 0;
    expect(statuses(await push())).toEqual(['equal']);
    expect(team.writes).toEqual([]);
  });

  it('does not create twice what an interrupted push created', async () => {
    const { push, team, repository } = await backedUp();
    const { info, item } = ORDERS;
    const content = JSON.stringify({ info: { ...info, name: 'Refunds' }, item });
    repository.push({ [`${DIRECTORY}/Refunds.postman_collection.json`]: content });
    team.afterWrite = () => {
      throw new KnownError('POSTMAN_UNAVAILABLE', 'Postman is away.');
    };
    await expect(push()).rejects.toThrow('Postman is away.');
    team.afterWrite = () => undefined;
    expect(statuses(await push())).toEqual(['equal']);
    expect(team.writes).toEqual(['create collections Refunds']);
    expect(repository.files().get(MANIFEST)).toContain('Refunds');
  });

  it('records what it wrote before Postman was away', async () => {
    const { push, edit, team, repository } = await backedUp();
    edit(FILE, (text) => text.replace('"GET"', '"HEAD"'));
    edit(ENVIRONMENT, (text) => text.replace('api.example', 'api2.example'));
    team.beforeWrite = () => {
      if (team.writes.length > 0) {
        throw new KnownError('POSTMAN_UNAVAILABLE', 'Postman is away.');
      }
    };
    await expect(push()).rejects.toThrow('Postman is away.');
    expect(repository.commits.at(-1)?.message).toContain('1 resource');
    team.beforeWrite = () => undefined;
    expect(await push()).toMatchObject({ outcomes: [{ name: 'Production', status: 'pushed' }] });
  });

  it('does not double what an interrupted push had added to a collection', async () => {
    const { push, edit, orders, team } = await backedUp();
    edit(FILE, (text) => {
      const collection = JSON.parse(text) as { item: JsonObject[] };
      collection.item.push({ name: 'Delete order', request: { method: 'DELETE' } });
      return JSON.stringify(collection);
    });
    team.afterWrite = () => {
      throw new KnownError('POSTMAN_UNAVAILABLE', 'Postman is away.');
    };
    await expect(push()).rejects.toThrow('Postman is away.');
    team.afterWrite = () => undefined;
    expect(statuses(await push())).toEqual(['equal']);
    expect(itemsOf(orders)).toHaveLength(3);
  });

  it('removes nothing from Postman when a file was removed', async () => {
    const { push, edit, team } = await backedUp();
    edit(FILE, () => undefined);
    expect(statuses(await push())).toEqual(['left']);
    expect(team.writes).toEqual([]);
  });

  it('removes what a removed file held when `removed` is `delete`, and the manifest forgets it', async () => {
    const { push, backUp, edit, team, repository } = await backedUp();
    edit(FILE, () => undefined);
    expect(statuses(await push({ removed: 'delete' }))).toEqual(['removed']);
    expect(team.writes).toEqual(['remove collections Orders']);
    expect(repository.files().get(MANIFEST)).not.toContain('Orders');
    const { length } = repository.commits;
    await backUp();
    expect(repository.commits.length).toBe(length);
  });

  it('removes nothing when more files were removed than may be, or when Postman has an edit', async () => {
    const { push, edit, team, orders } = await backedUp();
    edit(FILE, () => undefined);
    expect(statuses(await push({ removed: 'delete', maxRemovals: 0 }))).toEqual(['left']);
    Object.assign(itemsOf(orders)[1] ?? {}, { name: 'Place order' });
    expect(statuses(await push({ removed: 'delete' }))).toEqual(['refused']);
    expect(team.writes).toEqual([]);
  });

  it('writes nothing in a dry run, and says what it would', async () => {
    const { push, edit, team, repository } = await backedUp();
    edit(FILE, (text) => text.replace('"GET"', '"HEAD"'));
    const { length } = repository.commits;
    expect(statuses(await push({ dryRun: true }))).toEqual(['pushed']);
    expect([team.writes, repository.commits.length]).toEqual([[], length]);
  });

  it('names a file that cannot be read, and pushes the rest', async () => {
    const { push, edit } = await backedUp();
    edit(FILE, () => '{ "info": ');
    edit(ENVIRONMENT, (text) => text.replace('api.example', 'api2.example'));
    expect(await push()).toMatchObject({
      outcomes: [{ status: 'failed', code: 'RESOURCE_INVALID' }, { status: 'pushed' }],
    });
  });

  it('stops at a manifest that cannot be read', async () => {
    const { push, edit, team } = await backedUp();
    edit('.postman-gitlab.json', () => 'broken');
    await expect(push()).rejects.toThrow('cannot be read');
    expect(team.writes).toEqual([]);
  });

  it('leaves a file that somebody edited again while it was pushed to the push of that edit', async () => {
    const { push, edit, orders, team, repository } = await backedUp();
    edit(FILE, (text) => text.replace('"GET"', '"HEAD"'));
    team.afterWrite = () => edit(FILE, (text) => text.replace('"POST"', '"PUT"'));
    await push();
    team.afterWrite = () => undefined;
    expect(repository.files().get(`${DIRECTORY}/${FILE}`)).toContain('"PUT"');
    expect(statuses(await push())).toEqual(['merged']);
    expect(itemsOf(orders)).toMatchObject([{ request: { method: 'HEAD' } }, { request: { method: 'PUT' } }]);
  });

  it('pushes what somebody committed, though a backup has written over it since', async () => {
    const { push, backUp, edit, orders, repository } = await backedUp();
    edit(FILE, (text) => text.replace('"GET"', '"HEAD"'));
    const of = repository.commits.length - 1;
    await backUp();
    expect(repository.files().get(`${DIRECTORY}/${FILE}`)).not.toContain('HEAD');
    expect(statuses(await push({ of }))).toEqual(['pushed']);
    expect(itemsOf(orders)[0]).toMatchObject({ request: { method: 'HEAD' } });
    await backUp();
    expect(repository.files().get(`${DIRECTORY}/${FILE}`)).toContain('HEAD');
    expect(statuses(await push({ of }))).toEqual(['equal']);
  });

  it('keeps apart what lies in a folder of a collection: requests go to Postman, notes stay', async () => {
    const tree = { layout: 'tree' } as const;
    const { push, backUp, orders, repository } = await backedUp();
    await backUp(tree);
    const folder = `${DIRECTORY}/Orders.postman_collection`;
    repository.push({
      [`${folder}/Delete order.request.yaml`]:
        'name: Delete order\nrequest:\n  method: DELETE\n  url: https://api.example/orders/1\n',
      [`${folder}/NOTES.txt`]: 'Ask Ada before you touch this.',
    });
    expect(await push(tree)).toMatchObject({ outcomes: [{ status: 'pushed' }] });
    expect(itemsOf(orders)).toHaveLength(3);
    const { length } = repository.commits;
    await backUp(tree);
    await push(tree);
    expect(repository.commits.length).toBe(length);
    expect([...repository.files().keys()]).toContain(`${folder}/NOTES.txt`);
  });

  it('merges in the folder of a collection, of which only the history has the base', async () => {
    const tree = { layout: 'tree' } as const;
    const { push, backUp, edit, orders, repository } = await backedUp();
    await backUp(tree);
    edit('Orders.postman_collection/List orders.request.yaml', (text) => text.replace('GET', 'HEAD'));
    Object.assign(itemsOf(orders)[1] ?? {}, { name: 'Place order' });
    expect(statuses(await push(tree))).toEqual(['merged']);
    expect(itemsOf(orders)).toMatchObject([{ request: { method: 'HEAD' } }, { name: 'Place order' }]);
    const { length } = repository.commits;
    await backUp(tree);
    expect(repository.commits.length).toBe(length);
  });

  it('brings an edited file of a spec to Postman', async () => {
    const { push, backUp, edit, team, repository } = await backedUp();
    const spec = team.add('specs', {
      ...{ name: 'Orders API', type: 'OPENAPI:3.0' },
      files: [{ path: 'openapi.yaml', type: 'ROOT', content: 'openapi: 3.0.0\n' }],
    });
    await backUp();
    edit('Orders API.spec/openapi.yaml', (text) => text.replace('3.0.0', '3.0.3'));
    expect(statuses(await push())).toEqual(['pushed']);
    expect(spec.body['files']).toMatchObject([{ path: 'openapi.yaml', content: 'openapi: 3.0.3\n' }]);
    const { length } = repository.commits;
    await backUp();
    expect(repository.commits.length).toBe(length);
  });

  it('brings edited globals to Postman', async () => {
    const { push, backUp, edit, team } = await backedUp();
    const globals = team.add('globals', { values: [{ key: 'host', value: 'api.example', enabled: true }] });
    await backUp();
    edit('Globals.postman_globals.json', (text) => text.replace('api.example', 'api2.example'));
    expect(statuses(await push())).toEqual(['pushed']);
    expect(globals.body['values']).toMatchObject([{ value: 'api2.example' }]);
  });
});
