/** What a run leaves behind when Postman fails: the last good files, everything else committed, the right exit code. */
import { expect, it } from 'vitest';
import { KnownError } from '../../src/errors.ts';
import { createStory, manifestEntries, pathOf } from './story.ts';

const unavailable = new KnownError('POSTMAN_UNAVAILABLE', 'Postman is not available (503).');
const notFound = new KnownError('RESOURCE_NOT_FOUND', 'Postman does not find it (404).');
const exhausted = new KnownError('POSTMAN_QUOTA_EXHAUSTED', 'no calls left.');
const refused = new KnownError('POSTMAN_KEY_REFUSED', 'Postman refused the API key (401).');

it('leaves the last good file of what failed, commits the rest, and ends as partial', async () => {
  const { postman, repository, run } = createStory();
  const broken = postman.add('Orders');
  const fine = postman.add('Refunds');
  await run();
  const good = repository.files().get(pathOf('Orders'));
  postman.edit(broken, { text: 'Never seen.', name: 'Orders v2' });
  postman.edit(fine, { text: 'Seen.' });
  postman.failures.set(broken.uuid, notFound);

  const { report, commits, outcomeOf } = await run();

  expect(report).toMatchObject({ status: 'partial', exitCode: 25 });
  expect(outcomeOf(broken)).toMatchObject({ status: 'failed', code: 'RESOURCE_NOT_FOUND' });
  expect(commits.map(({ message }) => message)).toEqual([
    expect.stringMatching(/\nBackup-Failed: 1\nBackup-Run: [^\n]+\n$/),
  ]);
  expect(repository.files().get(pathOf('Orders'))).toBe(good);
  expect(repository.files().get(pathOf('Refunds'))).toContain('Seen.');
  expect(manifestEntries(repository.files())).toHaveLength(2);
});

it('takes no body of another collection for this one', async () => {
  const { postman, repository, run } = createStory();
  const orders = postman.add('Orders');
  const refunds = postman.add('Refunds');
  await run();
  const before = new Map(repository.files());
  const { fetch } = postman.source;
  postman.source.fetch = (ref) => fetch(ref.uuid === orders.uuid ? { ...ref, uuid: refunds.uuid } : ref);

  const { report, outcomeOf } = await run();

  expect(report.exitCode).toBe(25);
  expect(outcomeOf(orders)).toMatchObject({ status: 'failed', code: 'RESOURCE_INVALID' });
  expect(repository.files()).toEqual(before);
});

it('ends as unavailable when nothing could be fetched, commits nothing, and stops asking', async () => {
  const { postman, repository, run } = createStory();
  for (let number = 0; number < 30; number++) {
    postman.failures.set(postman.add(`Collection ${number}`).uuid, unavailable);
  }

  const { report, fetched } = await run();

  expect(report).toMatchObject({ status: 'failed', exitCode: 22 });
  expect(repository.commits).toEqual([]);
  expect(fetched.length).toBeLessThan(20);
});

it('commits what was fetched when the quota is used up half-way, and calls no more', async () => {
  const { postman, repository, run } = createStory();
  for (let number = 0; number < 40; number++) {
    postman.add(`Collection ${String(number).padStart(2, '0')}`);
  }
  for (const { uuid } of postman.resources.slice(10)) {
    postman.failures.set(uuid, exhausted);
  }

  const { report, fetched, commits, result } = await run();

  expect(report).toMatchObject({ status: 'partial', exitCode: 23 });
  expect(commits).toHaveLength(1);
  expect(manifestEntries(repository.files())).toHaveLength(10);
  // The first ten, the one that was refused, and what was under way beside it.
  expect(fetched.length).toBeLessThanOrEqual(10 + 8);
  expect(result?.outcomes.filter(({ code }) => code === 'POSTMAN_QUOTA_EXHAUSTED')).toHaveLength(30);
});

it('commits nothing when the key is refused half-way', async () => {
  const { postman, repository, run } = createStory();
  postman.add('Orders');
  postman.failures.set(postman.add('Refunds').uuid, refused);

  const { report, log } = await run();

  expect(report).toMatchObject({ status: 'failed', exitCode: 21, error: { code: 'POSTMAN_KEY_REFUSED' } });
  expect(repository.commits).toEqual([]);
  expect(log).toContain('2 resources in Payments; 2 to fetch.');
});

it('removes nothing on a doubtful listing, and ends as partial', async () => {
  const { postman, repository, run } = createStory();
  const gone = postman.add('Orders');
  postman.add('Refunds');
  await run();
  postman.remove(gone);
  postman.doubt('collections', 'the list names 1 of 2');

  const doubtful = await run({ removed: 'delete' });
  postman.doubt('collections', undefined);
  const certain = await run({ removed: 'delete' });

  expect(doubtful.report).toMatchObject({ status: 'partial', exitCode: 25 });
  expect(doubtful.result?.outcomes.map(({ code }) => code)).toContain('LISTING_INCOMPLETE');
  expect(doubtful.commits).toEqual([]);
  expect(certain.commits).toHaveLength(1);
  expect(repository.files().has(pathOf('Orders'))).toBe(false);
});

it('skips what only the workspace names and the API does not give', async () => {
  const { postman, run } = createStory();
  postman.add('Orders');
  const foreign = postman.add('A socket');
  postman.failures.set(foreign.uuid, notFound);
  const { list } = postman.source;
  postman.source.list = async (scope) => {
    const inventory = await list(scope);
    const unlisted = inventory.listings.map((listing) => ({
      ...listing,
      refs: listing.refs.map((ref) =>
        ref.uuid === foreign.uuid ? { ...ref, unlisted: true as const } : ref,
      ),
    }));
    return { ...inventory, listings: unlisted };
  };

  const { report, outcomeOf } = await run();

  expect(report.exitCode).toBe(0);
  expect(outcomeOf(foreign)?.status).toBe('skipped');
});
