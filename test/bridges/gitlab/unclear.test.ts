/** When nobody knows whether a commit was made: in the end it is there exactly once, or nothing is, and it is said which. */
import { describe, expect, it } from 'vitest';
import type { CommitPlan } from '../../../src/model.ts';
import type { Fault } from '../../loopback/gitlab/faults.ts';
import { backupOn, failureOf, type OpenOptions, type Started, type StartOptions, start } from './fixture.ts';
import { type Spoil, startUnsureProxy } from './unsure-proxy.ts';

// Gives silence up after this; long enough for a slow machine to answer what is answered.
const HASTY = { silenceMs: 1_500 };

/** What a commit can be made on. */
const situations: readonly (readonly [string, StartOptions['project'], string])[] = [
  ['a branch with a backup', {}, 'main'],
  ['a branch without one', { files: { 'README.md': '# Team\n' } }, 'main'],
  ['a branch that is missing', {}, 'backup'],
  ['an empty repository', { empty: true }, 'main'],
];

/** The commits of a branch that have the plan's trailer. */
async function ours({ project }: Started, branch: string, { runId }: CommitPlan): Promise<string[]> {
  const found = await project.git(
    'log',
    '--format=%H',
    '--fixed-strings',
    `--grep=Backup-Run: ${runId}`,
    branch,
  );
  return found.trim().split('\n');
}

async function startBehindProxy(project: StartOptions['project'], branch: string, rest: OpenOptions = {}) {
  const started = await start({ project: project ?? {} });
  const proxy = await startUnsureProxy(started.gitlab.url);
  const repository = started.open({ serverUrl: proxy.url, branch, ...rest });
  const tree = await repository.listTree();
  return { started, proxy, repository, tree, plan: backupOn(tree) };
}

describe('an unclear answer, and nothing was made:', () => {
  it.each<[string, Fault]>([
    ['500', { status: 500, body: { message: '500 Internal Server Error' } }],
    ['502', { status: 502, body: '<html>Bad Gateway</html>' }],
    ['503', { status: 503, body: { message: 'busy' }, headers: { 'retry-after': '1' } }],
    ['504', { status: 504 }],
    ['408', { status: 408 }],
    ['a cut connection', 'reset'],
    ['silence', 'hang'],
  ])('after %s it is made at the second try, once', async (_title, fault) => {
    const started = await start();
    const repository = started.open(HASTY);
    const tree = await repository.listTree();
    const plan = backupOn(tree);
    let posts = 0;
    started.gitlab.onRequest(({ method }) => (method === 'POST' && ++posts === 1 ? fault : undefined));
    const applied = await repository.apply(plan);
    expect(await started.commits()).toEqual([applied.status === 'committed' && applied.commit, tree.commit]);
    expect(posts).toBe(2);
  });

  it.each(situations)('it is made in the end on %s', async (_title, project, branch) => {
    const started = await start({ project: project ?? {} });
    const repository = started.open({ branch });
    const plan = backupOn(await repository.listTree());
    let posts = 0;
    started.gitlab.onRequest(({ method }) =>
      method === 'POST' && ++posts < 3 ? { status: 502 } : undefined,
    );
    const applied = await repository.apply(plan);
    expect(await ours(started, branch, plan)).toEqual([applied.status === 'committed' && applied.commit]);
  });

  it('every time: the error says so, after as many tries as there are delays', async () => {
    const { gitlab, open, commits, posts } = await start();
    const repository = open();
    const tree = await repository.listTree();
    gitlab.onRequest(({ method }) =>
      method === 'POST' ? { status: 502, body: { message: 'Gitaly is away' } } : undefined,
    );
    const error = await failureOf(repository.apply(backupOn(tree)));
    expect(error).toMatchObject({ code: 'GITLAB_UNAVAILABLE', exitCode: 22 });
    expect(error.message).toContain('POST /api/v4/projects/team%2Fbackup/repository/commits: Gitaly is away');
    expect([await commits(), posts()]).toEqual([[tree.commit], 3]);
  });

  it('and the branch cannot be read either: nothing is sent again', async () => {
    const { gitlab, open, posts } = await start();
    const repository = open();
    const plan = backupOn(await repository.listTree());
    gitlab.onRequest(() => 'reset');
    expect((await failureOf(repository.apply(plan))).code).toBe('GITLAB_UNAVAILABLE');
    expect(posts()).toBe(1);
  });
});

