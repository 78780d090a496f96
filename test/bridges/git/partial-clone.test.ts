/** The git bridge over HTTP and `file://`: how little it fetches, and what becomes of a connection that breaks. */

import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { GitRepository, GitRepositoryOptions } from '../../../src/git/repository.ts';
import type { Action } from '../../../src/model.ts';
import { type LoopbackGitLab, startLoopbackGitLab } from '../../loopback/gitlab/server.ts';
import type { Project } from '../../loopback/gitlab/state.ts';
import { planOn } from '../plan-on.ts';
import { create, createPlace, type Place } from './fixture.ts';

let place: Place;
let gitlab: LoopbackGitLab;
let project: Project;

const FILES = {
  'postman/a': 'a',
  'postman/b': 'b',
  'postman/d': 'd'.repeat(999),
  'other/c': 'c',
  'README.md': 'r',
};

beforeEach(async () => {
  place = await createPlace();
  gitlab = await startLoopbackGitLab();
  project = await gitlab.createProject({ path: 'team/backup', files: FILES, jobTokenPushAllowed: true });
});

afterEach(async () => {
  expect(await place.remove()).toEqual([]);
  await gitlab.close();
});

function openProject(options: Partial<GitRepositoryOptions> = {}): GitRepository {
  const password = gitlab.createJobToken({ project: project.path });
  const credential = {
    username: 'gitlab-ci-token',
    password,
    refusedCode: 'JOB_TOKEN_PUSH_REFUSED',
  } as const;
  return place.open({ url: project.httpUrl, credential, ...options });
}

const isPush = ({ method, path }: { method: string; path: string }): boolean =>
  method === 'POST' && path.endsWith('git-receive-pack');

/** Blobs of the commit and those before it that are not in the one temporary clone. */
async function missingBlobs(commit: string): Promise<string[]> {
  const [name = ''] = await readdir(place.temporary);
  const clone = join(place.temporary, name);
  const list = await place.git('--git-dir', clone, 'rev-list', '--objects', '--missing=print', commit);
  return list.split('\n').flatMap((line) => (line.startsWith('?') ? [line.slice(1)] : []));
}

test.each(['http', 'file'])(
  'a commit over %s fetches no file, and reading one fetches that one',
  async (how) => {
    if (how === 'file') {
      await place.seed('r.git', FILES);
    }
    const repository = how === 'file' ? place.open({ url: `file://${place.root}/r.git` }) : openProject();
    const tree = await repository.listTree();
    expect(await missingBlobs(tree.commit ?? '')).toHaveLength(5);

    const actions: Action[] = [
      { action: 'move', previousPath: 'postman/a', path: 'postman/deep/a' },
      { action: 'move', previousPath: 'other/c', path: 'postman/c' },
      { action: 'delete', path: 'postman/b' },
      create('postman/new'),
    ];
    const applied = await repository.apply(planOn(tree, actions));
    expect(applied.status).toBe('committed');
    const after = await repository.listTree();
    expect([...after.files.keys()]).toEqual(['postman/c', 'postman/d', 'postman/deep/a', 'postman/new']);
    expect(await missingBlobs(after.commit ?? '')).toHaveLength(5);

    expect((await repository.readBlob(after.files.get('postman/deep/a') ?? '')).toString()).toBe('a');
    expect(await missingBlobs(after.commit ?? '')).toHaveLength(4);
  },
);

test('an empty project gets its first commit on the branch that GitLab means', async () => {
  project = await gitlab.createProject({
    path: 'team/empty',
    empty: true,
    defaultBranch: 'trunk',
    jobTokenPushAllowed: true,
  });
  const repository = openProject();
  expect(await repository.branchName()).toBe('trunk');
  expect(await repository.listTree()).toEqual({ files: new Map() });
  expect((await repository.apply(planOn({ files: new Map() }, [create('postman/a')]))).status).toBe(
    'committed',
  );
  expect(await project.git('ls-tree', '-r', '--name-only', 'trunk')).toBe('postman/a\n');
});

test('history that others add between two commits does not disturb the next one', async () => {
  const repository = openProject();
  for (const name of ['1', '2']) {
    await place.commitElsewhere(project.repositoryDir, `theirs/${name}`);
    await place.commitElsewhere(project.repositoryDir, `theirs/${name}-more`);
    const applied = await repository.apply(planOn(await repository.listTree(), [create(`postman/${name}`)]));
    expect(applied.status).toBe('committed');
  }
  expect((await project.git('rev-list', '--count', 'main')).trim()).toBe('7');
});

test('a server that is away for a while is asked again, up to four times', async () => {
  let failures = 4;
  gitlab.onRequest(() => {
    failures -= 1;
    return failures >= 0 ? { status: 503, body: 'busy' } : undefined;
  });
  expect((await openProject().listTree()).files.size).toBe(3);

  gitlab.onRequest(() => ({ status: 502, body: '<html>bad gateway' }));
  const before = gitlab.requests.length;
  await expect(openProject().listTree()).rejects.toMatchObject({
    code: 'GIT_UNAVAILABLE',
    message: expect.stringContaining('502'),
  });
  expect(gitlab.requests.length - before).toBe(5);
});

