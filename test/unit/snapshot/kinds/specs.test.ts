/** A spec as a folder: its files byte for byte, and an index from which the spec can be put together again. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isObject } from '../../../../src/json.ts';
import { specs } from '../../../../src/snapshot/kinds/specs.ts';
import { anyPath } from './any-path.ts';
import { filesOf, folderOf, ID, normalized, type SpecFile, spec } from './samples.ts';

const root: SpecFile = { path: 'openapi.yaml', type: 'ROOT', content: 'openapi: 3.0.3\r\n\tno end of line' };
const errors: SpecFile = { path: 'schemas/error.yaml', type: 'DEFAULT', content: 'type: object\n' };

/** What a restore would send, from nothing but the folder. */
function rebuilt(body: ReturnType<typeof spec>): SpecFile[] {
  const folder = folderOf(specs, body);
  const index = folder.get('.postman-spec.json');
  const files = isObject(index) && isObject(index['files']) ? index['files'] : {};
  return Object.entries(files).map(([path, about]) => {
    const { type, path: local = path } = about as { type: string; path?: string };
    const content = folder.get(local);
    return { path, type, content: typeof content === 'string' ? content : expect.fail(local) };
  });
}

function sorted(files: readonly SpecFile[]): readonly SpecFile[] {
  return files.toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

describe('a spec', () => {
  it('has its files under their own paths, so that a JSON path names them', () => {
    expect(normalized(specs, spec([root, errors]))).toEqual({
      ...{ id: ID, name: 'Payments', type: 'OPENAPI:3.0', fileFormat: 'yaml' },
      files: {
        'openapi.yaml': { type: 'ROOT', content: root.content },
        'schemas/error.yaml': { type: 'DEFAULT', content: errors.content },
      },
    });
  });

  it('becomes an index and its files as they are', () => {
    expect(filesOf(specs, spec([errors, root]))).toEqual([
      {
        path: '.postman-spec.json',
        content: {
          ...{ id: ID, name: 'Payments', type: 'OPENAPI:3.0', fileFormat: 'yaml' },
          files: { 'openapi.yaml': { type: 'ROOT' }, 'schemas/error.yaml': { type: 'DEFAULT' } },
        },
      },
      { path: 'openapi.yaml', content: root.content },
      { path: 'schemas/error.yaml', content: errors.content },
    ]);
  });

  it('does not depend on who touched it when, nor on the order of its files', () => {
    expect(filesOf(specs, spec([errors, root], 'later'))).toEqual(filesOf(specs, spec([root, errors])));
  });

  it('keeps fields that nobody knows', () => {
    const body = { ...spec([{ ...root, ...{ tags: ['x'] } }]), linked: true };
    const [index] = filesOf(specs, body);
    expect(index?.content).toMatchObject({ linked: true, files: { 'openapi.yaml': { tags: ['x'] } } });
  });

  it('says in its index where a file lies that could not keep its path', () => {
    const [index] = filesOf(specs, spec([root, { ...errors, path: '../error.yaml' }]));
    expect(index?.content).toMatchObject({
      files: { '../error.yaml': { type: 'DEFAULT', path: '-/error.yaml' } },
    });
  });

  it('can be put together again from its folder, whatever its files are called', () => {
    const file = fc.record({ path: anyPath, type: fc.constantFrom('ROOT', 'DEFAULT'), content: fc.string() });
    const files = fc.uniqueArray(file, { selector: ({ path }) => path, minLength: 1, maxLength: 10 });
    fc.assert(
      fc.property(files, (some) => {
        expect(sorted(rebuilt(spec(some)))).toEqual(sorted(some));
      }),
      { numRuns: 500 },
    );
  });

  it('is told by its index', () => {
    const [index] = filesOf(specs, spec([root]));
    const content = isObject(index?.content) ? index.content : expect.fail();
    expect([specs.isBody(content), specs.uuidOf(content), specs.nameOf(content)]).toEqual([
      true,
      ID,
      'Payments',
    ]);
  });

  it.each([
    ['without files', { id: ID, name: 'Payments' }],
    ['of no files at all', { id: ID, name: 'Payments', files: [] }],
    ['without an id', { files: [root] }],
    ['but an error', { error: { name: 'serverError' } }],
  ])('is none: %s', (_, body) => {
    expect(specs.isBody(body)).toBe(false);
  });
});
