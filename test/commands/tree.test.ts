/** The layout `tree`, night after night: moving over to it and back, and people who touch the folders. */
import { describe, expect, it } from 'vitest';
import { KnownError } from '../../src/errors.ts';
import type { FakeRepository } from './fake-repository.ts';
import { createStory, DIRECTORY, MANIFEST, pathOf } from './story.ts';

const ORDERS = `${DIRECTORY}/Orders.postman_collection`;
const PING = `${ORDERS}/Ping.request.yaml`;
const IN_FOLDER = ['.postman-collection.json', 'Ping.request.yaml', 'README.md', 'collection.yaml'];

function pathsBelow(repository: FakeRepository, folder: string): readonly string[] {
  const below = [...repository.files().keys()].filter((path) => path.startsWith(`${folder}/`));
  return below.map((path) => path.slice(folder.length + 1)).sort();
}

/** A team with one collection, backed up as a folder. */
async function createTreeStory() {
  const story = createStory();
  const orders = story.postman.add('Orders');
  await story.run({ layout: 'tree' });
  return { ...story, orders };
}

describe('the layout tree', () => {
  it('has a folder a collection, and makes no second commit', async () => {
    const { repository, run } = await createTreeStory();
    expect(pathsBelow(repository, ORDERS)).toEqual(IN_FOLDER);
    expect((await run({ layout: 'tree' })).commits).toEqual([]);
    expect((await run({ layout: 'tree', changes: 'listed' })).fetched).toEqual([]);
  });

  it('leaves environments the files that they are', async () => {
    const { postman, repository, run } = await createTreeStory();
    postman.add('Staging', { kind: 'environments' });
    await run({ layout: 'tree' });
    expect(repository.files().has(`${DIRECTORY}/Staging.postman_environment.json`)).toBe(true);
  });

  it('takes a backup over in one commit, all of it, and gives it back to the letter', async () => {
    const { postman, repository, run } = createStory();
    postman.add('Orders');
    postman.add('Refunds');
    await run();
    const before = repository.files();

    const there = await run({ layout: 'tree', changes: 'listed' });
    expect(there.commits).toHaveLength(1);
    expect(repository.files().has(pathOf('Orders'))).toBe(false);
    expect(pathsBelow(repository, ORDERS)).toEqual(IN_FOLDER);
    expect((await run({ layout: 'tree' })).commits).toEqual([]);

    const back = await run({ changes: 'listed' });
    expect(back.commits).toHaveLength(1);
    expect(repository.files()).toEqual(before);
  });

  it('leaves in its old form what cannot be fetched, until it can', async () => {
    const { postman, repository, run } = createStory();
    postman.add('Orders');
    const { uuid } = postman.add('Refunds');
    await run();
    postman.failures.set(uuid, new KnownError('RESOURCE_NOT_FOUND', 'not there'));
    await run({ layout: 'tree' });
    expect(pathsBelow(repository, ORDERS)).toEqual(IN_FOLDER);
    expect(repository.files().has(pathOf('Refunds'))).toBe(true);
    postman.failures.clear();
    await run({ layout: 'tree' });
    expect(repository.files().has(pathOf('Refunds'))).toBe(false);
  });

  it('moves the folder with a rename', async () => {
    const { postman, repository, run, orders } = await createTreeStory();
    postman.edit(orders, { name: 'Purchases' });
    const { commits, outcomeOf } = await run({ layout: 'tree' });
    expect(outcomeOf(orders)).toMatchObject({ status: 'changed', previous: ORDERS });
    expect(commits).toHaveLength(1);
    expect(pathsBelow(repository, ORDERS)).toEqual([]);
    expect(pathsBelow(repository, `${DIRECTORY}/Purchases.postman_collection`)).toEqual(IN_FOLDER);
  });

  it.each(['archive', 'delete'] as const)('lets the folder go whole with removed: %s', async (removed) => {
    const { postman, repository, run, orders } = await createTreeStory();
    postman.add('Refunds');
    await run({ layout: 'tree' });
    postman.remove(orders);
    await run({ layout: 'tree', removed });
    expect(pathsBelow(repository, ORDERS)).toEqual([]);
    expect(pathsBelow(repository, `${DIRECTORY}/_archive/Orders.postman_collection`)).toEqual(
      removed === 'archive' ? IN_FOLDER : [],
    );
  });

  it('has the name that a user chose', async () => {
    const { postman, repository, run } = createStory();
    postman.add('Orders');
    await run({ layout: 'tree', filename: 'mine.postman_collection' });
    expect(pathsBelow(repository, `${DIRECTORY}/mine.postman_collection`)).toEqual(IN_FOLDER);
  });
});

describe('a file in the folder of a collection', () => {
  it.each([
    ['was edited by hand', { [PING]: 'name: Mine\n' }],
    ['was deleted by hand', { [PING]: undefined }],
    ['holds the collection itself and was edited by hand', { [`${ORDERS}/collection.yaml`]: 'name: Mine\n' }],
    ['holds its description and was edited by hand', { [`${ORDERS}/README.md`]: 'Mine.\n' }],
    [
      'says what the others are, and was deleted by hand',
      { [`${ORDERS}/.postman-collection.json`]: undefined },
    ],
    ['was given a script by hand', { [`${ORDERS}/Ping.post-response.js`]: 'fail();\n' }],
  ])('that %s is repaired, and the commit says so', async (_, edit) => {
    const { repository, run, orders } = await createTreeStory();
    const good = repository.files();
    repository.push(edit);

    const { commits, outcomeOf } = await run({ layout: 'tree', changes: 'listed' });

    expect(outcomeOf(orders)).toMatchObject({ status: 'changed', changes: ['repaired'] });
    expect(commits[0]?.message).toContain('- repaired collection "Orders"');
    expect(repository.files()).toEqual(good);
    expect((await run({ layout: 'tree' })).commits).toEqual([]);
  });

  it('that somebody put there stays, and is no part of it', async () => {
    const { postman, repository, run, orders } = await createTreeStory();
    repository.push({ [`${ORDERS}/notes.txt`]: 'Mine.' });
    expect((await run({ layout: 'tree' })).commits).toEqual([]);
    postman.edit(orders, { text: 'More.' });
    await run({ layout: 'tree' });
    expect(pathsBelow(repository, ORDERS)).toEqual([...IN_FOLDER, 'notes.txt'].sort());
  });
});

describe('a folder', () => {
  it('of others is never written into: the collection goes beside it', async () => {
    const { postman, repository, run } = createStory();
    repository.push({ [`${ORDERS}/collection.yaml`]: 'name: Mine\n' });
    const orders = postman.add('Orders');
    const { outcomeOf } = await run({ layout: 'tree' });
    const path = `${DIRECTORY}/Orders (${orders.uuid.slice(0, 8)}).postman_collection`;
    expect(outcomeOf(orders)?.path).toBe(path);
    expect(pathsBelow(repository, ORDERS)).toEqual(['collection.yaml']);
    expect((await run({ layout: 'tree' })).commits).toEqual([]);
  });

  it('whose manifest is lost is recognised by its side file', async () => {
    const { repository, run } = await createTreeStory();
    const good = repository.files();
    repository.push({ [MANIFEST]: undefined });
    const { commits } = await run({ layout: 'tree' });
    expect(commits).toHaveLength(1);
    expect(repository.files()).toEqual(good);
  });
});
