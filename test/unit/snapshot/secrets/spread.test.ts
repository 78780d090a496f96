/** A secret that was found once is taken out wherever else it stands. */
import { describe, expect, it } from 'vitest';
import { foundIn, redact, redactedValue } from './redacting.ts';

const SECRET = 'k"y/4711+x y';

function withSecret(rest: object, value: string = SECRET) {
  return { auth: { type: 'bearer', bearer: { token: value } }, ...rest };
}

describe('a secret elsewhere', () => {
  it.each([
    ['as it is', `a ${SECRET} b`],
    ['URL-encoded', `a ${encodeURIComponent(SECRET)} b`],
    ['escaped in JSON', `a ${JSON.stringify(SECRET).slice(1, -1)} b`],
    ['in base64', `a ${Buffer.from(SECRET).toString('base64')} b`],
  ])('is found %s', async (_, text) => {
    expect(await redactedValue(withSecret({ description: text }))).toMatchObject({
      description: 'a [redacted: bearer token] b',
    });
  });

  it.each(['', 'u', 'us'])('is found in the base64 of "%s:secret:more", and leaves no bit', async (user) => {
    const text = Buffer.from(`${user}:${SECRET}:more`).toString('base64');
    const { value } = await redact(withSecret({ description: text }));
    const left = String(JSON.parse(JSON.stringify(value)).description).split('[redacted: bearer token]');
    expect(left).toHaveLength(2);
    const [before = '', after = ''] = left;
    const from = user.length + 1;
    expect(before.length * 6).toBeLessThanOrEqual(from * 8);
    expect((text.length - after.length) * 6).toBeGreaterThanOrEqual((from + SECRET.length) * 8);
  });

  it('is told with the rule of the first, and with its own path', async () => {
    expect(await foundIn(withSecret({ script: { exec: ['// a', `x("${SECRET}${SECRET}")`] } }))).toEqual([
      'auth-credential $.auth.bearer.token',
      'auth-credential $.script.exec[1]',
    ]);
  });

  it('leaves a URL a URL', async () => {
    const url = `https://orders.example/${encodeURIComponent(SECRET)}/a`;
    expect(await redactedValue(withSecret({ url: { raw: url }, text: `(${url})` }))).toMatchObject({
      url: { raw: 'https://orders.example/redacted-bearer-token/a' },
      text: '(https://orders.example/redacted-bearer-token/a)',
    });
  });

  it('is found in the lines of a script when it has several itself', async () => {
    const secret = 'f1rst-l1ne\nsecond-line-2';
    expect(
      await redactedValue(withSecret({ exec: ['a f1rst-l1ne', 'second-line-2 b'] }, secret)),
    ).toMatchObject({ exec: ['a [redacted: bearer token]', ' b'] });
  });

  it('is found inside the value of a secret variable that is a list', async () => {
    const values = [{ key: 'a', type: 'secret', value: ['l1st-3ntry'] }];
    expect(await redactedValue({ values, text: 'l1st-3ntry' })).toMatchObject({
      text: '[redacted: secret variable]',
    });
  });

  it.each([
    ...['production', 'admin', '12345678', '1234567890123456', 'payments service', 'ProductionDatabase'],
    ...['testuser1', 'password1', 'sandbox1', 'orders-v2', 'payments 2', 'orders-v2-eu-1', 'zürich 12'],
    ...['orders-service-v2', 'my-company-prod-eu-west-1', 'orders-db-eu-west-1', 'orders-service-2024'],
  ])('is left alone when it is an ordinary word or name: %s', expectLeftAlone);

  it.each([
    ...['https://api2.orders.example/', 'api2.orders.example:8080', 'jb7@orders.example', '10.0.0.1'],
    ...['https://api.example.com/v1', 'HTTPS://api.example/Orders/A1b2', 'wss://live.orders.example:9001/s2'],
    ...[
      'https://{{host}}:8080/api/v2',
      'https://{{user}}:{{password}}@api.example/v1',
      '{{host}}/api/v2/all',
    ],
    ...['https://api.example/v1?page=2&api_key={{key}}', 'api.example.com/v1', 'localhost:8080/api/v1'],
    ...['/api/v2/orders', '/orders?page=2', 'C:\\data\\1', 'D:/Orders/data1', '\\\\server1\\orders'],
  ])('is left alone when it is an address or a path: %s', expectLeftAlone);

  it.each([
    ...['v1.2.3-beta', '1.2.3-RC.1+build7', 'V2.0.0-Alpha', 'us-east-1', 'us-gov-west-1', 'europe-west1'],
    ...['US_EAST_1', 'East US 2', 'northamerica-northeast1', '2025-01-01', '2025-01-01T00:00:00Z'],
    ...['20250101T000000Z', '31-Jan-2025', 'Jan 31, 2025', 'Wed, 31 Dec 2025 23:59:59 GMT'],
    ...['application/vnd.orders.v2+json; charset=utf-8'],
  ])('is left alone when it is a version, a region, a date or a format: %s', expectLeftAlone);

  it.each([
    ...['tr0ub4dor', 'a1b2c3d4', 'Abc12345', 'summer1!', 'kJhGfRtYpLmNbVcX', 'SuperSecretWord123!'],
    ...[
      'https://u:p4ss@orders.example',
      'https://orders.example/a?sig=abc',
      'wss://x.example/#access_token=abc',
    ],
    ...[
      'sample-secret-4711',
      '8f14e45fceea167a5a36dedd4bea2543',
      '482-993-220-441-ea',
      '/aB3dEf7h+K9mNpQ2==',
    ],
    ...['{{prefix}}aB3dEf7h', '/hooks/8f14e45fceea167a', '1.2.3-a1b2c3d4'],
  ])('is found when it is as odd as %s', async (odd) => {
    const { value, secrets } = await redact(withSecret({ text: `about ${odd}` }, odd));
    expect(JSON.stringify(value)).not.toContain(JSON.stringify(odd).slice(1, -1));
    expect(secrets).toContain(odd);
  });

  it('leaves the URLs and texts in which an ordinary value stands', async () => {
    const values = ['us-east-1', 'password1', 'orders-v2', '/api/v2/orders', 'https://api.example.com/v1'];
    const environment = {
      values: values.map((value) => ({ key: 'a', type: 'secret', value })),
      url: 'https://s3.us-east-1.amazonaws.com/orders-v2/xpassword19',
      raw: 'https://api.example.com/v1/api/v2/orders?password1',
    };
    const { url, raw } = environment;
    expect(await redactedValue(environment)).toMatchObject({ url, raw });
  });

  it('is never the identity of an item', async () => {
    const id = 'aaaaaaaa-0000-4000-8000-000000000001';
    expect(
      await redactedValue(withSecret({ info: { _postman_id: id }, item: [{ id, name: id }] }, id)),
    ).toMatchObject({ info: { _postman_id: id }, item: [{ id, name: '[redacted: bearer token]' }] });
  });
});

