/** Secret variables: the value goes, its place is told, and nothing else changes. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ordersCollection } from '../samples.ts';
import { foundIn, redact, redactedValue } from './redacting.ts';

const SECRET = 'sample-secret-4711';
const PLACEHOLDER = '[redacted: secret variable]';

function secretVariable() {
  return { key: 'token', value: SECRET, type: 'secret' };
}

describe('secret variables', () => {
  it('lose their value, and nothing else does', async () => {
    const environment = {
      name: 'Production',
      values: [{ key: 'host', value: 'https://orders.example', type: 'default' }, secretVariable()],
    };
    expect(await redactedValue(environment)).toEqual({
      name: 'Production',
      values: [
        { key: 'host', value: 'https://orders.example', type: 'default' },
        { key: 'token', value: PLACEHOLDER, type: 'secret' },
      ],
    });
  });

  it('lose their value in a collection, in a folder and in a request', async () => {
    const request = { name: 'Request', variable: [secretVariable()] };
    const collection = {
      variable: [secretVariable()],
      item: [{ name: 'Folder', item: [request], variable: [secretVariable()] }],
    };
    expect(await foundIn(collection)).toEqual([
      'secret-variable $.variable[0].value',
      'secret-variable $.item[0].item[0].variable[0].value',
      'secret-variable $.item[0].variable[0].value',
    ]);
  });

  it('lose every value they have, whatever else the app calls it', async () => {
    const variable = { ...secretVariable(), currentValue: SECRET, initialValue: SECRET, description: 'kept' };
    expect(await redactedValue([variable])).toEqual([
      {
        key: 'token',
        value: PLACEHOLDER,
        type: 'secret',
        currentValue: PLACEHOLDER,
        initialValue: PLACEHOLDER,
        description: 'kept',
      },
    ]);
  });

  it('are also those with `secret: true`, and values that are no text', async () => {
    const values = [
      { key: 'a', value: 'word', secret: true, type: 'default' },
      { key: 'b', value: { nested: SECRET }, type: 'secret' },
      { key: 'c', value: ['one', SECRET], type: 'secret' },
      { key: 'd', value: 4711, type: 'secret' },
      { key: 'e', value: false, type: 'secret' },
    ];
    expect(await redactedValue(values)).toEqual(values.map((one) => ({ ...one, value: PLACEHOLDER })));
  });

  it.each([' {{vault:token}} ', '{{user}}{{password}}', '', null])(
    'stay when their value is %j',
    async (value) => {
      const environment = { values: [{ key: 'a', value, type: 'secret' }] };
      expect(await redact(environment)).toEqual({ value: environment, findings: [], secrets: [] });
    },
  );

  it('lose a value that is more than the name of another variable', async () => {
    expect(await redactedValue({ key: 'a', value: `{{x}}${SECRET}`, type: 'secret' })).toMatchObject({
      value: PLACEHOLDER,
    });
  });

  it('are told by their place, never by their value', async () => {
    const findings = await foundIn({
      item: [{ variable: [{ key: 'a', value: 'x' }, secretVariable()] }],
      'odd key': secretVariable(),
    });
    expect(findings).toEqual([
      'secret-variable $.item[0].variable[1].value',
      'secret-variable $["odd key"].value',
    ]);
  });

  it('leave nothing of their value, wherever they stand', async () => {
    const canary = 'canary-5f2d';
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { maxDepth: 4 },
        fc.constant({ key: 'k', type: 'secret', value: canary }),
        fc.constant({ key: 'k', secret: true, value: [canary] }),
        fc.jsonValue({ maxDepth: 1 }),
        fc.array(tie('tree')),
        fc.dictionary(fc.string(), tie('tree')),
      ),
    }));
    await fc.assert(
      fc.asyncProperty(tree, async (content) => {
        const body = { ...ordersCollection(), variable: content, item: [{ name: 'A', request: content }] };
        const { value, findings } = await redact(body);
        expect(JSON.stringify([value, findings])).not.toContain(canary);
      }),
    );
  });
});
