/** The job token: where git gets it from, who never sees it, and what is said when it is refused. */

import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { accessTokenCredential } from '../../../src/git/credentials.ts';
import { openGitHistory } from '../../../src/git/history.ts';
import type { GitRepository } from '../../../src/git/repository.ts';
import { createGit } from '../../../src/git/run-git.ts';
import type { ProjectOptions } from '../../loopback/gitlab/create-project.ts';
import { type LoopbackGitLab, startLoopbackGitLab } from '../../loopback/gitlab/server.ts';
import type { Project } from '../../loopback/gitlab/state.ts';
import { planOn } from '../plan-on.ts';
import { create, createPlace, type Place } from './fixture.ts';

let place: Place;
let gitlab: LoopbackGitLab;

beforeEach(async () => {
  place = await createPlace();
  gitlab = await startLoopbackGitLab();
});

afterEach(async () => {
  expect(await place.remove()).toEqual([]);
  await gitlab.close();
});

function openWith(password: string, url: string): GitRepository {
  const credential = {
    username: 'gitlab-ci-token',
    password,
    refusedCode: 'JOB_TOKEN_PUSH_REFUSED',
  } as const;
  // The job's own environment holds the token; git must not inherit it.
  const env = { PATH: process.env['PATH'], HOME: place.root, CI_JOB_TOKEN: password, GIT_TRACE_CURL: '1' };
  return place.open({ url, credential, env });
}

function createProject(options: Partial<ProjectOptions> = {}): Promise<Project> {
  const files = { 'postman/a': 'a' };
  return gitlab.createProject({ path: 'team/backup', jobTokenPushAllowed: true, files, ...options });
}

/** Everything that another user of this machine, or somebody who finds the disk, could read. */
function visibleTexts(): { processes: string[]; files: string[] } {
  const processes = existsSync('/proc/self') ? readdirSync('/proc').filter((name) => /^\d+$/.test(name)) : [];
  return {
    processes: processes.flatMap((pid) => {
      try {
        return [
          readFileSync(`/proc/${pid}/cmdline`, 'latin1') + readFileSync(`/proc/${pid}/environ`, 'latin1'),
        ];
      } catch {
        return [];
      }
    }),
    files: readdirSync(place.temporary, { recursive: true, encoding: 'utf8' })
      .map((name) => join(place.temporary, name))
      .flatMap((path) => {
        try {
          return statSync(path).isFile() ? [readFileSync(path, 'latin1')] : [];
        } catch {
          return [];
        }
      }),
  };
}

test('the token is in no argument, environment or file while git lists, reads and pushes', async () => {
  const project = await createProject();
  const token = gitlab.createJobToken({ project: project.path });
  const secrets = [token, Buffer.from(`gitlab-ci-token:${token}`).toString('base64').replace(/=+$/, '')];
  const leaks: string[] = [];
  let seenGit = 0;
  let seenFiles = 0;
  gitlab.onRequest(() => {
    const { processes, files } = visibleTexts();
    seenGit += processes.filter((text) => /git\0?.*remote-http/.test(text)).length;
    seenFiles += files.length;
    leaks.push(...[...processes, ...files].filter((text) => secrets.some((secret) => text.includes(secret))));
    return undefined;
  });
  const repository = openWith(token, project.httpUrl);
  const tree = await repository.listTree();
  expect((await repository.readBlob(tree.files.get('postman/a') ?? '')).toString()).toBe('a');
  expect((await repository.apply(planOn(tree, [create('postman/b')]))).status).toBe('committed');

  expect(leaks).toEqual([]);
  expect(seenFiles).toBeGreaterThan(10);
  if (existsSync('/proc/self')) {
    expect(seenGit).toBeGreaterThan(5);
  }
  expect(gitlab.requests.filter(({ tokenName }) => tokenName !== undefined).length).toBeGreaterThan(5);
});

test('the token is not offered to a host that the server redirects to', async () => {
  const project = await createProject();
  const token = gitlab.createJobToken({ project: project.path });
  const elsewhere = createServer((request, response) => {
    response.writeHead(302, { location: `${gitlab.url}${request.url}` }).end();
  });
  await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
  const { port } = elsewhere.address() as AddressInfo;
  const repository = openWith(token, project.httpUrl.replace(gitlab.url, `http://127.0.0.1:${port}`));

  await expect(repository.listTree()).rejects.toMatchObject({ code: 'JOB_TOKEN_PUSH_REFUSED' });
  expect(gitlab.requests.length).toBeGreaterThan(0);
  expect(gitlab.requests.filter(({ tokenName }) => tokenName !== undefined)).toEqual([]);
  await new Promise((resolve) => elsewhere.close(resolve));
});

test('git may ask more than once in one command, and gets the token for its own server only', async () => {
  const git = createGit({
    env: { PATH: process.env['PATH'] },
    cwd: place.root,
    stallLimit: 10_000,
    credential: { username: 'me', password: 'per%cent \\n', origin: 'https://gitlab.test:8443' },
  });
  const ask = (host: string) => `printf 'protocol=https\nhost=${host}\n\n' | git credential fill`;
  const commands = [ask('gitlab.test:8443'), ask('gitlab.test:8443'), ask('gitlab.test')].join('; ');
  const { stdout, stderr } = await git(['-c', `alias.ask=!${commands}`, 'ask'], { network: true });

  expect(stdout.toString().match(/^password=.*$/gm)).toEqual([
    'password=per%cent \\n',
    'password=per%cent \\n',
  ]);
  expect(stderr).toMatch(/could not read Username for 'https:\/\/gitlab.test'/);
});

