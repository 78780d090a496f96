/** The loopback GitLab shows projects, trees, files, branches and commits as GitLab's API does. */
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LoopbackGitLab, startLoopbackGitLab } from '../loopback/gitlab/server.ts';
import type { Project } from '../loopback/gitlab/state.ts';
import { call, commit } from './call-gitlab.ts';

let gitlab: LoopbackGitLab;
let token: string;
let project: Project;
let empty: Project;

const files = { 'a.txt': 'a\n', 'dir/b c.txt': 'b\n', 'dir/sub/d.txt': 'd\n' };
const tree = '/repository/tree';

beforeAll(async () => {
  gitlab = await startLoopbackGitLab({ relativeUrl: '/gitlab' });
  token = gitlab.createToken({ scopes: ['api'], role: 'developer', name: 'reader' });
  project = await gitlab.createProject({ path: 'group/sub/reading', files });
  empty = await gitlab.createProject({ path: 'group/empty', empty: true });
});

afterAll(() => gitlab.close());

function get(path: string, of: Project = project) {
  return call(gitlab, `/projects/${of.id}${path}`, { token });
}

describe('a project', () => {
  it('is found by its id and by its encoded path, below a relative URL', async () => {
    const byPath = await call(gitlab, `/projects/${encodeURIComponent(project.path)}`, { token });
    expect(byPath.json).toMatchObject({
      id: project.id,
      path_with_namespace: 'group/sub/reading',
      web_url: `${gitlab.url}/group/sub/reading`,
      http_url_to_repo: project.httpUrl,
      default_branch: 'main',
      empty_repo: false,
      archived: false,
      visibility: 'private',
      permissions: { project_access: { access_level: 30 } },
    });
    expect((await get('')).json).toEqual(byPath.json);
    expect(gitlab.apiUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/gitlab\/api\/v4$/);
    expect((await fetch(gitlab.apiUrl.replace('/gitlab', ''))).status).toBe(404);
  });

  it('does not exist for those who may not see it', async () => {
    const notFound = { status: 404, json: { message: '404 Project Not Found' } };
    const stranger = gitlab.createToken({ scopes: ['read_api'], role: 'owner', projects: ['group/empty'] });
    expect(await call(gitlab, '/projects/99', { token })).toMatchObject(notFound);
    expect(await call(gitlab, `/projects/${project.id}`)).toMatchObject(notFound);
    expect(await call(gitlab, `/projects/${project.id}`, { token: stranger })).toMatchObject(notFound);
  });

  it('that is public can be read by anybody and written by members only', async () => {
    const open = await gitlab.createProject({ path: 'group/open', visibility: 'public' });
    expect((await call(gitlab, `/projects/${open.id}${tree}`)).status).toBe(200);
    const path = `/projects/${open.id}/repository/branches`;
    expect((await call(gitlab, path, { body: { branch: 'x', ref: 'main' } })).status).toBe(401);
  });
});

describe('a token', () => {
  it('is accepted as PRIVATE-TOKEN and as bearer, and may always look at itself', async () => {
    const small = gitlab.createToken({
      scopes: ['write_repository'],
      role: 'developer',
      name: 'small',
      expiresAt: '2999-01-02',
    });
    const self = await call(gitlab, '/personal_access_tokens/self', {
      headers: { authorization: `Bearer ${small}` },
    });
    expect(self.json).toMatchObject({
      name: 'small',
      scopes: ['write_repository'],
      active: true,
      expires_at: '2999-01-02',
    });
    expect((await call(gitlab, '/version', { token: small })).json).toMatchObject({
      error: 'insufficient_scope',
    });
    expect((await call(gitlab, '/version', { token })).json).toMatchObject({
      version: expect.stringMatching(/^\d+\.\d+/),
    });
    expect((await call(gitlab, '/user', { token })).json).toMatchObject({ name: 'reader' });
    expect(await call(gitlab, '/user')).toMatchObject({ status: 401 });
  });

  it('of a job reads branches, single commits and raw files of its own project, nothing else', async () => {
    const headers = { 'job-token': gitlab.createJobToken({ project: project.path }) };
    const status = async (path: string, of = project) =>
      (await call(gitlab, `/projects/${of.id}${path}`, { headers })).status;
    expect(await status('/repository/files/a.txt/raw')).toBe(200);
    expect(await status('/repository/branches')).toBe(200);
    expect(await status('/repository/commits/main')).toBe(200);
    expect(await status(tree)).toBe(404);
    expect(await status('')).toBe(404);
    expect(await status('/repository/branches', empty)).toBe(404);
    expect(await call(gitlab, '/version', { headers: { 'job-token': 'wrong' } })).toMatchObject({
      status: 401,
    });
  });
});

