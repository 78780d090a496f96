/** The history of a branch: its commits, what they did to each resource, and the content of any version. */
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readShelves } from '../../../src/commands/read-shelves.ts';
import { filesOf } from '../../../src/git/file-tree.ts';
import { type GitHistory, openGitHistory } from '../../../src/git/history.ts';
import { renderManifest } from '../../../src/snapshot/manifest.ts';
import { createPlace, type Place } from './fixture.ts';

let place: Place;
let work: string;
let histories: GitHistory[];

beforeEach(async () => {
  place = await createPlace();
  work = `${place.root}/work`;
  histories = [];
  await place.git('init', '--quiet', '--initial-branch=main', work);
});

afterEach(async () => {
  for (const history of histories) {
    await history.close();
  }
  expect(await place.remove()).toEqual([]);
});

const inWork = (...args: string[]) => place.git('-C', work, ...args);

async function commit(message: string, files: Readonly<Record<string, string>> = {}): Promise<string> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(work, path)), { recursive: true });
    await writeFile(join(work, path), content);
  }
  await inWork('add', '--all');
  await inWork('commit', '--quiet', '--message', message);
  return inWork('rev-parse', 'HEAD');
}

function open(url = work): GitHistory {
  const env = { PATH: process.env['PATH'] };
  const history = openGitHistory({ url, env, temporaryDirectory: place.temporary, retryDelays: [] });
  histories.push(history);
  return history;
}

async function headOf(history: GitHistory) {
  const head = await history.readBranch(undefined);
  if (head === undefined) {
    throw new Error('no branch');
  }
  return head;
}

const body = (name: string) =>
  `${JSON.stringify({ name, text: 'the same in every version\n'.repeat(20) })}\n`;

describe('the commits of a branch', () => {
  it('are told newest first, with who, when, the run and the workspaces', async () => {
    await commit('First', { 'p/a.json': body('a'), 'other.txt': 'x' });
    const trailers =
      'Postman-Workspace: Pay "me" (w1)\nPostman-Workspace: Log (w2)\nBackup-Failed: 30\nBackup-Run: 77-1';
    const second = await commit(`:Second one\n\nText\n\n${trailers}`, { 'p/a.json': body('b') });
    await commit('Elsewhere', { 'other.txt': 'y' });

    const history = open();
    const commits = await history.listCommits(await headOf(history), ['p']);

    expect(commits.map(({ subject }) => subject)).toEqual([':Second one', 'First']);
    expect(commits[0]).toMatchObject({
      ...{
        id: second,
        author: 'Somebody',
        runId: '77-1',
        failed: 30,
        workspaces: ['Pay "me" (w1)', 'Log (w2)'],
      },
      changes: [{ path: 'p/a.json', before: expect.any(String), after: expect.any(String) }],
    });
    expect(commits[1]).not.toHaveProperty('runId');
    expect(Math.abs(Date.now() - Number(commits[0]?.date))).toBeLessThan(600_000);
  });

  it('are those of its own line: a merge is one commit with all that it brought', async () => {
    await commit('First', { 'p/a.json': body('a') });
    await inWork('checkout', '--quiet', '-b', 'side');
    await commit('On the side', { 'p/b.json': body('b') });
    await inWork('checkout', '--quiet', 'main');
    await commit('On main', { 'other.txt': 'y' });
    await inWork('merge', '--quiet', '--no-edit', 'side');

    const history = open();
    const commits = await history.listCommits(await headOf(history), ['p']);

    expect(commits.map(({ subject }) => subject)).toEqual(["Merge branch 'side'", 'First']);
    expect(commits[0]?.changes).toEqual([{ path: 'p/b.json', after: expect.any(String) }]);
  });

  it('are none of a branch that is not there', async () => {
    await commit('First', { 'p/a.json': body('a') });

    expect(await open().readBranch('absent')).toBeUndefined();
  });
});

