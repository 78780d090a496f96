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
    const secret = 'first-line-1\nsecond-line-2';
    expect(
      await redactedValue(withSecret({ exec: ['a first-line-1', 'second-line-2 b'] }, secret)),
    ).toMatchObject({ exec: ['a [redacted: bearer token]', ' b'] });
  });

  it('is found inside the value of a secret variable that is a list', async () => {
    const values = [{ key: 'a', type: 'secret', value: ['list-entry-1'] }];
    expect(await redactedValue({ values, text: 'list-entry-1' })).toMatchObject({
      text: '[redacted: secret variable]',
    });
  });

  it.each([
    ...['production', 'admin', '12345678', 'payments service', 'ProductionDatabase', '2025-01-01T00:00:00Z'],
    ...['https://api2.orders.example/', 'api2.orders.example:8080', 'alice7@orders.example', '10.0.0.1'],
  ])('is left alone when it is an ordinary word, an address or a date: %s', async (word) => {
    const { value, secrets } = await redact(withSecret({ text: `about ${word}` }, word));
    expect(value).toMatchObject({ text: `about ${word}` });
    expect(secrets).toEqual([]);
  });

  it.each(['tr0ub4dor', 'a1b2c3d4', 'kJhGfRtYpLmNbVcX', 'https://u:p4ss@orders.example'])(
    'is found when it is as odd as %s',
    async (odd) => {
      const { value, secrets } = await redact(withSecret({ text: `about ${odd}` }, odd));
      expect(JSON.stringify(value)).not.toContain(odd);
      expect(secrets).toContain(odd);
    },
  );

  it('is never the identity of an item', async () => {
    const id = 'aaaaaaaa-0000-4000-8000-000000000001';
    expect(
      await redactedValue(withSecret({ info: { _postman_id: id }, item: [{ id, name: id }] }, id)),
    ).toMatchObject({ info: { _postman_id: id }, item: [{ id, name: '[redacted: bearer token]' }] });
  });
});
