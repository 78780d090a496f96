/** The loopback GitLab makes commits with the semantics, and refuses them in the words, of GitLab's commits API. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LoopbackGitLab, startLoopbackGitLab } from '../loopback/gitlab/server.ts';
import type { Project } from '../loopback/gitlab/state.ts';
import { call, commit } from './call-gitlab.ts';

let gitlab: LoopbackGitLab;
let token: string;

beforeAll(async () => {
  gitlab = await startLoopbackGitLab();
  token = gitlab.createToken({
    scopes: ['api'],
    role: 'maintainer',
    name: 'backup',
    email: 'bot@example.test',
  });
});

afterAll(() => gitlab.close());

let count = 0;
const files = { 'a.txt': 'a\n', 'dir/b.txt': 'b\n', 'dir/c.txt': 'c\n' };

async function project(
  options: Partial<Parameters<LoopbackGitLab['createProject']>[0]> = {},
): Promise<Project> {
  count += 1;
  return await gitlab.createProject({ path: `group/commits-${count}`, files, ...options });
}

async function head(of: Project, branch = 'main'): Promise<string> {
  return (await of.git('rev-parse', `refs/heads/${branch}`)).trim();
}

async function refusal(of: Project, fields: Readonly<Record<string, unknown>>, as = token) {
  const { status, json } = await commit(gitlab, { token: as, project: of.id, fields });
  return { ...(json as object), status };
}

describe('a commit', () => {
  it('applies every kind of action in one commit and answers 201 with it', async () => {
    const repository = await project();
    const before = await head(repository);
    const answer = await commit(gitlab, {
      token,
      project: repository.path,
      fields: {
        commit_message: 'Change everything\n\nBackup-Run: 7-1',
        author_name: 'Ada',
        author_email: 'ada@example.test',
        actions: [
          {
            action: 'create',
            file_path: 'Ünï côde/"x".txt',
            content: Buffer.from([0, 255, 10]).toString('base64'),
            encoding: 'base64',
          },
          { action: 'update', file_path: 'a.txt', content: 'one\r\ntwo' },
          { action: 'move', file_path: 'moved/b.txt', previous_path: 'dir/b.txt' },
          { action: 'delete', file_path: 'dir/c.txt' },
          { action: 'chmod', file_path: 'a.txt', execute_filemode: true },
        ],
      },
    });
    expect(answer.status).toBe(201);
    expect(answer.json).toMatchObject({
      id: await head(repository),
      parent_ids: [before],
      title: 'Change everything',
      message: 'Change everything\n\nBackup-Run: 7-1',
      author_name: 'Ada',
      committer_name: 'backup',
      committer_email: 'bot@example.test',
      trailers: { 'Backup-Run': '7-1' },
      stats: { additions: 2, deletions: 2, total: 4 },
    });
    const tree = await repository.git('ls-tree', '-r', '-z', 'main');
    expect(
      tree
        .replaceAll(/ blob [0-9a-f]{40}\t/g, ' ')
        .split('\0')
        .filter(Boolean),
    ).toEqual(['100755 a.txt', '100644 moved/b.txt', '100644 Ünï côde/"x".txt']);
    expect(await repository.git('show', 'main:a.txt')).toBe('one\r\ntwo');
    await expect(repository.git('fsck', '--strict')).resolves.toBe('');
  });

  it('creates the first branch of an empty repository and makes it the default', async () => {
    const repository = await project({ empty: true });
    const info = `/projects/${repository.id}`;
    expect((await call(gitlab, info, { token })).json).toMatchObject({
      empty_repo: true,
      default_branch: 'main',
    });
    const { status, json } = await commit(gitlab, {
      token,
      project: repository.id,
      fields: { branch: 'trunk' },
    });
    expect({ status, json }).toMatchObject({ status: 201, json: { parent_ids: [] } });
    expect((await call(gitlab, info, { token })).json).toMatchObject({
      empty_repo: false,
      default_branch: 'trunk',
    });
  });

  it('starts a new branch from start_branch or from start_sha', async () => {
    const repository = await project();
    const base = await head(repository);
    await commit(gitlab, { token, project: repository.id });
    await commit(gitlab, {
      token,
      project: repository.id,
      fields: { branch: 'x', start_branch: 'main', actions: [{ action: 'delete', file_path: 'new.txt' }] },
    });
    await commit(gitlab, { token, project: repository.id, fields: { branch: 'y', start_sha: base } });
    expect(await repository.git('rev-list', '--count', 'x')).toBe('3\n');
    expect((await repository.git('rev-parse', 'y^')).trim()).toBe(base);
  });

  it('is made even when it changes nothing', async () => {
    const repository = await project();
    const answer = await commit(gitlab, {
      token,
      project: repository.id,
      fields: { actions: [{ action: 'update', file_path: 'a.txt', content: 'a\n' }] },
    });
    expect(answer.status).toBe(201);
    expect(await repository.git('diff', '--name-only', 'main^', 'main')).toBe('');
  });

  it('follows the order of the actions: a deleted path can be created again', async () => {
    const repository = await project();
    const create = { action: 'create', file_path: 'a.txt', content: 'again\n' };
    const remove = { action: 'delete', file_path: 'a.txt' };
    expect(await refusal(repository, { actions: [create, remove] })).toMatchObject({ status: 400 });
    expect(await refusal(repository, { actions: [remove, create] })).toMatchObject({ status: 201 });
    expect(await repository.git('show', 'main:a.txt')).toBe('again\n');
  });

  it('deletes and replaces whole directories', async () => {
    const [deleted, replaced] = [await project(), await project()];
    await commit(gitlab, {
      token,
      project: deleted.id,
      fields: { actions: [{ action: 'delete', file_path: 'dir' }] },
    });
    expect(await deleted.git('ls-tree', '-r', '--name-only', 'main')).toBe('a.txt\n');
    await commit(gitlab, {
      token,
      project: replaced.id,
      fields: { actions: [{ action: 'create', file_path: 'dir', content: 'x' }] },
    });
    expect(await replaced.git('ls-tree', '-r', '--name-only', 'main')).toBe('a.txt\ndir\n');
  });
});

describe('two commits at the same time', () => {
  it('both land in order, or the loser is told that the reference moved', async () => {
    const repository = await project();
    const writers = Array.from({ length: 6 }, (_, index) =>
      commit(gitlab, {
        token,
        project: repository.id,
        fields: { actions: [{ action: 'create', file_path: `${index}.txt`, content: 'x' }] },
      }),
    );
    const answers = await Promise.all(writers);
    const landed = answers.filter((answer) => answer.status === 201);
    for (const answer of answers.filter((candidate) => candidate.status !== 201)) {
      expect(answer).toMatchObject({
        status: 400,
        json: { message: '9:reference update: reference does not point to expected object' },
      });
    }
    expect(landed.length).toBeGreaterThan(0);
    expect(await repository.git('rev-list', '--count', 'main')).toBe(`${landed.length + 1}\n`);
    expect((await repository.git('for-each-ref', 'refs/loopback')).trim()).toBe('');
  });
});

describe('a commit is refused', () => {
  it('without or with an unknown token: 401', async () => {
    const repository = await project();
    const path = `/projects/${repository.id}/repository/commits`;
    const unauthorized = { status: 401, json: { message: '401 Unauthorized' } };
    expect(await call(gitlab, path, { body: {} })).toMatchObject(unauthorized);
    expect(await call(gitlab, path, { body: {}, token: 'glpat-unknown' })).toMatchObject(unauthorized);
  });

  it('with an expired or revoked token: 401 invalid_token', async () => {
    const repository = await project();
    const expired = gitlab.createToken({ scopes: ['api'], role: 'owner', expiresAt: '2020-01-01' });
    const revoked = gitlab.createToken({ scopes: ['api'], role: 'owner', revoked: true });
    expect(await refusal(repository, {}, expired)).toEqual({
      status: 401,
      error: 'invalid_token',
      error_description: 'Token is expired. You can either do re-authorization or token refresh.',
    });
    expect(await refusal(repository, {}, revoked)).toMatchObject({ status: 401, error: 'invalid_token' });
  });

  it.each([['read_api'], ['write_repository']])(
    'with the scope %s only: 403 insufficient_scope',
    async (scope) => {
      const small = gitlab.createToken({ scopes: [scope], role: 'owner' });
      expect(await refusal(await project(), {}, small)).toEqual({
        status: 403,
        error: 'insufficient_scope',
        error_description: 'The request requires higher privileges than provided by the access token.',
        scope: 'api',
      });
    },
  );

  it('in a project that the token cannot see: 404', async () => {
    const elsewhere = gitlab.createToken({ scopes: ['api'], role: 'owner', projects: ['group/other'] });
    const answer = { status: 404, message: '404 Project Not Found' };
    expect(await refusal(await project(), {}, elsewhere)).toEqual(answer);
  });

  it('with a job token, which is anonymous here: 404 for a private project, 401 for a public one', async () => {
    const [hidden, open] = [await project(), await project({ visibility: 'public' })];
    const path = (of: Project) => `/projects/${of.id}/repository/commits`;
    const headers = (of: Project) => ({ 'job-token': gitlab.createJobToken({ project: of.path }) });
    expect(await call(gitlab, path(hidden), { body: {}, headers: headers(hidden) })).toMatchObject({
      status: 404,
    });
    expect(await call(gitlab, path(open), { body: {}, headers: headers(open) })).toMatchObject({
      status: 401,
    });
  });

  it('when the role is too low, the branch protected or the project archived: 403', async () => {
    const reporter = gitlab.createToken({ scopes: ['api'], role: 'reporter' });
    const guest = gitlab.createToken({ scopes: ['api'], role: 'guest' });
    const developer = gitlab.createToken({ scopes: ['api'], role: 'developer' });
    const locked = await project({ protectedBranches: [{ name: 'main', pushAccessLevel: 40 }] });
    const closed = await project({ protectedBranches: [{ name: 'main', pushAccessLevel: 0 }] });
    const forbidden = {
      status: 403,
      message: '403 Forbidden - You are not allowed to push into this branch',
    };
    expect(await refusal(await project(), {}, reporter)).toEqual(forbidden);
    expect(await refusal(await project(), {}, guest)).toEqual({ status: 403, message: '403 Forbidden' });
    expect(await refusal(locked, {}, developer)).toEqual(forbidden);
    expect(await refusal(closed, {})).toEqual(forbidden);
    expect(await refusal(await project({ archived: true }), {})).toEqual(forbidden);
    expect(await refusal(locked, {})).toMatchObject({ status: 201 });
  });

  const create = { action: 'create', file_path: 'new.txt', content: 'x' };

  it.each([
    ['branch is required', { branch: undefined }],
    ['commit_message is required', { commit_message: '' }],
    ['actions is required', { actions: undefined }],
    ['actions is required', { actions: [] }],
    ['actions[0][file_path] is required', { actions: [{ ...create, file_path: undefined }] }],
    [
      'actions[1][action] must be one of: create, update, move, delete, chmod',
      { actions: [create, { action: 'rename' }] },
    ],
    ['start_branch, start_sha are mutually exclusive', { start_branch: 'main', start_sha: 'x' }],
  ])('when %s: 400 in validation', async (problem, fields) => {
    expect(await refusal(await project(), fields)).toEqual({
      status: 400,
      message: `400 Bad request - ${problem}`,
    });
  });

  it('when the body is no JSON: 400', async () => {
    const url = `${gitlab.apiUrl}/projects/${(await project()).id}/repository/commits`;
    const headers = { 'private-token': token, 'content-type': 'application/json' };
    const answer = await fetch(url, { method: 'POST', headers, body: '{' });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toEqual({ message: 'Invalid json', error: 'Invalid json' });
  });

  it.each([
    ['You can only create or edit files when you are on a branch', { branch: 'missing' }],
    [
      "A branch called 'main' already exists. Switch to that branch in order to make changes",
      { start_branch: 'other' },
    ],
    ["Invalid start_sha 'abc'", { branch: 'x', start_sha: 'abc' }],
    [`Cannot find start_sha '${'1'.repeat(40)}'`, { branch: 'x', start_sha: '1'.repeat(40) }],
    [
      "Something went wrong when we tried to create 'a..b' for you: Branch name is invalid",
      { branch: 'a..b', start_branch: 'main' },
    ],
    ['A file with this name already exists', { actions: [{ ...create, file_path: 'a.txt' }] }],
    [
      'A file with this name already exists',
      { actions: [{ action: 'move', file_path: 'a.txt', previous_path: 'dir/b.txt' }] },
    ],
    ["A file with this name doesn't exist", { actions: [{ ...create, action: 'update' }] }],
    ["A file with this name doesn't exist", { actions: [{ action: 'delete', file_path: 'none' }] }],
    [
      "A file with this name doesn't exist",
      { actions: [{ action: 'chmod', file_path: 'none', execute_filemode: true }] },
    ],
    [
      "A file with this name doesn't exist",
      { actions: [{ action: 'move', file_path: 'x', previous_path: 'none' }] },
    ],
    ["invalid path: 'a//b'", { actions: [{ ...create, file_path: 'a//b' }] }],
    ["invalid path: '.git/config'", { actions: [{ ...create, file_path: '.git/config' }] }],
    ["invalid path: '/etc/x'", { actions: [{ ...create, file_path: '/etc/x' }] }],
    ['Path cannot include directory traversal', { actions: [{ ...create, file_path: '../x' }] }],
    ['You must provide a file path', { actions: [{ ...create, file_path: '' }] }],
  ])('with 400 and nothing written: %s', async (message, fields) => {
    const repository = await project();
    await repository.git('branch', 'other', 'main');
    const before = await repository.git('for-each-ref');
    expect(await refusal(repository, fields)).toEqual({ status: 400, message });
    expect(await repository.git('for-each-ref')).toBe(before);
  });

  it('when a file has changed since last_commit_id, and only then', async () => {
    const repository = await project();
    const old = await head(repository);
    const update = (path: string) => ({
      actions: [{ action: 'update', file_path: path, content: `${Math.random()}`, last_commit_id: old }],
    });
    expect(await refusal(repository, update('a.txt'))).toMatchObject({ status: 201 });
    expect(await refusal(repository, update('dir/b.txt'))).toMatchObject({ status: 201 });
    expect(await refusal(repository, update('a.txt'))).toEqual({
      status: 400,
      message: 'The file has changed since you started editing it: a.txt',
    });
  });

  it('by a push rule: 400 with the words of the rule', async () => {
    const message = await project({ pushRules: { commitMessageRegex: '^[A-Z]+-\\d+ ' } });
    expect(await refusal(message, {})).toEqual({
      status: 400,
      message: "Commit message does not follow the pattern '^[A-Z]+-\\d+ '",
    });
    expect(await refusal(message, { commit_message: 'OPS-1 Add' })).toMatchObject({ status: 201 });
    const author = await project({ pushRules: { authorEmailRegex: '@corp\\.test$' } });
    expect(await refusal(author, {})).toEqual({
      status: 400,
      message: "Author's email 'bot@example.test' does not follow the pattern '@corp\\.test$'",
    });
    const forbidden = await project({ pushRules: { forbiddenMessageRegex: 'file' } });
    expect(await refusal(forbidden, {})).toEqual({
      status: 400,
      message: "Commit message contains the forbidden pattern 'file'",
    });
    const size = await project({ pushRules: { maxFileSize: 1 } });
    const large = { actions: [{ ...create, content: 'x'.repeat(1024 * 1024 + 1) }] };
    expect(await refusal(size, large)).toMatchObject({
      status: 400,
      message: expect.stringContaining('exceed the 1MiB limit:'),
    });
    expect(await size.git('rev-list', '--count', 'main')).toBe('1\n');
  });
});
