/** Credentials in URLs and forms. */
import { describe, expect, it } from 'vitest';
import { foundIn, redact, redactedValue } from './redacting.ts';

const LONG = 'a1'.repeat(10);

async function url(text: string): Promise<unknown> {
  const { value } = await redact({ url: text });
  return JSON.parse(JSON.stringify(value)).url;
}

async function prose(text: string): Promise<unknown> {
  const { value } = await redact({ description: text });
  return JSON.parse(JSON.stringify(value)).description;
}

describe('a URL', () => {
  it.each([
    ['https://alice:abc@orders.example/a', 'https://alice:redacted-url-password@orders.example/a'],
    ['https://al@ice:p@ss:w@orders.example', 'https://al@ice:redacted-url-password@orders.example'],
    ['{{scheme}}://{{user}}:abc@{{host}}/a', '{{scheme}}://{{user}}:redacted-url-password@{{host}}/a'],
    ['alice:abc@orders.example:8080/a', 'alice:redacted-url-password@orders.example:8080/a'],
    [`https://${LONG}:@orders.example`, 'https://redacted-url-password:@orders.example'],
    [`https://${LONG}:x-oauth-basic@git.example`, 'https://redacted-url-password:x-oauth-basic@git.example'],
    ['{{host}}/a?api_key=abc&page=2#top', '{{host}}/a?api_key=redacted-api-key&page=2#top'],
    ["{{host}}?access_token=a'b c&x=1", '{{host}}?access_token=redacted-access-token&x=1'],
    ['{{host}}?X-Amz-Signature=abc', '{{host}}?X-Amz-Signature=redacted-x-amz-signature'],
    [`{{host}}?key=${LONG}`, '{{host}}?key=redacted-key'],
  ])('%s becomes %s', async (before, after) => {
    expect(await url(before)).toBe(after);
  });

  it.each([
    'https://orders.example:8080/a@b',
    'https://{{user}}:{{vault:password}}@orders.example',
    'https://alice@orders.example',
    'https://user:password@orders.example',
    'mailto:alice@orders.example',
    '{{host}}?api_key={{api_key}}&access_token=<token>&token=',
    '{{host}}?page=2&key=name&token=next&code=abc&sort=password',
    '{{host}}?pageToken=abc123def456ghi7&nonce=abc',
  ])('stays when it is %s', async (text) => {
    expect(await url(text)).toBe(text);
  });

  it('is still a URL', async () => {
    const text = String(await url('https://alice:abc@orders.example/a?api_key=abc'));
    const { host, password, searchParams } = new URL(text);
    expect([host, password, searchParams.get('api_key')]).toEqual([
      'orders.example',
      'redacted-url-password',
      'redacted-api-key',
    ]);
  });

  it('says the same in all its parts', async () => {
    const parts = {
      raw: `https://alice:${LONG}@orders.example/a?api_key=abc%20d&page=2`,
      auth: { user: 'alice', password: LONG },
      host: ['orders', 'example'],
      path: ['a'],
      query: [
        { key: 'api_key', value: 'abc%20d' },
        { key: 'page', value: '2' },
      ],
    };
    expect(await redactedValue({ request: { url: parts } })).toEqual({
      request: {
        url: {
          ...parts,
          raw: 'https://alice:redacted-url-password@orders.example/a?api_key=redacted-api-key&page=2',
          auth: { user: 'alice', password: 'redacted-url-password' },
          query: [
            { key: 'api_key', value: 'redacted-api-key' },
            { key: 'page', value: '2' },
          ],
        },
      },
    });
  });
});

describe('a URL in a text', () => {
  it.each([
    [
      'see <postgres://app:sample-4711@db.example/x>',
      'see <postgres://app:redacted-url-password@db.example/x>',
    ],
    [
      'curl "https://alice:sample-4711@h.example?sig=abc"',
      'curl "https://alice:redacted-url-password@h.example?sig=redacted-sig"',
    ],
    ['[x](https://h.example/?a=1&amp;sig=abc)', '[x](https://h.example/?a=1&amp;sig=redacted-sig'],
    ['grant_type=password&password=abc', 'grant_type=password&password=redacted-password'],
    ['client_secret=abc&client_id=x', 'client_secret=redacted-client-secret&client_id=x'],
    [
      'curl -d "client_secret=abc&a=b" {{host}}',
      'curl -d "client_secret=redacted-client-secret&a=b" {{host}}',
    ],
    ['user=alice smith&note=(x)!&password=a(b', 'user=alice smith&note=(x)!&password=redacted-password'],
    ['send("user=alice smith&password=abc")', 'send("user=alice smith&password=redacted-password")'],
    ['x = "a=" + a + "&password=abc&b=";', 'x = "a=" + a + "&password=redacted-password&b=";'],
    ['"a=b&password=abc&" + c', '"a=b&password=redacted-password&" + c'],
    ['curl {{host}}?sig=abc', 'curl {{host}}?sig=redacted-sig'],
    ['{{form body}}&password=abc', '{{form body}}&password=redacted-password'],
    ['a={{a b}}&{{more}}&password=abc', 'a={{a b}}&{{more}}&password=redacted-password'],
    ['(orders?a=1&sig=abc or /orders?sig=abc', '(orders?a=1&sig=abc or /orders?sig=redacted-sig'],
    ['orders.example:80?sig=abc, ?sig=abc', 'orders.example:80?sig=redacted-sig ?sig=redacted-sig'],
    ['https://h.example/#a=1&access_token=abc', 'https://h.example/#a=1&access_token=redacted-access-token'],
    ['u=https://h.example/?sig=abc', 'u=https://h.example/?sig=redacted-sig'],
  ])('%s becomes %s', async (before, after) => {
    expect(await prose(before)).toBe(after);
  });

  it.each([
    '{"url":"http://localhost:8080","mail":"alice@orders.example"}',
    'http://localhost:8080,alice@orders.example',
    'const url = "{{host}}?api_key=" + key;',
    'curl {{host}}?api_key=$KEY',
    'password=abc is what you type',
    'if (a&&password=b) {}',
    'if (a &&password=b) {}',
    'if (a &password=b) {}',
    'x=a&&password=b;',
    'b = a?password=b:c;',
    'b(a?password=b:c)//see:https://orders.example',
    'password=https://orders.example/?a=1',
    'at 10:30 write to alice@orders.example',
  ])('is not %s', async (text) => {
    expect(await prose(text)).toBe(text);
  });
});

describe('a form', () => {
  it('loses the values of fields that are credentials', async () => {
    const body = {
      mode: 'urlencoded',
      urlencoded: [
        { key: 'grant_type', value: 'client_credentials' },
        { key: 'client_secret', value: 'abc' },
        { key: 'refresh_token', value: '{{refresh}}' },
      ],
    };
    expect(await redactedValue({ body })).toEqual({
      body: {
        mode: 'urlencoded',
        urlencoded: [
          { key: 'grant_type', value: 'client_credentials' },
          { key: 'client_secret', value: 'redacted-client-secret' },
          { key: 'refresh_token', value: '{{refresh}}' },
        ],
      },
    });
    expect(await foundIn({ formdata: body.urlencoded })).toEqual(['form-parameter $.formdata[1].value']);
  });
});
