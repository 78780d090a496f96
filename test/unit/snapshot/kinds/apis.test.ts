/** An API of the API Builder as a folder: its definition, its collections, and an index. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isObject, type JsonObject } from '../../../../src/json.ts';
import { collisionKey } from '../../../../src/snapshot/file-name.ts';
import { apis } from '../../../../src/snapshot/kinds/apis.ts';
import { anyPath } from './any-path.ts';
import { filesOf, folderOf, ID } from './samples.ts';

const ATTACHED = 'aaaaaaaa-0000-4000-8000-000000000001';
const OTHER = 'aaaaaaaa-0000-4000-8000-000000000002';

function collection(id: string, name: string) {
  return { info: { _postman_id: id, name, updatedAt: 'now' }, item: [{ name: 'Pay', uid: '42-x' }] };
}

function api(owner = '42', more: JsonObject = {}): JsonObject {
  const stamps = { createdAt: owner, updatedAt: owner, createdBy: owner, updatedBy: owner };
  return {
    ...{ id: ID, name: 'Payments', summary: 'Pays.', description: 'All that pays.', gitInfo: {}, ...stamps },
    versions: [{ id: 'v1', name: 'v1.0.0' }],
    schemas: [
      {
        ...{ id: 'schema-1', type: 'openapi:3', ...stamps },
        files: [
          {
            ...{ id: owner, name: 'error.yaml', path: 'common/error.yaml', ...stamps },
            content: 'type: object',
          },
          {
            ...{ id: owner, name: 'index.yaml', path: 'index.yaml', ...stamps },
            content: 'openapi: 3.0.3\n',
          },
        ],
      },
    ],
    collections: [{ id: `${owner}-${ATTACHED}`, collection: collection(ATTACHED, 'Orders') }],
    ...more,
  };
}

describe('an API', () => {
  it('becomes an index, its collections and the files of its definition', () => {
    expect(filesOf(apis, api())).toEqual([
      {
        path: '.postman-api.json',
        content: {
          ...{ id: ID, name: 'Payments', summary: 'Pays.', description: 'All that pays.', gitInfo: {} },
          versions: [{ id: 'v1', name: 'v1.0.0' }],
          schemas: [
            { id: 'schema-1', type: 'openapi:3', files: { 'common/error.yaml': {}, 'index.yaml': {} } },
          ],
          collections: [{ id: ATTACHED, path: 'collections/Orders.postman_collection.json' }],
        },
      },
      {
        path: 'collections/Orders.postman_collection.json',
        content: { info: { _postman_id: ATTACHED, name: 'Orders' }, item: [{ name: 'Pay' }] },
      },
      { path: 'common/error.yaml', content: 'type: object' },
      { path: 'index.yaml', content: 'openapi: 3.0.3\n' },
    ]);
  });

  it('is the same with another owner, touched at another time', () => {
    expect(filesOf(apis, api('77'))).toEqual(filesOf(apis, api()));
  });

  it('does not depend on the order of its collections, of which two may have one name', () => {
    const both = [
      { id: OTHER, collection: collection(OTHER, 'Orders') },
      { id: ATTACHED, collection: collection(ATTACHED, 'orders') },
    ];
    const files = filesOf(apis, api('42', { collections: both }));
    expect(filesOf(apis, api('42', { collections: both.toReversed() }))).toEqual(files);
    expect(files.map(({ path }) => path).slice(1, 3)).toEqual([
      'collections/orders.postman_collection.json',
      expect.stringMatching(/^collections\/Orders \([0-9a-f]{8}\)\.postman_collection\.json$/),
    ]);
  });

  it('that is connected to git is its index only', () => {
    const gitInfo = { repository: 'payments', schemaFolder: 'api' };
    const files = filesOf(apis, api('42', { gitInfo, schemas: [], collections: [] }));
    expect(files).toMatchObject([{ path: '.postman-api.json', content: { gitInfo } }]);
  });

  it('may have two schemas with a file of the same path', () => {
    const files = [{ path: 'index.yaml', content: 'one' }];
    const schemas = [
      { id: 's1', type: 'openapi:3', files },
      { id: 's2', type: 'openapi:2', files: [{ path: 'index.yaml', content: 'two' }] },
    ];
    const folder = folderOf(apis, api('42', { schemas }));
    const index = folder.get('.postman-api.json');
    const other = [...folder.keys()].at(-1) ?? '';
    expect([folder.get('index.yaml'), folder.get(other)]).toEqual(['one', 'two']);
    expect(index).toMatchObject({
      schemas: [{ files: { 'index.yaml': {} } }, { files: { 'index.yaml': { path: other } } }],
    });
  });

  it('has no two files of one path, whatever they are called', () => {
    const paths = fc.uniqueArray(anyPath, { minLength: 1, maxLength: 8 });
    const names = fc.array(fc.oneof(anyPath, fc.constant('Orders')), { maxLength: 4 });
    fc.assert(
      fc.property(paths, names, (some, titles) => {
        const schemas = ['s1', 's2'].map((id) => ({
          ...{ id, type: 'openapi:3' },
          files: some.map((path) => ({ path, content: id })),
        }));
        const collections = titles.map((name, number) => ({
          id: `c${number}`,
          collection: collection(`c${number}`, name),
        }));
        const keys = filesOf(apis, api('42', { schemas, collections })).map(({ path }) => collisionKey(path));
        expect(new Set(keys).size).toBe(1 + 2 * some.length + titles.length);
        expect(keys.filter((key) => keys.some((other) => other.startsWith(`${key}/`)))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('is told by its index', () => {
    const [index] = filesOf(apis, api());
    const content = isObject(index?.content) ? index.content : expect.fail();
    expect([apis.isBody(content), apis.uuidOf(content), apis.nameOf(content)]).toEqual([
      true,
      ID,
      'Payments',
    ]);
  });

  it.each([
    ['an error', { type: 'instanceNotFoundError', title: 'Not found' }],
    ['one without its parts', { id: ID, name: 'Payments' }],
  ])('is not %s', (_, body) => {
    expect(apis.isBody(body)).toBe(false);
  });
});
