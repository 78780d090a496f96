/** Files that people have edited: what makes sense is taken, and what does not is told with its file. */
import { describe, expect, it } from 'vitest';
import { KnownError } from '../../../../src/errors.ts';
import { parseCollectionTree } from '../../../../src/snapshot/collection-tree/parse-tree.ts';
import { collectionOf, jsonOf, parsed, request, treeOf } from './trees.ts';

const example = { name: 'Done', body: 'yes' };
const event = [{ listen: 'test', script: { exec: ['pass();'] } }];
const body = collectionOf(
  { name: 'Admin', id: 'folder-admin', item: [request('List', { id: 'request-list', event })] },
  request('Ping', { id: 'request-ping', response: [example] }),
);
const tree = treeOf(body);

function edited(changes: Readonly<Record<string, string | undefined>>) {
  const files = new Map(tree);
  for (const [path, text] of Object.entries(changes)) {
    if (text === undefined) {
      files.delete(path);
    } else {
      files.set(path, text);
    }
  }
  return files;
}

function problemOf(changes: Readonly<Record<string, string | undefined>>): string {
  try {
    parsed(edited(changes));
  } catch (error) {
    if (error instanceof KnownError) {
      expect(error.code).toBe('RESOURCE_INVALID');
      return error.message;
    }
    throw error;
  }
  throw new Error('It was parsed.');
}

describe('a folder that people edited', () => {
  it('has a new request at the end of its folder, without an id', () => {
    const added = { name: 'Close', item: [], extra: 1 };
    const files = edited({
      'Admin/Open.request.yaml': 'name: Open\n',
      'Admin/Close/folder.yaml': 'name: Close\nitem: []\nextra: 1\n',
    });
    const [admin, ping] = body['item'] as [{ item: unknown[] }, unknown];
    const item = [{ ...admin, item: [...admin.item, added, { name: 'Open' }] }, ping];
    expect(JSON.parse(parsed(files)).item[0].item.map(({ name }: { name: string }) => name)).toEqual([
      'List',
      'Close',
      'Open',
    ]);
    expect(JSON.parse(parsed(files))).toEqual({ ...body, item });
  });

  it('has a new example at the end of its request', () => {
    const files = edited({ 'Ping.examples/Failed.example.yaml': 'name: Failed\n' });
    expect(JSON.parse(parsed(files)).item[1].response).toEqual([example, { name: 'Failed' }]);
  });

  it('may lose a request with its entry in the list', () => {
    const files = edited({
      'Admin/List.request.yaml': undefined,
      'Admin/List.post-response.js': undefined,
      'Admin/folder.yaml': 'name: Admin\nitem: []\n',
    });
    expect(JSON.parse(parsed(files)).item[0]).toEqual({ id: 'folder-admin', name: 'Admin', item: [] });
  });

  it('may have files of others in it', () => {
    expect(parsed(edited({ 'notes.txt': 'x', 'Admin/other.yaml': 'x: 1', 'Ideas/README.md': 'x' }))).toBe(
      jsonOf(body),
    );
  });

  it('may have scripts with or without a newline at their end', () => {
    expect(parsed(edited({ 'Admin/List.post-response.js': 'pass();' }))).toBe(jsonOf(body));
  });
});

describe('a folder that makes no sense', () => {
  it.each([
    [{ '.postman-collection.json': undefined }, '".postman-collection.json": it is missing'],
    [{ '.postman-collection.json': '<<<<' }, '".postman-collection.json": it has to be JSON with an object'],
    [{ '.postman-collection.json': '{}' }, '".postman-collection.json": it has to have the object `ids`'],
    [{ 'collection.yaml': undefined }, '"collection.yaml": it is missing'],
    [{ 'collection.yaml': '- a' }, '"collection.yaml": it has to hold keys with values'],
    [{ 'Ping.request.yaml': '' }, '"Ping.request.yaml": it has to hold keys with values'],
    [
      { 'Admin/List.request.yaml': undefined },
      '"Admin/folder.yaml": there is no file "Admin/List.request.yaml" at line 3, column 5',
    ],
    [
      { 'Admin/List.post-response.js': undefined },
      '"Admin/List.request.yaml": there is no file "Admin/List.post-response.js" at line 8, column 13',
    ],
    [
      { 'Admin/List.md': 'What it lists.' },
      '"Admin/List.request.yaml": nothing in it refers to "List.md", which lies beside it',
    ],
    [
      { 'Ping.request.yaml': 'name: Ping\nresponse:\n  - !item Ping.request.yaml\n' },
      '"Ping.request.yaml": "Ping.request.yaml" is already in use elsewhere at line 3, column 5',
    ],
    [{ 'Ping.request.yaml': 'name: !text ../x.md\n' }, '"Ping.request.yaml": there is no file "../x.md"'],
    [{ 'Ideas/New.request.yaml': 'name: New\n' }, '"Ideas/New.request.yaml": it belongs to nothing'],
    [
      { 'Gone.examples/Done.example.yaml': 'name: Done\n' },
      '"Gone.examples/Done.example.yaml": it belongs to nothing',
    ],
    [{ 'Ping.request.yaml': 'name: !read x\n' }, '"Ping.request.yaml": Unresolved tag: !read'],
    [{ 'Ping.request.yaml': 'name: [\n' }, '"Ping.request.yaml": Flow sequence'],
    [{ 'Ping.request.yaml': 'name: a\nname: b\n' }, '"Ping.request.yaml": Map keys must be unique'],
    [{ 'Admin/folder.yaml': 'name: Admin\nitem: none\n' }, '"Admin/folder.yaml": `item` has to be a list'],
  ])('is refused with the file and the reason: %j', (changes, problem) => {
    expect(problemOf(changes).slice(0, problem.length)).toBe(problem);
  });

  it('is refused when a file is not UTF-8', () => {
    const files = new Map([...tree].map(([path, text]) => [path, Buffer.from(text)]));
    files.set('Admin/List.post-response.js', Buffer.from([0xff, 0xfe]));
    expect(() => parseCollectionTree(files)).toThrow('"Admin/List.post-response.js": it is not UTF-8');
  });
});
