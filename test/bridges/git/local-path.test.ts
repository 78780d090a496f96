/** The git bridge and repositories on this machine. */

import { chown, mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Action } from '../../../src/model.ts';
import { planOn } from '../plan-on.ts';
import { create, createPlace, type Place } from './fixture.ts';

let place: Place;

beforeEach(async () => {
  place = await createPlace();
});

afterEach(async () => {
  expect(await place.remove()).toEqual([]);
});

test('a path that does not exist is created as a bare repository by the first commit, not by reading', async () => {
  const url = join(place.root, 'a folder/new "one".git');
  const repository = place.open({ url });
  const tree = await repository.listTree();

  expect(tree).toEqual({ files: new Map() });
  expect(await readdir(place.root)).not.toContain('a folder');
  expect(await repository.branchName()).toBe('main');

  const applied = await repository.apply(planOn(tree, [create('postman/a.json'), create('other/b.json')]));

  expect(applied).toEqual({ status: 'committed', commit: await place.git('-C', url, 'rev-parse', 'main') });
  expect(await place.git('-C', url, 'rev-parse', '--is-bare-repository')).toBe('true');
  expect(await place.git('-C', url, 'symbolic-ref', 'HEAD')).toBe('refs/heads/main');
  expect(await place.git('-C', url, 'fsck', '--strict')).toBe('');
  const after = await repository.listTree();
  expect([...after.files.keys()]).toEqual(['postman/a.json']);
  expect((await repository.readBlob(after.files.get('postman/a.json') ?? '')).toString()).toBe(
    'postman/a.json\n',
  );
});

test('somebody else may be the first to write to the path after it was read', async () => {
  const url = join(place.root, 'new.git');
  const repository = place.open({ url });
  const tree = await repository.listTree();
  await place.seed('new.git', { 'postman/theirs.json': '1' });

  expect(await repository.apply(planOn(tree, [create('postman/a.json')]))).toEqual({ status: 'moved' });
  expect([...(await repository.listTree()).files.keys()]).toEqual(['postman/theirs.json']);
});

test('the first commit of an empty repository goes to the branch that its HEAD names', async () => {
  const url = join(place.root, 'empty.git');
  await place.git('init', '--quiet', '--bare', '--initial-branch=trunk', url);
  for (const address of [url, `file://${url}`]) {
    const repository = place.open({ url: address });
    expect(await repository.listTree()).toEqual({ files: new Map() });
    expect(await repository.branchName()).toBe('trunk');
  }
  const repository = place.open({ url });
  await repository.apply(planOn({ files: new Map() }, [create('postman/a.json')]));
  expect(await place.git('-C', url, 'log', '--format=%s', 'trunk')).toBe('Back up');
});

test('a missing branch lists the default branch and is created from it', async () => {
  const url = await place.seed('r.git', { 'postman/a.json': 'a', 'README.md': 'r' });
  const repository = place.open({ url, branch: 'backup/daily' });
  const tree = await repository.listTree();
  const main = await place.git('-C', url, 'rev-parse', 'main');

  expect(tree.commit).toBe(main);
  expect([...tree.files.keys()]).toEqual(['postman/a.json']);
  expect((await repository.apply(planOn(tree, [create('postman/b.json')]))).status).toBe('committed');
  expect(await place.git('-C', url, 'rev-parse', 'backup/daily^', 'main')).toBe(`${main}\n${main}`);
});

test('a missing branch that somebody creates meanwhile is not overwritten', async () => {
  const url = await place.seed('r.git', { 'postman/a.json': 'a' });
  const repository = place.open({ url, branch: 'backup' });
  const tree = await repository.listTree();
  const theirs = await place.commitElsewhere(url, 'postman/theirs.json', 'backup');

  expect(await repository.apply(planOn(tree, [create('postman/b.json')]))).toEqual({ status: 'moved' });
  expect(await place.git('-C', url, 'rev-parse', 'backup')).toBe(theirs);
});

