/** Merge requests through the bridge: what GitLab answers, and what must not get lost. */
import { expect, it } from 'vitest';
import { createMergeRequests } from '../../../src/gitlab/merge-requests.ts';
import { createHttpClient } from '../../../src/http/client.ts';
import { backupOn, DIRECTORY, failureOf, type Started, start } from './fixture.ts';

const PAIR = { source: 'next', target: 'main' };
const DRAFT = { title: 'T', description: 'D', labels: [], reviewers: [], assignees: [] };

function open({ gitlab, project, token }: Started) {
  return createMergeRequests({
    client: createHttpClient({ baseUrl: gitlab.apiUrl, headers: { 'private-token': token } }),
    serverUrl: gitlab.url,
    project: project.path,
    label: project.path,
    retryDelays: [1],
  });
}

it('takes the merge request that another run opened meanwhile', async () => {
  const started = await start();
  await started.commitElsewhere({ 'a.txt': 'a' }, 'next');
  const requests = open(started);
  expect(await requests.findOpen(PAIR)).toBeUndefined();

  const first = await requests.create(PAIR, DRAFT);
  const second = await requests.create(PAIR, DRAFT);

  expect(first).toMatchObject({ iid: 1, title: 'T', description: 'D', sha: await requests.headOf('next') });
  expect(second).toEqual(first);
});

it('never opens a second one when the answer to the first got lost', async () => {
  const started = await start();
  await started.commitElsewhere({ 'a.txt': 'a' }, 'next');
  started.gitlab.onRequest(({ method, path }) =>
    method === 'POST' && path.endsWith('/merge_requests') ? 'resetAfterProcessing' : undefined,
  );

  expect(await open(started).create(PAIR, DRAFT)).toMatchObject({ iid: 1 });
  expect(started.posts()).toBe(1);
});

/** A branch that is to be put anew on its target. */
async function startAnew() {
  const started = await start();
  const seen = await started.commitElsewhere({ 'a.txt': 'a' }, 'next');
  const target = (await started.commits())[0] ?? '';
  const repository = started.open({
    directories: [DIRECTORY],
    findHead: async () => ({ name: 'next', commit: target, replaces: seen }),
  });
  return { started, repository };
}

it('does not put a branch anew over a commit that it has not seen', async () => {
  const { started, repository } = await startAnew();
  const plan = backupOn(await repository.listTree());
  const unseen = await started.commitElsewhere({ 'review.md': 'r' }, 'next');

  expect(await repository.apply(plan)).toEqual({ status: 'moved' });
  expect((await started.commits('next'))[0]).toBe(unseen);
});

it('puts a branch anew on the target with one commit', async () => {
  const { started, repository } = await startAnew();

  expect(await repository.apply(backupOn(await repository.listTree()))).toMatchObject({
    status: 'committed',
  });
  expect((await started.commits('next')).slice(1)).toEqual(await started.commits());
});

it('says which commits only one branch has, and where', async () => {
  const started = await start();
  const requests = open(started);
  const next = await started.commitElsewhere({ 'a.txt': 'a' }, 'next');
  const target = (await started.commits())[0] ?? '';

  expect((await requests.listCommits(target, next)).map(({ id }) => id)).toEqual([next]);
  expect(await requests.listCommits(target, next, DIRECTORY)).toEqual([]);
  expect(await requests.touches(target, next, DIRECTORY)).toBe(false);
  expect(await requests.touches(target, next, '')).toBe(true);
  expect(await requests.mergeBase(target, next)).toBe(target);
});

it('asks for a branch that the merge request can go to', async () => {
  const started = await start();
  const failure = await failureOf(open(started).findTarget({ branch: 'nowhere' }));
  expect(failure).toMatchObject({ code: 'CONFIG_INVALID', message: expect.stringContaining('"nowhere"') });
});

it("says in GitLab's words why it is not merged by itself", async () => {
  const started = await start();
  const sha = await started.commitElsewhere({ 'a.txt': 'a' }, 'next');
  const requests = open(started);
  await requests.create(PAIR, DRAFT);
  expect(await requests.setAutoMerge(1, sha)).toBe('405 Method Not Allowed');
});

it('says what became of the merge request that had a commit at its head, and of no other', async () => {
  const started = await start();
  const head = await started.commitElsewhere({ 'a.txt': 'a' }, 'next');
  const requests = open(started);
  await requests.create(PAIR, DRAFT);
  expect(await requests.findEnd(PAIR, head)).toBeUndefined();
  await requests.close(1, 'Nothing is left.');
  expect(await requests.findEnd(PAIR, head)).toBe('closed');
  const later = await started.commitElsewhere({ 'b.txt': 'b' }, 'next');
  expect(await requests.findEnd(PAIR, later)).toBeUndefined();
});

it('finds out that its own commit put the branch anew although the answer got lost', async () => {
  const { started, repository } = await startAnew();
  const plan = backupOn(await repository.listTree());
  started.gitlab.onRequest(({ method, path }) =>
    method === 'POST' && path.endsWith('/commits') ? 'resetAfterProcessing' : undefined,
  );
  expect(await repository.apply(plan)).toEqual(expect.objectContaining({ status: 'committed' }));
  expect(started.posts()).toBe(1);
});

it.each([
  [400, 'Validate branches Branch name is not allowed'],
  [422, 'Cannot create'],
])('says that GitLab refused the merge request, and not a commit (%i)', async (status, message) => {
  const started = await start();
  const body = JSON.stringify({ message: [message] });
  started.gitlab.onRequest(({ method, path }) =>
    method === 'POST' && path.endsWith('/merge_requests') ? { status, body } : undefined,
  );
  expect(await failureOf(open(started).create(PAIR, DRAFT))).toMatchObject({
    code: 'GITLAB_MERGE_REQUEST_REFUSED',
    message: expect.stringContaining(message),
  });
});

it('says that the branch is protected against a new start', async () => {
  const started = await start();
  const replaces = await started.commitElsewhere({ 'a.txt': 'a' }, 'next');
  const commit = (await started.commits())[0] ?? '';
  const plan = backupOn(await open(started).treeAt(commit, [DIRECTORY]));
  const message = 'GitLab: You are not allowed to force push code to a protected branch on this project.';
  started.gitlab.onRequest(({ method }) =>
    method === 'POST' ? { status: 400, body: JSON.stringify({ message }) } : undefined,
  );
  const failure = await failureOf(open(started).commit(plan, { name: 'next', commit, replaces }));
  expect(failure).toMatchObject({
    code: 'GITLAB_BRANCH_PROTECTED',
    message: expect.stringContaining('"next" is protected, and may not start anew'),
  });
});
