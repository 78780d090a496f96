/** Secret values, and runs that must write nothing. */
import { expect, it } from 'vitest';
import { createStory, pathOf } from './story.ts';

const VALUE = 'tide-table-1887';

function allText(files: Iterable<readonly { readonly files: ReadonlyMap<string, string> }[]>): string {
  return [...files].flatMap((commits) => commits.map((one) => [...one.files.values()].join())).join();
}

it('redacts secret values, and a value that changed is no change', async () => {
  const { postman, repository, run } = createStory();
  const orders = postman.add('Orders', { secret: VALUE });
  postman.add('Staging', { kind: 'environments', secret: VALUE });

  const { outcomeOf, log } = await run();
  postman.edit(orders, { secret: `${VALUE}-rotated` });
  const second = await run();

  expect(outcomeOf(orders)?.findings).toEqual([{ rule: 'secret-variable', path: '$.variable[0].value' }]);
  expect(second.commits).toEqual([]);
  expect(allText([repository.commits])).not.toContain(VALUE);
  expect(JSON.stringify(outcomeOf(orders)) + log).not.toContain(VALUE);
});

it('keeps them when told to', async () => {
  const { postman, repository, run } = createStory();
  postman.add('Orders', { secret: VALUE });

  await run({ secrets: 'keep' });

  expect(repository.files().get(pathOf('Orders'))).toContain(VALUE);
});

it('writes nothing at all with `secrets: fail`, names where they are, and ends as refused', async () => {
  const { postman, repository, run } = createStory();
  const secretive = postman.add('Orders', { secret: VALUE });
  const innocent = postman.add('Refunds');

  const { report, outcomeOf } = await run({ secrets: 'fail' });

  expect(report).toMatchObject({ status: 'refused', exitCode: 26 });
  expect(repository.commits).toEqual([]);
  expect(outcomeOf(secretive)).toMatchObject({ status: 'refused', code: 'SECRETS_FOUND' });
  expect(outcomeOf(secretive)?.findings).toHaveLength(1);
  expect(outcomeOf(innocent)?.status).toBe('unverified');
});

it('still refuses with `secrets: fail` when an earlier night had kept them', async () => {
  const { postman, run } = createStory();
  postman.add('Orders', { secret: VALUE });
  await run({ secrets: 'keep' });

  const { report, commits } = await run({ secrets: 'fail' });

  expect(report.exitCode).toBe(26);
  expect(commits).toEqual([]);
});

it('commits with `secrets: fail` when there are none, in commits of at most 16 MB', async () => {
  const { postman, run } = createStory();
  for (const letter of 'abcdef') {
    postman.add(`Collection ${letter}`, { text: letter.repeat(4_000_000) });
  }

  const { report, commits } = await run({ secrets: 'fail' });

  expect(report.exitCode).toBe(0);
  expect(commits).toHaveLength(2);
});

it('only tells in a dry run, and exits 0 whatever it finds', async () => {
  const { postman, repository, run } = createStory();
  const orders = postman.add('Orders');
  await run();
  postman.edit(orders, { text: 'Edited.' });
  postman.add('Refunds');
  const before = repository.commits.length;

  const { report, result } = await run({ dryRun: true });

  expect(report).toMatchObject({ status: 'dry-run', exitCode: 0 });
  expect(result?.outcomes).toMatchObject([
    { name: 'Orders', changes: ['updated'] },
    { name: 'Refunds', changes: ['added'] },
  ]);
  expect(repository.commits).toHaveLength(before);
  expect((await run()).commits).toHaveLength(1);
});

it('leaves a secret out of a commit message that stands in the name of something else', async () => {
  const { postman, run } = createStory();
  const value = 'kQ8-zT41-vMw0-Lp27-xR55';
  postman.add('Staging', { kind: 'environments', secret: value });
  postman.add(`Orders with ${value}`);

  const { commits } = await run();

  expect(commits[0]?.message).toContain('added collection "Orders with [masked]"');
});

it('takes a key out of a name before it is a path, and refuses it with `secrets: fail`', async () => {
  const key = ['PMAK', 'c0ffee'.repeat(4), `${'5eed'.repeat(8)}42`].join('-');
  const { postman, repository, run } = createStory();
  postman.add(`Orders ${key}`);

  const refused = await run({ secrets: 'fail' });
  expect(refused.report).toMatchObject({ status: 'refused', exitCode: 26 });
  expect(refused.commits).toEqual([]);

  const { result, commits } = await run();
  expect(JSON.stringify([...repository.files()]) + commits[0]?.message).not.toContain(key);
  expect(result?.warnings).toEqual([expect.stringContaining('There are secrets in names')]);
  expect((await run()).commits).toEqual([]);
});