test('every action does what it says, in the order of the plan', async () => {
  const seeded = { a: 'A', b: 'B', stays: 'S', old: 'O', moved: 'M', gone: 'G' };
  const files = Object.fromEntries(Object.entries(seeded).map(([name, text]) => [`postman/${name}`, text]));
  const url = await place.seed('r.git', { ...files, 'README.md': 'r' });
  const repository = place.open({ url, webUrl: 'https://gitlab.example.test/g/p' });
  const tree = await repository.listTree();
  const actions: Action[] = [
    { action: 'delete', path: 'postman/a' },
    { action: 'delete', path: 'postman/b' },
    create('postman/a', 'B'),
    create('postman/b', 'A'),
    { action: 'update', path: 'postman/old', content: Buffer.from('new') },
    { action: 'move', previousPath: 'postman/moved', path: 'postman/deep/er/moved' },
    { action: 'delete', path: 'postman/gone' },
    {
      action: 'move',
      previousPath: 'postman/stays',
      path: 'postman/gone',
      content: Buffer.from([0, 255, 10]),
    },
  ];
  const author = { name: 'Ann\n<Author>', email: 'ann@<x>example.test\n' };
  const message = 'Ünïcode subject\n\nbody\n\nBackup-Run: 1-1\n';
  const applied = await repository.apply({ ...planOn(tree, actions), message, author });

  const commit = await place.git('-C', url, 'rev-parse', 'main');
  expect(applied).toEqual({
    status: 'committed',
    commit,
    url: `https://gitlab.example.test/g/p/-/commit/${commit}`,
  });
  const after = await repository.listTree();
  const contents = new Map<string, string>();
  for (const [path, id] of after.files) {
    contents.set(path, (await repository.readBlob(id)).toString('latin1'));
  }
  expect(Object.fromEntries(contents)).toEqual({
    'postman/a': 'B',
    'postman/b': 'A',
    'postman/old': 'new',
    'postman/deep/er/moved': 'M',
    'postman/gone': '\u0000\u00ff\n',
  });
  expect(await place.git('-C', url, 'show', 'main:README.md')).toBe('r');
  expect(await place.git('-C', url, 'log', '-1', '--format=%an|%ae|%cn|%ce|%aI')).toBe(
    'Ann Author|ann@xexample.test|Postman Backup|backup@example.test|2026-03-04T05:06:07+00:00',
  );
  const raw = await place.git('-C', url, 'cat-file', 'commit', 'main');
  expect(raw.slice(raw.indexOf('\n\n') + 2)).toBe(message.trim());
  expect(await place.git('-C', url, 'fsck', '--strict')).toBe('');
});

test('several commits in a row build on each other', async () => {
  const url = await place.seed('r.git', { 'postman/a': 'a' });
  const repository = place.open({ url: `file://${url}` });
  const first = await repository.apply(planOn(await repository.listTree(), [create('postman/1')]));
  expect(first.status).toBe('committed');
  const commit = await place.git('-C', url, 'rev-parse', 'main');
  const second = await repository.apply(planOn({ commit, files: new Map() }, [create('postman/2')]));
  expect(second.status).toBe('committed');
  expect([...(await repository.listTree()).files.keys()]).toEqual(['postman/1', 'postman/2', 'postman/a']);
  expect(await place.git('-C', url, 'rev-list', '--count', 'main')).toBe('3');
});

test('odd names arrive as they are', async () => {
  const url = await place.seed('r.git', { 'README.md': 'r' });
  const repository = place.open({ url, directories: [':(top)Ü "x"'] });
  const names = [
    '"quoted"',
    'back\\slash',
    'new\nline',
    'tab\there',
    ' space ',
    '-dash',
    '日本 🚀',
    'e\u0301',
    '#',
    "it's",
  ];
  const paths = names.map((name) => `:(top)Ü "x"/${name}`);
  await repository.apply(
    planOn(
      await repository.listTree(),
      paths.map((path) => create(path)),
    ),
  );

  const tree = await repository.listTree();
  expect(new Set(tree.files.keys())).toEqual(new Set(paths));

  const moves = paths.map((path) => ({ action: 'move', previousPath: path, path: `${path} "2"` }) as const);
  await repository.apply(planOn(tree, moves));
  const moved = await repository.listTree();
  expect(new Set(moved.files.keys())).toEqual(new Set(paths.map((path) => `${path} "2"`)));
  expect((await repository.readBlob(moved.files.get(`${paths[2]} "2"`) ?? '')).toString()).toBe(
    `${paths[2]}\n`,
  );
});

