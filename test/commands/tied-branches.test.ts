/** A branch that is tied to a workspace of its own: what goes there, and what comes back with a merge. */
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/json.ts';
import { createPushStory, ORDERS } from './push-story.ts';
import { DIRECTORY, MANIFEST } from './story.ts';

const FILE = 'Orders.postman_collection.json';
const FEATURE = { id: 'f0000000-0000-4000-8000-00000000000f', name: 'Payments (feature x)' };
const ON_MAIN = { hasTiedBranches: true, workspaces: ['Payments'] } as const;
const ON_FEATURE = { hasTiedBranches: true, workspaces: [FEATURE.name] } as const;

/** A backup on the main branch, and a branch that begins where that is. */
async function branchedOff() {
  const main = createPushStory();
  const orders = main.team.add('collections', ORDERS);
  await main.backUp(ON_MAIN);
  main.team.workspaces.push(FEATURE);
  const feature = createPushStory({ team: main.team });
  feature.repository.push(Object.fromEntries(main.repository.files()));
  return { main, feature, orders, team: main.team };
}

const itemsOf = ({ body }: { readonly body: JsonObject }) => body['item'] as readonly JsonObject[];

describe('a branch that is tied to a workspace', () => {
  it('gets its own of everything there, and touches nothing of the other workspace', async () => {
    const { feature, orders, team } = await branchedOff();
    feature.edit(FILE, (text) => text.replace('"GET"', '"HEAD"'));
    const { outcomes } = await feature.push(ON_FEATURE);
    expect(outcomes).toMatchObject([{ status: 'created' }]);
    expect(team.writes).toEqual(['create collections Orders']);
    expect(team.resources.at(-1)).toMatchObject({ workspace: FEATURE });
    expect(itemsOf(orders)[0]).toMatchObject({ request: { method: 'GET' } });
    expect(feature.repository.files().get(MANIFEST)).not.toContain(orders.uuid);
    const { length } = feature.repository.commits;
    await feature.backUp(ON_FEATURE);
    await feature.push(ON_FEATURE);
    expect([feature.repository.commits.length, team.writes.length]).toEqual([length, 1]);
  });

  it('is pulled by a backup: the file of the same name is that of its workspace', async () => {
    const { feature, team } = await branchedOff();
    const copy = team.add('collections', { ...ORDERS, item: [] }, FEATURE);
    await feature.backUp(ON_FEATURE);
    expect([...feature.repository.files().keys()].sort()).toEqual([MANIFEST, `${DIRECTORY}/${FILE}`].sort());
    expect(feature.repository.files().get(`${DIRECTORY}/${FILE}`)).toContain(copy.uuid);
  });

  it('brings its edits to the other workspace when it is merged, to the items of the same names', async () => {
    const { main, feature, orders, team } = await branchedOff();
    feature.edit(FILE, (text) => text.replace('"GET"', '"HEAD"'));
    await feature.push(ON_FEATURE);
    const ids = itemsOf(orders).map(({ id }) => id);
    Object.assign(itemsOf(orders)[1] ?? {}, { description: 'Edited on main meanwhile.' });
    main.repository.push(Object.fromEntries(feature.repository.files()));
    team.writes.length = 0;
    const { outcomes } = await main.push(ON_MAIN);
    expect(outcomes).toMatchObject([{ status: 'merged' }]);
    expect(team.writes).toEqual(['replace collections Orders']);
    expect(itemsOf(orders)).toMatchObject([
      { request: { method: 'HEAD' } },
      { description: 'Edited on main meanwhile.' },
    ]);
    expect(itemsOf(orders).map(({ id }) => id)).toEqual(ids);
    expect(main.repository.files().get(MANIFEST)).toContain(orders.uuid);
    const { length } = main.repository.commits;
    await main.backUp(ON_MAIN);
    await main.push(ON_MAIN);
    expect([main.repository.commits.length, team.writes.length]).toEqual([length, 1]);
  });

  it('never empties a secret there that it was not given itself', async () => {
    const main = createPushStory();
    const secret = { key: 'password', type: 'secret', value: 'hunter2-very-secret-9981', enabled: true };
    const prod = main.team.add('environments', { name: 'Prod', values: [secret] });
    await main.backUp(ON_MAIN);
    main.team.workspaces.push(FEATURE);
    const feature = createPushStory({ team: main.team });
    feature.repository.push(Object.fromEntries(main.repository.files()));
    await feature.push(ON_FEATURE);
    main.repository.push(Object.fromEntries(feature.repository.files()));

    const { outcomes } = await main.push(ON_MAIN);

    expect(outcomes).toMatchObject([{ status: 'refused' }]);
    expect(outcomes[0]?.note).toContain('variable password');
    expect(prod.body).toMatchObject({ values: [secret] });
  });
});
