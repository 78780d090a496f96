/** What a run says of each resource that it writes: what differs from what the branch held, by names and no values. */
import { describe, expect, it } from 'vitest';
import { KnownError } from '../../src/errors.ts';
import { createStory, DIRECTORY, pathOf } from './story.ts';

type Story = ReturnType<typeof createStory>;

/** @returns the ids that were read after this. */
function watchReads({ repository }: Story): string[] {
  const read: string[] = [];
  const { readBlob } = repository;
  repository.readBlob = async (id) => {
    read.push(id);
    return readBlob(id);
  };
  return read;
}

/** A story in which "Orders" lies on the branch, and was edited since. */
async function edited() {
  const story = createStory();
  const orders = story.postman.add('Orders');
  await story.run();
  story.postman.edit(orders, { text: 'Another text.', requests: 2 });
  return { ...story, orders };
}

const DESCRIPTION = { piece: 'resource', change: 'edited', fields: ['description'] };
const PING = { piece: 'request', name: 'Ping', change: 'added' };

describe('a collection that was edited', () => {
  it.each([false, true])('is described by its differences (dry run: %s)', async (dryRun) => {
    const { run, orders } = await edited();
    const { outcomeOf, commits } = await run({ dryRun });
    expect(outcomeOf(orders)?.differences).toMatchObject([PING, DESCRIPTION]);
    expect(commits.map(({ message }) => message)).toEqual(
      dryRun
        ? []
        : [expect.stringContaining('\n  collection: changed description\n  requests: added "Ping"\n')],
    );
  });

  it('is committed when its old content is no JSON', async () => {
    const { run, orders, repository } = await edited();
    repository.push({ [pathOf('Orders')]: 'Mine now.' });
    const { outcomeOf, commits } = await run();
    expect(outcomeOf(orders)).toMatchObject({ status: 'changed', notCompared: 'unreadable' });
    expect(commits[0]?.message).toContain('\n  not compared: its old content could not be read\n');
  });

  it('is committed when its old content cannot be read', async () => {
    const { run, orders, repository } = await edited();
    const { readBlob } = repository;
    let reads = 0;
    repository.readBlob = async (id) => {
      if (++reads > 1) {
        throw new KnownError('GITLAB_UNAVAILABLE', 'down');
      }
      // The manifest.
      return readBlob(id);
    };
    const { outcomeOf, commits } = await run();
    expect(outcomeOf(orders)).toMatchObject({ status: 'changed', notCompared: 'unreadable' });
    expect([commits.length, reads]).toEqual([1, 2]);
  });

  it('is not committed when the run is stopped while its old content is read', async () => {
    const { run, repository } = await edited();
    const { readBlob } = repository;
    let reads = 0;
    repository.readBlob = (id) =>
      ++reads > 1 ? Promise.reject(new KnownError('STOPPED', 'stopped')) : readBlob(id);
    expect((await run()).report.error?.code).toBe('STOPPED');
    expect(repository.commits).toHaveLength(1);
  });

  it('is not compared when it is large', async () => {
    const { run, orders, postman } = await edited();
    postman.edit(orders, { text: 'x'.repeat(4 * 1024 * 1024) });
    const { outcomeOf } = await run();
    expect(outcomeOf(orders)).toMatchObject({ status: 'changed', notCompared: 'size' });
  });

  it('is read once, however often its commit is tried', async () => {
    const story = await edited();
    const { repository, run, orders } = story;
    const read = watchReads(story);
    let moves = 2;
    repository.beforeApply = () => {
      if (moves-- > 0) {
        repository.push({ [`note ${moves}.md`]: 'x' });
      }
    };
    const { outcomeOf } = await run();
    expect(outcomeOf(orders)?.differences).toMatchObject([PING, DESCRIPTION]);
    // The manifest at each of three tries.
    expect(read).toHaveLength(3 + 1);
  });
});

it('compares a hundred resources in a run, and what is new takes nothing from them', async () => {
  const story = createStory();
  const { postman, run } = story;
  const many = Array.from({ length: 101 }, (_, index) => postman.add(`Number ${index}`));
  await run();
  const fresh = postman.add('Fresh');
  for (const one of many) {
    postman.edit(one, { text: 'Another text.' });
  }
  const read = watchReads(story);

  const { outcomeOf } = await run();

  expect(many.map((one) => outcomeOf(one)?.notCompared)).toEqual([...Array(100).fill(undefined), 'limit']);
  expect(outcomeOf(fresh)).toMatchObject({ changes: ['added'] });
  expect(outcomeOf(fresh)?.differences).toMatchObject([{ change: 'added' }]);
  expect(read).toHaveLength(1 + 100);
});

