/** What the folder of a collection looks like, and what an edit in Postman touches in it. */
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../../src/json.ts';
import { ORDERS, ordersCollection } from '../samples.ts';
import { collectionOf, type Files, jsonOf, parsed, request, treeOf } from './trees.ts';

const INDEX = '.postman-collection.json';
const [A, B, C] = ['a', 'b', 'c'].map((digit) => `${digit.repeat(8)}-0000-4000-8000-000000000001`);

function script(listen: string, ...exec: readonly string[]) {
  return { listen, script: { type: 'text/javascript', exec } };
}

function touchedBetween(before: Files, after: Files): readonly string[] {
  const paths = [...new Set([...before.keys(), ...after.keys()])].sort();
  return paths.filter((path) => before.get(path) !== after.get(path));
}

function pathsOf(...items: readonly JsonObject[]): readonly string[] {
  return [...treeOf(collectionOf(...items)).keys()].filter((path) => !/^(collection.yaml|\.)/.test(path));
}

describe('the folder of a collection', () => {
  it('holds a file a request, a folder a folder, and the texts that people read in files of their own', () => {
    expect(Object.fromEntries(treeOf(ordersCollection()))).toEqual({
      [INDEX]: `{
  "id": "${ORDERS}",
  "name": "Orders",
  "ids": {
    "Admin/Deep/folder.yaml": "folder-deep",
    "Admin/List.request.yaml": "request-list",
    "Admin/folder.yaml": "folder-admin",
    "Ping.examples/Pong.example.yaml": "response-pong",
    "Ping.request.yaml": "request-ping"
  }
}
`,
      'collection.yaml': `info:
  name: Orders
  description: !text README.md
  schema: https://schema.getpostman.com/json/collection/v2.1.0/collection.json
item:
  - !item Admin/folder.yaml
  - !item Ping.request.yaml
event:
  - listen: prerequest
    script:
      exec: !lines collection.pre-request.js
  - listen: test
    script:
      type: text/javascript
      exec: !lines collection.post-response.js
variable:
  - key: host
    value: https://orders.example
`,
      'README.md': 'Where orders come from.\n',
      'collection.pre-request.js': 'prepare();\n',
      'collection.post-response.js': 'pass();\n',
      'Admin/folder.yaml': 'name: Admin\nitem:\n  - !item Deep/folder.yaml\n  - !item List.request.yaml\n',
      'Admin/Deep/folder.yaml': 'name: Deep\nitem: []\n',
      'Admin/List.request.yaml': `name: List
request:
  method: GET
  url: "{{host}}/orders"
`,
      'Ping.request.yaml': `name: Ping
request:
  method: GET
  url:
    raw: "{{host}}/ping"
    path:
      - ping
  header: []
response:
  - !item Ping.examples/Pong.example.yaml
`,
      'Ping.examples/Pong.example.yaml': `name: Pong
body: !text Pong.body.json
originalRequest:
  method: GET
  url: "{{host}}/ping"
  header: []
status: OK
code: 200
`,
      'Ping.examples/Pong.body.json': '{"pong":true}\n',
    });
  });

  it.each([
    ['json', '{{all}}', 'Pay.body.json'],
    ['xml', '<a/>', 'Pay.body.xml'],
    ['html', '<p>', 'Pay.body.html'],
    ['javascript', 'a()', 'Pay.body.js'],
    ['text', 'a', 'Pay.body.txt'],
    [undefined, '{"a":1}', 'Pay.body.json'],
    [undefined, '12', 'Pay.body.txt'],
  ])('has a raw body of the language %s in a file for it: %s', (language, raw, path) => {
    const body = { mode: 'raw', raw, options: { raw: { language } } };
    expect(treeOf(collectionOf(request('Pay', { request: { body } }))).get(path)).toBe(`${raw}\n`);
  });

  it('has a GraphQL query in a file of its own', () => {
    const body = { mode: 'graphql', graphql: { query: '{ orders }', variables: '' } };
    const tree = treeOf(collectionOf(request('Find', { request: { body } })));
    expect(tree.get('Find.graphql')).toBe('{ orders }\n');
  });

  it('keeps in YAML what no file could hold: a second script of one event, no text, half a character', () => {
    const event = [script('test', 'a'), script('test', 'b'), script('prerequest', '\ud800')];
    const tree = treeOf(
      collectionOf(request('Pay', { event }), request('Ping', { event: [script('test')] })),
    );
    expect(pathsOf(request('Pay', { event }))).toEqual(['Pay.request.yaml', 'Pay.post-response.js']);
    expect(tree.get('Pay.post-response.js')).toBe('a\n');
    expect(tree.has('Ping.post-response.js')).toBe(false);
  });

  it('holds what lies deeper than 64 folders in one file of JSON', () => {
    let item = request('Deep', { id: A });
    for (let level = 0; level < 500; level++) {
      item = { name: 'x', item: [item] };
    }
    const tree = treeOf(collectionOf(item));
    const depths = [...tree.keys()].map((path) => path.split('/').length);
    expect(Math.max(...depths)).toBe(66);
    expect([...tree.keys()].filter((path) => path.endsWith('folder.json'))).toHaveLength(1);
    expect(parsed(tree)).toBe(jsonOf(collectionOf(item)));
  });

  it('holds values as deep as it can read again, and refuses deeper ones', () => {
    const nested = (levels: number): unknown => (levels === 0 ? 'x' : [nested(levels - 1)]);
    const inFolders = (levels: number) => {
      let item: JsonObject = { ...request('Deep'), other: nested(levels) };
      for (let folder = 0; folder < 60; folder++) {
        item = { name: 'x', item: [item] };
      }
      return collectionOf(item);
    };

    expect(parsed(treeOf(inFolders(199)))).toBe(jsonOf(inFolders(199)));
    expect(() => treeOf(inFolders(200))).toThrow(/nested more than 200 deep/);
  });

  it('has no path of more than 2,800 bytes, however long the names are', () => {
    let item = request('x'.repeat(300), { response: [{ name: 'x'.repeat(300), body: 'y' }] });
    for (let level = 0; level < 20; level++) {
      item = { name: '漢'.repeat(100), item: [item] };
    }
    const tree = treeOf(collectionOf(item, request('x'.repeat(300), { response: [{ name: 'y' }] })));
    expect(Math.max(...[...tree.keys()].map((path) => Buffer.byteLength(path)))).toBeLessThanOrEqual(2800);
    expect(parsed(tree)).toBe(
      jsonOf(collectionOf(item, request('x'.repeat(300), { response: [{ name: 'y' }] }))),
    );
  });
});