test('the token does not end up in the credential store of the user, nor does theirs get in its way', async () => {
  const project = await createProject();
  const store = join(place.root, '.git-credentials');
  const theirs = `${project.httpUrl.replace('://', '://me:outdated@')}\n`;
  writeFileSync(store, theirs);
  await place.git('config', '--global', 'credential.helper', 'store');
  const repository = openWith(gitlab.createJobToken({ project: project.path }), project.httpUrl);

  expect((await repository.listTree()).files.size).toBe(1);
  expect(readFileSync(store, 'utf8')).toBe(theirs);
});

test('without a token of ours, the credential helper of the user answers', async () => {
  const project = await createProject();
  const token = gitlab.createToken({ scopes: ['write_repository'], role: 'developer' });
  const helper = `!f() { printf 'username=me\\npassword=${token}\\n'; }; f`;
  await place.git('config', '--global', 'credential.helper', helper);
  const repository = place.open({ url: project.httpUrl });
  const applied = await repository.apply(planOn(await repository.listTree(), [create('postman/b')]));

  expect(applied.status).toBe('committed');
});

test.each<[string, Partial<ProjectOptions>, string, string]>([
  [
    'job tokens may not push',
    { jobTokenPushAllowed: false },
    'JOB_TOKEN_PUSH_REFUSED',
    'not allowed to upload code',
  ],
  ['the project is archived', { archived: true }, 'GITLAB_PROJECT_ARCHIVED', 'archived project'],
  [
    'the branch is protected',
    { protectedBranches: [{ name: 'main', pushAccessLevel: 40 }] },
    'GITLAB_BRANCH_PROTECTED',
    'You are not allowed to push code to protected branches on this project.',
  ],
  [
    'a push rule wants a ticket',
    { pushRules: { commitMessageRegex: '^OPS-\\d+' } },
    'GITLAB_PUSH_RULE',
    "Commit message does not follow the pattern '^OPS-\\d+'",
  ],
])('a push is refused with a way out when %s', async (_, options, code, words) => {
  const project = await createProject(options);
  const token = gitlab.createJobToken({ project: project.path });
  const repository = openWith(token, project.httpUrl);
  const tree = await repository.listTree();
  const before = await project.git('rev-parse', 'main');

  await expect(repository.apply(planOn(tree, [create('postman/b')]))).rejects.toMatchObject({
    code,
    message: expect.stringContaining(words),
  });
  expect(await project.git('rev-parse', 'main')).toBe(before);
});

test('a proxy that takes no large bodies is named', async () => {
  const project = await createProject();
  const repository = openWith(gitlab.createJobToken({ project: project.path }), project.httpUrl);
  const tree = await repository.listTree();
  gitlab.onRequest(({ method }) => (method === 'POST' ? { status: 413, body: '<html>413' } : undefined));

  await expect(repository.apply(planOn(tree, [create('postman/b')]))).rejects.toMatchObject({
    code: 'GITLAB_PAYLOAD_TOO_LARGE',
    hint: expect.stringContaining('client_max_body_size'),
  });
});

test('a wrong token, another job’s token and a missing project say what is wrong, never the token', async () => {
  const project = await createProject();
  await gitlab.createProject({ path: 'team/other' });
  const mine = gitlab.createJobToken({ project: project.path });
  const foreign = gitlab.createJobToken({ project: 'team/other' });
  const fail = async (token: string, url: string) => {
    const error: unknown = await openWith(token, url)
      .listTree()
      .catch((thrown: unknown) => thrown);
    expect(String(error)).not.toContain(token);
    return error;
  };

  expect(await fail('wrong-token', project.httpUrl)).toMatchObject({ code: 'JOB_TOKEN_PUSH_REFUSED' });
  expect(await fail(foreign, project.httpUrl)).toMatchObject({ code: 'JOB_TOKEN_PUSH_REFUSED' });
  expect(await fail(mine, `${gitlab.url}/team/none.git`)).toMatchObject({
    code: 'GIT_REPOSITORY_UNREADABLE',
    message: expect.stringMatching(/does not exist, or the credentials may not see it/),
  });
  await expect(place.open({ url: project.httpUrl }).listTree()).rejects.toMatchObject({
    code: 'GIT_CREDENTIALS_REFUSED',
  });
});

test('an access token reads a backup over git, and is named when it is refused', async () => {
  const project = await createProject();
  const token = gitlab.createToken({ projects: [project.path], scopes: ['api'], role: 'developer' });
  const readWith = async (password: string) => {
    const history = openGitHistory({
      ...{ url: project.httpUrl, credential: accessTokenCredential(password) },
      ...{ env: { PATH: process.env['PATH'], HOME: place.root }, temporaryDirectory: place.temporary },
      retryDelays: [],
    });
    try {
      const { commit } = await history.find({});
      return [...(await history.readFiles(commit)).keys()];
    } finally {
      await history.close();
    }
  };

  expect(await readWith(token)).toContain('postman/a');
  await expect(readWith('wrong-token')).rejects.toMatchObject({
    code: 'GITLAB_TOKEN_REFUSED',
    message: expect.not.stringContaining('wrong-token'),
  });
});

test('a server that is not there is unavailable', async () => {
  const closed = createServer();
  await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve));
  const { port } = closed.address() as AddressInfo;
  await new Promise((resolve) => closed.close(resolve));

  await expect(
    place.open({ url: `http://user:pass@127.0.0.1:${port}/a.git` }).listTree(),
  ).rejects.toMatchObject({
    code: 'GIT_UNAVAILABLE',
    message: expect.not.stringContaining('pass'),
  });
});
