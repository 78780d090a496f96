/** Backups read back from any commit of a real repository. */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readSnapshots } from '../../../src/commands/read-snapshot.ts';
import { type GitHistory, openGitHistory } from '../../../src/git/history.ts';
import { ORDERS, ordersCollection, uuid } from '../../unit/snapshot/samples.ts';
import { type Backed, backupFiles } from './backup-files.ts';
import { createPlace, type Place } from './fixture.ts';

let place: Place;
let work: string;
let histories: GitHistory[];

async function begin(): Promise<void> {
  place = await createPlace();
  work = `${place.root}/work`;
  histories = [];
  await inRoot('init', '--quiet', '--initial-branch=main', work);
}

async function end(): Promise<void> {
  for (const history of histories) {
    await history.close();
  }
  expect(await place.remove()).toEqual([]);
}

const inRoot = (...args: string[]) => place.git(...args);
const inWork = (...args: string[]) => place.git('-C', work, ...args);

const orders = (name = 'Orders'): Backed => {
  const body = ordersCollection();
  return {
    ...{ kind: 'collections', uuid: ORDERS, name, path: `${name}.postman_collection.json` },
    body: { ...body, info: { ...body.info, name } },
  };
};
const petSpec: Backed = {
  ...{ kind: 'specs', uuid: uuid('5bec'), name: 'Pets', path: 'Pets.spec', workspace: 'w2' },
  body: {
    ...{ id: uuid('5bec'), name: 'Pets', type: 'OPENAPI:3.0' },
    files: [{ path: 'index.yaml', type: 'ROOT', content: 'openapi: 3.0.0\n' }],
  },
};

/** @param day of November 2026, at noon. */
async function commit(
  message: string,
  day: number,
  files: Readonly<Record<string, string>>,
): Promise<string> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(work, path)), { recursive: true });
    await writeFile(join(work, path), content);
  }
  await inWork('add', '--all');
  const date = `2026-11-${String(day).padStart(2, '0')}T12:00:00Z`;
  // git takes the committer's date from nowhere but its environment.
  const alias = `alias.at=!GIT_COMMITTER_DATE=${date} git commit --quiet --allow-empty --message`;
  await inWork('-c', alias, 'at', message);
  return inWork('rev-parse', 'HEAD');
}

function open(url = work): GitHistory {
  const env = { PATH: process.env['PATH'] };
  const history = openGitHistory({ url, env, temporaryDirectory: place.temporary, retryDelays: [] });
  histories.push(history);
  return history;
}

async function read(options: Parameters<typeof readSnapshots>[1] = {}, history = open()) {
  const [snapshot, ...others] = await readSnapshots(history, options);
  if (snapshot === undefined || others.length > 0) {
    throw new Error('not one snapshot');
  }
  return snapshot;
}

const namesIn = (snapshot: Awaited<ReturnType<typeof read>>) => snapshot.resources.map(({ name }) => name);
const at = (text: string) => new Date(text);

describe('which commit is read', () => {
  let first: string;
  let second: string;
  let third: string;

  afterAll(end);
  beforeAll(async () => {
    await begin();
    first = await commit('Back up\n\nBackup-Run: 1', 1, await backupFiles('p', [orders('Old')]));
    await inWork('tag', '--annotate', '--message', 'A release', 'v1');
    await inWork('tag', 'light');
    await inWork('branch', 'side');
    await rm(join(work, 'p'), { recursive: true });
    second = await commit('Back up\n\nBackup-Run: 2', 10, await backupFiles('p', [orders('New')]));
    await inWork('checkout', '--quiet', 'side');
    third = await commit('On the side', 11, await backupFiles('p', [orders('Side')]));
    await inWork('checkout', '--quiet', 'main');
  });

  it('is the tip of the default branch when nobody says anything', async () => {
    expect(await read()).toMatchObject({ ref: 'main', commit: second, date: at('2026-11-10T12:00:00Z') });
  });

  it('is that of a branch or a tag', async () => {
    expect(await read({ ref: 'side' })).toMatchObject({ ref: 'side', commit: third });
    expect(await read({ ref: 'v1' })).toMatchObject({ ref: 'v1', commit: first });
    expect(await read({ ref: 'light' })).toMatchObject({ commit: first, resources: [{ name: 'Old' }] });
  });

  it('is that of an id, whole or short, whatever branch it is on', async () => {
    expect(await read({ ref: third.slice(0, 8).toUpperCase() })).toMatchObject({ commit: third });
    await inRoot('clone', '--quiet', '--bare', work, 'bare.git');
    const remote = await read({ ref: third }, open(`file://${place.root}/bare.git`));
    expect(namesIn(remote)).toContain('Side');
  });

  it('is the newest at or before a date', async () => {
    const history = open();
    const commitAt = async (date: string) => (await read({ at: at(date) }, history)).commit;

    expect(await commitAt('2026-11-10T12:00:00Z')).toBe(second);
    expect(await commitAt('2026-11-10T11:59:59Z')).toBe(first);
    expect(await commitAt('2026-11-01T12:00:00Z')).toBe(first);
  });

  it('is one of the first parents: what a merge brought was there from the merge on', async () => {
    await inWork('checkout', '--quiet', '-b', 'merged');
    await inWork('merge', '--quiet', '--no-commit', '--strategy=ours', 'side');
    await commit('Merge', 20, await backupFiles('p', [orders('Merged')]));

    const before = await read({ ref: 'merged', at: at('2026-11-15T00:00:00Z') });
    expect(before).toMatchObject({ commit: second });
    await inWork('checkout', '--quiet', 'main');
  });

  it('says which branches there are when there is none of that name', async () => {
    await expect(read({ ref: 'mian' })).rejects.toMatchObject({
      code: 'BACKUP_NOT_FOUND',
      message: expect.stringMatching(/"mian".*Did you mean "main"\?.*branches are main, (merged, )?side\./),
    });
  });

  it('takes no more than a name', async () => {
    const history = open();
    for (const ref of ['--all', 'HEAD~1', 'main^', '@{-1}', 'refs/heads/*', '']) {
      await expect(read({ ref }, history)).rejects.toMatchObject({ code: 'BACKUP_NOT_FOUND' });
    }
  });

  it('says since when there is something, before the first commit', async () => {
    await expect(read({ at: at('2026-10-31T00:00:00Z') })).rejects.toMatchObject({
      code: 'BACKUP_NOT_FOUND',
      message: expect.stringContaining('first commit is of 2026-11-01T12:00:00.000Z'),
    });
  });
});

