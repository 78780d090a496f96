/** The layout `tree` loses nothing, and makes paths that every file system takes, whatever a collection holds. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isObject, type JsonObject } from '../../../../src/json.ts';
import { collisionKey, fileName } from '../../../../src/snapshot/file-name.ts';
import { ownPaths } from '../../../../src/snapshot/render.ts';
import { corpus, describeCorpus } from '../../../corpus.ts';
import { ORDERS } from '../samples.ts';
import { collectionOf, jsonOf, parsed, request, treeOf } from './trees.ts';

const names = fc.oneof(
  fc.constantFrom(
    ...['Orders', 'ORDERS', 'orders', 'Café', 'Cafe\u0301', 'Straße', 'STRASSE', 'a/b', 'a-b', 'a?b'],
    ...[
      '',
      '.',
      '..',
      '.git',
      'git~1',
      'CON',
      'nul.request',
      'a.',
      'a ',
      ' a',
      '\u0000',
      '\u202ex',
      '\ufeff',
    ],
    ...[
      'folder',
      'Folder',
      'collection',
      'README',
      'folder.yaml',
      'folder.test',
      'folder.post-response.js',
      'README.md',
      '__proto__',
    ],
    ...[
      'Orders.post-response',
      'Orders.post-response.js',
      'Orders.md',
      'Orders.body.json',
      'Orders.examples',
      'Orders.request',
    ],
    ...['Orders (aaaaaaaa)', 'Orders (2)', '\ud800', '😀', 'x'.repeat(300), '漢'.repeat(100)],
  ),
  fc.string({ unit: 'binary', maxLength: 8 }),
);
const ids = fc.option(
  fc.oneof(
    fc.constantFrom(...['aaaaaaaa-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000002']),
    fc.constantFrom<unknown>('', '../..', '__proto__', 7, null),
    fc.uuid(),
  ),
  { nil: undefined },
);
const texts = fc.oneof(
  fc.constantFrom(
    ...['', '\n', 'a', 'a\n', 'a\n\n', 'a\r\nb', '\r', '\ufeffa', '\ud800', 'a\u0085b', '\u2028', '{"a": 1}'],
    ...[
      '[1,\n2]',
      'no',
      '2026-01-01',
      '~',
      'null',
      '- a',
      'a: b',
      '# a',
      '!text a',
      '&a',
      '*a',
      ' a ',
      '\ta\n',
    ],
    ...[
      '---\n',
      '...\n',
      '  a\n b\n',
      'a\n ',
      '%YAML 1.2',
      '"',
      "'",
      '\u0000',
      '{{token}}',
      '1e3',
      '0x1f',
      'a #b',
    ],
  ),
  fc.string({ unit: 'binary' }),
);
const values = fc.jsonValue({ noUnicodeString: false, maxDepth: 3 });
const lines = fc.oneof(texts, fc.array(texts, { maxLength: 3 }), values);
const descriptions = fc.oneof(
  texts,
  fc.record({ content: texts, type: fc.constantFrom('text/markdown') }),
  values,
);
const events = fc.array(
  fc.oneof(
    fc.record(
      {
        listen: fc.constantFrom('test', 'prerequest', 'other', '__proto__'),
        script: fc.oneof(fc.record({ exec: lines, type: texts }, { requiredKeys: [] }), values),
        disabled: fc.boolean(),
      },
      { requiredKeys: [] },
    ),
    values,
  ),
  { maxLength: 3 },
);
const bodies = fc.oneof(
  fc.record(
    {
      mode: fc.constantFrom('raw', 'graphql'),
      raw: lines,
      graphql: fc.oneof(fc.record({ query: lines, variables: texts }, { requiredKeys: [] }), values),
      options: fc.oneof(
        fc.record({ raw: fc.record({ language: fc.constantFrom('json', 'XML', 'x') }) }),
        values,
      ),
    },
    { requiredKeys: [] },
  ),
  values,
);
const examples = fc.oneof(
  fc.record(
    { name: names, id: ids, body: lines, _postman_previewlanguage: fc.constantFrom('json', 'Text', null) },
    { requiredKeys: [] },
  ),
  values,
);
const requests = fc.oneof(
  fc.record(
    {
      name: names,
      id: ids,
      description: descriptions,
      request: fc.oneof(fc.record({ description: descriptions, body: bodies }, { requiredKeys: [] }), values),
      response: fc.oneof(fc.array(examples, { maxLength: 3 }), values),
      event: fc.oneof(events, values),
    },
    { requiredKeys: [] },
  ),
  values,
);
const { item: items } = fc.letrec<{ item: JsonObject[]; folder: JsonObject }>((tie) => ({
  item: fc.array(fc.oneof({ depthSize: 'small' }, requests, tie('folder')), { maxLength: 6 }) as fc.Arbitrary<
    JsonObject[]
  >,
  folder: fc.record(
    { name: names, id: ids, description: descriptions, event: events, item: tie('item'), extra: values },
    { requiredKeys: ['item'] },
  ) as fc.Arbitrary<JsonObject>,
}));
const anyCollection = fc
  .record(
    { description: descriptions, event: events, item: items, variable: values, extra: values, name: names },
    { requiredKeys: ['item'] },
  )
  .map(({ description, name, ...rest }) => ({ info: { _postman_id: ORDERS, name, description }, ...rest }))
  // As it comes from the API: what JSON cannot say is not there.
  .map((body): JsonObject => JSON.parse(JSON.stringify(body)));

describe('any collection', () => {
  it('comes back to the letter', () => {
    fc.assert(
      fc.property(anyCollection, (body) => {
        expect(parsed(treeOf(body))).toBe(jsonOf(body));
      }),
      { numRuns: 300 },
    );
  });

  it('gives paths that are legal everywhere, and no two that one file system takes for one', () => {
    fc.assert(
      fc.property(anyCollection, (body) => {
        const paths = [...treeOf(body).keys()];
        expectApart(paths);
        for (const segment of paths.flatMap((path) => path.split('/'))) {
          expect(Buffer.byteLength(segment)).toBeLessThanOrEqual(255);
          expect(segment === '.postman-collection.json' ? segment : fileName(segment, '')).toBe(segment);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('has a side file that tells all its files from those of others', () => {
    fc.assert(
      fc.property(anyCollection, (body) => {
        const tree = treeOf(body);
        const place = { kind: 'collections', path: 'Orders.postman_collection' } as const;
        const own = ownPaths(place, Buffer.from(indexOf(tree) ?? ''));
        expect([...tree.keys()].filter((path) => own?.has(path) !== true)).toEqual([]);
      }),
    );
  });

  it('lies at the same paths in whatever order its items come', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.tuple(names, fc.uuid()), { selector: ([, id]) => id }), (pairs) => {
        const all = pairs.map(([name, id]) => request(name, { id }));
        const [ahead, back] = [treeOf(collectionOf(...all)), treeOf(collectionOf(...all.toReversed()))];
        expect(indexOf(ahead)).toBe(indexOf(back));
      }),
    );
  });
});

describeCorpus('every collection of the corpus of real files', () => {
  const files = ['collections', 'made'].flatMap((folder) =>
    readdirSync(join(corpus, folder)).map((name) => join(corpus, folder, name)),
  );

  it('comes back to the letter', () => {
    for (const file of files) {
      const body = readBody(file);
      const tree = treeOf(body);
      expect(parsed(tree), file).toBe(jsonOf(body));
      expectApart([...tree.keys()]);
    }
    expect(files.length).toBeGreaterThan(50);
  }, 120_000);
});

function readBody(file: string): JsonObject {
  const body = JSON.parse(readFileSync(file, 'utf8').replace(/^\ufeff/, ''));
  return isObject(body['collection']) ? body['collection'] : body;
}

/** A path that is a file of one and a folder of another cannot be, either. */
function expectApart(paths: readonly string[]): void {
  const files = paths.map(collisionKey);
  expect(new Set(files).size).toBe(files.length);
  const above = (path: string): string[] => {
    const folder = posix.dirname(path);
    return folder === '.' ? [] : [folder, ...above(folder)];
  };
  const folders = new Map(paths.flatMap(above).map((folder) => [folder, collisionKey(folder)]));
  expect(new Set(folders.values()).size).toBe(folders.size);
  const isFile = new Set(files);
  expect([...folders.values()].filter((folder) => isFile.has(folder))).toEqual([]);
}

function indexOf(tree: ReadonlyMap<string, string>): string | undefined {
  return tree.get('.postman-collection.json');
}
