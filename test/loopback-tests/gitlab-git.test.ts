/** The real git program clones from and pushes to the loopback GitLab, and is refused in GitLab's words. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LoopbackGitLab, startLoopbackGitLab } from '../loopback/gitlab/server.ts';
import type { Project } from '../loopback/gitlab/state.ts';

const run = promisify(execFile);

let gitlab: LoopbackGitLab;
let directory: string;
let count = 0;

beforeAll(async () => {
  gitlab = await startLoopbackGitLab({ relativeUrl: '/gitlab' });
  directory = await mkdtemp(join(tmpdir(), 'loopback-gitlab-clones-'));
});

afterAll(async () => {
  await gitlab.close();
  await rm(directory, { recursive: true, force: true });
});

type Finished = { readonly code: number; readonly stdout: string; readonly stderr: string };

/** Runs git without any settings of this machine, authenticated by a header. */
async function git(args: readonly string[], credentials?: string): Promise<Finished> {
  const basic =
    credentials === undefined
      ? []
      : ['-c', `http.extraHeader=Authorization: Basic ${Buffer.from(credentials).toString('base64')}`];
  const identity = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.test'];
  const env = {
    PATH: process.env['PATH'],
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
  };
  try {
    return { code: 0, ...(await run('git', [...basic, ...identity, ...args], { cwd: directory, env })) };
  } catch (error) {
    return error as Finished;
  }
}

async function project(
  options: Partial<Parameters<LoopbackGitLab['createProject']>[0]> = {},
): Promise<Project> {
  count += 1;
  return await gitlab.createProject({ path: `group/git-${count}`, ...options });
}

/** Clones, commits a file of `bytes` random characters, pushes. @returns what the push said. */
async function cloneAndPush(
  of: Project,
  credentials: string,
  { message = 'Add', bytes = 10, pushArgs = ['HEAD:main'] } = {},
): Promise<Finished> {
  const clone = join(directory, `clone-${crypto.randomUUID()}`);
  const cloned = await git(['clone', '--quiet', of.httpUrl, clone], credentials);
  if (cloned.code !== 0) {
    return cloned;
  }
  const content = Buffer.from(crypto.getRandomValues(new Uint8Array(Math.min(bytes, 65_536))));
  await writeFile(
    join(clone, 'pushed.bin'),
    Buffer.concat(
      Array.from({ length: Math.ceil(bytes / content.length) }, (_, index) =>
        Buffer.concat([content, Buffer.from([index])]),
      ),
    ),
  );
  await git(['-C', clone, 'add', '.']);
  await git(['-C', clone, 'commit', '--quiet', '-m', message]);
  return await git(['-C', clone, 'push', '--quiet', 'origin', ...pushArgs], credentials);
}

describe('cloning', () => {
  it('works with a job token, and with any token that has a repository scope', async () => {
    const repository = await project({ files: { 'a b.txt': 'a' } });
    const job = gitlab.createJobToken({ project: repository.path });
    const token = gitlab.createToken({ scopes: ['read_repository'], role: 'reporter' });
    expect((await git(['ls-remote', repository.httpUrl], `gitlab-ci-token:${job}`)).stdout).toContain(
      'refs/heads/main',
    );
    expect((await git(['ls-remote', repository.httpUrl], `anybody:${token}`)).stdout).toContain(
      'refs/heads/main',
    );
  });

  it('can leave the blobs out, and needs no credentials for a public project', async () => {
    const repository = await project({ files: { 'a.txt': 'a' }, visibility: 'public' });
    const clone = join(directory, 'blobless.git');
    const args = ['clone', '--quiet', '--bare', '--depth=1', '--filter=blob:none', repository.httpUrl, clone];
    expect(await git(args)).toMatchObject({ code: 0 });
    const missing = await git(['-C', clone, 'rev-list', '--objects', '--all', '--missing=print']);
    expect(missing.stdout).toMatch(/^\?[0-9a-f]{40}$/m);
  });

  it('understands a gzipped request, which git sends when it has much to say', async () => {
    const repository = await project({ visibility: 'public' });
    const answer = await fetch(`${repository.httpUrl}/git-upload-pack`, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-git-upload-pack-request',
        'content-encoding': 'gzip',
        'git-protocol': 'version=2',
      },
      body: gzipSync('0014command=ls-refs\n0000'),
    });
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain('refs/heads/main');
  });

  it('without or with wrong credentials is answered 401, so that git gives up', async () => {
    const repository = await project();
    const unscoped = gitlab.createToken({ scopes: ['read_api'], role: 'owner' });
    const expired = gitlab.createToken({ scopes: ['api'], role: 'owner', expiresAt: '2020-01-01' });
    const anonymous = await fetch(`${repository.httpUrl}/info/refs?service=git-upload-pack`);
    expect(anonymous.status).toBe(401);
    expect(anonymous.headers.get('www-authenticate')).toBe('Basic realm="GitLab"');
    for (const credentials of ['gitlab-ci-token:wrong', `x:${unscoped}`, `x:${expired}`]) {
      const refused = await git(['ls-remote', repository.httpUrl], credentials);
      expect(refused).toMatchObject({
        code: 128,
        stderr: expect.stringContaining('could not read Username'),
      });
    }
  });

  it('of a project that the token cannot see says that it could not be found', async () => {
    const [mine, other] = [await project(), await project()];
    const token = gitlab.createToken({ scopes: ['api'], role: 'owner', projects: [mine.path] });
    const job = gitlab.createJobToken({ project: mine.path });
    const refused = await git(['ls-remote', other.httpUrl], `x:${token}`);
    expect(refused.stderr).toContain(
      "The project you were looking for could not be found or you don't have permission to view it.",
    );
    const crossed = await git(['ls-remote', other.httpUrl], `gitlab-ci-token:${job}`);
    expect(crossed.stderr).toContain(
      `Authentication by CI/CD job token not allowed from ${mine.path} to ${other.path}.`,
    );
  });
});