describe('an unclear answer, and it was made:', () => {
  it.each<[string, Spoil]>([
    ['500', { madeAnd: { status: 500, body: '{}' } }],
    ['502', { madeAnd: { status: 502, body: '<html>Bad Gateway</html>' } }],
    ['504', { madeAnd: { status: 504, body: '' } }],
    ['silence', { madeAnd: 'hang' }],
    ['201 with HTML', { madeAnd: { status: 201, body: '<html>' } }],
    ['201 with something that is no commit', { madeAnd: { status: 201, body: '{}' } }],
    ['200 with a text', { madeAnd: { status: 200, body: '"done"' } }],
  ])('after %s it is found by its trailer, and sent once', async (_title, spoil) => {
    const { started, proxy, repository, plan, tree } = await startBehindProxy({}, 'main', HASTY);
    proxy.spoil(spoil);
    const applied = await repository.apply(plan);
    expect(await started.commits()).toEqual([applied.status === 'committed' && applied.commit, tree.commit]);
    expect(proxy.posts()).toBe(1);
  });

  it.each(['cutBody', 'resetAfterProcessing'] as const)('after %s likewise', async (fault) => {
    const started = await start();
    const repository = started.open();
    const plan = backupOn(await repository.listTree());
    started.gitlab.onRequest(({ method }) => (method === 'POST' ? fault : undefined));
    const applied = await repository.apply(plan);
    expect(await ours(started, 'main', plan)).toEqual([applied.status === 'committed' && applied.commit]);
    expect(applied).toMatchObject({ url: expect.stringContaining('/-/commit/') });
    expect(started.posts()).toBe(1);
  });

  it.each(situations)('it is found on %s', async (_title, project, branch) => {
    const { started, proxy, repository, plan } = await startBehindProxy(project, branch);
    proxy.spoil({ madeAnd: { status: 502, body: '' } });
    const applied = await repository.apply(plan);
    expect(await ours(started, branch, plan)).toEqual([applied.status === 'committed' && applied.commit]);
    expect(proxy.posts()).toBe(1);
  });

  it('a sibling’s commit, whose run id begins like ours, is not taken for ours', async () => {
    const { proxy, repository, plan } = await startBehindProxy({}, 'main');
    proxy.spoil({ madeAnd: { status: 502, body: '' } });
    const message = plan.message.replace(plan.runId, `${plan.runId}0`);
    expect(await repository.apply({ ...plan, message })).toEqual({ status: 'moved' });
  });
});

describe('a commit that comes through late', () => {
  it.each(situations)(
    'after it was made at a second try is refused: once, on %s',
    async (_title, project, branch) => {
      const { started, proxy, repository, plan } = await startBehindProxy(project, branch);
      proxy.spoil({ late: true });
      const applied = await repository.apply(plan);
      expect(await proxy.release()).toEqual([400]);
      expect(await ours(started, branch, plan)).toEqual([applied.status === 'committed' && applied.commit]);
    },
  );

  it.each(situations)(
    'just before the second try is what was wanted: once, on %s',
    async (_title, project, branch) => {
      const { started, proxy, repository, plan } = await startBehindProxy(project, branch);
      proxy.spoil({ late: true });
      let late: number[] = [];
      proxy.before(
        'POST',
        async () => {
          late = await proxy.release();
        },
        2,
      );
      const applied = await repository.apply(plan);
      expect(await ours(started, branch, plan)).toEqual([applied.status === 'committed' && applied.commit]);
      expect([late, proxy.posts()]).toEqual([[201], 2]);
    },
  );
});

describe('an unclear answer while somebody else pushed', () => {
  it('is never followed by a second POST: the branch has moved', async () => {
    const started = await start();
    const repository = started.open();
    const plan = backupOn(await repository.listTree());
    // A file that ours has nothing to do with: a second POST would go through.
    const theirs = await started.commitElsewhere({ 'README.md': '# Theirs\n' });
    started.gitlab.onRequest(({ method }) => (method === 'POST' ? { status: 502 } : undefined));
    expect(await repository.apply(plan)).toEqual({ status: 'moved' });
    expect((await started.commits())[0]).toBe(theirs);
    expect(started.posts()).toBe(1);
  });

  it('finds ours below theirs', async () => {
    const { started, proxy, repository, plan } = await startBehindProxy({}, 'main');
    proxy.spoil({ madeAnd: { status: 504, body: '' } });
    proxy.afterMade(() => started.commitElsewhere({ 'README.md': '# Theirs\n' }));
    const applied = await repository.apply(plan);
    expect(await started.commits()).toEqual([
      expect.any(String),
      applied.status === 'committed' && applied.commit,
      plan.baseCommit,
    ]);
  });
});

describe('a throttled commit', () => {
  const throttled: readonly (readonly [string, Fault])[] = [
    ['plain text', { status: 429, body: 'Retry later\n', headers: { 'retry-after': '0' } }],
    [
      'JSON',
      { status: 429, body: { message: { error: 'This endpoint has been requested too many times.' } } },
    ],
  ];

  it.each(throttled)('is sent again: it was certainly not made (%s)', async (_title, fault) => {
    const { gitlab, open, commits, posts } = await start();
    const repository = open();
    const plan = backupOn(await repository.listTree());
    let refused = 0;
    gitlab.onRequest(({ method }) => (method === 'POST' && refused++ < 2 ? fault : undefined));
    expect((await repository.apply(plan)).status).toBe('committed');
    expect([(await commits()).length, posts()]).toEqual([2, 3]);
  });

  it.each(throttled)('is given up when it stays so (%s)', async (_title, fault) => {
    const { gitlab, open, posts } = await start();
    const repository = open();
    const plan = backupOn(await repository.listTree());
    gitlab.onRequest(({ method }) => (method === 'POST' ? fault : undefined));
    const error = await failureOf(repository.apply(plan));
    expect(error).toMatchObject({ code: 'GITLAB_UNAVAILABLE', exitCode: 22 });
    expect(error.message).toContain('throttled the requests for too long');
    expect(posts()).toBe(3);
  });
});
