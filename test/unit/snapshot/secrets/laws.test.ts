/** What holds for the redaction of anything. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ordersCollection, productionEnvironment } from '../samples.ts';
import { redact } from './redacting.ts';

const CHARACTERS = [...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.~+/=!$*"\\%ü '];

/** Like what a vault generates: a letter and a digit among any characters, none of them at an edge. */
const secretText = fc
  .array(fc.constantFrom(...CHARACTERS), { minLength: 8, maxLength: 40 })
  .map((characters) => `k7${characters.join('').replaceAll('..', '.')}Z9`);

/** Each plants a secret where it is found, and where it is only repeated. */
const PLACES: readonly ((secret: string) => object)[] = [
  (secret) => ({ variable: [{ key: 'a', type: 'secret', value: secret }] }),
  (secret) => ({ values: [{ key: 'a', secret: true, value: { deep: [secret] } }] }),
  (secret) => ({ auth: { type: 'bearer', bearer: [{ key: 'token', value: secret }] } }),
  (secret) => ({ auth: { type: 'basic', basic: { username: 'alice', password: secret } } }),
  (secret) => ({ header: [{ key: 'X-Api-Key', value: secret }] }),
  (secret) => ({ url: { raw: `https://h.example/?api_key=${encodeURIComponent(secret)}` } }),
  (secret) => ({ url: { query: [{ key: 'access_token', value: secret }] } }),
  (secret) => ({ url: `https://alice:${encodeURIComponent(secret)}@h.example/` }),
  (secret) => ({ body: { urlencoded: [{ key: 'client_secret', value: secret }] } }),
];
const REPEATS: readonly ((secret: string) => object)[] = [
  (secret) => ({ description: `It is ${secret}.` }),
  (secret) => ({ script: { exec: ['// a', `send('${secret}');`] } }),
  (secret) => ({ body: { raw: JSON.stringify({ secret }) } }),
  (secret) => ({ url: { raw: `https://h.example/${encodeURIComponent(secret)}` } }),
  (secret) => ({ response: [{ body: `{"basic":"${Buffer.from(`alice:${secret}`).toString('base64')}"}` }] }),
  (secret) => ({ text: Buffer.from(secret).toString('base64url') }),
];

function formsOf(secret: string): readonly string[] {
  const bytes = Buffer.from(secret);
  return [
    secret,
    encodeURIComponent(secret),
    JSON.stringify(secret).slice(1, -1),
    bytes.toString('base64'),
    bytes.toString('base64url'),
  ];
}

const anything = fc.oneof(
  fc.jsonValue(),
  fc.letrec((tie) => ({
    node: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom(
        'Bearer abc',
        'https://a:b1@h.example/?sig=abc',
        'sid=a1b2c3d4; Path=/',
        '{{x}}y1',
        'a=b&pwd=c',
      ),
      fc.string(),
      fc.array(tie('node'), { maxLength: 4 }),
      fc.record({ key: fc.constantFrom('Authorization', 'Cookie', 'token', 'password'), value: tie('node') }),
      fc.record({ type: fc.constantFrom('secret', 'basic', 'bearer'), value: tie('node') }),
      fc.dictionary(
        fc.constantFrom(
          'auth',
          'header',
          'url',
          'raw',
          'query',
          'cookie',
          'value',
          'exec',
          'basic',
          '__proto__',
        ),
        tie('node'),
        { maxKeys: 4 },
      ),
    ),
  })).node,
);

describe('the redaction', () => {
  it('lets no secret that it found survive, in any form, anywhere', async () => {
    const planted = fc.record({
      secret: secretText,
      place: fc.constantFrom(...PLACES),
      repeats: fc.array(fc.constantFrom(...REPEATS), { maxLength: 3 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(planted, { minLength: 1, maxLength: 4 }), async (all) => {
        const item = all.flatMap(({ secret, place, repeats }) => [
          ...repeats.map((repeat) => repeat(secret)),
          { request: place(secret) },
        ]);
        const { value, findings } = await redact({ ...ordersCollection(), item });
        const written = `${JSON.stringify(value)}${JSON.stringify(findings)}`;
        for (const form of all.flatMap(({ secret }) => formsOf(secret))) {
          expect(written.includes(form), form).toBe(false);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('finds and changes nothing in what it has redacted', async () => {
    await fc.assert(
      fc.asyncProperty(anything, async (resource) => {
        const { value } = await redact(resource);
        const again = await redact(value);
        expect(again.findings).toEqual([]);
        expect(again.value).toBe(value);
      }),
      { numRuns: 1_000 },
    );
  });

  it('finds nothing in what it has redacted, also when what is gone gave the rest its meaning', async () => {
    const resource = {
      cookie: ['Bearer abc', 'sid=a1b2c3d4; Path=/'],
      values: [{ key: 'a', type: 'secret', value: 'sid=a1b2c3d4; Path=/' }],
    };
    const { value } = await redact(resource);
    expect(await redact(value)).toEqual({ value, findings: [], secrets: [] });
  });

  it('keeps the shape: the same keys in the same order, arrays of the same length', async () => {
    await fc.assert(
      fc.asyncProperty(anything, async (resource) => {
        const { value, findings } = await redact(resource);
        // What a secret variable holds goes as a whole.
        if (!findings.some(({ rule }) => rule === 'secret-variable')) {
          expect(shapeOf(value)).toEqual(shapeOf(resource));
        }
      }),
    );
  });

  it('finds something exactly when it changes something', async () => {
    await fc.assert(
      fc.asyncProperty(anything, async (resource) => {
        const before = JSON.stringify(resource);
        const { value, findings } = await redact(resource);
        expect(JSON.stringify(resource)).toBe(before);
        expect(value === resource).toBe(findings.length === 0);
      }),
    );
  });

  it('gives back the very same resource when there is no secret in it', async () => {
    const collection = ordersCollection();
    expect(await redact(collection)).toEqual({ value: collection, findings: [], secrets: [] });
    expect((await redact(collection)).value).toBe(collection);
  });

  it('tells its findings in the order of the document, each once', async () => {
    const { values } = productionEnvironment();
    const { findings } = await redact({
      text: 'sample-secret-4711 sample-secret-4711',
      values,
      last: [values],
    });
    expect(findings.map(({ path }) => path)).toEqual(['$.text', '$.values[1].value', '$.last[0][1].value']);
  });

  it('keeps a key called __proto__ an ordinary key', async () => {
    const resource: unknown = JSON.parse(
      '{"__proto__":{"a":1},"header":[{"key":"X-Api-Key","value":"abc"}]}',
    );
    expect(JSON.stringify(await redact(resource).then(({ value }) => value))).toBe(
      '{"__proto__":{"a":1},"header":[{"key":"X-Api-Key","value":"[redacted: API key header]"}]}',
    );
  });
});

function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(shapeOf);
  }
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).map(([key, entry]) => [key, shapeOf(entry)]);
  }
  return typeof value === 'string' ? 'text' : value;
}
