/** Credentials in headers and cookies. */
import { describe, expect, it } from 'vitest';
import { foundIn, redact, redactedValue } from './redacting.ts';

async function header(key: string, value: string): Promise<unknown> {
  const { value: redacted } = await redact({ header: [{ key, value }] });
  return JSON.parse(JSON.stringify(redacted)).header[0].value;
}

describe('an Authorization header', () => {
  it.each([
    ['Bearer abc', 'Bearer [redacted: Authorization header]'],
    ['bearer  abc', 'bearer  [redacted: Authorization header]'],
    ['Token token="abc"', 'Token [redacted: Authorization header]'],
    ['Digest username="alice", response="abc"', 'Digest [redacted: Authorization header]'],
    ['AWS4-HMAC-SHA256 Credential=a, Signature=b', 'AWS4-HMAC-SHA256 [redacted: Authorization header]'],
    ['abc def', '[redacted: Authorization header]'],
    ['Bearer {{prefix}}abc', 'Bearer [redacted: Authorization header]'],
    ['id=abc', '[redacted: Authorization header]'],
    ['Bearer abc=', 'Bearer [redacted: Authorization header]'],
    [
      'AWS4-HMAC-SHA256 Credential={{k}}/x, Signature=abc',
      'AWS4-HMAC-SHA256 [redacted: Authorization header]',
    ],
    ['AWS4-HMAC-SHA256 Credential={{k}}/x, {{s}}', 'AWS4-HMAC-SHA256 [redacted: Authorization header]'],
    ['Digest username="{{user}}", response="{{r}}abc"', 'Digest [redacted: Authorization header]'],
  ])('%s becomes %s', async (value, redacted) => {
    expect(await header('Authorization', value)).toBe(redacted);
  });

  it.each([
    ...['Bearer {{token}}', 'Basic {{user}}:{{password}}', '{{auth}}', 'Bearer', 'Bearer ', ''],
    ...['Bearer <token>', 'Bearer xxxx', 'Bearer ****', 'Bearer …', 'Bearer YOUR_TOKEN', 'Bearer $TOKEN'],
    `Basic ${Buffer.from('username:password').toString('base64')}`,
    'Bearer [redacted: bearer token]',
    'AWS4-HMAC-SHA256 Credential={{k}}/x, Signature={{s}}',
    'AWS4-HMAC-SHA256 Credential={{k}}/{{day}}/eu-1/s3, SignedHeaders=host;x-amz-date,Signature={{my key}}',
    'Digest username="{{user}}", realm="orders, all", nonce="{{n}}", response="{{r}}"',
    'OAuth oauth_consumer_key="{{k}}",oauth_signature_method="HMAC-SHA1",oauth_signature="{{s}}"',
    'Token token="{{token}}"',
  ])('stays when it is %j', async (value) => {
    expect(await header('Authorization', value)).toBe(value);
  });

  it('goes by that name in any case, and has a sister for proxies', async () => {
    expect(await header('AUTHORIZATION', 'Bearer abc')).toBe('Bearer [redacted: Authorization header]');
    expect(await header('proxy-authorization', 'Basic abc')).toBe(
      'Basic [redacted: Proxy-Authorization header]',
    );
  });

  it('with a password in base64 tells the password', async () => {
    const password = 'p4ss-w0rd-4711';
    const value = `Basic ${Buffer.from(`alice:${password}`).toString('base64')}`;
    const request = { header: [{ key: 'Authorization', value }], body: { raw: `p=${password}` } };
    expect(await redactedValue(request)).toEqual({
      header: [{ key: 'Authorization', value: 'Basic [redacted: Authorization header]' }],
      body: { raw: 'p=[redacted: Authorization header]' },
    });
  });
});

describe('a header with a key', () => {
  it.each([
    ...['X-API-Key', 'x_api_key', 'ApiKey', 'X-Auth-Token', 'PRIVATE-TOKEN', 'X-Vault-Token', 'DD-API-KEY'],
    ...[
      'Ocp-Apim-Subscription-Key',
      'X-Amz-Security-Token',
      'X-Shopify-Access-Token',
      'X-RapidAPI-Key',
      'token',
    ],
  ])('is %s', async (name) => {
    expect(await header(name, 'abc')).toBe('[redacted: API key header]');
  });

  it.each([
    ...['Accept', 'Content-Type', 'Postman-Token', 'Idempotency-Key', 'Sec-WebSocket-Key', 'X-CSRF-Token'],
    ...['Access-Control-Allow-Credentials', 'WWW-Authenticate', 'X-Request-Id', 'Keyword', 'X-Monkey'],
  ])('is not %s', async (name) => {
    expect(await header(name, 'abc')).toBe('abc');
  });
});

describe('cookies', () => {
  it('keep their names in a request', async () => {
    expect(await header('Cookie', 'sid=abc; theme={{theme}}; empty=; path=x')).toBe(
      'sid=[redacted: cookie]; theme={{theme}}; empty=; path=[redacted: cookie]',
    );
  });

  it('keep their names and attributes in a response', async () => {
    expect(
      await header('Set-Cookie', 'sid=abc=; Expires=Thu, 02 May 2030 16:17:56 GMT; Path=/; HttpOnly, b=c'),
    ).toBe(
      'sid=[redacted: cookie]; Expires=Thu, 02 May 2030 16:17:56 GMT; Path=/; HttpOnly, b=[redacted: cookie]',
    );
  });

  it('lose their values where a saved response lists them', async () => {
    const cookie = [{ name: 'sid', value: 'abc', domain: 'orders.example', path: '/', expires: 'Session' }];
    expect(await redactedValue({ response: [{ cookie }] })).toEqual({
      response: [{ cookie: [{ ...cookie[0], value: '[redacted: cookie]' }] }],
    });
  });
});

describe('headers', () => {
  it('are found in requests, saved requests and saved responses', async () => {
    const list = [{ key: 'X-Api-Key', value: 'abc' }];
    const response = [{ header: list, originalRequest: { header: list } }];
    expect(await foundIn({ item: [{ request: { header: list }, response }] })).toEqual([
      'header-credential $.item[0].request.header[0].value',
      'header-credential $.item[0].response[0].header[0].value',
      'header-credential $.item[0].response[0].originalRequest.header[0].value',
    ]);
  });

  it('are found in lines of text', async () => {
    const text = 'Accept: */*\r\nAuthorization: Bearer abc\r\nX-Api-Key:def\nCookie: a={{b}}\n';
    expect(await redactedValue({ header: text, headers: text })).toEqual({
      header:
        'Accept: */*\r\nAuthorization: Bearer [redacted: Authorization header]\r\nX-Api-Key:[redacted: API key header]\nCookie: a={{b}}\n',
      headers:
        'Accept: */*\r\nAuthorization: Bearer [redacted: Authorization header]\r\nX-Api-Key:[redacted: API key header]\nCookie: a={{b}}\n',
    });
  });

  it('are found by `name`, and as members', async () => {
    expect(await foundIn({ headers: [{ name: 'X-Api-Key', value: 'abc' }] })).toEqual([
      'header-credential $.headers[0].value',
    ]);
    expect(await foundIn({ headers: { Accept: '*/*', 'X-Api-Key': 'abc' } })).toEqual([
      'header-credential $.headers["X-Api-Key"]',
    ]);
  });

  it('are not looked for among variables', async () => {
    expect(await foundIn({ variable: [{ key: 'X-Api-Key', value: 'abc' }] })).toEqual([]);
  });
});
