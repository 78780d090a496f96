/** What a client sends and hands back, and which of its tries are repeated. */
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { createHttpClient, type HttpClientOptions, type HttpEvent } from '../../../src/http/client.ts';
import { failureOf } from './failure-of.ts';
import { respond, serve, serveInTurn } from './loopback.ts';

const fast = { backoffMs: 4, throttledMs: 4, silenceMs: 2000 };

function createClient(baseUrl: string, options: Partial<HttpClientOptions> = {}) {
  return createHttpClient({ baseUrl, headers: { 'x-api-key': 'key' }, policy: fast, ...options });
}

describe('an answered request', () => {
  test('goes below the base with credentials, user agent and accept, and gives status, headers and JSON', async () => {
    const server = await serveInTurn(respond(201, '{"name":"Grüße"}', { 'x-total': '3' }));
    const client = createClient(`${server.url}/gitlab/api/v4/`);
    const answer = await client.request({
      path: 'projects/a%2Fb/files?ref=x%20y',
      headers: { 'x-own': '1' },
    });
    expect(answer).toMatchObject({ status: 201, json: { name: 'Grüße' }, bytes: Buffer.alloc(0) });
    expect(answer.headers.get('x-total')).toBe('3');
    const [sent] = server.requests;
    expect(sent).toMatchObject({ method: 'GET', url: '/gitlab/api/v4/projects/a%2Fb/files?ref=x%20y' });
    expect(sent?.headers).toMatchObject({
      'user-agent': 'postman-gitlab',
      accept: 'application/json',
      'x-api-key': 'key',
      'x-own': '1',
    });
  });

  test('gives bytes as they are when bytes are expected', async () => {
    const bytes = Buffer.from([0, 255, 254, 10, 0]);
    const server = await serveInTurn(respond(200, bytes));
    const answer = await createClient(server.url).request({ path: 'raw', expect: 'bytes' });
    expect(answer.bytes).toEqual(bytes);
    expect(answer.json).toBeUndefined();
  });

  test('is decompressed, and may come in pieces that cut a character', async () => {
    const compressed = gzipSync('{"a":"ü€"}');
    const text = Buffer.from('{"b":"€"}');
    const server = await serveInTurn(
      respond(200, compressed, { 'content-encoding': 'gzip' }),
      (_request, response) => {
        response.write(text.subarray(0, 7));
        setTimeout(() => response.end(text.subarray(7)), 5);
      },
    );
    const client = createClient(server.url);
    expect((await client.request({ path: '1' })).json).toEqual({ a: 'ü€' });
    expect((await client.request({ path: '2' })).json).toEqual({ b: '€' });
  });

  test('may be empty where there is nothing to say', async () => {
    const server = await serveInTurn(respond(204, ''), respond(200, '', { 'content-type': 'text/plain' }));
    const client = createClient(server.url);
    expect(await client.request({ method: 'DELETE', path: 'x' })).toMatchObject({
      status: 204,
      json: undefined,
    });
    expect(await client.request({ method: 'HEAD', path: 'x' })).toMatchObject({
      status: 200,
      json: undefined,
    });
  });

  test('may carry a body, which is sent as JSON unless a header says otherwise', async () => {
    const bodies: string[] = [];
    const server = await serve(async (request, response) => {
      bodies.push(Buffer.concat(await request.toArray()).toString());
      response.end('{}');
    });
    const client = createClient(server.url);
    await client.request({ method: 'POST', path: 'x', body: '{"ö":1}' });
    await client.request({ method: 'PUT', path: 'x', body: 'y', headers: { 'Content-Type': 'text/x' } });
    expect(bodies).toEqual(['{"ö":1}', 'y']);
    expect(server.requests.map(({ headers }) => headers['content-type'])).toEqual([
      'application/json',
      'text/x',
    ]);
  });
});