describe('the tree', () => {
  it('lists one folder, or all of them, with git object ids', async () => {
    expect((await get(tree)).json).toEqual([
      { id: expect.any(String), name: 'dir', type: 'tree', path: 'dir', mode: '040000' },
      { id: blobId('a\n'), name: 'a.txt', type: 'blob', path: 'a.txt', mode: '100644' },
    ]);
    const all = (await get(`${tree}?recursive=true&ref=main`)).json as { path: string }[];
    expect(all.map((item) => item.path)).toEqual(['dir', 'dir/sub', 'a.txt', 'dir/b c.txt', 'dir/sub/d.txt']);
    expect((await get(`${tree}?path=dir/sub`)).json).toMatchObject([
      { path: 'dir/sub/d.txt', id: blobId('d\n') },
    ]);
  });

  it('does not exist for an unknown ref, an empty repository, or a path that is no folder', async () => {
    const missing = { status: 404, json: { message: '404 Tree Not Found' } };
    expect(await get(`${tree}?ref=unknown`)).toMatchObject(missing);
    expect(await get(tree, empty)).toMatchObject(missing);
    const noPath = { status: 404, json: { message: '404 invalid revision or path Not Found' } };
    expect(await get(`${tree}?path=none`)).toMatchObject(noPath);
    expect(await get(`${tree}?path=a.txt`)).toMatchObject(noPath);
  });

  it('gives all of 250 files once by keyset paging, and still those of the first page after a commit', async () => {
    const names = Array.from({ length: 250 }, (_, index) => `f${String(index).padStart(3, '0')}.json`);
    const many = await gitlab.createProject({
      path: 'group/many',
      files: Object.fromEntries(names.map((name) => [`d/${name}`, `${name}\n`])),
    });
    const paths: string[] = [];
    let next: string | undefined =
      `${gitlab.apiUrl}/projects/${many.id}${tree}?recursive=true&per_page=100&pagination=keyset`;
    let pages = 0;
    while (next !== undefined) {
      const answer: Response = await fetch(next, { headers: { 'private-token': token } });
      paths.push(...((await answer.json()) as { path: string }[]).map((item) => item.path));
      next = /<(.+)>; rel="next"/.exec(answer.headers.get('link') ?? '')?.[1];
      pages += 1;
      const actions = [{ action: 'create', file_path: `d/z${pages}.json`, content: 'later' }];
      expect((await commit(gitlab, { token, project: many.id, fields: { actions } })).status).toBe(201);
    }
    expect(pages).toBe(3);
    expect(paths).toEqual(['d', ...names.map((name) => `d/${name}`)]);
  });

  it('pages by number too, 20 items by default and 100 at most', async () => {
    const many = await gitlab.createProject({
      path: 'group/paged',
      files: Object.fromEntries(Array.from({ length: 130 }, (_, index) => [`${index}.txt`, ''])),
    });
    const first = await get(tree, many);
    expect(first.json).toHaveLength(20);
    expect(first.headers.get('x-next-page')).toBe('2');
    const last = await get(`${tree}?per_page=500&page=2`, many);
    expect(last.json).toHaveLength(30);
    expect(last.headers.get('x-next-page')).toBe('');
    expect(last.headers.get('link')).toBeNull();
    expect((await get(`${tree}?recursive=true&pagination=none`, many)).json).toHaveLength(130);
  });
});

describe('a file', () => {
  const path = `/repository/files/${encodeURIComponent('dir/b c.txt')}`;

  it('is given with its content and ids, raw, and as headers only', async () => {
    const head = (await project.git('rev-parse', 'main')).trim();
    const file = await get(`${path}?ref=main`);
    expect(file.json).toMatchObject({
      file_name: 'b c.txt',
      file_path: 'dir/b c.txt',
      size: 2,
      encoding: 'base64',
      content: Buffer.from('b\n').toString('base64'),
      blob_id: blobId('b\n'),
      commit_id: head,
      last_commit_id: head,
      execute_filemode: false,
    });
    expect((await get(`${path}/raw`)).body).toBe('b\n');
    const only = await call(gitlab, `/projects/${project.id}${path}?ref=HEAD`, { token, method: 'HEAD' });
    expect(only.headers.get('x-gitlab-blob-id')).toBe(blobId('b\n'));
    expect(only.headers.get('x-gitlab-size')).toBe('2');
  });

  it('does not exist: 404 for the file or for the commit; without a ref: 400', async () => {
    expect((await get('/repository/files/none?ref=main')).json).toEqual({ message: '404 File Not Found' });
    expect((await get('/repository/files/dir?ref=main')).json).toEqual({ message: '404 File Not Found' });
    expect((await get(`${path}?ref=none`)).json).toEqual({ message: '404 Commit Not Found' });
    expect(await get(path)).toMatchObject({ status: 400, json: { error: 'ref is missing, ref is empty' } });
  });

  it('can be read by its blob id', async () => {
    const sha = blobId('d\n');
    expect((await get(`/repository/blobs/${sha}/raw`)).body).toBe('d\n');
    expect((await get(`/repository/blobs/${sha}`)).json).toEqual({
      size: 2,
      encoding: 'base64',
      content: 'ZAo=',
      sha,
    });
    expect((await get(`/repository/blobs/${'0'.repeat(40)}`)).json).toEqual({
      message: '404 Blob Not Found',
    });
  });

  it('is found by a token with read_repository, whose tree is refused', async () => {
    const small = gitlab.createToken({ scopes: ['read_repository'], role: 'reporter' });
    const status = async (of: string) =>
      (await call(gitlab, `/projects/${project.id}${of}`, { token: small })).status;
    expect(await status(`${path}/raw`)).toBe(200);
    expect(await status(tree)).toBe(403);
  });
});