describe('pushing', () => {
  it('works with a job token when the project allows it, also with a body that git sends in chunks', async () => {
    const repository = await project({ jobTokenPushAllowed: true });
    const job = gitlab.createJobToken({ project: repository.path });
    const pushed = await cloneAndPush(repository, `gitlab-ci-token:${job}`, { bytes: 3_000_000 });
    expect(pushed).toMatchObject({ code: 0, stderr: '' });
    expect(await repository.git('log', '-1', '--format=%s %an', 'main')).toBe('Add Ada\n');
    expect(gitlab.requests.filter((request) => request.path.includes(repository.path))).toContainEqual({
      method: 'POST',
      path: `/${repository.path}.git/git-receive-pack`,
      status: 200,
      tokenName: 'job-token',
    });
  });

  it('to an empty repository makes its first branch the default one', async () => {
    const repository = await project({ empty: true });
    const token = gitlab.createToken({ scopes: ['write_repository'], role: 'developer' });
    expect(await cloneAndPush(repository, `x:${token}`, { pushArgs: ['HEAD:trunk'] })).toMatchObject({
      code: 0,
    });
    expect(await repository.git('symbolic-ref', 'HEAD')).toBe('refs/heads/trunk\n');
  });

  it.each([
    ['You are not allowed to upload code.', {}, 'job'],
    ['You are not allowed to upload code.', {}, 'read_repository'],
    ["You can't push code to an archived project.", { archived: true }, 'api'],
    [
      'GitLab: You are not allowed to push code to protected branches on this project.',
      { protectedBranches: [{ name: 'main', pushAccessLevel: 40 }] },
      'api',
    ],
    [
      "GitLab: Commit message does not follow the pattern '^OPS-'",
      { pushRules: { commitMessageRegex: '^OPS-' } },
      'api',
    ],
    ['exceed the 1MiB limit:', { pushRules: { maxFileSize: 1 } }, 'api'],
  ] as const)('is refused, and the branch stays: %s', async (words, options, credential) => {
    const repository = await project(options);
    const credentials =
      credential === 'job'
        ? `gitlab-ci-token:${gitlab.createJobToken({ project: repository.path })}`
        : `x:${gitlab.createToken({ scopes: [credential], role: 'developer' })}`;
    const before = await repository.git('for-each-ref');
    const refused = await cloneAndPush(repository, credentials, { bytes: 2_000_000 });
    expect(refused.code).not.toBe(0);
    expect(refused.stderr).toContain(words);
    expect(await repository.git('for-each-ref')).toBe(before);
  });

  it('by a reporter is refused', async () => {
    const repository = await project();
    const token = gitlab.createToken({ scopes: ['api'], role: 'reporter' });
    const refused = await cloneAndPush(repository, `x:${token}`);
    expect(refused.stderr).toContain('You are not allowed to upload code for this project.');
  });

  it('by force to a protected branch is refused even to those who may push', async () => {
    const repository = await project({ protectedBranches: [{ name: 'main', pushAccessLevel: 30 }] });
    const credentials = `x:${gitlab.createToken({ scopes: ['api'], role: 'developer' })}`;
    expect(await cloneAndPush(repository, credentials)).toMatchObject({ code: 0 });
    const clone = join(directory, 'forced');
    await git(['clone', '--quiet', repository.httpUrl, clone], credentials);
    await git(['-C', clone, 'commit', '--quiet', '--amend', '-m', 'Rewritten']);
    const refused = await git(['-C', clone, 'push', '--force', 'origin', 'HEAD:main'], credentials);
    expect(refused.stderr).toContain(
      'You are not allowed to force push code to a protected branch on this project.',
    );
  });

  it('with the answer cut off after the work has still moved the branch', async () => {
    const repository = await project();
    const credentials = `x:${gitlab.createToken({ scopes: ['api'], role: 'developer' })}`;
    gitlab.onRequest(({ method, path }) =>
      method === 'POST' && path === `/${repository.path}.git/git-receive-pack`
        ? 'resetAfterProcessing'
        : undefined,
    );
    expect((await cloneAndPush(repository, credentials)).code).not.toBe(0);
    expect(await repository.git('rev-list', '--count', 'main')).toBe('2\n');
  });
});
