/** The history of a branch: its commits, what they did to each resource, and the content of any version. */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type GitHistory, openGitHistory } from '../../../src/git/history.ts';
import { traceHistory } from '../../../src/git/trace-history.ts';
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
    const trailers = 'Postman-Workspace: Pay "me" (w1)\nPostman-Workspace: Log (w2)\nBackup-Run: 77-1';
    const second = await commit(`:Second one\n\nText\n\n${trailers}`, { 'p/a.json': body('b') });
    await commit('Elsewhere', { 'other.txt': 'y' });

    const history = open();
    const commits = await history.listCommits(await headOf(history), ['p']);

    expect(commits.map(({ subject }) => subject)).toEqual([':Second one', 'First']);
    expect(commits[0]).toMatchObject({
      ...{ id: second, author: 'Somebody', runId: '77-1', workspaces: ['Pay "me" (w1)', 'Log (w2)'] },
      changes: [{ before: { path: 'p/a.json' }, after: { path: 'p/a.json' } }],
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
    expect(commits[0]?.changes).toMatchObject([{ after: { path: 'p/b.json' } }]);
  });

  it('are none of a branch that is not there', async () => {
    await commit('First', { 'p/a.json': body('a') });

    expect(await open().readBranch('absent')).toBeUndefined();
  });
});

describe('the trace of a resource', () => {
  it('follows a file and a folder through edits and moves, back to where they came from', async () => {
    await commit('Add', {
      'p/a.json': body('a'),
      'p/s.spec/i.json': body('s'),
      'p/s.spec/x/y.yaml': body('y'),
    });
    await commit('Edit', { 'p/a.json': body('b'), 'p/s.spec/x/y.yaml': body('z') });
    await inWork('mv', 'p/a.json', 'p/c.json');
    await inWork('mv', 'p/s.spec', 'p/t.spec');
    await commit('Move', { 'p/c.json': body('c') });
    await commit('Another at the old place', { 'p/a.json': body('new') });

    const history = open();
    const head = await headOf(history);
    const commits = await history.listCommits(head, ['p']);
    const traces = traceHistory(commits, ['p/a.json', 'p/c.json', 'p/t.spec'], head.files);

    const subjectsOf = (path: string) => traces.get(path)?.commits.map(({ commit: one }) => one.subject);
    expect(subjectsOf('p/c.json')).toEqual(['Move', 'Edit', 'Add']);
    expect(subjectsOf('p/t.spec')).toEqual(['Move', 'Edit', 'Add']);
    expect(subjectsOf('p/a.json')).toEqual(['Another at the old place']);
    expect([...(traces.get('p/t.spec')?.files.keys() ?? [])].sort()).toEqual(['i.json', 'x/y.yaml']);
    const versions = traces.get('p/c.json')?.commits.flatMap(({ before }) => [...before.values()]) ?? [];
    expect(await contentsOf(history, versions)).toEqual([body('b'), body('a')]);
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
