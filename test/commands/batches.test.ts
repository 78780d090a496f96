/** Runs whose content is too large for one commit: several, each whole with its manifest. */
import { expect, it } from 'vitest';
import { KnownError } from '../../src/errors.ts';
import { createStory, manifestEntries, pathOf } from './story.ts';

const MEGABYTE = 1024 * 1024;
const MOST = 16 * MEGABYTE;
const big = (letter: string, megabytes = 3) => letter.repeat(megabytes * MEGABYTE);

function contentBytes(actions: readonly { readonly path: string; readonly content?: Buffer }[] = []): number {
  const files = actions.filter(({ path }) => path.endsWith('_collection.json'));
  return files.reduce((bytes, { content }) => bytes + (content?.length ?? 0), 0);
}

it('splits more than 16 MB into commits of at most 16 MB, each of which is whole', async () => {
  const { postman, repository, run } = createStory();
  for (const letter of 'abcdefghijkl') {
    postman.add(`Collection ${letter}`, { text: big(letter) });
  }

  const { commits, report } = await run();

  // The story looks at each commit's manifest; here it must also name all that has come so far.
  expect(commits.map(({ files }) => manifestEntries(files).length)).toEqual([5, 10, 12]);
  for (const { plan } of commits) {
    expect(contentBytes(plan?.actions)).toBeLessThanOrEqual(MOST);
  }
  expect(new Set(commits.map(({ plan }) => plan?.runId)).size).toBe(3);
  expect(report.status).toBe('changed');
  expect(repository.files().size).toBe(13);
  expect((await run()).commits).toEqual([]);
});

it('makes one commit of small changes, however large the unchanged rest is', async () => {
  const { postman, run } = createStory();
  for (const letter of 'abcdefghijkl') {
    postman.add(`Collection ${letter}`, { text: big(letter) });
  }
  await run();
  const [first, , , , , , , , , , , last] = postman.resources;
  for (const one of [first, last]) {
    if (one !== undefined) {
      postman.edit(one, { text: 'Short now.' });
    }
  }

  const { commits, fetched } = await run();

  expect(fetched).toHaveLength(12);
  expect(commits).toHaveLength(1);
  expect(commits[0]?.plan?.actions).toHaveLength(3);
});

it('swaps names across commits without losing either file', async () => {
  const { postman, repository, run } = createStory();
  const one = postman.add('Orders', { text: big('o', 9) });
  const other = postman.add('Refunds', { text: big('r', 9) });
  await run();
  postman.edit(one, { name: 'Refunds' });
  postman.edit(other, { name: 'Orders' });

  const { commits } = await run();

  expect(repository.files().get(pathOf('Refunds'))).toContain('oooo');
  expect(repository.files().get(pathOf('Orders'))).toContain('rrrr');
  expect(repository.files().size).toBe(3);
  // A swap cannot be cut in two: it is one commit, although it is large.
  expect(commits).toHaveLength(1);
  expect((await run()).commits).toEqual([]);
});

it('moves a chain of names along, whichever end is fetched first', async () => {
  for (const order of [
    ['A', 'B', 'C'],
    ['C', 'B', 'A'],
  ]) {
    const { postman, repository, run } = createStory();
    for (const name of order) {
      postman.add(name, { text: big(name.toLowerCase(), 7) });
    }
    await run();
    for (const resource of postman.resources) {
      postman.edit(resource, { name: { A: 'B', B: 'C' }[resource.name] ?? 'D' });
    }

    const { commits } = await run();

    for (const { name, text } of postman.resources) {
      expect(repository.files().get(pathOf(name)), `${order.join()} ${name}`).toContain(text);
    }
    expect(repository.files().size).toBe(4);
    expect(commits.length).toBeGreaterThanOrEqual(1);
    expect((await run()).commits, order.join()).toEqual([]);
  }
});

it('does not give the name of a resource that failed to another one', async () => {
  const { postman, repository, run } = createStory();
  const failing = postman.add('Orders');
  const other = postman.add('Refunds');
  await run();
  postman.edit(failing, { name: 'Orders v2' });
  postman.edit(other, { name: 'Orders' });
  postman.failures.set(failing.uuid, new KnownError('RESOURCE_INVALID', 'half a body'));

  const { outcomeOf } = await run();

  expect(repository.files().get(pathOf('Orders'))).toContain('About Orders.');
  expect(outcomeOf(other)?.path).toBe(pathOf(`Orders (${other.uuid.slice(0, 8)})`));

  postman.failures.clear();
  await run();
  expect(repository.files().get(pathOf('Orders v2'))).toContain('About Orders.');
});

it('keeps what earlier commits of the run brought when a later one is refused', async () => {
  const { postman, repository, run } = createStory();
  for (const letter of 'abcdefgh') {
    postman.add(`Collection ${letter}`, { text: big(letter) });
  }
  const { apply } = repository;
  let tries = 0;
  repository.apply = async (plan) => {
    if (++tries === 2) {
      throw new KnownError('GITLAB_BRANCH_PROTECTED', 'protected since a minute ago');
    }
    return apply(plan);
  };

  const { report, result } = await run();

  expect(report).toMatchObject({ exitCode: 21, error: { code: 'GITLAB_BRANCH_PROTECTED' } });
  expect(result?.commits).toHaveLength(1);
  expect(result?.outcomes.filter(({ status }) => status === 'changed')).toHaveLength(5);
  expect(manifestEntries(repository.files())).toHaveLength(5);

  repository.apply = apply;
  expect((await run()).fetched).toHaveLength(8);
  expect(manifestEntries(repository.files())).toHaveLength(8);
});

it('halves a commit that is too large for a proxy, and fails only what is too large alone', async () => {
  const { postman, repository, run } = createStory();
  for (const letter of 'abcdefgh') {
    postman.add(`Collection ${letter}`, { text: big(letter, 1) });
  }
  const huge = postman.add('Huge', { text: big('h', 5) });
  repository.beforeApply = (plan) => {
    if (contentBytes(plan.actions) > 4 * MEGABYTE) {
      throw new KnownError('GITLAB_PAYLOAD_TOO_LARGE', 'The commit is too large (413).');
    }
  };

  const { commits, report, outcomeOf } = await run();

  expect(commits.length).toBeGreaterThan(1);
  expect(repository.files().size).toBe(9);
  expect(outcomeOf(huge)).toMatchObject({ status: 'failed', code: 'GITLAB_PAYLOAD_TOO_LARGE' });
  expect(report).toMatchObject({ status: 'partial', exitCode: 25 });

  repository.beforeApply = () => undefined;
  expect((await run()).commits).toHaveLength(1);
  expect(repository.files().size).toBe(10);
});