describe('a read that fails', () => {
  test.each([408, 425, 429, 500, 502, 503, 504])(
    'with %i is tried again until it succeeds',
    async (status) => {
      const server = await serveInTurn(
        respond(status, 'no'),
        respond(status, 'no'),
        respond(200, '{"ok":1}'),
      );
      const answer = await createClient(server.url).request({ path: 'x' });
      expect(answer.json).toEqual({ ok: 1 });
      expect(server.requests).toHaveLength(3);
    },
  );

  test('every time is given up after five tries, with the last answer', async () => {
    const server = await serveInTurn(respond(503, '{"message":"down"}', { 'x-id': '9' }));
    const error = await failureOf(createClient(server.url).request({ path: 'a/b?token=1' }));
    expect(error).toMatchObject({ reason: 'status', status: 503, method: 'GET', url: `${server.url}/a/b` });
    expect(error.body).toBe('{"message":"down"}');
    expect(error.headers?.get('x-id')).toBe('9');
    expect(server.requests).toHaveLength(5);
  });

  test.each([400, 401, 403, 404, 409, 413, 418, 501])('with %i is not tried again', async (status) => {
    const server = await serveInTurn(respond(status, 'no'));
    expect(await failureOf(createClient(server.url).request({ path: 'x' }))).toMatchObject({ status });
    expect(server.requests).toHaveLength(1);
  });

  test.each([
    ['empty', ''],
    ['cut off', '{"collection":{"info":'],
    ['HTML', '<!doctype html><title>Sign in</title>'],
    ['not UTF-8', Buffer.from([0x22, 0xff, 0xfe, 0x22])],
  ])('because a 200 is %s is tried again, and is malformed in the end', async (_title, body) => {
    const recovering = await serveInTurn(respond(200, body), respond(200, '[]'));
    expect((await createClient(recovering.url).request({ path: 'x' })).json).toEqual([]);
    const broken = await serveInTurn(respond(200, body));
    const error = await failureOf(createClient(broken.url).request({ path: 'x' }));
    expect(error).toMatchObject({ reason: 'malformed', status: 200 });
    expect(broken.requests).toHaveLength(5);
  });

  test('is not tried again when its answer is final', async () => {
    const server = await serveInTurn(respond(429, 'serviceLimit', { 'Retry-After': '1' }));
    const isFinal = (status: number, body: string) => status === 429 && body === 'serviceLimit';
    expect(await failureOf(createClient(server.url, { isFinal }).request({ path: 'x' }))).toMatchObject({
      status: 429,
    });
    expect(server.requests).toHaveLength(1);
  });

  test('with a body that never ends is read no further than needed', async () => {
    const server = await serve((_request, response) => {
      const flood = setInterval(() => response.write('x'.repeat(10_000)), 1);
      response.writeHead(404).on('close', () => clearInterval(flood));
    });
    const client = createClient(server.url, { policy: { ...fast, tryMs: 3000 } });
    expect(await failureOf(client.request({ path: 'x' }))).toMatchObject({ reason: 'status', status: 404 });
  });

  test('keeps at most 64 kB of the body', async () => {
    const server = await serveInTurn(respond(400, 'x'.repeat(1_000_000)));
    const { body } = await failureOf(createClient(server.url).request({ path: 'x' }));
    expect(body.length).toBe(64_000);
    const malformed = await serveInTurn(respond(200, 'x'.repeat(1_000_000)));
    expect((await failureOf(createClient(malformed.url).request({ path: 'x' }))).body.length).toBe(64_000);
  });
});

describe('a write that fails', () => {
  const methods = ['POST', 'PUT', 'PATCH', 'DELETE'] as const;

  test.each(methods)('%s with 500, 502, 503 or 504 is never repeated', async (method) => {
    for (const status of [500, 502, 503, 504]) {
      const server = await serveInTurn(respond(status, 'no', { 'Retry-After': '0.01' }), respond(200, '{}'));
      expect(await failureOf(createClient(server.url).request({ method, path: 'x' }))).toMatchObject({
        status,
      });
      expect(server.requests).toHaveLength(1);
    }
  });

  test.each(methods)('%s with 429 is repeated with its body: it was not processed', async (method) => {
    const bodies: string[] = [];
    const server = await serve(async (request, response, index) => {
      bodies.push(Buffer.concat(await request.toArray()).toString());
      response.writeHead(index === 0 ? 429 : 200).end('{}');
    });
    await createClient(server.url).request({ method, path: 'x', body: '{"n":1}' });
    expect(bodies).toEqual(['{"n":1}', '{"n":1}']);
  });

  test.each(methods)('%s whose connection breaks is never repeated', async (method) => {
    const server = await serveInTurn((request) => request.socket.destroy());
    const error = await failureOf(createClient(server.url).request({ method, path: 'x', body: '{}' }));
    expect(error).toMatchObject({ reason: 'network', method });
    expect(server.requests).toHaveLength(1);
  });

  test('by a broken answer is never repeated', async () => {
    const server = await serveInTurn(respond(201, '{"id":'));
    const error = await failureOf(
      createClient(server.url).request({ method: 'POST', path: 'x', body: '{}' }),
    );
    expect(error).toMatchObject({ reason: 'malformed', status: 201 });
    expect(server.requests).toHaveLength(1);
  });
});

describe('the events of a client', () => {
  test('are one for each try without its query, and one for each wait', async () => {
    const server = await serveInTurn(
      respond(503, ''),
      respond(429, '', { 'Retry-After': '0.02' }),
      respond(200, '{}'),
    );
    const events: HttpEvent[] = [];
    await createClient(server.url, { onEvent: (event) => events.push(event) }).request({
      path: 'a?secret=1',
    });
    const sent = { type: 'request', method: 'GET', path: 'a' };
    const span = { from: expect.any(Number), until: expect.any(Number) };
    expect(events).toEqual([
      sent,
      { type: 'wait', reason: 'retry', ...span },
      sent,
      { type: 'wait', reason: 'limit', ...span },
      sent,
    ]);
  });
});
