/** Files that people touched, files that are not ours, and manifests that cannot be believed. */
import { describe, expect, it } from 'vitest';
import { createStory, DIRECTORY, MANIFEST, manifestEntries, pathOf } from './story.ts';

describe('a file of the backup', () => {
  it.each([
    ['was edited by hand', 'Mine now.'],
    ['was deleted by hand', undefined],
  ])('that %s is written again, and the commit says so', async (_, text) => {
    const { postman, repository, run } = createStory();
    const orders = postman.add('Orders');
    await run();
    const good = repository.files().get(pathOf('Orders'));
    repository.push({ [pathOf('Orders')]: text });

    const { commits, outcomeOf } = await run({ changes: 'listed' });

    expect(outcomeOf(orders)).toMatchObject({ status: 'changed', changes: ['repaired'] });
    expect(commits[0]?.message).toContain('- repaired collection "Orders"');
    expect(repository.files().get(pathOf('Orders'))).toBe(good);
    expect((await run()).commits).toEqual([]);
  });

  it('that was moved by hand is written where it belongs; the moved one stays', async () => {
    const { postman, repository, run } = createStory();
    postman.add('Orders');
    await run();
    const good = repository.files().get(pathOf('Orders'));
    repository.push({ [pathOf('Orders')]: undefined, [pathOf('Old orders')]: good });

    await run();

    expect(repository.files().get(pathOf('Orders'))).toBe(good);
    expect(repository.files().get(pathOf('Old orders'))).toBe(good);
  });
});

describe('a file that is not ours', () => {
  it('is never overwritten: the resource gets another name, keeps it, and the report says why', async () => {
    const { postman, repository, run } = createStory();
    repository.push({ [pathOf('Orders')]: 'Notes about orders.' });
    const orders = postman.add('Orders');
    const detour = pathOf(`Orders (${orders.uuid.slice(0, 8)})`);

    const first = await run();
    const second = await run();

    expect(repository.files().get(pathOf('Orders'))).toBe('Notes about orders.');
    expect(first.outcomeOf(orders)?.path).toBe(detour);
    expect(first.result?.warnings).toEqual([
      `"${pathOf('Orders')}" is not part of this backup and stays as it is; "Orders" goes to "${detour}".`,
    ]);
    expect(second.commits).toEqual([]);
    expect(second.result?.warnings).toEqual([]);
  });

  it('is adopted when its id says that it is the resource', async () => {
    const { postman, repository, run } = createStory();
    const orders = postman.add('Orders');
    const mine = { info: { _postman_id: orders.uuid, name: 'Orders' }, item: [] };
    repository.push({ [pathOf('Orders')]: JSON.stringify(mine), [MANIFEST]: emptyManifest() });

    const { outcomeOf } = await run();

    expect(outcomeOf(orders)).toMatchObject({ status: 'changed', path: pathOf('Orders') });
    expect(repository.files().get(pathOf('Orders'))).toContain('About Orders.');
    expect(repository.files().size).toBe(2);
  });
});

describe('a manifest', () => {
  it.each<[string, (text: string) => string | undefined]>([
    ['is missing', () => undefined],
    ['is cut off', (text) => text.slice(0, text.length / 2)],
    ['is of a newer version', (text) => text.replace('"version": 1', '"version": 2')],
    ['has conflict markers', (text) => `<<<<<<< HEAD\n${text}=======\n${text}>>>>>>> other\n`],
    ['names a file outside of its directory', (text) => text.replace(`${DIRECTORY}/Orders`, '../Orders')],
    ['is a list', () => '[]'],
  ])('that %s is rebuilt from the files, and nothing is deleted or written twice', async (_, spoil) => {
    const { postman, repository, run } = createStory();
    postman.add('Orders');
    postman.add('Refunds');
    const gone = postman.add('Gone');
    await run();
    postman.remove(gone);
    const good = new Map(repository.files());
    repository.push({ [MANIFEST]: spoil(good.get(MANIFEST) ?? '') });

    const { commits, fetched } = await run({ removed: 'delete', maxRemovals: 100 });

    expect(fetched).toEqual(['Orders', 'Refunds']);
    expect(commits).toHaveLength(1);
    expect(commits[0]?.plan?.actions.map(({ path }) => path)).toEqual([MANIFEST]);
    expect([...repository.files().keys()].sort()).toEqual([...good.keys()].sort());
    expect(manifestEntries(repository.files())).toHaveLength(3);
    expect((await run()).commits).toEqual([]);
  });

  it('that is missing is rebuilt from the file that lies in its place, not from a copy or the archive', async () => {
    const { postman, repository, run } = createStory();
    const orders = postman.add('orders');
    await run();
    const good = repository.files().get(pathOf('orders')) ?? '';
    const copies = {
      [pathOf('A copy')]: good,
      [`${DIRECTORY}/_archive/orders.postman_collection.json`]: good,
    };
    // Git lists by name: both come before the file itself.
    const files = { ...copies, [pathOf('orders')]: good };
    repository.push({ [MANIFEST]: undefined, [pathOf('orders')]: undefined });
    repository.push(files);

    const { outcomeOf, commits } = await run();

    expect(outcomeOf(orders)).toMatchObject({ status: 'unchanged', path: pathOf('orders') });
    expect(commits[0]?.plan?.actions.map(({ path }) => path)).toEqual([MANIFEST]);
  });

  it('is not written for a team that has nothing yet', async () => {
    const { repository, run } = createStory();

    expect((await run()).report.exitCode).toBe(0);
    expect(repository.commits).toEqual([]);
  });
});

function emptyManifest(): string {
  return JSON.stringify({ version: 1, resources: {} });
}

it('a file that was adopted is in the manifest after the run that adopted it', async () => {
  const { postman, repository, run } = createStory();
  postman.add('Refunds');
  await run();
  const orders = postman.add('Orders');
  await run();
  const whole = repository.files();
  const manifest = JSON.parse(whole.get(MANIFEST) ?? '');
  delete manifest.resources.collections[orders.uuid];
  repository.push({ [MANIFEST]: JSON.stringify(manifest) });

  await run();

  expect(repository.files().get(MANIFEST)).toBe(whole.get(MANIFEST));
  expect((await run()).commits).toEqual([]);
});

it('a file name for one collection is refused when several are selected', async () => {
  const { postman, run } = createStory();
  postman.add('Orders');
  postman.add('Refunds');
  const { report, commits } = await run({ kinds: ['collections'], filename: 'orders.json' });
  expect([report.error?.code, commits]).toEqual(['CONFIG_INVALID', []]);
});
