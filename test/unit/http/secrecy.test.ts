/** No error of the post room shows a credential, whatever goes wrong and however it is printed. */
import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { createHttpClient, type HttpRequest } from '../../../src/http/client.ts';
import { toHttpError } from '../../../src/http/failure.ts';
import { respond, serve, serveInTurn, serveUntrusted } from './loopback.ts';

const canary = 'PMAK-canary-0123456789';
const policy = { tries: 2, backoffMs: 1, throttledMs: 1, silenceMs: 50 };

type Attempt = { baseUrl: string; headers?: Record<string, string>; request?: HttpRequest };

async function errorOf({ baseUrl, headers = { 'x-api-key': canary }, request }: Attempt): Promise<unknown> {
  try {
    return await createHttpClient({ baseUrl, headers, policy }).request(
      request ?? { path: `x?key=${canary}` },
    );
  } catch (error) {
    return error;
  }
}

function expectSecret(error: unknown): void {
  expect(error).toBeInstanceOf(Error);
  const { message, stack } = error as Error;
  const printed = [
    inspect(error, { depth: 9, showHidden: true }),
    JSON.stringify(error),
    String(error),
    message,
    stack,
  ];
  expect(printed.join('\n')).not.toContain('canary');
  expect(error).not.toHaveProperty('cause');
}

describe('an error', () => {
  test('after a status, even when the server echoes what it got, shows no credential', async () => {
    const server = await serve((request, response) =>
      response.writeHead(400, { 'x-echo': canary }).end(JSON.stringify(request.headers)),
    );
    const error = await errorOf({ baseUrl: server.url });
    expectSecret(error);
    expect(error).toMatchObject({ body: expect.stringContaining(canary) });
  });

  test('after malformed JSON shows neither credentials nor the text', async () => {
    const server = await serveInTurn(respond(200, `{"secret":"${canary}`));
    expectSecret(await errorOf({ baseUrl: server.url }));
  });

  test('after a timeout, a cut connection or a bad certificate shows no credential', async () => {
    const hanging = await serve(() => undefined);
    const cutting = await serve((request) => request.socket.destroy());
    const untrusted = await serveUntrusted();
    for (const { url } of [hanging, cutting, untrusted]) {
      expectSecret(await errorOf({ baseUrl: url, request: { method: 'POST', path: 'x', body: canary } }));
    }
  });

  test('after a redirect elsewhere shows no credential of its address', async () => {
    const server = await serveInTurn(
      respond(302, '', { location: `https://u:${canary}@other.test/?t=${canary}` }),
    );
    expectSecret(await errorOf({ baseUrl: server.url }));
  });

  test.each([
    ['a line break', `${canary}\r\nx: y`],
    ['a control character', `${canary}\u0001`],
    ['a character beyond Latin-1', `${canary}…`],
  ])('for a key with %s names the header, not its value', async (_title, value) => {
    const error = await errorOf({ baseUrl: 'http://127.0.0.1:1', headers: { 'x-api-key': value } });
    expectSecret(error);
    expect(error).toMatchObject({ code: 'CONFIG_INVALID', message: expect.stringContaining('"x-api-key"') });
  });

  test.each([`https://user:${canary}@host.test`, `not an address ${canary}`, `file:///${canary}`, ''])(
    'for an unusable base address (%#) does not quote it',
    async (baseUrl) => {
      const error = await errorOf({ baseUrl });
      expectSecret(error);
      expect(error).toMatchObject({ code: 'CONFIG_INVALID' });
    },
  );

  test('takes over a code and nothing else from an error that prints headers', () => {
    const root = Object.assign(new Error(`x-api-key: ${canary}`), {
      code: 'ECONNRESET',
      headers: { key: canary },
    });
    const error = toHttpError(new TypeError(canary, { cause: root }), {
      method: 'GET',
      url: 'https://a.test/x',
    });
    expectSecret(error);
    expect(error).toMatchObject({ reason: 'network', detail: 'ECONNRESET' });
  });
});

describe('a key', () => {
  test('with a line break at its end, as files have, is sent without it', async () => {
    const server = await serveInTurn(respond(200, '{}'));
    await errorOf({ baseUrl: server.url, headers: { 'x-api-key': `${canary}\n` } });
    expect(server.requests[0]?.headers['x-api-key']).toBe(canary);
  });
});

describe('the code of an error', () => {
  test.each([
    ['SELF_SIGNED_CERT_IN_CHAIN', 'certificate'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'certificate'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'certificate'],
    ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'certificate'],
    ['CERT_HAS_EXPIRED', 'certificate'],
    ['CERT_NOT_YET_VALID', 'certificate'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'certificate'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'network'],
    ['UND_ERR_CONNECT_TIMEOUT', 'timeout'],
    ['ETIMEDOUT', 'timeout'],
    ['ENOTFOUND', 'network'],
    ['UND_ERR_SOCKET', 'network'],
  ])('%s means %s', (code, reason) => {
    const thrown = new TypeError('fetch failed', { cause: Object.assign(new Error('x'), { code }) });
    expect(toHttpError(thrown, { method: 'GET', url: 'https://a.test/x' })).toMatchObject({
      reason,
      detail: code,
    });
  });
});
