/** Making commits: each action, the author, new branches, empty repositories, and when the branch moved meanwhile. */
import { describe, expect, it } from 'vitest';
import type { Action, Applied } from '../../../src/model.ts';
import { orderActions } from '../../../src/plan/order-actions.ts';
import { planOn } from '../plan-on.ts';
import { actionsFor, backupOn, DIRECTORY, LEDGER, MANIFEST, type Started, start } from './fixture.ts';

const at = (name: string) => `${DIRECTORY}/${name}`;

function commitOf(applied: Applied): string {
  if (applied.status !== 'committed') {
    throw new Error('it moved');
  }
  return applied.commit;
}

describe('a commit', () => {
  it('creates, updates, moves with and without new content, and deletes, all at once', async () => {
    const before = { 'a.json': 'a\n', 'b.json': 'b\n', 'c.json': 'c\n', 'd.json': 'd\n' };
    const files = Object.fromEntries(Object.entries(before).map(([name, text]) => [at(name), text]));
    const { open, files: filesNow, commits } = await start({ project: { files } });
    const repository = open();
    const tree = await repository.listTree();
    const actions: Action[] = [
      { action: 'delete', path: at('a.json') },
      { action: 'move', path: at('moved/b.json'), previousPath: at('b.json') },
      { action: 'move', path: at('C.json'), previousPath: at('c.json'), content: Buffer.from('c, newer\n') },
      { action: 'update', path: at('d.json'), content: Buffer.from('d, newer\r\n🚚') },
      { action: 'create', path: at('Über [1] ?#%.json'), content: Buffer.from('e\n') },
    ];
    const applied = await repository.apply(planOn(tree, actions));
    expect(await filesNow()).toEqual({
      [at('C.json')]: 'c, newer\n',
      [at('d.json')]: 'd, newer\r\n🚚',
      [at('moved/b.json')]: 'b\n',
      [at('Über [1] ?#%.json')]: 'e\n',
    });
    expect(await commits()).toEqual([commitOf(applied), tree.commit]);
  });

  it('swaps two files', async () => {
    const files = { [at('a.json')]: 'a\n', [at('b.json')]: 'b\n' };
    const { open, files: filesNow } = await start({ project: { files } });
    const repository = open();
    const tree = await repository.listTree();
    const actions: Action[] = [
      { action: 'move', path: at('b.json'), previousPath: at('a.json'), content: Buffer.from('a\n') },
      { action: 'move', path: at('a.json'), previousPath: at('b.json'), content: Buffer.from('b\n') },
    ];
    const applied = await repository.apply(planOn(tree, orderActions(actions, tree)));
    expect(applied.status).toBe('committed');
    expect(await filesNow()).toEqual({ [at('a.json')]: 'b\n', [at('b.json')]: 'a\n' });
  });

  it('has its message whole, its address, and the token’s user as author and committer', async () => {
    const { open, project, gitlab } = await start();
    const repository = open();
    const plan = backupOn(await repository.listTree());
    const applied = await repository.apply({
      ...plan,
      message: `Back up “Ledger” [skip ci]\n\n- Ledger\n\n${plan.message}`,
    });
    const [people, message] = (await project.git('log', '-1', '--format=%an %cn%x00%B')).split('\0');
    expect(people).toBe('bot bot');
    expect(message?.trimEnd()).toBe(`Back up “Ledger” [skip ci]\n\n- Ledger\n\n${plan.message}`.trimEnd());
    expect(applied).toMatchObject({ url: `${gitlab.url}/team/backup/-/commit/${commitOf(applied)}` });
  });

  it('has the author that was asked for', async () => {
    const { open, project } = await start();
    const repository = open();
    const author = { name: 'Zoë Ops', email: 'ops@example.test' };
    await repository.apply({ ...backupOn(await repository.listTree()), author });
    expect((await project.git('log', '-1', '--format=%an <%ae>, %cn')).trim()).toBe(
      'Zoë Ops <ops@example.test>, bot',
    );
  });

  it('is followed by another on top of it, without reading in between', async () => {
    const { open, commits } = await start();
    const repository = open({ branch: 'backup' });
    const tree = await repository.listTree();
    const first = commitOf(await repository.apply(backupOn(tree)));
    const next = planOn(
      { ...tree, commit: first },
      actionsFor({ [LEDGER]: 'newest\n', [MANIFEST]: '{"2":2}\n' }, tree),
    );
    const second = commitOf(await repository.apply(next));
    expect((await commits('backup')).slice(0, 2)).toEqual([second, first]);
  });

  it('needs a tree that was read', async () => {
    const { open } = await start();
    await expect(open().apply(planOn({ files: new Map() }, []))).rejects.toThrow('list it first');
  });
});

describe('the first commit', () => {
  it('of a missing branch creates it from the default branch', async () => {
    const { open, commits, files } = await start();
    const repository = open({ branch: 'backup/nightly' });
    const applied = await repository.apply(backupOn(await repository.listTree()));
    expect(await commits('backup/nightly')).toEqual([commitOf(applied), ...(await commits('main'))]);
    expect((await files('backup/nightly'))['README.md']).toBe('# Team\n');
    expect((await files('main'))[LEDGER]).toBe('ledger\n');
  });

  it.each([undefined, 'backup'])('of an empty repository creates its branch (%s)', async (branch) => {
    const { open, commits, files } = await start({ project: { empty: true } });
    const repository = open(branch === undefined ? {} : { branch });
    const applied = await repository.apply(backupOn(await repository.listTree()));
    expect(await commits(branch ?? 'main')).toEqual([commitOf(applied)]);
    expect(await files(branch ?? 'main')).toEqual({
      [LEDGER]: 'ledger, newer\n',
      [MANIFEST]: '{"newer":1}\n',
    });
  });
});

