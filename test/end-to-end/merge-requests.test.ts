/** Backups that are brought by a merge request, night after night. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { addCollection, editCollection, removeCollection } from '../../demo/postman-api/estate.mjs';
import type { ProjectOptions } from '../loopback/gitlab/create-project.ts';
import { type LoopbackGitLab, startLoopbackGitLab } from '../loopback/gitlab/server.ts';
import { call, commit } from '../loopback-tests/call-gitlab.ts';
import { createProject, jobEnv } from './destinations.ts';
import { makeFolder, run } from './program.ts';
import { collectionNamed, startTeam } from './team.ts';

const SOURCE = 'postman-backup/main';
const ORDERS = 'Postman Collections/Orders.postman_collection.json';

let gitlab: LoopbackGitLab;

beforeAll(async () => {
  gitlab = await startLoopbackGitLab();
  gitlab.createUser('mara');
});

afterAll(() => gitlab.close());

/** A project whose main branch is protected, and a Developer's token: the smallest that opens merge requests. */
async function prepare(options: Partial<ProjectOptions> = {}) {
  const protectedBranches = [{ name: 'main', pushAccessLevel: 40 }] as const;
  const project = await createProject(gitlab, { protectedBranches, ...options });
  const projects = [project.path];
  const token = gitlab.createToken({ scopes: ['api'], role: 'developer', projects });
  const person = gitlab.createToken({ scopes: ['api'], role: 'maintainer', projects, name: 'Mara' });
  const folder = await makeFolder();
  const team = await startTeam();
  const env = { ...team.env, ...jobEnv(gitlab, project), GITLAB_TOKEN: token };
  const base = `/projects/${project.id}/merge_requests`;
  const ask = async (path: string, method = 'GET', body?: object) =>
    (await call(gitlab, `${base}${path}`, { token: person, method, ...(body === undefined ? {} : { body }) }))
      .json;
  return {
    project,
    ask,
    backUp: (...flags: string[]) =>
      run(['backup', '--workspace', 'Payments', '--mode', 'merge-request', ...flags], { folder, env }),
    add: (name: string) => addCollection(team.estate, team.workspace.id, collectionNamed(name)),
    edit: (description: string, options?: { touch: boolean }) =>
      editCollection(
        team.estate,
        team.collection('Orders').uuid,
        (body) => {
          body.info = { ...body.info, description };
        },
        options,
      ),
    remove: (name: string) => removeCollection(team.estate, team.collection(name).uuid),
    /** Mara's: on main, or on the branch of the merge request. */
    commit: (branch: string, file: string, action = 'create') =>
      commit(gitlab, {
        token: person,
        project: project.id,
        fields: { branch, actions: [{ action, file_path: file, content: `${branch}\n` }] },
      }),
    ahead: async () =>
      (await project.git('log', '--format=%s', `main..${SOURCE}`)).split('\n').filter(Boolean),
    has: async (file: string, branch = SOURCE) =>
      (await project.git('ls-tree', '-r', '--name-only', branch)).split('\n').includes(file),
  };
}

