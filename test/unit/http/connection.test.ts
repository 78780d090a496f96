/** Servers that hang, drip, cut, redirect or show a bad certificate. */
import { createServer } from 'node:net';
import { describe, expect, test } from 'vitest';
import { createHttpClient, type HttpClientOptions } from '../../../src/http/client.ts';
import { failureOf } from './failure-of.ts';
import { listen, respond, serve, serveInTurn, serveUntrusted } from './loopback.ts';

const fast = { backoffMs: 4, throttledMs: 4, silenceMs: 100, tryMs: 2000 };
const once = { ...fast, tries: 1 };

function createClient(baseUrl: string, policy: HttpClientOptions['policy'] = fast) {
  return createHttpClient({ baseUrl, headers: { 'private-token': 'canary' }, policy });
}

describe('a server that does not finish', () => {
  test('by never answering is given up and tried again', async () => {
    const server = await serve((_request, response, index) => index > 0 && response.end('{"late":true}'));
    expect((await createClient(server.url).request({ path: 'x' })).json).toEqual({ late: true });
  });

  test('by stopping in the middle of the body is a timeout', async () => {
    const server = await serveInTurn((_request, response) => response.write('{"a":'));
    const error = await failureOf(
      createClient(server.url, { ...once, silenceMs: 300 }).request({ path: 'x' }),
    );
    expect(error).toMatchObject({ reason: 'timeout', status: 200, detail: 'nothing arrived for 0.3 s' });
  });

  test('by dripping is a timeout of the whole try', async () => {
    const server = await serve((_request, response) => {
      const drip = setInterval(() => response.write(' '), 20);
      response.on('close', () => clearInterval(drip));
    });
    const error = await failureOf(
      createClient(server.url, { ...once, silenceMs: 2000, tryMs: 300 }).request({ path: 'x' }),
    );
    expect(error).toMatchObject({ reason: 'timeout', detail: 'not finished after 0.3 s' });
  });

  test('is waited for as long as it keeps sending', async () => {
    const server = await serve((_request, response) => {
      let pieces = 0;
      const drip = setInterval(() => {
        response.write('1');
        if (++pieces < 10) {
          return;
        }
        clearInterval(drip);
        response.end();
      }, 80);
    });
    expect((await createClient(server.url, { ...once, silenceMs: 600 }).request({ path: 'x' })).json).toBe(
      1_111_111_111,
    );
  });

  test('is left alone once the total time is over', async () => {
    const server = await serve(() => undefined);
    const policy = { ...fast, totalMs: 250, backoffMs: 10 };
    const error = await failureOf(createClient(server.url, policy).request({ path: 'x' }));
    expect(error.reason).toBe('timeout');
    expect(server.requests.length).toBeLessThan(5);
  });

  test('is given more time for the upload of a large body', async () => {
    const server = await serve(async (request, response) => {
      await request.toArray();
      setTimeout(() => response.end('{}'), 150);
    });
    const client = createClient(server.url, { ...once, uploadBytesPerMs: 1 });
    const answer = await client.request({ method: 'POST', path: 'x', body: '"'.padEnd(1000, 'x') });
    expect(answer.status).toBe(200);
  });
});

describe('a connection that breaks', () => {
  test('before the answer is tried again', async () => {
    const server = await serveInTurn((request) => request.socket.destroy(), respond(200, '{}'));
    expect((await createClient(server.url).request({ path: 'x' })).status).toBe(200);
  });

  test.each([
    ['of a known length', { 'content-length': '100' }],
    ['in chunks', { 'transfer-encoding': 'chunked' }],
  ])('in the middle of a body %s is tried again, also for bytes', async (_title, headers) => {
    const server = await serve((_request, response, index) => {
      if (index % 2 === 1) {
        return response.end('{"whole":1}');
      }
      response.writeHead(200, headers).write('{"who', () => response.destroy());
      return undefined;
    });
    const client = createClient(server.url);
    expect((await client.request({ path: 'x' })).json).toEqual({ whole: 1 });
    expect((await client.request({ path: 'x', expect: 'bytes' })).bytes.toString()).toBe('{"whole":1}');
  });

  test('every time is a network error that gives the code', async () => {
    const server = await serve((request) => request.socket.resetAndDestroy());
    const error = await failureOf(createClient(server.url).request({ path: 'x' }));
    expect(error).toMatchObject({
      reason: 'network',
      detail: expect.stringMatching(/ECONNRESET|UND_ERR_SOCKET/),
    });
    expect(server.requests).toHaveLength(5);
  });

  test('because nobody listens is a network error', async () => {
    const closed = createServer();
    const port = await listen(closed);
    await new Promise((resolve) => closed.close(resolve));
    const error = await failureOf(createClient(`http://127.0.0.1:${port}`).request({ path: 'x' }));
    expect(error).toMatchObject({ reason: 'network', detail: 'ECONNREFUSED' });
  });

  test('because the other side does not speak HTTP is a network error', async () => {
    const port = await listen(createServer((socket) => socket.end('SSH-2.0-test\r\n')));
    const error = await failureOf(createClient(`http://127.0.0.1:${port}`, once).request({ path: 'x' }));
    // What is wrong with the answer has a code on Node 20 and none on Node 24.
    expect(error.reason).toBe('network');
  });
});

describe('a redirect', () => {
  test('of a read within the origin is followed, with the credentials', async () => {
    const server = await serveInTurn(
      respond(301, 'moved', { location: '/new/home?page=2' }),
      respond(302, '', { location: 'final' }),
      respond(200, '{"found":1}'),
    );
    expect((await createClient(server.url).request({ path: 'old' })).json).toEqual({ found: 1 });
    expect(server.requests.map(({ url }) => url)).toEqual(['/old', '/new/home?page=2', '/new/final']);
    expect(server.requests.every(({ headers }) => headers['private-token'] === 'canary')).toBe(true);
  });

  test('to another origin is an error that names the origin only, and sends nothing there', async () => {
    const other = await serveInTurn(respond(200, '{}'));
    const location = `${other.url.replace('//', '//user:pa55word@')}/login?ticket=t1cket`;
    const server = await serveInTurn(respond(302, '', { location }));
    const error = await failureOf(createClient(server.url).request({ path: 'x' }));
    expect(error).toMatchObject({ reason: 'redirect', status: 302, detail: `to ${other.url}` });
    expect(error.message).not.toMatch(/t1cket|pa55word/);
    expect(other.requests).toHaveLength(0);
    expect(server.requests).toHaveLength(1);
  });

  test('without end is given up after three', async () => {
    const server = await serveInTurn(respond(302, '', { location: '/again' }));
    const error = await failureOf(createClient(server.url).request({ path: 'x' }));
    expect(error.reason).toBe('redirect');
    expect(server.requests).toHaveLength(4);
  });

  test('of a write is an error', async () => {
    const server = await serveInTurn(respond(307, '', { location: '/elsewhere' }));
    const error = await failureOf(
      createClient(server.url).request({ method: 'POST', path: 'x', body: '{}' }),
    );
    expect(error.reason).toBe('redirect');
    expect(server.requests).toHaveLength(1);
  });
});

describe('a certificate that nobody trusts', () => {
  test('is an error of its own, at once', async () => {
    const server = await serveUntrusted();
    const started: string[] = [];
    const client = createHttpClient({
      baseUrl: server.url,
      headers: {},
      policy: fast,
      onEvent: ({ type }) => started.push(type),
    });
    const error = await failureOf(client.request({ path: 'x' }));
    expect(error).toMatchObject({ reason: 'certificate', detail: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
    expect(started).toEqual(['request']);
    expect(server.requests).toHaveLength(0);
  });
});
