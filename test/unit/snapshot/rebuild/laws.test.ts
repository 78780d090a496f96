/** What holds for any resource that is rebuilt. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { JsonObject } from '../../../../src/json.ts';
import { rebuildCopy, rebuildInPlace } from '../../../../src/snapshot/rebuild.ts';
import { redactedValue } from '../secrets/redacting.ts';

const secret = fc
  .stringMatching(/^[A-Za-z0-9+/_~.-]{8,30}$/)
  .map((text) => `k7${text.replaceAll('..', '.')}Z9`);
const plain = fc.constantFrom('', 'orders', '{{host}}/orders', 'a [b] "c"', 'redacted by hand', 'ü\r\n{}');

/** Texts with the secret in each place that the redaction knows, and plain ones. */
function request(value: string, text: string): JsonObject {
  return {
    auth: {
      type: 'basic',
      basic: [
        { key: 'username', value: 'alice' },
        { key: 'password', value },
      ],
    },
    header: [
      { key: 'Authorization', value: `Bearer ${value}` },
      { key: 'Cookie', value: `sid=${value}; a=b7` },
    ],
    url: { raw: `https://h.example/${text}?api_key=${value}&x=1`, query: [{ key: 'api_key', value }] },
    body: { mode: 'raw', raw: `${text}\n{"secret": "${value}", "text": "${value}"}\n` },
    description: text,
  };
}

const collection = fc
  .array(fc.record({ id: fc.uuid(), name: plain, value: secret, text: plain, isFolder: fc.boolean() }), {
    maxLength: 4,
  })
  .map(
    (all): JsonObject => ({
      info: { _postman_id: 'aaaaaaaa-0000-4000-8000-000000000001', name: 'Orders' },
      variable: all.map(({ id, value }) => ({ id, key: `key-${id}`, value, type: 'secret' })),
      item: all.map(({ id, name, value, text, isFolder }) => {
        const event = [{ listen: 'test', script: { exec: [text, `const secret = '${value}';`] } }];
        const response = [{ id: `r-${id}`, name, originalRequest: request(value, text), body: value }];
        const one = { id, name, request: request(value, text), event, response };
        return isFolder ? { id: `f-${id}`, name, item: [one] } : one;
      }),
    }),
  );

it('leaves no placeholder in what Postman gets, and no id in a copy', async () => {
  await fc.assert(
    fc.asyncProperty(collection, collection, async (then, now) => {
      const redacted = await redactedValue(then);
      const copy = JSON.stringify(rebuildCopy('collections', redacted, {}).body);
      const inPlace = JSON.stringify(rebuildInPlace('collections', redacted, now).body);
      expect(`${copy}${inPlace}`).not.toMatch(/\[redacted: |redacted-/);
      expect(copy).not.toMatch(/"(?:id|uid|_postman_id)":/);
    }),
  );
});

it('gives back what was redacted when Postman has it still', async () => {
  await fc.assert(
    fc.asyncProperty(collection, async (now) => {
      const rebuilt = rebuildInPlace('collections', await redactedValue(now), now);
      expect(rebuilt).toEqual({ body: now, toFillIn: [] });
    }),
  );
});

it('takes nothing out of a copy but ids and secrets, and lists each place', async () => {
  await fc.assert(
    fc.asyncProperty(collection, async (then) => {
      const redacted = await redactedValue(then);
      const { body, toFillIn } = rebuildCopy('collections', redacted, {});
      const left = JSON.stringify(redacted, (key, value: unknown) =>
        ['id', '_postman_id'].includes(key)
          ? undefined
          : typeof value === 'string'
            ? value.replace(/\[redacted: [\w /-]+\]|(?<==)redacted[a-z-]+|^redacted[a-z-]+$/g, '')
            : value,
      );
      expect(body).toEqual(JSON.parse(left));
      expect(toFillIn.length > 0).toBe(JSON.stringify(redacted) !== JSON.stringify(then));
    }),
  );
});

it('leaves anything without a placeholder as it is', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom('values', 'name', 'x'), fc.jsonValue()), (resource) => {
      expect(rebuildInPlace('environments', resource, undefined)).toEqual({ body: resource, toFillIn: [] });
    }),
  );
});
