/** What was rendered can be read again, whatever the kind. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/json.ts';
import type { Kind, Layout } from '../../../src/model.ts';
import { kindFormats } from '../../../src/snapshot/kinds/registry.ts';
import { parseResource } from '../../../src/snapshot/parse-resource.ts';
import { renderResource } from '../../../src/snapshot/render.ts';
import { serialize } from '../../../src/snapshot/serialize.ts';
import { anyPath } from './kinds/any-path.ts';
import { ID, spec } from './kinds/samples.ts';
import { ORDERS, ordersCollection } from './samples.ts';

async function expectSame(
  kind: Kind,
  uuid: string,
  body: JsonObject,
  layout: Layout = 'json',
): Promise<void> {
  const ref = { kind, uuid, name: 'Payments' };
  const { resource } = await renderResource(ref, body, { layout, mode: 'keep', isAllowed: () => true });
  const parsed = parseResource(kind, new Map(resource.files.map(({ path, content }) => [path, content])));
  expect(serialize(parsed).content.toString()).toBe(
    serialize(kindFormats[kind].normalize(body, ref)).content.toString(),
  );
}

const anyFiles = fc.uniqueArray(
  fc.record({ path: anyPath, type: fc.constantFrom('ROOT', 'DEFAULT'), content: fc.string() }),
  { selector: ({ path }) => path, minLength: 1, maxLength: 5 },
);

describe('the files of a resource are read as what was rendered', () => {
  it('when it is one file', () => expectSame('collections', ORDERS, ordersCollection()));

  it('when it is a folder', () => expectSame('collections', ORDERS, ordersCollection(), 'tree'));

  it('when it is a spec, whatever its files are called', () =>
    fc.assert(fc.asyncProperty(anyFiles, (files) => expectSame('specs', ID, spec(files)))));

  it('when it is an API, with schemas and collections', () =>
    fc.assert(
      fc.asyncProperty(anyFiles, anyFiles, (one, other) =>
        expectSame('apis', ID, {
          ...{ id: ID, name: 'Payments' },
          schemas: [
            { id: 's-1', type: 'openapi:3', files: one },
            { id: 's-2', type: 'proto:3', files: other },
          ],
          collections: [{ id: ORDERS, collection: ordersCollection() }, { id: 'not-read' }],
        }),
      ),
    ));
});

it('files that are no such resource are read as nothing', () => {
  expect(parseResource('collections', new Map([['', Buffer.from('Mine now.')]]))).toBeUndefined();
  expect(parseResource('collections', new Map())).toBeUndefined();
  expect(parseResource('specs', new Map([['openapi.yaml', Buffer.from('{}')]]))).toBeUndefined();
});