test('only files below the directory are listed, all of them when it is empty', async () => {
  const url = await place.seed('r.git', { 'postman/a': 'a', postmanlike: 'b', 'x/postman/c': 'c' });
  const listing = async (directory: string) => [
    ...(await place.open({ url, directories: [directory] }).listTree()).files.keys(),
  ];

  expect(await listing('postman')).toEqual(['postman/a']);
  expect(await listing('./postman/')).toEqual(['postman/a']);
  expect(await listing('')).toEqual(['postman/a', 'postmanlike', 'x/postman/c']);
});

test('a branch that moved since the plan was made is left alone, and nothing of anybody is lost', async () => {
  const url = await place.seed('r.git', { 'postman/a': 'a' });
  const repository = place.open({ url });
  const tree = await repository.listTree();
  const theirs = await place.commitElsewhere(url, 'postman/theirs');

  expect(await repository.apply(planOn(tree, [create('postman/ours')]))).toEqual({ status: 'moved' });
  expect(await place.git('-C', url, 'rev-parse', 'main')).toBe(theirs);

  const again = await repository.listTree();
  expect((await repository.apply(planOn(again, [create('postman/ours')]))).status).toBe('committed');
  expect([...(await repository.listTree()).files.keys()]).toEqual([
    'postman/a',
    'postman/ours',
    'postman/theirs',
  ]);
});

test('a push that was sent twice is told as the commit that it made, although the second one finds the branch moved', async () => {
  const url = await place.seed('r.git', { 'postman/a': 'a' });
  const twice = join(place.root, 'twice');
  await mkdir(twice);
  const script = `#!/bin/sh
PATH="\${PATH#*:}"
case " $* " in *" push "*) git "$@" > /dev/null;; esac
exec git "$@"
`;
  await writeFile(join(twice, 'git'), script, { mode: 0o755 });
  const repository = place.open({ url, env: { PATH: `${twice}:${process.env['PATH']}`, HOME: place.root } });
  const applied = await repository.apply(planOn(await repository.listTree(), [create('postman/ours')]));

  expect(applied).toEqual({ status: 'committed', commit: await place.git('-C', url, 'rev-parse', 'main') });
});

test('of writers that race, each commit lands exactly once', async () => {
  const url = await place.seed('r.git', { 'postman/a': 'a' });
  const write = async (name: string): Promise<number> => {
    const repository = place.open({ url: name === 'w1' ? url : `file://${url}` });
    for (let tries = 1; ; tries += 1) {
      const plan = planOn(await repository.listTree(), [create(`postman/${name}`)]);
      if ((await repository.apply(plan)).status === 'committed') {
        return tries;
      }
    }
  };
  await Promise.all(['w1', 'w2', 'w3'].map(write));

  expect(await place.git('-C', url, 'rev-list', '--count', 'main')).toBe('4');
  expect(await place.git('-C', url, 'ls-tree', '-r', '--name-only', 'main')).toBe(
    'postman/a\npostman/w1\npostman/w2\npostman/w3',
  );
});

test('a working copy takes commits to a branch that is not checked out, also when it is shallow', async () => {
  const origin = await place.seed('r.git', { 'postman/a': 'a' });
  await place.commitElsewhere(origin, 'postman/b');
  const url = join(place.root, 'work');
  await place.git('clone', '--quiet', '--depth=1', `file://${origin}`, url);
  const repository = place.open({ url, branch: 'backup' });
  const tree = await repository.listTree();

  expect([...tree.files.keys()]).toEqual(['postman/a', 'postman/b']);
  expect((await repository.apply(planOn(tree, [create('postman/c')]))).status).toBe('committed');
  expect(await place.git('-C', url, 'rev-list', '--count', 'backup')).toBe('2');
  // The clone knows that the history ends there: git would stumble over commits that are missing without a reason.
  const [clone = ''] = await readdir(place.temporary);
  expect(
    await place.git('--git-dir', join(place.temporary, clone), 'rev-list', '--count', tree.commit ?? ''),
  ).toBe('1');

  const checkedOut = place.open({ url });
  await expect(
    checkedOut.apply(planOn(await checkedOut.listTree(), [create('postman/c')])),
  ).rejects.toMatchObject({
    code: 'GIT_PUSH_REFUSED',
    hint: expect.stringContaining('bare repository'),
  });
});