type Meanwhile = (started: Started) => Promise<unknown>;

describe('nothing is written, and the branch stays as it is, when meanwhile', () => {
  it.each<[string, { branch?: string; meanwhile: Meanwhile }]>([
    ['somebody changed a file of ours', { meanwhile: (s) => s.commitElsewhere({ [LEDGER]: 'theirs\n' }) }],
    [
      'somebody changed the manifest',
      { meanwhile: (s) => s.commitElsewhere({ [MANIFEST]: '{"theirs":1}\n' }) },
    ],
    ['somebody deleted a file of ours', { meanwhile: (s) => s.commitElsewhere({ [LEDGER]: null }) }],
    [
      'somebody created a file where ours was to be',
      { meanwhile: (s) => s.commitElsewhere({ [at('New.json')]: 'theirs\n' }) },
    ],
    [
      'somebody created the branch',
      { branch: 'backup', meanwhile: (s) => s.commitElsewhere({ 'x.txt': 'x\n' }, 'backup') },
    ],
  ])('%s', async (_title, { branch = 'main', meanwhile }) => {
    const started = await start();
    const repository = started.open({ branch });
    const tree = await repository.listTree();
    await meanwhile(started);
    const before = await started.commits(branch);
    const changes = { [LEDGER]: 'ours\n', [MANIFEST]: '{"ours":1}\n', [at('New.json')]: 'ours\n' };
    expect(await repository.apply(planOn(tree, actionsFor(changes, tree)))).toEqual({ status: 'moved' });
    expect(await started.commits(branch)).toEqual(before);
    expect(started.posts()).toBe(1);
    // Read anew, it works.
    const now = await repository.listTree();
    expect((await repository.apply(planOn(now, actionsFor(changes, now)))).status).toBe('committed');
  });

  it('the branch was deleted', async () => {
    const started = await start();
    await started.commitElsewhere({ 'x.txt': 'x\n' }, 'backup');
    const repository = started.open({ branch: 'backup' });
    const tree = await repository.listTree();
    await started.project.git('update-ref', '-d', 'refs/heads/backup');
    expect(await repository.apply(backupOn(tree))).toEqual({ status: 'moved' });
    expect((await repository.apply(backupOn(await repository.listTree()))).status).toBe('committed');
  });

  it.each([
    '9:reference update: reference does not point to expected object',
    '9:reference update: reference does not point to expected object. debug_error_string:{UNKNOWN:Error}',
    '9:Could not update refs/heads/main. Please refresh and try again.',
    `The file has changed since you started editing it: ${LEDGER}`,
    "A branch called 'main' already exists. Switch to that branch in order to make changes",
    'You can only create or edit files when you are on a branch',
  ])('GitLab says: %s', async (message) => {
    const { gitlab, open, commits, posts } = await start();
    const repository = open();
    const tree = await repository.listTree();
    gitlab.onRequest(({ method }) => (method === 'POST' ? { status: 400, body: { message } } : undefined));
    expect(await repository.apply(backupOn(tree))).toEqual({ status: 'moved' });
    expect([await commits(), posts()]).toEqual([[tree.commit], 1]);
  });
});

it.each(['A file with this name already exists', "A file with this name doesn't exist"])(
  'nobody pushed, and GitLab says all the same: %s. That is told, and not tried for ever',
  async (message) => {
    const { gitlab, open, posts } = await start();
    const repository = open();
    const tree = await repository.listTree();
    gitlab.onRequest(({ method }) => (method === 'POST' ? { status: 400, body: { message } } : undefined));
    await expect(repository.apply(backupOn(tree))).rejects.toMatchObject({
      code: 'GITLAB_COMMIT_REFUSED',
      message: expect.stringContaining(message),
    });
    expect(posts()).toBe(1);
  },
);

it('a commit of the same job from before the plan is not taken for the one that was refused', async () => {
  const started = await start();
  const repository = started.open();
  const earlier = planOn(await repository.listTree(), [], {});
  const first = { ...backupOn(await repository.listTree()), runId: earlier.runId };
  await repository.apply({ ...first, message: `First.\n\nBackup-Run: ${first.runId}\n` });
  const tree = await repository.listTree();
  await started.commitElsewhere({ [LEDGER]: 'Edited by hand.\n' });
  const second = { ...backupOn(tree), runId: first.runId };
  expect(await repository.apply(second)).toEqual({ status: 'moved' });
});

it('somebody’s change of another file does not stand in the way', async () => {
  const started = await start();
  const repository = started.open();
  const tree = await repository.listTree();
  const theirs = await started.commitElsewhere({ 'README.md': '# Ours\n' });
  const applied = await repository.apply(backupOn(tree));
  expect((await started.commits()).slice(0, 2)).toEqual([commitOf(applied), theirs]);
  expect((await started.files())['README.md']).toBe('# Ours\n');
});