it('reads two hundred old files in a run, and begins with none that has more', async () => {
  const story = createStory();
  const { postman, run } = story;
  const files = (count: number, text: string) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`${index}.yaml`, `${text} ${index}\n`]));
  const specs = [201, 150, 150].map((count) => ({
    count,
    spec: postman.add(`Spec ${count}`, { kind: 'specs', files: files(count, 'old') }),
  }));
  await run({ kinds: ['specs'] });
  for (const { spec, count } of specs) {
    postman.edit(spec, { files: files(count, 'new') });
  }
  const read = watchReads(story);

  const { outcomeOf } = await run({ kinds: ['specs'] });

  expect(specs.map(({ spec }) => outcomeOf(spec)?.notCompared).toSorted()).toEqual([
    'limit',
    'size',
    undefined,
  ]);
  expect(read).toHaveLength(1 + 150);
});

it('reads no more of an old version than the size that it compares', async () => {
  const story = createStory();
  const { postman, run } = story;
  const files = (text: string) =>
    Object.fromEntries(['a', 'b', 'c'].map((name) => [`${name}.yaml`, `${name}${text}`]));
  const spec = postman.add('Large', { kind: 'specs', files: files('x'.repeat(3 * 1024 * 1024)) });
  await run({ kinds: ['specs'] });
  postman.edit(spec, { files: files('') });
  const read = watchReads(story);

  const { outcomeOf } = await run({ kinds: ['specs'] });

  expect(outcomeOf(spec)?.notCompared).toBe('size');
  expect(read).toHaveLength(1 + 2);
});

it('reads of a folder only the files that are written anew', async () => {
  const story = createStory();
  const { postman, run, repository } = story;
  const files = { 'openapi.yaml': 'openapi: 3.0.3\n', 'order.yaml': 'type: object\n' };
  const spec = postman.add('Payments', { kind: 'specs', files });
  await run({ kinds: ['specs'] });
  postman.edit(spec, { files: { ...files, 'order.yaml': 'type: string\n' } });
  const read = watchReads(story);

  const { outcomeOf } = await run({ kinds: ['specs'] });

  expect(outcomeOf(spec)?.differences).toMatchObject([
    { piece: 'file', name: 'order.yaml', change: 'edited', fields: ['content'] },
  ]);
  expect(read).toHaveLength(2);
  expect(repository.files().get(`${DIRECTORY}/Payments.spec/order.yaml`)).toBe('type: string\n');
});

it('tells neither a value of an older version nor a secret in its names', async () => {
  const story = createStory();
  const { postman, run, repository } = story;
  const secret = 'the-secret-of-staging';
  const staging = postman.add('Staging', { kind: 'environments', secret });
  const orders = postman.add('Orders');
  await run({ secrets: 'keep' });
  const key = `ghp_${'aB3dE6gH9'.repeat(4)}`;
  const before = repository.files().get(pathOf('Orders')) ?? '';
  repository.push({ [pathOf('Orders')]: before.replace('"Ping"', `"Ping ${key}"`) });

  const { result, outcomeOf, commits } = await run();

  expect(outcomeOf(staging)?.differences).toMatchObject([{ name: 'token', fields: ['value'] }]);
  expect(outcomeOf(orders)?.differences).toMatchObject([{ name: 'Ping', change: 'renamed' }]);
  const told = JSON.stringify(result) + commits.map(({ message }) => message).join();
  expect(told).not.toContain(secret);
  expect(told).not.toContain(key);
});

it('says of a file whose bytes were formatted by hand that its content is the same', async () => {
  const { postman, run, repository } = createStory();
  const orders = postman.add('Orders');
  await run();
  const text = repository.files().get(pathOf('Orders')) ?? '';
  repository.push({ [pathOf('Orders')]: JSON.stringify(JSON.parse(text)) });

  const { outcomeOf, commits } = await run();

  expect(outcomeOf(orders)).toMatchObject({ changes: ['repaired'], differences: [] });
  expect(commits[0]?.message).toContain('\n  the content is the same; its files are written anew\n');
});
