/** How a client keeps to the limits that a server tells in its answers. */
import { describe, expect, test } from 'vitest';
import { createHttpClient, type HttpClientOptions, type HttpEvent } from '../../../src/http/client.ts';
import { createPace } from '../../../src/http/pace.ts';
import { failureOf } from './failure-of.ts';
import { respond, serve, serveInTurn } from './loopback.ts';

// The backoff alone would outlast the test: only what the server says can let it pass.
const slowBackoff = { backoffMs: 120_000, throttledMs: 120_000 };

function createClient(baseUrl: string, options: Partial<HttpClientOptions> = {}) {
  return createHttpClient({ baseUrl, headers: {}, policy: slowBackoff, ...options });
}

describe('a refusal with 429', () => {
  test.each([
    ['Retry-After', '0.05'],
    ['RetryAfter', '0.05'],
    ['X-RateLimit-RetryAfter', '0.05'],
    ['RateLimit-Reset', '0.05'],
    ['X-RateLimit-Reset', '0.05'],
    ['RateLimit', 'limit=300, remaining=0, reset=0.05'],
  ])('is waited out as %s says', async (name, value) => {
    const server = await serveInTurn(respond(429, 'Retry later', { [name]: value }), respond(200, '{}'));
    const begin = Date.now();
    await createClient(server.url).request({ path: 'x' });
    expect(Date.now() - begin).toBeGreaterThanOrEqual(49);
  });

  test.each([
    ['Retry-After', () => new Date(Date.now() + 2000).toUTCString()],
    ['RateLimit-ResetTime', () => new Date(Date.now() + 2000).toUTCString()],
    ['RateLimit-Reset', () => String(Math.ceil(Date.now() / 1000) + 1)],
  ])('is waited out when %s is a point in time', async (name, value) => {
    const server = await serveInTurn(
      (request, response) => respond(429, '', { [name]: value() })(request, response),
      respond(200, '{}'),
    );
    expect((await createClient(server.url).request({ path: 'x' })).status).toBe(200);
  });

  test('that asks for too long a wait fails at once, and says how long', async () => {
    const server = await serveInTurn(respond(429, 'Retry later', { 'Retry-After': '301' }));
    const error = await failureOf(createClient(server.url).request({ path: 'x' }));
    expect(error).toMatchObject({ reason: 'status', status: 429, body: 'Retry later' });
    expect(error.headers?.get('retry-after')).toBe('301');
    expect(server.requests).toHaveLength(1);
  });

  test('stops all that share the limit, not only the one that was refused', async () => {
    const arrivals: number[] = [];
    const server = await serve((_request, response, index) => {
      arrivals.push(Date.now());
      if (index < 8) {
        return response.writeHead(429, { 'Retry-After': '0.2' }).end();
      }
      return response.end('{}');
    });
    const client = createClient(server.url);
    await Promise.all(Array.from({ length: 20 }, () => client.request({ path: 'x' })));
    const [first = 0, , , , , , , , ninth = 0] = arrivals;
    expect(arrivals).toHaveLength(28);
    expect(ninth - first).toBeGreaterThanOrEqual(195);
  });

  test('is not sent again when the limit outlasts the total time', async () => {
    const pace = createPace();
    const server = await serve((_request, response, index) => {
      pace.laneOf('x').pause(600, () => undefined);
      response.writeHead(index === 0 ? 429 : 200, { 'Retry-After': '0.01' }).end('{}');
    });
    const client = createClient(server.url, { pace, policy: { totalMs: 400 } });
    const error = await failureOf(client.request({ method: 'POST', path: 'x', body: '{}' }));
    expect(error).toMatchObject({ reason: 'timeout', detail: 'not finished after 0.4 s' });
    expect(server.requests).toHaveLength(1);
  });
});

describe('a 503', () => {
  test('with Retry-After is waited out by this request alone', async () => {
    const server = await serveInTurn(respond(503, '', { 'Retry-After': '0.05' }), respond(200, '{}'));
    const events: HttpEvent[] = [];
    await createClient(server.url, { onEvent: (event) => events.push(event) }).request({ path: 'x' });
    const waits = events.flatMap((event) => (event.type === 'wait' ? event : []));
    expect(waits.map(({ reason, from, until }) => [reason, until - from])).toEqual([['retry', 50]]);
  });
});

describe('an answer that says nothing is left', () => {
  test('holds back the next request until the reset', async () => {
    const server = await serveInTurn(
      respond(200, '{}', { 'RateLimit-Remaining': '0', 'RateLimit-Reset': '0.2' }),
      respond(200, '{}'),
    );
    const events: HttpEvent[] = [];
    const client = createClient(server.url, { onEvent: (event) => events.push(event) });
    const begin = Date.now();
    await client.request({ path: '1' });
    await client.request({ path: '2' });
    expect(Date.now() - begin).toBeGreaterThanOrEqual(195);
    expect(events.filter(({ type }) => type === 'wait')).toEqual([
      { type: 'wait', reason: 'limit', from: expect.any(Number), until: expect.any(Number) },
    ]);
  });

  test('or not more than those under way will use, holds back the others: no request is refused', async () => {
    let left = 10;
    const server = await serve((_request, response) => {
      if (left === 10) {
        setTimeout(() => (left = 10), 300);
      }
      const isRefused = left === 0;
      left = Math.max(0, left - 1);
      const headers = { 'X-RateLimit-Remaining': String(left), 'X-RateLimit-Reset': '0.35' };
      setTimeout(() => response.writeHead(isRefused ? 429 : 200, headers).end('{}'), 5);
    });
    const client = createClient(server.url, { policy: { tries: 1 } });
    const answers = await Promise.all(Array.from({ length: 25 }, () => client.request({ path: 'x' })));
    expect(answers).toHaveLength(25);
  });

  test('for longer than is worth waiting leaves it to the server to refuse', async () => {
    const server = await serveInTurn(
      respond(200, '{}', { 'RateLimit-Remaining': '0', 'RateLimit-Reset': '3600' }),
      respond(200, '{}'),
    );
    const client = createClient(server.url);
    await client.request({ path: '1' });
    expect((await client.request({ path: '2' })).status).toBe(200);
  });

  test('about one kind of path does not hold back another', async () => {
    const server = await serveInTurn(
      respond(200, '{}', { 'RateLimit-Remaining': '0', 'RateLimit-Reset': '200' }),
      respond(200, '{}'),
    );
    const pace = createPace([{ matches: (path) => path === 'lists', limit: 10, windowMs: 10_000 }]);
    const client = createClient(server.url, { pace });
    await client.request({ path: 'lists?limit=100' });
    expect((await client.request({ path: 'bodies/1' })).status).toBe(200);
  });
});

describe('clients of one key', () => {
  test('wait together when they share a pace', async () => {
    const server = await serveInTurn(
      respond(200, '{}', { 'RateLimit-Remaining': '0', 'RateLimit-Reset': '0.2' }),
      respond(200, '{}'),
    );
    const pace = createPace();
    const begin = Date.now();
    await createClient(server.url, { pace }).request({ path: 'x' });
    await createClient(server.url, { pace }).request({ path: 'x' });
    expect(Date.now() - begin).toBeGreaterThanOrEqual(195);
  });
});