describe('a branch', () => {
  const branches = '/repository/branches';

  it('is listed and shown with its head and protection', async () => {
    const locked = await gitlab.createProject({
      path: 'group/locked',
      protectedBranches: [{ name: 'main', pushAccessLevel: 40 }],
    });
    const id = (await locked.git('rev-parse', 'main')).trim();
    const main = { name: 'main', commit: { id }, protected: true, can_push: false, default: true };
    expect((await get(`${branches}/main`, locked)).json).toMatchObject(main);
    expect((await get(branches, locked)).json).toMatchObject([main]);
    expect(await get(`${branches}/none`)).toMatchObject({
      status: 404,
      json: { message: '404 Branch Not Found' },
    });
  });

  it('is created from a ref, once', async () => {
    const path = `/projects/${project.id}${branches}`;
    const create = (query: string) => call(gitlab, `${path}?${query}`, { token, method: 'POST' });
    const body = { branch: 'feature/x', ref: 'main' };
    expect(await call(gitlab, path, { token, body })).toMatchObject({
      status: 201,
      json: { name: 'feature/x', default: false },
    });
    expect((await get(`${branches}/feature%2Fx`)).json).toMatchObject({ name: 'feature/x', can_push: true });
    expect(await create('branch=feature/x&ref=main')).toMatchObject({
      status: 400,
      json: { message: 'Branch already exists' },
    });
    expect((await create('branch=y&ref=none')).json).toEqual({ message: 'Invalid reference name: none' });
    expect((await create('branch=a..b&ref=main')).json).toEqual({ message: 'Branch name is invalid' });
    expect((await create('ref=main')).json).toEqual({ error: 'branch is missing' });
  });
});

describe('the commits', () => {
  it('are listed newest first, by page and path, with trailers when asked', async () => {
    const history = await gitlab.createProject({ path: 'group/history', files });
    const message = 'Update a\n\nBackup-Run: 1-1\nBackup-Run: 1-2';
    const actions = [{ action: 'update', file_path: 'a.txt', content: 'changed\n' }];
    await commit(gitlab, { token, project: history.id, fields: { commit_message: message, actions } });
    const list = '/repository/commits?ref_name=main';
    const all = await get(`${list}&trailers=true`, history);
    expect(all.json).toMatchObject([
      {
        title: 'Update a',
        message,
        trailers: { 'Backup-Run': '1-2' },
        extended_trailers: { 'Backup-Run': ['1-1', '1-2'] },
      },
      { title: 'Initial commit', message: 'Initial commit', trailers: {} },
    ]);
    expect((await get(list, history)).json).toMatchObject([{ trailers: {} }, {}]);
    expect((await get(`${list}&path=${encodeURIComponent('dir/b c.txt')}`, history)).json).toHaveLength(1);
    const first = await get(`${list}&per_page=1`, history);
    expect(first.json).toHaveLength(1);
    expect(first.headers.get('x-next-page')).toBe('2');
    const inAnHour = new Date(Date.now() + 3_600_000).toISOString();
    expect((await get(`${list}&since=${inAnHour}`, history)).json).toEqual([]);
    expect((await get(`${list}&until=${inAnHour}`, history)).json).toHaveLength(2);
  });

  it('of an unknown ref do not exist; an empty repository has none', async () => {
    expect(await get('/repository/commits?ref_name=none')).toMatchObject({ status: 404 });
    expect((await get('/repository/commits/none')).json).toEqual({ message: '404 Commit Not Found' });
    expect((await get('/repository/commits', empty)).json).toEqual([]);
  });
});

function blobId(content: string): string {
  return createHash('sha1').update(`blob ${content.length}\0${content}`).digest('hex');
}
