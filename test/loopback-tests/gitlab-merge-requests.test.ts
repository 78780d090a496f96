/** The loopback GitLab keeps merge requests, and refuses in the words of GitLab's API. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type LoopbackGitLab, startLoopbackGitLab } from '../loopback/gitlab/server.ts';
import type { Project } from '../loopback/gitlab/state.ts';
import { call, commit } from './call-gitlab.ts';

let gitlab: LoopbackGitLab;
let token: string;

beforeAll(async () => {
  gitlab = await startLoopbackGitLab();
  gitlab.createUser('mara');
  token = gitlab.createToken({ scopes: ['api'], role: 'maintainer' });
});

afterAll(() => gitlab.close());

let count = 0;

/** A project with a branch `next`, one commit ahead of `main`. */
async function projectWithBranch(options: object = {}): Promise<Project> {
  const project = await gitlab.createProject({ path: `group/requests-${++count}`, ...options });
  await commit(gitlab, { token, project: project.id, fields: { branch: 'next', start_branch: 'main' } });
  return project;
}

async function ask(project: Project, path: string, method = 'GET', body?: object, as = token) {
  const { status, json } = await call(gitlab, `/projects/${project.id}/merge_requests${path}`, {
    token: as,
    method,
    ...(body === undefined ? {} : { body }),
  });
  return { status, json };
}

const wanted = { source_branch: 'next', target_branch: 'main', title: 'Next', labels: 'a,b' };

it('opens one merge request for a pair of branches, and names it to whoever wants another', async () => {
  const project = await projectWithBranch();
  const users = await call(gitlab, '/users?username=mara', { token });
  const [{ id = 0 } = {}] = users.json as { id?: number }[];

  const first = await ask(project, '', 'POST', { ...wanted, reviewer_ids: [id, 999] });
  expect(first).toMatchObject({
    status: 201,
    json: { iid: 1, state: 'opened', labels: ['a', 'b'], reviewers: [{ username: 'mara' }] },
  });
  expect(await ask(project, '', 'POST', wanted)).toEqual({
    status: 409,
    json: { message: ['Another open merge request already exists for this source branch: !1'] },
  });
  expect(await ask(project, '?state=opened&source_branch=next')).toMatchObject({ json: [{ iid: 1 }] });
  expect(await ask(project, '?state=opened&source_branch=other')).toMatchObject({ json: [] });
});

it('closes and merges: the merge is on the target branch', async () => {
  const project = await projectWithBranch();
  await ask(project, '', 'POST', wanted);
  expect(await ask(project, '/1', 'PUT', { state_event: 'close' })).toMatchObject({
    json: { state: 'closed' },
  });
  expect(await ask(project, '/1/merge', 'PUT', {})).toEqual({
    status: 405,
    json: { message: '405 Method Not Allowed' },
  });
  await ask(project, '', 'POST', wanted);
  expect(await ask(project, '/2/merge', 'PUT', { sha: 'f00' })).toMatchObject({
    status: 409,
    json: { message: expect.stringMatching(/^SHA does not match HEAD of source branch: [0-9a-f]{40}$/) },
  });
  expect(await ask(project, '/2/merge', 'PUT', {})).toMatchObject({ status: 200, json: { state: 'merged' } });
  expect(await project.git('show', 'main:new.txt')).toBe('new\n');
});

it('waits for a pipeline only where there is one, and asks for the right to merge', async () => {
  const without = await projectWithBranch();
  await ask(without, '', 'POST', wanted);
  expect(await ask(without, '/1/merge', 'PUT', { auto_merge: true })).toMatchObject({ status: 405 });

  const protectedBranches = [{ name: 'main', pushAccessLevel: 40 }];
  const project = await projectWithBranch({ pipelines: true, protectedBranches });
  const developer = gitlab.createToken({ scopes: ['api'], role: 'developer' });
  await ask(project, '', 'POST', wanted);
  expect(await ask(project, '/1/merge', 'PUT', { auto_merge: true }, developer)).toEqual({
    status: 401,
    json: { message: '401 Unauthorized' },
  });
  expect(await ask(project, '/1/merge', 'PUT', { auto_merge: true })).toMatchObject({
    json: { state: 'opened', merge_when_pipeline_succeeds: true },
  });
});

it('lists the commits of a range, and puts a branch anew on another commit by force', async () => {
  const project = await projectWithBranch();
  const commitsOf = async (range: string) =>
    (await call(gitlab, `/projects/${project.id}/repository/commits?ref_name=${range}`, { token })).json;
  expect(await commitsOf('main..next')).toMatchObject([{ title: 'Add a file' }]);
  expect(await commitsOf('next..main')).toEqual([]);

  const start_sha = (await project.git('rev-parse', 'main')).trim();
  const fields = { branch: 'next', start_sha, commit_message: 'Anew' };
  expect(await commit(gitlab, { token, project: project.id, fields })).toMatchObject({ status: 400 });
  await commit(gitlab, { token, project: project.id, fields: { ...fields, force: true } });
  expect(await commitsOf('main..next')).toMatchObject([{ title: 'Anew' }]);
});

it('deletes a branch', async () => {
  const project = await projectWithBranch();
  const path = `/projects/${project.id}/repository/branches/next`;
  expect(await call(gitlab, path, { token, method: 'DELETE' })).toMatchObject({ status: 204 });
  expect(await call(gitlab, path, { token, method: 'DELETE' })).toMatchObject({ status: 404 });
});
