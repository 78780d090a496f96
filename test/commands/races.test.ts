/** Somebody else commits to the branch while a backup is under way. */
import { expect, it } from 'vitest';
import { createStory, MANIFEST, pathOf } from './story.ts';

it('reads and plans again when the branch moved, and keeps what the other one did', async () => {
  const { postman, repository, run } = createStory();
  const orders = postman.add('Orders');
  await run();
  postman.edit(orders, { text: 'Edited.' });
  let others = 0;
  repository.beforeApply = () => {
    if (others++ === 0) {
      repository.push({ 'README.md': 'A note of somebody.' });
    }
  };

  const { commits, report } = await run();

  expect(report.exitCode).toBe(0);
  expect(commits).toHaveLength(1);
  expect(repository.files().get('README.md')).toBe('A note of somebody.');
  expect(repository.files().get(pathOf('Orders'))).toContain('Edited.');
});

it('leaves a file that somebody put in the way meanwhile, and takes another name', async () => {
  const { postman, repository, run } = createStory();
  const orders = postman.add('Orders');
  let others = 0;
  repository.beforeApply = () => {
    if (others++ === 0) {
      repository.push({ [pathOf('Orders')]: 'Notes about orders.' });
    }
  };

  const { outcomeOf } = await run();

  expect(repository.files().get(pathOf('Orders'))).toBe('Notes about orders.');
  expect(outcomeOf(orders)?.path).toBe(pathOf(`Orders (${orders.uuid.slice(0, 8)})`));
});

it('makes no second commit when a sibling did the same work meanwhile', async () => {
  const { postman, repository, run } = createStory();
  const orders = postman.add('Orders');
  const sibling = createStory({ postman, repository });
  const { apply } = repository;
  repository.apply = async (plan) => {
    repository.apply = apply;
    await sibling.run();
    return apply(plan);
  };

  const { outcomeOf, report } = await run();

  expect(repository.commits).toHaveLength(1);
  expect(outcomeOf(orders)?.status).toBe('unchanged');
  expect(report.exitCode).toBe(0);
});

it('writes nothing from memory over a file that was changed after it had been compared', async () => {
  const { postman, repository, run } = createStory();
  const quiet = postman.add('Orders');
  const edited = postman.add('Refunds');
  await run();
  postman.edit(edited, { text: 'Edited.' });
  let others = 0;
  repository.beforeApply = () => {
    if (others++ === 0) {
      repository.push({ [pathOf('Orders')]: 'Changed by hand.' });
    }
  };

  const { outcomeOf } = await run({}, { drifted: pathOf('Orders') });
  expect(repository.files().get(pathOf('Orders'))).toBe('Changed by hand.');
  expect(outcomeOf(quiet)?.status).toBe('unverified');
  expect(outcomeOf(edited)?.status).toBe('changed');

  const next = await run();
  expect(next.outcomeOf(quiet)).toMatchObject({ changes: ['repaired'] });
  expect(repository.files().get(pathOf('Orders'))).toContain('About Orders.');
});

it('gives up after five tries, with the branch as the others left it', async () => {
  const { postman, repository, run } = createStory();
  postman.add('Orders');
  let tries = 0;
  repository.beforeApply = () => repository.push({ 'log.txt': `${++tries}` });

  const { report } = await run();

  expect(report).toMatchObject({ exitCode: 24, error: { code: 'BRANCH_KEPT_MOVING' } });
  expect(tries).toBe(5);
  expect([...repository.files().keys()]).toEqual(['log.txt']);
});

it('rebuilds the manifest when somebody deletes it between reading and committing', async () => {
  const { postman, repository, run } = createStory();
  const orders = postman.add('Orders');
  postman.add('Refunds');
  await run();
  postman.edit(orders, { text: 'Edited.' });
  let others = 0;
  repository.beforeApply = () => {
    if (others++ === 0) {
      repository.push({ [MANIFEST]: undefined });
    }
  };

  const { commits, report } = await run();

  expect(report.exitCode).toBe(0);
  expect(commits).toHaveLength(1);
  expect(repository.files().size).toBe(3);
  expect((await run()).commits).toEqual([]);
});
