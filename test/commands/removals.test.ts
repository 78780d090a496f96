/** Resources that are gone from Postman. */
import { expect, it } from 'vitest';
import { KnownError } from '../../src/errors.ts';
import { createStory, DIRECTORY, pathOf } from './story.ts';

async function afterRemoving(count: number, settings: Parameters<ReturnType<typeof createStory>['run']>[0]) {
  const story = createStory();
  const { postman, run } = story;
  const gone = Array.from({ length: count }, (_, index) => postman.add(`Gone ${index}`));
  postman.add('Orders');
  await run();
  for (const one of gone) {
    postman.remove(one);
  }
  return { ...story, gone, night: await run(settings) };
}

it('keeps the file by default, says so, and makes no commit for it', async () => {
  const { night, gone, repository } = await afterRemoving(1, {});

  expect(night.report).toMatchObject({ status: 'unchanged', exitCode: 0 });
  expect(gone.map(night.outcomeOf)).toMatchObject([{ status: 'kept', note: 'gone from Postman' }]);
  expect(repository.files().has(pathOf('Gone 0'))).toBe(true);
});

it('archives by moving the file, once, and brings it back when the resource comes back', async () => {
  const { night, gone, repository, postman, run } = await afterRemoving(1, { removed: 'archive' });
  const archived = `${DIRECTORY}/_archive/Gone 0.postman_collection.json`;

  expect(gone.map(night.outcomeOf)).toMatchObject([{ changes: ['archived'], path: archived }]);
  expect(repository.files().has(archived)).toBe(true);
  expect(repository.files().has(pathOf('Gone 0'))).toBe(false);
  expect((await run({ removed: 'archive' })).commits).toEqual([]);

  postman.resources.push(...gone);
  await run({ removed: 'archive' });
  expect(repository.files().has(archived)).toBe(false);
  expect(repository.files().get(pathOf('Gone 0'))).toContain('About Gone 0.');
});

it('deletes when told to', async () => {
  const { night, gone, repository } = await afterRemoving(1, { removed: 'delete' });

  expect(gone.map(night.outcomeOf)).toMatchObject([{ changes: ['removed'] }]);
  expect(repository.files().has(pathOf('Gone 0'))).toBe(false);
});

it('refuses to remove more than the guard allows, commits everything else, and ends as refused', async () => {
  const { night, gone, repository, postman, run } = await afterRemoving(11, { removed: 'delete' });

  expect(night.report).toMatchObject({ status: 'refused', exitCode: 26 });
  expect(night.outcomeOf(gone[0] ?? postman.add('never'))).toMatchObject({ code: 'REMOVAL_REFUSED' });
  expect(repository.files().size).toBe(13);

  await run({ removed: 'delete', maxRemovals: 11 });
  expect(repository.files().size).toBe(2);
});

it('lets the last of a kind go only when the number is set', async () => {
  const { postman, repository, run } = createStory();
  const only = postman.add('Orders');
  postman.add('Staging', { kind: 'environments' });
  await run();
  postman.remove(only);

  expect((await run({ removed: 'delete' })).report.exitCode).toBe(26);
  expect(repository.files().has(pathOf('Orders'))).toBe(true);
  expect((await run({ removed: 'delete', maxRemovals: 1 })).report.exitCode).toBe(0);
  expect(repository.files().has(pathOf('Orders'))).toBe(false);
});

it('does not take what is no longer selected for gone', async () => {
  const { postman, repository, run } = createStory();
  const orders = postman.add('Orders');
  postman.add('Refunds');
  await run();

  const { outcomeOf, commits } = await run({ collection: ['Refunds'], removed: 'delete' });

  expect(outcomeOf(orders)).toMatchObject({ status: 'kept', note: 'not selected' });
  expect(commits).toEqual([]);
  expect(repository.files().has(pathOf('Orders'))).toBe(true);
});

it('keeps what is gone while what has its name now cannot be fetched', async () => {
  const { postman, repository, run } = createStory();
  const old = postman.add('Orders');
  postman.add('Refunds');
  await run();
  postman.remove(old);
  const young = postman.add('Orders', { uuid: 'ffffffff-0000-4000-8000-000000000000' });
  postman.failures.set(young.uuid, new KnownError('POSTMAN_UNAVAILABLE', 'Postman is not available (500).'));

  const { outcomeOf } = await run({ removed: 'delete' });
  expect(repository.files().has(pathOf('Orders'))).toBe(true);
  expect(outcomeOf(old)).toMatchObject({ status: 'kept', note: expect.stringContaining('it stays until') });

  postman.failures.clear();
  await run({ removed: 'delete' });
  expect(repository.files().get(pathOf('Orders'))).toContain('ffffffff');
});