describe('a secret of less than 16 characters elsewhere', () => {
  const SHORT = 'Abc12345';
  const PLACEHOLDER = '[redacted: bearer token]';

  it.each([
    ...[
      'xAbc12345',
      'Abc123456',
      'üAbc12345',
      'Abc12345ß',
      '٣Abc12345',
      '\u{10400}Abc12345',
      'Abc12345\u{1d7d8}',
    ],
  ])('is left alone inside a word: %s', async (text) => {
    expect(await redactedValue(withSecret({ text }, SHORT))).toMatchObject({ text });
  });

  it.each(['#', ' #', '"#"', 'a=#&b', 'alice:#@', '_#_', '\u{1f511}#', '#。', '{"a":"\\n#"}', '\\u00e4#'])(
    'is found between characters that are of no word: %s',
    async (text) => {
      expect(await redactedValue(withSecret({ text: text.replace('#', SHORT) }, SHORT))).toMatchObject({
        text: text.replace('#', PLACEHOLDER),
      });
    },
  );

  it('is found after a character that a URL encodes', async () => {
    const text = `https://orders.example/a?text=it%20is%3A${SHORT}%20`;
    expect(await redactedValue(withSecret({ text }, SHORT))).toMatchObject({
      text: 'https://orders.example/a?text=it%20is%3Aredacted-bearer-token%20',
    });
  });

  it('is found beside another, and nothing of either is left', async () => {
    const text = `(${SHORT}${SHORT})`;
    expect(JSON.stringify(await redactedValue(withSecret({ text }, SHORT)))).not.toContain(SHORT);
  });

  it('is found inside a word where it begins and ends with a sign', async () => {
    expect(await redactedValue(withSecret({ text: 'x!abc1234!y' }, '!abc1234!'))).toMatchObject({
      text: `x${PLACEHOLDER}y`,
    });
  });

  it.each([
    ['URL-encoded', `x${encodeURIComponent('Abc+12345')}9`],
    ['in base64', `x${Buffer.from('Abc+12345').toString('base64')}`],
  ])('is found inside a word %s', async (_, text) => {
    expect(JSON.stringify(await redactedValue(withSecret({ text }, 'Abc+12345')))).toContain(PLACEHOLDER);
  });
});

it('finds a secret of 16 characters inside a word', async () => {
  expect(await redactedValue(withSecret({ text: 'xAbc1234567890123y' }, 'Abc1234567890123'))).toMatchObject({
    text: 'x[redacted: bearer token]y',
  });
});

async function expectLeftAlone(word: string): Promise<void> {
  const { value, secrets } = await redact(withSecret({ text: `about ${word}` }, word));
  expect(value).toMatchObject({ text: `about ${word}` });
  expect(secrets).toEqual([]);
}