describe('what is read', () => {
  beforeEach(begin);
  afterEach(end);

  it('is each resource with its files, its workspace by name, and its content', async () => {
    const message = 'Back up\n\nPostman-Workspace: Payments (w1)\nBackup-Run: 1';
    await commit(message, 1, await backupFiles('p', [orders(), petSpec]));
    await commit('Elsewhere', 2, { 'README.md': 'x' });

    const snapshot = await read();

    expect(snapshot).toMatchObject({ directory: 'p', isIndexed: true });
    expect(snapshot.resources).toMatchObject([
      { kind: 'collections', uuid: ORDERS, uid: `42-${ORDERS}`, workspace: { id: 'w1', name: 'Payments' } },
      { kind: 'specs', path: 'p/Pets.spec', workspace: { id: 'w2', name: 'w2' } },
    ]);
    const [collection, spec] = snapshot.resources;
    expect([...(collection?.files.keys() ?? [])]).toEqual(['']);
    expect([...(spec?.files.keys() ?? [])].sort()).toEqual(['.postman-spec.json', 'index.yaml']);
    expect(spec && (await snapshot.read(spec))).toMatchObject({
      files: { 'index.yaml': { content: 'openapi: 3.0.0\n' } },
    });
  });

  it('is every backup of the commit, or the one of a directory', async () => {
    await commit('Back up', 1, {
      ...(await backupFiles('a', [orders()])),
      ...(await backupFiles('b/c', [petSpec])),
    });

    const all = await readSnapshots(open(), {});
    expect(all.map(({ directory }) => directory)).toEqual(['a', 'b/c']);
    expect(namesIn(await read({ directory: 'b/c' }))).toEqual(['Pets']);
    await expect(read({ directory: 'd' })).rejects.toMatchObject({
      message: expect.stringContaining('no backup in "d" on "main"'),
    });
  });

  it('is what the ids in the files tell, when the manifest cannot be read', async () => {
    const files = await backupFiles('p', [orders(), petSpec]);
    await commit('Back up', 1, { ...files, 'p/.postman-gitlab.json': '<<<<<<< HEAD\n' });

    const snapshot = await read();

    expect(snapshot).toMatchObject({ isIndexed: false });
    expect(snapshot.resources).toMatchObject([
      { kind: 'collections', uuid: ORDERS, name: 'Orders', workspace: { id: '' } },
      { kind: 'specs', uuid: petSpec.uuid, name: 'Pets' },
    ]);
    for (const resource of snapshot.resources) {
      expect(await snapshot.read(resource)).toMatchObject({});
    }
  });

  it('says since when there are backups, when the commit of that date holds none', async () => {
    await commit('Begin', 1, { 'README.md': 'x' });
    await commit('Back up\n\nBackup-Run: 1', 3, await backupFiles('p', [orders()]));

    await expect(read({ at: at('2026-11-02T00:00:00Z') })).rejects.toMatchObject({
      code: 'BACKUP_NOT_FOUND',
      message: expect.stringMatching(/no backup.*The first one is of 2026-11-03T12:00:00.000Z/),
    });
  });

  it('is fetched from a server at once, and is asked for no more when it is read', async () => {
    await commit('Back up', 1, await backupFiles('p', [orders(), petSpec]));
    await inRoot('clone', '--quiet', '--bare', work, 'bare.git');
    await inRoot('-C', 'bare.git', 'config', 'uploadpack.allowFilter', 'true');
    await inRoot('-C', 'bare.git', 'config', 'uploadpack.allowAnySHA1InWant', 'true');
    const snapshot = await read({}, open(`file://${place.root}/bare.git`));

    await snapshot.prefetch(snapshot.resources);
    await rm(join(place.root, 'bare.git'), { recursive: true });

    const values = [];
    for (const resource of snapshot.resources) {
      values.push(await snapshot.read(resource));
    }
    expect(values).toMatchObject([{ info: { name: 'Orders' } }, { name: 'Pets' }]);
  });
});