test.each([
  ['creates what is there', create('postman/a')],
  ['creates a file below a file', create('postman/a/b')],
  ['creates a file where a folder is', create('postman')],
  ['updates what is not there', { action: 'update', path: 'postman/x', content: Buffer.from('') } as const],
  ['deletes what is not there', { action: 'delete', path: 'postman/x' } as const],
  ['moves what is not there', { action: 'move', previousPath: 'postman/x', path: 'postman/y' } as const],
  ['moves onto what is there', { action: 'move', previousPath: 'postman/a', path: 'README.md' } as const],
])('a plan that %s is a bug, and nothing is written', async (_, action) => {
  const url = await place.seed('r.git', { 'postman/a': 'a', 'README.md': 'r' });
  const repository = place.open({ url });
  const tree = await repository.listTree();
  const failure = await repository.apply(planOn(tree, [action])).catch((error: unknown) => error);

  expect(failure).toBeInstanceOf(Error);
  expect(failure).not.toHaveProperty('code');
  expect(await place.git('-C', url, 'rev-parse', 'main')).toBe(tree.commit);
});

test('what is no repository, or not ours to trust, is unreadable', async () => {
  const folder = join(place.root, 'folder');
  await mkdir(folder);
  await writeFile(join(folder, 'x'), '');
  await expect(place.open({ url: folder }).listTree()).rejects.toMatchObject({
    code: 'GIT_REPOSITORY_UNREADABLE',
    message: expect.stringContaining('does not appear to be a git repository'),
  });

  const url = await place.seed('theirs.git', { a: 'a' });
  if (process.getuid?.() !== 0) {
    return;
  }
  await chown(url, 12_345, 12_345);
  await expect(place.open({ url }).listTree()).rejects.toMatchObject({
    code: 'GIT_REPOSITORY_UNREADABLE',
    hint: expect.stringContaining('safe.directory'),
  });
});

test.each(['-d', 'a..b', 'a b', 'x.lock'])('the branch name %j is refused', async (branch) => {
  const url = await place.seed('r.git', { a: 'a' });
  await expect(place.open({ url, branch }).listTree()).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
});

test('a url is never read as an option or run as a command', async () => {
  const touched = join(place.root, 'touched');
  const address = (url: string) => place.open({ url }).listTree();

  expect(await address(`--upload-pack=touch ${touched}`)).toEqual({ files: new Map() });
  await expect(address('-oProxyCommand=touch:x')).rejects.toThrow(/strange hostname/);
  await expect(address(`ext::touch ${touched}`)).rejects.toThrow(/transport 'ext' not allowed/);
  expect(await readdir(place.root)).not.toContain('touched');
});

test('a HEAD that names no branch asks for one', async () => {
  const url = await place.seed('r.git', { a: 'a' });
  await place.git(
    '-C',
    url,
    'update-ref',
    '--no-deref',
    'HEAD',
    await place.git('-C', url, 'rev-parse', 'main'),
  );
  await expect(place.open({ url }).listTree()).rejects.toMatchObject({
    code: 'CONFIG_INVALID',
    hint: expect.stringContaining('`branch`'),
  });
});

test('without a git program the error says so', async () => {
  const repository = place.open({ url: place.root, env: { PATH: place.root } });
  await expect(repository.listTree()).rejects.toMatchObject({ code: 'GIT_NOT_FOUND' });
});

test('a file where the directory should be is told, and not replaced by a folder', async () => {
  const url = join(place.root, 'backup.git');
  const first = place.open({ url, directories: [''] });
  await first.apply(planOn(await first.listTree(), [create('postman')]));
  for (const directory of ['postman', 'postman/deeper']) {
    await expect(place.open({ url, directories: [directory] }).listTree()).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
      message: '`directory`: "postman" is a file on the branch, not a folder.',
    });
  }
});

test('a submodule is listed without an id: it is in the way, and there is nothing to read', async () => {
  const url = await place.seed('r.git', { 'postman/a': 'a' });
  const commit = await place.git('-C', url, 'rev-parse', 'main');
  const work = join(place.root, 'work');
  await place.git('clone', '--quiet', url, work);
  await place.git('-C', work, 'update-index', '--add', '--cacheinfo', `160000,${commit},postman/module`);
  await place.git('-C', work, 'commit', '--quiet', '-m', 'A submodule');
  await place.git('-C', work, 'push', '--quiet', 'origin', 'HEAD:main');

  const { files } = await place.open({ url, directories: ['postman'] }).listTree();
  expect([...files]).toEqual([
    ['postman/a', expect.stringMatching(/^[0-9a-f]{40}$/)],
    ['postman/module', ''],
  ]);
});
