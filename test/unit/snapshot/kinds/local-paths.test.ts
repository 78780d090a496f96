/** Paths that come from Postman, as paths of a folder: legal everywhere, no two the same, the same every time. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { collisionKey, fileName } from '../../../../src/snapshot/file-name.ts';
import { localPaths } from '../../../../src/snapshot/kinds/local-paths.ts';
import { anyPath } from './any-path.ts';

const INDEX = '.postman-spec.json';

function place(...paths: string[]): string[] {
  const placed = localPaths(
    paths.map((path) => ({ key: path, path })),
    [INDEX],
  );
  return paths.map((path) => placed.get(path) ?? expect.fail(path));
}

describe('the path of a file', () => {
  it.each([
    'openapi.yaml',
    'components/schemas/Error.v2.json',
    'a/b/c/d.proto',
    'schemas/with space.graphql',
    'Straße/größe.yaml',
  ])('stays as it is when it is legal everywhere: %s', (path) => {
    expect(place(path)).toEqual([path]);
  });

  it.each([
    ['../../etc/passwd', '-/-/etc/passwd'],
    ['/etc/passwd', 'etc/passwd'],
    ['a//b/./c.yaml', 'a/b/c.yaml'],
    ['a\\b.yaml', 'a-b.yaml'],
    ['C:\\temp\\x.yaml', 'C-temp-x.yaml'],
    ['.git/config', '-git/config'],
    ['.spectral.yaml', '-spectral.yaml'],
    ['con/aux.yaml', 'con-/aux-.yaml'],
    ['folder./file .yaml', 'folder/file.yaml'],
    ['/', 'unnamed'],
    ['..', '-'],
    ['new\nline.yaml', 'new line.yaml'],
    ['Cafe\u0301.yaml', 'Café.yaml'],
  ])('%j becomes %j', (path, local) => {
    expect(place(path)).toEqual([local]);
  });

  it('is cut to 255 bytes a segment and keeps its extension', () => {
    const [path = ''] = place(`${'ä'.repeat(300)}/${'ö'.repeat(300)}.yaml`);
    const [folder = '', file = ''] = path.split('/');
    expect([Buffer.byteLength(folder), Buffer.byteLength(file)].every((bytes) => bytes <= 255)).toBe(true);
    expect(file).toMatch(/^ö+\.yaml$/);
  });
});

describe('of files that would be one', () => {
  it('the one whose path is legal as it stands keeps it', () => {
    expect(place('/a.yaml', 'a.yaml')).toEqual([
      expect.stringMatching(/^a \([0-9a-f]{8}\)\.yaml$/),
      'a.yaml',
    ]);
  });

  it.each([
    ['case', 'Error.yaml', 'error.yaml'],
    ['case of a folder', 'Schemas/error.yaml', 'schemas/error.yaml'],
    ['Unicode form', 'Café.yaml', 'Cafe\u0301.yaml'],
    ['ligature', 'fi.yaml', 'ﬁ.yaml'],
  ])('each has a path of its own when only the %s differs', (_, one, other) => {
    expect(new Set(place(one, other).map(collisionKey)).size).toBe(2);
  });

  it('what comes or goes beside a file does not move it', () => {
    const [, , third] = place('A.yaml', 'a.yaml', '/a.yaml');
    expect(place('A.yaml', '/a.yaml')[1]).toBe(third);
  });
});

describe('a file', () => {
  it('gives way to a folder of its name', () => {
    const [file, inside] = place('schemas', 'schemas/error.yaml');
    expect(inside).toBe('schemas/error.yaml');
    expect(file).toMatch(/^schemas \([0-9a-f]{8}\)$/);
  });

  it('gives way to a folder of its name in other letters', () => {
    const [file, inside] = place('SCHEMAS', 'schemas/error.yaml');
    expect([file, inside]).toEqual([expect.stringMatching(/^SCHEMAS \(/), 'schemas/error.yaml']);
  });

  it.each([INDEX, INDEX.toUpperCase(), '．postman-spec.json'])('called %s is not the index', (name) => {
    expect(place(name).map(collisionKey)).not.toContain(INDEX);
  });

  it('in a folder called like the index lies beside it', () => {
    const [path = ''] = place('．postman-spec.json/a.yaml');
    expect(path).not.toContain('/');
    expect(collisionKey(path)).not.toBe(INDEX);
  });
});

describe('whatever the paths are', () => {
  const paths = fc.uniqueArray(anyPath, { minLength: 1, maxLength: 12 });

  it('each file has a path of its own, on every file system, and none is the index', () => {
    fc.assert(
      fc.property(paths, (originals) => {
        const keys = place(...originals).map(collisionKey);
        expect(new Set([...keys, INDEX]).size).toBe(originals.length + 1);
        const isFolder = (key: string) => keys.some((other) => other.startsWith(`${key}/`));
        expect(keys.filter(isFolder)).toEqual([]);
        expect(isFolder(INDEX)).toBe(false);
      }),
      { numRuns: 1000 },
    );
  });

  it('each segment is legal', () => {
    fc.assert(
      fc.property(paths, (originals) => {
        const segments = place(...originals).flatMap((path) => path.split('/'));
        expect(segments.filter((segment) => segment !== fileName(segment, ''))).toEqual([]);
      }),
      { numRuns: 1000 },
    );
  });

  it('their order does not matter', () => {
    fc.assert(
      fc.property(paths, (originals) => {
        expect(place(...originals.toReversed()).toReversed()).toEqual(place(...originals));
      }),
    );
  });
});