describe('the history of a resource', () => {
  const places = (paths: Readonly<Record<string, string>>) => ({
    'p/.postman-gitlab.json': renderManifest(
      new Map(
        Object.entries(paths).map(([uuid, path]) => [
          `collections/${uuid}`,
          { uid: uuid, name: uuid, workspace: 'w', path, id: 'a'.repeat(40) },
        ]),
      ),
    ).content.toString(),
  });

  async function readHistories(history = open()) {
    const { shelves, traces } = await readShelves(await headOf(history), history, undefined);
    return {
      shelves,
      subjectsOf: (path: string) => traces.get(path)?.commits.map(({ subject }) => subject),
      versionsOf: (path: string) =>
        contentsOf(history, traces.get(path)?.before.flatMap((one) => [...filesOf(one).values()]) ?? []),
    };
  }

  it('goes through edits and moves, of a file and of a folder, back to where they came from', async () => {
    await commit('Add', {
      ...places({ a: 'p/a.json', s: 'p/s.spec' }),
      ...{ 'p/a.json': body('a'), 'p/s.spec/i.json': body('s'), 'p/s.spec/x/y.yaml': body('y') },
    });
    await commit('Edit', { 'p/a.json': body('b'), 'p/s.spec/x/y.yaml': body('z') });
    await inWork('mv', 'p/a.json', 'p/c.json');
    await inWork('mv', 'p/s.spec', 'p/t.spec');
    await commit('Move', { ...places({ a: 'p/c.json', s: 'p/t.spec' }), 'p/c.json': body('c') });
    await commit('Another at the old place', {
      ...places({ a: 'p/c.json', s: 'p/t.spec', n: 'p/a.json' }),
      'p/a.json': body('new'),
    });

    const { subjectsOf, versionsOf } = await readHistories();

    expect(subjectsOf('p/c.json')).toEqual(['Move', 'Edit', 'Add']);
    expect(subjectsOf('p/t.spec')).toEqual(['Move', 'Edit', 'Add']);
    expect(subjectsOf('p/a.json')).toEqual(['Another at the old place']);
    expect(await versionsOf('p/c.json')).toEqual([body('b'), body('a')]);
    expect(await versionsOf('p/t.spec')).toEqual([body('s'), body('z'), body('s'), body('y')]);
  });

  it('is its own when another one of the same content goes in the same commit', async () => {
    await commit('Add', { ...places({ staging: 'p/Staging.json' }), 'p/Staging.json': body('x') });
    await inWork('mv', 'p/Staging.json', 'p/QA.json');
    await commit('Exchange', places({ qa: 'p/QA.json' }));

    const { subjectsOf, versionsOf } = await readHistories();

    expect(subjectsOf('p/QA.json')).toEqual(['Exchange']);
    expect(await versionsOf('p/QA.json')).toEqual([]);
  });

  it('is told apart when two change places', async () => {
    await commit('Add', {
      ...places({ a: 'p/1.json', b: 'p/2.json' }),
      ...{ 'p/1.json': body('a'), 'p/2.json': body('b') },
    });
    await commit('Swap', {
      ...places({ a: 'p/2.json', b: 'p/1.json' }),
      ...{ 'p/1.json': body('b!'), 'p/2.json': body('a!') },
    });

    const { versionsOf } = await readHistories();

    expect(await versionsOf('p/1.json')).toEqual([body('b')]);
    expect(await versionsOf('p/2.json')).toEqual([body('a')]);
  });

  it('goes on when the layout changes, and past a manifest that nobody can read', async () => {
    const isTree = places({ a: 'p/a.postman_collection' });
    await commit('Add', { ...places({ a: 'p/a.json' }), 'p/a.json': body('a') });
    await commit('Spoil', { 'p/.postman-gitlab.json': 'spoilt', 'p/a.json': body('b') });
    await commit('Mend', places({ a: 'p/a.json' }));
    await inWork('rm', '--quiet', 'p/a.json');
    await commit('Layout', {
      ...isTree,
      'p/a.postman_collection/c.yaml': 'c',
      'p/a.postman_collection/r.yaml': 'r',
    });

    const { subjectsOf, versionsOf } = await readHistories();

    expect(subjectsOf('p/a.postman_collection')).toEqual(['Layout', 'Spoil', 'Add']);
    expect(await versionsOf('p/a.postman_collection')).toEqual([body('b'), body('a')]);
  });

  it('asks the server for manifests, all at once, and for no file of a resource', async () => {
    await commit('Add', { ...places({ a: 'p/a.json' }), 'p/a.json': body('a') });
    await inWork('mv', 'p/a.json', 'p/b.json');
    await commit('Move', { ...places({ a: 'p/b.json' }), 'p/b.json': body('b') });
    await inWork('config', 'uploadpack.allowAnySHA1InWant', 'true');
    await inWork('config', 'uploadpack.allowFilter', 'true');
    const history = open(`file://${work}`);
    const asked: string[] = [];

    await readHistories({
      ...history,
      readBlobs: (ids) => {
        asked.push(...ids);
        return history.readBlobs(ids);
      },
      listCommits: async (...args) => {
        await rename(work, `${work}-away`);
        const commits = await history.listCommits(...args);
        await rename(`${work}-away`, work);
        return commits;
      },
    });

    expect(asked).toHaveLength(2);
  });
});

describe('blobs', () => {
  it('are read in the order asked for, one of them twice', async () => {
    await commit('Add', { a: 'first\n', b: '', c: `${'ü'.repeat(1000)}` });
    const history = open();
    const { files } = await headOf(history);
    const [a = '', b = '', c = ''] = ['a', 'b', 'c'].map((path) => files.get(path));

    expect(await contentsOf(history, [c, a, b, c])).toEqual([
      'ü'.repeat(1000),
      'first\n',
      '',
      'ü'.repeat(1000),
    ]);
  });

  it('are fetched together when the clone came without them', async () => {
    const bare = await place.seed('remote.git', { 'p/a.json': body('a'), 'p/b.json': body('b') });
    await place.git('-C', bare, 'config', 'uploadpack.allowAnySHA1InWant', 'true');
    const history = open(`file://${bare}`);
    const { files } = await headOf(history);

    const contents = await contentsOf(history, [...files.values()]);

    expect(contents.toSorted()).toEqual([body('a'), body('b')]);
  });
});

async function contentsOf(history: GitHistory, ids: readonly string[]): Promise<readonly string[]> {
  const contents: string[] = [];
  for await (const content of history.readBlobs(ids)) {
    contents.push(content.toString());
  }
  return contents;
}
