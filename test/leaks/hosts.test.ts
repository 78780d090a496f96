/** Each credential goes to the one host that it is for, and is not repeated when that host repeats it. */
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { atEnd } from '../end-to-end/program.ts';
import type { FaultHook } from '../loopback/gitlab/faults.ts';
import { type LoopbackGitLab, startLoopbackGitLab } from '../loopback/gitlab/server.ts';
import { POSTMAN_KEY } from './canaries.ts';
import { createPlace, type Place, runWatched } from './leak-run.ts';

const API = 'through the API, with a token';
const PUSH = 'by git push, with the job token';
const LOCAL = 'by git, to a local path';

type Heard = { readonly path: string; readonly headers: IncomingHttpHeaders };

let gitlab: LoopbackGitLab;
let elsewhere: string;
const heard: Heard[] = [];

beforeAll(async () => {
  gitlab = await startLoopbackGitLab();
  atEnd(() => gitlab.close());
  // It asks everybody for a password, as a thief would.
  const server = createServer(({ url = '', headers }, answer) => {
    heard.push({ path: url, headers });
    answer.writeHead(401, { 'www-authenticate': 'Basic realm="GitLab"' }).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  elsewhere = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  atEnd(async () => server.close());
});

beforeEach(() => {
  heard.length = 0;
  gitlab.onRequest(() => undefined);
});

afterAll(() => gitlab.onRequest(() => undefined));

/** What another host was given besides what every client sends. */
function given(): string[] {
  const telling = [
    'authorization',
    'private-token',
    'job-token',
    'x-api-key',
    'cookie',
    'proxy-authorization',
  ];
  return heard.flatMap(({ headers }) => telling.filter((name) => headers[name] !== undefined));
}

function on(path: RegExp, answer: ReturnType<FaultHook>): FaultHook {
  return (request) => (path.test(`${request.method} ${request.path}`) ? answer : undefined);
}

describe('the job token', () => {
  it('is not given to a host that GitLab redirects git to', async () => {
    const place = await createPlace(PUSH, gitlab);
    gitlab.onRequest(({ path }) => ({ status: 302, headers: { location: `${elsewhere}${path}` } }));

    const { exitCode } = await runWatched(place);

    expect(exitCode).not.toBe(0);
    expect(heard.length).toBeGreaterThan(0);
    expect(given()).toEqual([]);
  });

  it('is not given to another repository, however much it asks', async () => {
    const place = await createPlace(PUSH, gitlab);

    const { exitCode, stderr } = await runWatched(place, {
      env: { POSTMAN_GITLAB_REPOSITORY: `${elsewhere}/team/backup.git` },
    });

    expect(exitCode, stderr).toBe(21);
    expect(stderr).toContain('GIT_CREDENTIALS_REFUSED');
    expect(heard.length).toBeGreaterThan(0);
    expect(given()).toEqual([]);
  });

  it('is not given to Postman, nor is any other token', async () => {
    const place = await createPlace(PUSH, gitlab);
    const tokens: unknown[] = [];
    place.postman.onRequest(({ headers }) => {
      const { 'x-api-key': key, host: _, ...rest } = headers;
      tokens.push(key === POSTMAN_KEY ? JSON.stringify(rest) : 'no key');
      return undefined;
    });
    await runWatched(place, { flags: ['--destination', 'git'], env: { GITLAB_TOKEN: 'glpat-of-the-team' } });

    expect(tokens.length).toBeGreaterThan(5);
    expect(tokens.filter((text) => /no key|glpat|glcbt/.test(String(text)))).toEqual([]);
  });

  it('is not used when there is an access token', async () => {
    const place = await createPlace(API, gitlab);
    const before = gitlab.requests.length;

    await runWatched(place, { env: { CI_JOB_TOKEN: 'glcbt-canary-never-sent' } });

    const names = gitlab.requests.slice(before).map(({ tokenName }) => tokenName);
    expect(new Set(names).size).toBe(1);
    expect(names[0]).toMatch(/^token-/);
  });
});

describe('the access token', () => {
  it.each(['GET', 'POST'])('is not given to a host that GitLab redirects to: %s', async (method) => {
    const place = await createPlace(API, gitlab);
    const location = `${elsewhere}/x?private_token=${place.token}`;
    gitlab.onRequest(on(new RegExp(`^${method}`), { status: 302, headers: { location } }));

    const { exitCode, stderr } = await runWatched(place);

    expect(exitCode, stderr).toBe(22);
    expect(heard).toEqual([]);
  });

  it('is not given to another repository', async () => {
    const place = await createPlace(LOCAL, gitlab);

    await runWatched(place, {
      env: { POSTMAN_GITLAB_REPOSITORY: `${elsewhere}/a.git`, GITLAB_TOKEN: 'glpat-canary-never-sent' },
      flags: ['--repository', `${elsewhere}/a.git`],
    });

    expect(heard.length).toBeGreaterThan(0);
    expect(given()).toEqual([]);
  });
});

/** GitLab's answers with what they were asked with; `before` moves it to where a text is cut. */
const echoes: readonly (readonly [string, (place: Place) => FaultHook])[] = [
  [
    'refuses the token and repeats it',
    ({ token }) => on(/^GET/, { status: 401, body: { message: `401 ${token}` } }),
  ],
  [
    'refuses the commit and repeats the token',
    ({ token }) => on(/^POST/, { status: 400, body: { message: `Bad request ${token} from ${token}` } }),
  ],
  [
    'refuses the commit and repeats the token where a text is cut',
    ({ token }) => on(/^POST/, { status: 400, body: { message: `${'x'.repeat(480)} ${token}` } }),
  ],
  [
    'refuses the commit with an object that holds the token',
    ({ token }) => on(/^POST/, { status: 403, body: { message: { headers: { 'private-token': token } } } }),
  ],
  [
    'refuses the commit in HTML with the token',
    ({ token }) => on(/^POST/, { status: 422, body: `<html>PRIVATE-TOKEN: ${token}</html>` }),
  ],
];

describe('nothing is left of it when GitLab', () => {
  it.each(echoes)('%s', async (_, hook) => {
    const place = await createPlace(API, gitlab);
    gitlab.onRequest(hook(place));

    expect((await runWatched(place)).exitCode).toBeGreaterThanOrEqual(20);
  });
});

const withToken = ({ token }: Place) => `https://gitlab-ci-token:${token}@gitlab.example/team/backup.git`;

describe('nothing is left of it when git push', () => {
  it.each<[string, (place: Place) => FaultHook]>([
    [
      'is refused with the address, token and all',
      (place) =>
        on(/receive-pack/, { status: 403, body: `You are not allowed to push to ${withToken(place)}` }),
    ],
    [
      'is refused with the token where a text is cut',
      (place) => on(/receive-pack/, { status: 403, body: `${'x'.repeat(440)} ${place.token}` }),
    ],
    [
      'is refused with the token in base64 where a text is cut',
      ({ token = '' }) => {
        const basic = Buffer.from(`gitlab-ci-token:${token}`).toString('base64');
        return on(/receive-pack/, { status: 403, body: `${'x'.repeat(450)} ${basic}` });
      },
    ],
    [
      'is refused with 401 and the token',
      ({ token }) => on(/upload-pack/, { status: 401, body: `Bad ${token}` }),
    ],
    [
      'is redirected to an address with the token in it',
      (place) => on(/receive-pack/, { status: 302, headers: { location: `${withToken(place)}/info/refs` } }),
    ],
  ])('%s', async (_, hook) => {
    const place = await createPlace(PUSH, gitlab);
    gitlab.onRequest(hook(place));

    expect((await runWatched(place)).exitCode).toBeGreaterThanOrEqual(20);
  });
});

it('an address with a password or a token in it is refused before git sees it', async () => {
  const place = await createPlace(LOCAL, gitlab);
  const key = POSTMAN_KEY;
  for (const address of [`${elsewhere}/a.git?private_token=${key}`, `http://me:${key}@127.0.0.1:1/a.git`]) {
    const { exitCode } = await runWatched(
      { ...place, destination: { ...place.destination, flags: [] } },
      {
        env: { POSTMAN_GITLAB_REPOSITORY: address },
        ranNoGit: true,
      },
    );
    expect(exitCode, address.replace(key, 'KEY')).toBe(20);
  }
});
