/** Secret variables: the value goes, its place is told, and nothing else changes. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SECRET_VARIABLE_PLACEHOLDER } from '../../../src/snapshot/redact.ts';
import { renderResource } from '../../../src/snapshot/render.ts';
import {
  environmentText,
  ORDERS,
  ordersCollection,
  PRODUCTION,
  productionEnvironment,
  textOf,
} from './samples.ts';

const SECRET = 'sample-secret-4711';
const secretVariable = { key: 'token', value: SECRET, type: 'secret' };

function findingsOf(body: unknown) {
  return renderResource({ kind: 'collections', uuid: ORDERS }, body, 'redact').findings;
}

function environmentWith(values: readonly unknown[]) {
  return { ...productionEnvironment(), values };
}

describe('secret variables', () => {
  it('lose their value in an environment, and nothing else does', () => {
    const before = environmentText(productionEnvironment(), 'keep').split('\n');
    const after = environmentText(productionEnvironment()).split('\n');
    expect(after.filter((line, index) => line !== before[index])).toEqual([
      `      "value": "${SECRET_VARIABLE_PLACEHOLDER}",`,
    ]);
  });

  it('lose their value in a collection, in a folder and in a request', () => {
    const collection = ordersCollection();
    const text = textOf({
      ...collection,
      variable: [secretVariable],
      item: [
        {
          name: 'Folder',
          item: [{ name: 'Request', variable: [secretVariable] }],
          variable: [secretVariable],
        },
      ],
    });
    expect(text).not.toContain(SECRET);
    expect(text.split(SECRET_VARIABLE_PLACEHOLDER)).toHaveLength(4);
  });

  it('lose every value they have, whatever else the app calls it', () => {
    const variable = {
      ...secretVariable,
      currentValue: SECRET,
      initialValue: SECRET,
      description: 'for tests',
    };
    const text = environmentText(environmentWith([variable]));
    expect(text).not.toContain(SECRET);
    expect(text).toContain('for tests');
  });

  it('lose their value where schema 1 keeps them', () => {
    const text = textOf({ id: ORDERS, name: 'Orders', requests: [], variables: [secretVariable] });
    expect(text).not.toContain(SECRET);
  });

  it('are also those with `secret: true`, and values that are no text', () => {
    const text = environmentText(
      environmentWith([
        { key: 'a', value: SECRET, secret: true, type: 'default' },
        { key: 'b', value: { nested: SECRET }, type: 'secret' },
      ]),
    );
    expect(text).not.toContain(SECRET);
  });

  it('keep what names another variable', () => {
    const text = environmentText(environmentWith([{ key: 'a', value: ' {{vault:token}} ', type: 'secret' }]));
    expect(text).toContain('" {{vault:token}} "');
  });

  it('lose a value that is more than the name of another variable', () => {
    const text = environmentText(environmentWith([{ key: 'a', value: `{{x}}${SECRET}`, type: 'secret' }]));
    expect(text).not.toContain(SECRET);
  });

  it.each([[''], [null]])('stay as they are when their value is %j', (value) => {
    const body = environmentWith([{ key: 'a', value, type: 'secret' }]);
    expect(environmentText(body)).toBe(environmentText(body, 'keep'));
  });

  it('keep their value with `secrets: keep`, and are found all the same', () => {
    const { content, findings } = renderResource(
      { kind: 'environments', uuid: PRODUCTION },
      productionEnvironment(),
      'keep',
    );
    expect(content.toString()).toContain(SECRET);
    expect(findings).toHaveLength(1);
  });

  it('are no finding any more once they are redacted', () => {
    const again = JSON.parse(environmentText(productionEnvironment()));
    expect(renderResource({ kind: 'environments', uuid: PRODUCTION }, again, 'fail').findings).toEqual([]);
  });

  it('are told by their place, never by their value', () => {
    const findings = findingsOf({
      ...ordersCollection(),
      item: [{ name: 'Folder', item: [], variable: [{ key: 'a', value: 'x' }, secretVariable] }],
      'odd key': secretVariable,
    });
    expect(findings).toEqual([
      { rule: 'secret-variable', path: '$.item[0].variable[1].value' },
      { rule: 'secret-variable', path: '$["odd key"].value' },
    ]);
  });

  it('leave nothing of their value, wherever they stand', () => {
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
    fc.assert(
      fc.property(tree, (content) => {
        const body = { ...ordersCollection(), variable: content, item: [{ name: 'A', request: content }] };
        expect(textOf(body)).not.toContain(canary);
        expect(JSON.stringify(findingsOf(body))).not.toContain(canary);
      }),
    );
  });
});