test('a server that says nothing is given up', async () => {
  const sockets: Socket[] = [];
  const silent = createServer((socket) => sockets.push(socket)).listen(0, '127.0.0.1');
  const port = await new Promise<number>((resolve) => {
    silent.once('listening', () => {
      const address = silent.address();
      resolve(typeof address === 'object' ? (address?.port ?? 0) : 0);
    });
  });
  // `git://` has no time limit of its own: here it is ours that ends it.
  for (const scheme of ['http', 'git']) {
    const repository = place.open({
      url: `${scheme}://127.0.0.1:${port}/a.git`,
      retryDelays: [],
      stallLimit: scheme === 'git' ? 300 : 1500,
    });
    await expect(repository.listTree()).rejects.toMatchObject({ code: 'GIT_UNAVAILABLE' });
  }
  for (const socket of sockets) {
    socket.destroy();
  }
  await new Promise((resolve) => silent.close(resolve));
});

test('a push whose answer is lost counts when it arrived, and is not made twice', async () => {
  const repository = openProject();
  const tree = await repository.listTree();
  gitlab.onRequest((request) => (isPush(request) ? 'resetAfterProcessing' : undefined));
  const applied = await repository.apply(planOn(tree, [create('postman/x')]));

  const commit = (await project.git('rev-parse', 'main')).trim();
  expect(applied).toEqual({ status: 'committed', commit });
  expect((await project.git('rev-list', '--count', 'main')).trim()).toBe('2');
});

test('a push that did not arrive is made once more', async () => {
  const repository = openProject();
  const tree = await repository.listTree();
  let pushes = 0;
  gitlab.onRequest((request) => {
    pushes += isPush(request) ? 1 : 0;
    return isPush(request) && pushes === 1 ? 'reset' : undefined;
  });
  expect((await repository.apply(planOn(tree, [create('postman/x')]))).status).toBe('committed');
  expect((await project.git('rev-list', '--count', 'main')).trim()).toBe('2');
});

test('a push that never arrives ends as unavailable, and the branch is as it was', async () => {
  const repository = openProject();
  const tree = await repository.listTree();
  gitlab.onRequest((request) => (isPush(request) ? 'reset' : undefined));
  await expect(repository.apply(planOn(tree, [create('postman/x')]))).rejects.toMatchObject({
    code: 'GIT_UNAVAILABLE',
  });
  expect((await project.git('rev-parse', 'main')).trim()).toBe(tree.commit);
});

/** Lets the server do something with our commit before anybody hears of it; `$ours` is the commit. */
async function afterReceiving(script: string): Promise<void> {
  const hooks = join(place.root, 'hooks');
  await mkdir(hooks);
  const identity = 'export GIT_AUTHOR_NAME=T GIT_AUTHOR_EMAIL=t GIT_COMMITTER_NAME=T GIT_COMMITTER_EMAIL=t';
  const text = `#!/bin/sh\n${identity}\nours=$(git rev-parse main)\n${script}\n`;
  await writeFile(join(hooks, 'post-receive'), text, { mode: 0o755 });
  await project.git('config', 'core.hooksPath', hooks);
  gitlab.onRequest((request) => (isPush(request) ? 'resetAfterProcessing' : undefined));
}

test('a commit on which somebody built before its answer was lost is found below theirs', async () => {
  const repository = openProject();
  const tree = await repository.listTree();
  await afterReceiving('git update-ref refs/heads/main $(git commit-tree -p $ours -m theirs $ours^{tree})');
  const applied = await repository.apply(planOn(tree, [create('postman/x')]));

  expect(applied).toEqual({ status: 'committed', commit: (await project.git('rev-parse', 'main^')).trim() });
});

test('a commit that was rewritten on arrival is known by its trailer', async () => {
  const repository = openProject();
  const tree = await repository.listTree();
  await afterReceiving(
    'git update-ref refs/heads/main $(git log -1 --format=%B $ours | git commit-tree -p $ours^ $ours^{tree})',
  );
  const applied = await repository.apply(planOn(tree, [create('postman/x')]));

  expect(applied).toEqual({ status: 'committed', commit: (await project.git('rev-parse', 'main')).trim() });
});

test('a commit that was lost to another one counts as moved', async () => {
  const repository = openProject();
  const tree = await repository.listTree();
  await afterReceiving('git update-ref refs/heads/main $(git commit-tree -p $ours^ -m theirs $ours^^{tree})');

  expect(await repository.apply(planOn(tree, [create('postman/x')]))).toEqual({ status: 'moved' });
});

test('the branch to which a commit was lost can be read and written again', async () => {
  const repository = openProject();
  const tree = await repository.listTree();
  // Theirs has a folder more, which nobody has seen before.
  await afterReceiving(`old=$ours^
inner=$(git ls-tree $old README.md | git mktree)
postman=$( (git ls-tree $old:postman; printf '040000 tree %s\\ttheirs\\n' $inner) | git mktree)
root=$(printf '040000 tree %s\\tpostman\\n' $postman | git mktree)
git update-ref refs/heads/main $(git commit-tree -p $old -m theirs $root)`);
  expect(await repository.apply(planOn(tree, [create('postman/x')]))).toEqual({ status: 'moved' });
  gitlab.onRequest(() => undefined);
  await project.git('config', '--unset', 'core.hooksPath');

  const again = await repository.listTree();
  expect([...again.files.keys()]).toContain('postman/theirs/README.md');
  expect((await repository.apply(planOn(again, [create('postman/x')]))).status).toBe('committed');
});

test('a first push to an empty project whose answer is lost is found, too', async () => {
  project = await gitlab.createProject({ path: 'team/empty', empty: true, jobTokenPushAllowed: true });
  const repository = openProject();
  await afterReceiving('git update-ref refs/heads/main $(git commit-tree -p $ours -m theirs $ours^{tree})');
  const applied = await repository.apply(planOn(await repository.listTree(), [create('postman/x')]));

  expect(applied).toEqual({ status: 'committed', commit: (await project.git('rev-parse', 'main^')).trim() });
});