it('opens one merge request, leaves it alone while nothing changes, and adds to it what does', async () => {
  const { ask, backUp, add, ahead, has } = await prepare();

  const first = await backUp('--labels', 'backup', '--reviewers', 'mara', '--reviewers', 'nobody');
  expect(first.exitCode, first.stderr).toBe(0);
  expect(first.report?.backups[0]).toMatchObject({
    branch: SOURCE,
    mergeRequest: { iid: 1, url: expect.stringMatching(/\/-\/merge_requests\/1$/), state: 'created' },
    warnings: [expect.stringContaining('"nobody" is no reviewer of !1')],
  });
  expect(first.stderr).toContain('merge request !1 created');
  expect(await ask('')).toMatchObject([
    {
      title: 'Back up Postman: 4 added',
      labels: ['backup'],
      reviewers: [{ username: 'mara' }],
      target_branch: 'main',
    },
  ]);
  expect(await has(ORDERS, 'main')).toBe(false);

  const second = await backUp();
  expect(second.report, second.stderr).toMatchObject({
    status: 'unchanged',
    backups: [{ mergeRequest: { iid: 1, state: 'unchanged' }, commits: [] }],
  });

  add('Closes #12 @mara\n/close');
  const third = await backUp();
  expect(third.report?.backups[0]?.mergeRequest, third.stderr).toMatchObject({ iid: 1, state: 'updated' });
  expect(await ahead()).toHaveLength(2);
  const [{ title = '', description = '' } = {}] = (await ask('')) as {
    title?: string;
    description?: string;
  }[];
  expect(title).toBe('Back up Postman: 5 added');
  expect(description).toContain('- added: collection `Orders`');
  expect(description).toMatch(/added: collection `Closes · # 12 @mara \/close`/);
  expect(description).not.toMatch(/^\//m);
});

it('goes on top of a target that moved, with all that it held, also what no list shows and what is gone', async () => {
  const { ask, backUp, add, edit, remove, ahead, has, commit: commitAs, project } = await prepare();
  await backUp();
  await ask('/1/merge', 'PUT', {});
  add('Payouts');
  edit('Hidden.', { touch: false });
  await backUp();
  remove('Payouts');
  await commitAs('main', 'Postman Collections/notes.txt');

  const moved = await backUp('--changes', 'listed');

  expect(moved.report?.backups[0], moved.stderr).toMatchObject({
    mergeRequest: { iid: 2, state: 'updated' },
    warnings: [expect.stringMatching(/^"main" has moved/)],
  });
  expect(await ahead()).toEqual(['Back up Postman: 1 updated, 1 added']);
  expect(await project.git('merge-base', 'main', SOURCE)).toBe(await project.git('rev-parse', 'main'));
  expect(await has('Postman Collections/notes.txt')).toBe(true);
  expect(await has('Postman Collections/Payouts.postman_collection.json')).toBe(true);
  expect(await project.git('show', `${SOURCE}:${ORDERS}`)).toContain('Hidden.');
  await commitAs('main', 'elsewhere.txt');
  expect((await backUp()).report?.backups[0]).toMatchObject({
    mergeRequest: { iid: 2, state: 'unchanged' },
    warnings: [],
  });
});

it("keeps a reviewer's commits: adds on top of them, or stops before they would be lost", async () => {
  const { backUp, add, ahead, has, commit: commitAs } = await prepare();
  await backUp();
  await commitAs(SOURCE, 'docs/review.md');
  add('Payouts');
  const onTop = await backUp();
  expect(onTop.report?.backups[0]?.mergeRequest, onTop.stderr).toMatchObject({ iid: 1, state: 'updated' });
  expect(await ahead()).toHaveLength(3);

  await commitAs('main', ORDERS);
  const stopped = await backUp();
  expect(stopped.exitCode).toBe(26);
  expect(stopped.report?.error).toMatchObject({
    code: 'MERGE_REQUEST_BLOCKED',
    message: expect.stringMatching(/it conflicts with "main".* [0-9a-f]{8} "Add a file" of others \(!1\)/),
  });
  expect(await has('docs/review.md')).toBe(true);
  expect(await ahead()).toHaveLength(3);
});

it('stops when a reviewer edited what is backed up', async () => {
  const { backUp, commit: commitAs, project } = await prepare();
  await backUp();
  await commitAs(SOURCE, ORDERS, 'update');

  const stopped = await backUp();

  expect(stopped.report?.error).toMatchObject({
    code: 'MERGE_REQUEST_BLOCKED',
    message: expect.stringContaining('what others changed in the backup would be written over'),
  });
  expect(await project.git('show', `${SOURCE}:${ORDERS}`)).toBe(`${SOURCE}\n`);
});

it.each([
  ['merged', '/merge', { squash: true }],
  ['closed', '', { state_event: 'close' }],
])('starts afresh after a person %s it', async (state, path, body) => {
  const { ask, backUp, add, ahead } = await prepare();
  await backUp();
  expect(await ask(`/1${path}`, 'PUT', body)).toMatchObject({ state });
  if (state === 'merged') {
    const quiet = await backUp();
    expect(quiet.report, quiet.stderr).toMatchObject({ status: 'unchanged' });
    expect(quiet.report?.backups[0]?.mergeRequest).toBeUndefined();
  }
  add('Payouts');

  const next = await backUp();

  expect(next.report?.backups[0]?.mergeRequest, next.stderr).toMatchObject({ iid: 2, state: 'created' });
  expect(await ahead()).toHaveLength(1);
});

it('closes it when an edit was taken back, so that it brings nothing any more', async () => {
  const { ask, backUp, edit } = await prepare();
  edit('Before.');
  await backUp();
  await ask('/1/merge', 'PUT', {});
  edit('After.');
  expect((await backUp()).report?.backups[0]?.mergeRequest).toMatchObject({ iid: 2, state: 'created' });
  edit('Before.');

  const { report, stderr } = await backUp();

  expect(report?.backups[0], stderr).toMatchObject({
    mergeRequest: { iid: 2, state: 'closed' },
    warnings: [expect.stringContaining('!2 was closed')],
  });
  expect(await ask('/2')).toMatchObject({ state: 'closed' });
  expect((await backUp()).report).toMatchObject({ status: 'unchanged' });
  expect(await ask('')).toHaveLength(2);
});

it('says in a dry run what it would do, and writes nothing', async () => {
  const { ask, backUp, add, ahead } = await prepare();
  const planned = await backUp('--dry-run', 'true');
  expect(planned.report?.backups[0]?.mergeRequest, planned.stderr).toEqual({ state: 'created' });
  expect(planned.stderr).toContain('merge request would be created');
  expect(await ask('')).toEqual([]);

  await backUp();
  add('Payouts');
  const again = await backUp('--dry-run', 'true');
  expect(again.report?.backups[0]?.mergeRequest).toMatchObject({ iid: 1, state: 'updated' });
  expect(await ahead()).toHaveLength(1);
});

it('merges by itself only when GitLab lets it; otherwise the merge request stands, and the report says why', async () => {
  const refused = await prepare();
  const { exitCode, report, stderr } = await refused.backUp('--auto-merge', 'true');
  expect(exitCode, stderr).toBe(0);
  expect(report?.backups[0]).toMatchObject({
    mergeRequest: { iid: 1, state: 'created' },
    warnings: [expect.stringMatching(/^GitLab does not merge !1 by itself \(401 Unauthorized\)/)],
  });

  const { ask, backUp } = await prepare({ pipelines: true, protectedBranches: [] });
  expect((await backUp('--auto-merge', 'true')).report?.backups[0]?.warnings).toEqual([]);
  expect(await ask('/1')).toMatchObject({ state: 'opened', merge_when_pipeline_succeeds: true });
});
