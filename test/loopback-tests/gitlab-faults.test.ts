/** The loopback GitLab throttles and limits as GitLab does, fails when a test orders it, and records every request. */
import { afterEach, describe, expect, it } from 'vitest';
import {
  type LoopbackGitLab,
  type LoopbackGitLabOptions,
  startLoopbackGitLab,
} from '../loopback/gitlab/server.ts';
import type { Project } from '../loopback/gitlab/state.ts';
import { call, commit } from './call-gitlab.ts';

let gitlab: LoopbackGitLab;

afterEach(() => gitlab.close());

async function start(options?: LoopbackGitLabOptions): Promise<{ project: Project; token: string }> {
  gitlab = await startLoopbackGitLab(options);
  const project = await gitlab.createProject({ path: 'group/project' });
  return { project, token: gitlab.createToken({ scopes: ['api'], role: 'developer', name: 'bot' }) };
}

function large(bytes: number) {
  return { actions: [{ action: 'create', file_path: crypto.randomUUID(), content: 'x'.repeat(bytes) }] };
}

describe('limits', () => {
  it("refuse a body over GitLab's limit with its words, over a proxy's limit with its HTML", async () => {
    const { project, token } = await start({ maxBodyBytes: 10_000, proxyMaxBodyBytes: 50_000 });
    const body = await commit(gitlab, { token, project: project.id, fields: large(20_000) });
    expect(body.status).toBe(413);
    expect(body.json).toMatchObject({
      message: expect.stringMatching(
        /^RequestBody: upload failed: the upload size \d+ is over maximum of 10000 bytes: entity is too large$/,
      ),
    });
    const proxied = await commit(gitlab, { token, project: project.id, fields: large(2_000_000) });
    expect(proxied.status).toBe(413);
    expect(proxied.headers.get('content-type')).toBe('text/html');
    expect(proxied.body).toContain('<center>nginx</center>');
    expect((await commit(gitlab, { token, project: project.id })).status).toBe(201);
  });

  it('are noticed in the middle of a body of unannounced length, and the client still hears of it', async () => {
    const { project, token } = await start({ maxBodyBytes: 100_000 });
    const answer = await fetch(`${gitlab.apiUrl}/projects/${project.id}/repository/commits`, {
      method: 'POST',
      headers: { 'private-token': token, 'content-type': 'application/json' },
      body: ReadableStream.from(Array.from({ length: 200 }, () => new Uint8Array(65_536))),
      duplex: 'half',
    });
    expect(answer.status).toBe(413);
  });

  it('announce the rate limit on every answer and refuse what is over it with plain text and Retry-After', async () => {
    const { token } = await start({ rateLimit: { limit: 2, windowMs: 60_000 } });
    const first = await call(gitlab, '/version', { token });
    expect(first.headers.get('ratelimit-remaining')).toBe('1');
    await call(gitlab, '/version', { token });
    const third = await call(gitlab, '/version', { token });
    expect(third).toMatchObject({ status: 429, body: 'Retry later\n' });
    expect(Number(third.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(third.headers.get('ratelimit-limit')).toBe('2');
  });

  it('throttle the fourth commit over 20 MB within 30 s, without rate headers', async () => {
    const { project, token } = await start({ largeCommitThrottle: true });
    const statuses: number[] = [];
    for (let index = 0; index < 4; index += 1) {
      const answer = await commit(gitlab, { token, project: project.id, fields: large(21 * 1024 * 1024) });
      statuses.push(answer.status);
      if (answer.status !== 429) {
        continue;
      }
      expect(answer.json).toEqual({
        message: { error: 'This endpoint has been requested too many times. Try again later.' },
      });
      expect(answer.headers.get('retry-after')).toBeNull();
    }
    expect(statuses).toEqual([201, 201, 201, 429]);
    expect((await commit(gitlab, { token, project: project.id })).status).toBe(201);
  });
});

describe('faults', () => {
  it('answer in the place of GitLab', async () => {
    const { token } = await start();
    gitlab.onRequest(({ index }) =>
      index === 0 ? { status: 502, body: 'Bad Gateway', headers: { 'retry-after': '1' } } : undefined,
    );
    const answer = await call(gitlab, '/version', { token });
    expect(answer).toMatchObject({ status: 502, body: 'Bad Gateway' });
    expect(answer.headers.get('retry-after')).toBe('1');
    expect((await call(gitlab, '/version', { token })).status).toBe(200);
  });

  it.each([
    ['reset', 1],
    ['resetAfterProcessing', 2],
  ] as const)('%s breaks the connection; the branch then has %i commits', async (fault, commits) => {
    const { project, token } = await start();
    gitlab.onRequest(({ method }) => (method === 'POST' ? fault : undefined));
    await expect(commit(gitlab, { token, project: project.id })).rejects.toThrow('fetch failed');
    expect(await project.git('rev-list', '--count', 'main')).toBe(`${commits}\n`);
  });

  it('cutBody ends the answer in the middle of its body', async () => {
    const { token } = await start();
    gitlab.onRequest(() => 'cutBody');
    await expect(call(gitlab, '/version', { token })).rejects.toThrow('terminated');
  });

  it('hang never answers, and closing ends it', async () => {
    await start();
    gitlab.onRequest(() => 'hang');
    const answer = fetch(`${gitlab.apiUrl}/version`, { signal: AbortSignal.timeout(100) });
    await expect(answer).rejects.toThrow('aborted due to timeout');
    expect(gitlab.requests).toEqual([{ method: 'GET', path: '/api/v4/version', status: 0 }]);
  });

  it('delay the answer by the time given', async () => {
    const { token } = await start();
    gitlab.onRequest(() => ({ delayMs: 50 }));
    const before = performance.now();
    expect((await call(gitlab, '/version', { token })).status).toBe(200);
    expect(performance.now() - before).toBeGreaterThanOrEqual(49);
  });
});

it('every request is recorded with its status and the name of its token', async () => {
  const { project, token } = await start();
  await call(gitlab, `/projects/${project.id}/repository/tree?ref=none`, { token });
  await call(gitlab, '/unknown');
  expect(gitlab.requests).toEqual([
    { method: 'GET', path: '/api/v4/projects/1/repository/tree?ref=none', status: 404, tokenName: 'bot' },
    { method: 'GET', path: '/api/v4/unknown', status: 404 },
  ]);
});
