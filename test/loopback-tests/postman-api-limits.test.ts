/** The limits and the faults of the stand-in for the Postman API, and what it may be told not to offer. */

import { afterEach, describe, expect, it } from 'vitest';
import type { Fault, PostmanApi, PostmanApiOptions } from '../../demo/postman-api/types.d.mts';
import { ask, first, type Reply, second, startKinds, startSmall, V10 } from './call-postman.ts';

let running: PostmanApi | undefined;

afterEach(async () => {
  await running?.close();
  running = undefined;
});

async function start(options: Partial<PostmanApiOptions> = {}): Promise<PostmanApi> {
  running = await startSmall(options);
  return running;
}

describe('the limits', () => {
  it('let ten lists through in ten seconds, then say how long to wait, then let the next through', async () => {
    let nowMs = 1_000_000;
    const api = await start({ now: () => nowMs });
    for (let count = 1; count <= 10; count += 1) {
      const { status, headers } = await ask(api, '/workspaces');
      expect([status, headers.get('x-ratelimit-remaining')]).toEqual([200, String(10 - count)]);
      nowMs += 500;
    }
    const refused = await ask(api, '/collections');
    expect([refused.status, refused.json.error.name]).toEqual([429, 'rateLimited']);
    expect(refused.headers.get('retry-after')).toBe('5');
    expect((await ask(api, '/me')).status).toBe(200);
    nowMs += 5000;
    expect((await ask(api, '/collections')).status).toBe(200);
    expect((await ask(api, '/collections')).status).toBe(429);
  });

  it('count every call against the minute, and write the 429 of newer routes as problem+json', async () => {
    const api = await start({ limits: { perMinute: 2 } });
    await ask(api, '/me');
    await ask(api, '/environments');
    const { status, headers, json } = await ask(api, '/environments');
    expect([status, headers.get('content-type')]).toEqual([429, 'application/problem+json; charset=utf-8']);
    expect(json.type).toBe('https://api.postman.com/problems/rate-limit-exceeded');
    expect(Number(headers.get('x-ratelimit-retryafter'))).toBeGreaterThan(50);
  });

  it('come in each documented spelling', async () => {
    const nowMs = 1_700_000_000_000;
    async function headersOf(style: 'ratelimit' | 'combined' | 'none'): Promise<Headers> {
      const limits = { perMinute: 1, monthlyQuota: 50, headers: style };
      const api = await start({ limits, now: () => nowMs });
      await ask(api, '/me');
      const { headers } = await ask(api, '/me');
      await api.close();
      return headers;
    }
    const ratelimit = await headersOf('ratelimit');
    expect(ratelimit.get('ratelimit-reset')).toBe('1700000060');
    expect(ratelimit.get('retryafter')).toBe('60');
    const combined = await headersOf('combined');
    expect(combined.get('ratelimit')).toBe('limit=1, remaining=0, reset=60');
    expect(combined.get('ratelimit-policy')).toBe('1;w=60');
    const none = await headersOf('none');
    expect([...none.keys()].filter((name) => /limit|retry/.test(name))).toEqual([]);
  });

  it('end with the month: a 429 of another name, without a time to wait', async () => {
    const api = await start({ limits: { monthlyQuota: 100, monthlyUsage: 99 } });
    expect((await ask(api, '/me')).headers.get('x-ratelimit-remaining-month')).toBe('0');
    const { status, headers, json } = await ask(api, '/me');
    expect([status, json.error.name]).toEqual([429, 'serviceLimitExhausted']);
    expect(headers.has('retry-after')).toBe(false);
  });

  it('refuse nothing when they are not enforced', async () => {
    const api = await start({ limits: { perMinute: 1, enforce: false } });
    await ask(api, '/me');
    expect((await ask(api, '/me')).status).toBe(200);
  });
});

describe('faults', () => {
  async function askWith(fault: Fault): Promise<Reply> {
    const api = await start();
    api.onRequest(({ count }) => (count === 1 ? fault : undefined));
    return ask(api, '/me');
  }

  it('answer in place of the server', async () => {
    const fault = { status: 503, body: { error: 'spike' }, headers: { 'retry-after': '2' } };
    const { status, headers, json } = await askWith(fault);
    expect([status, headers.get('retry-after'), json]).toEqual([503, '2', { error: 'spike' }]);
  });

  it('rewrite an answer and leave the estate alone', async () => {
    const { json } = await askWith({ rewrite: () => ({ user: null }) });
    expect(json).toEqual({ user: null });
    expect(running?.estate.user.username).toBe('mara-lindqvist');
  });

  it('break the connection, or cut the body off, for one request', async () => {
    for (const fault of ['reset', 'cutBody'] as const) {
      await expect(askWith(fault)).rejects.toThrow();
      if (running === undefined) {
        throw new Error('not running');
      }
      expect(running.requests).toEqual([{ method: 'GET', path: '/me', status: 0 }]);
      expect((await ask(running, '/me')).status).toBe(200);
      await running.close();
    }
  });

  it('hang until the caller gives up', async () => {
    const api = await start();
    api.onRequest(() => 'hang');
    const headers = { 'X-API-Key': api.apiKey };
    const answer = fetch(`${api.url}/me`, { headers, signal: AbortSignal.timeout(50) });
    await expect(answer).rejects.toThrow(/timeout/);
  });
});

describe('what the plan or the region does not offer', () => {
  it('is refused with 403, or is not there at all; the rest answers as ever', async () => {
    running = await startKinds({
      unavailable: [
        { kind: 'globals', status: 403 },
        { kind: 'specs', status: 403 },
        { kind: 'apis', status: 404 },
      ],
    });
    const answers = [];
    for (const path of pathsOf(running)) {
      answers.push(await ask(running, path, V10));
    }
    expect(answers.map(({ status }) => status)).toEqual([403, 403, 200, 200, 404]);
    expect(second(answers).json).toEqual({
      type: 'https://api.postman.com/problems/forbidden',
      title: 'Forbidden',
      status: 403,
      detail: "This feature isn't available in your region.",
    });
    expect(answers.at(-1)?.json.type).toBe('https://api.postman.com/problems/not-found');
  });

  it('is none of it by default', async () => {
    running = await startKinds();
    for (const path of pathsOf(running)) {
      expect((await ask(running, path, V10)).status).toBe(200);
    }
  });
});

/** One path of each kind that may be missing. */
function pathsOf({ estate }: PostmanApi): string[] {
  const { id } = first(estate.workspaces);
  const lists = ['/specs?workspaceId=', '/mocks?workspace=', '/monitors?workspace=', '/apis?workspaceId='];
  return [`/workspaces/${id}/global-variables`, ...lists.map((list) => `${list}${id}`)];
}