describe('equal names in one folder', () => {
  it('carry the digits of their ids, but for the smallest', () => {
    expect(pathsOf(request('Pay', { id: B }), request('PAY', { id: A }), request('pay', { id: C }))).toEqual([
      'Pay (bbbbbbbb).request.yaml',
      'PAY.request.yaml',
      'pay (cccccccc).request.yaml',
    ]);
  });

  it('are counted where there is no id', () => {
    expect(
      pathsOf(request('Pay'), request('Pay', { id: A }), request('Pay'), request('Pay', { id: A })),
    ).toEqual([
      'Pay (2).request.yaml',
      'Pay.request.yaml',
      'Pay (3).request.yaml',
      'Pay (aaaaaaaa).request.yaml',
    ]);
  });

  it('may be those of a folder and a request', () => {
    const folder = { name: 'Pay', id: A, item: [] };
    expect(pathsOf(folder, request('Pay', { id: B }))).toEqual(['Pay/folder.yaml', 'Pay.request.yaml']);
  });

  it('are never those of a part of another item, or of the folder itself', () => {
    const folder = { name: 'Pay.post-response.js', item: [] };
    const event = [script('test', 'a')];
    expect(pathsOf(folder, request('Pay', { event }), request('README'), request('folder'))).toEqual([
      'Pay.post-response.js-/folder.yaml',
      'Pay.request.yaml',
      'Pay.post-response.js',
      'README-.request.yaml',
      'folder-.request.yaml',
    ]);
  });
});

describe('an edit in Postman', () => {
  const admin = (...item: readonly JsonObject[]) => ({ name: 'Admin', id: C, item });
  const list = request('List', { id: A });
  const before = treeOf(collectionOf(admin(list), request('Ping')));

  it('that inserts a request touches its own files, the list of its folder and the ids', () => {
    const added = request('Close', { id: B, event: [script('test', 'pass();')] });
    const after = treeOf(collectionOf(admin(added, list), request('Ping')));
    expect(touchedBetween(before, after)).toEqual([
      INDEX,
      'Admin/Close.post-response.js',
      'Admin/Close.request.yaml',
      'Admin/folder.yaml',
    ]);
  });

  it('of a script touches the script', () => {
    const withScript = (text: string) =>
      treeOf(collectionOf(request('Pay', { event: [script('test', text)] })));
    expect(touchedBetween(withScript('a'), withScript('b'))).toEqual(['Pay.post-response.js']);
  });

  it('that puts requests into another order touches the list of their folder', () => {
    const other = request('Open', { id: B });
    const [ahead, back] = [admin(list, other), admin(other, list)].map((one) => treeOf(collectionOf(one)));
    expect(ahead && back && touchedBetween(ahead, back)).toEqual(['Admin/folder.yaml']);
  });
});
