/** Paths of the layout `json` that no resource has to fight for. */
import { describe, expect, it } from 'vitest';
import { archivePaths, isArchived, manifestPath } from '../../../src/snapshot/layout.ts';
import { ORDERS } from './samples.ts';

describe('the archive', () => {
  it('keeps the folder and the suffix of a file', () => {
    expect(archivePaths('backup/Payments/v1.2.postman_collection.json', 'backup', ORDERS)).toEqual([
      'backup/_archive/Payments/v1.2.postman_collection.json',
      'backup/_archive/Payments/v1.2 (aaaaaaaa).postman_collection.json',
      `backup/_archive/Payments/v1.2 (${ORDERS}).postman_collection.json`,
    ]);
  });

  it('keeps a name that the user chose', () => {
    expect(archivePaths('orders.v2.json', '', ORDERS).slice(0, 2)).toEqual([
      '_archive/orders.v2.json',
      '_archive/orders.v2 (aaaaaaaa).json',
    ]);
  });

  it('has no name longer than 255 bytes, however long the file is called', () => {
    const path = `backup/${'x'.repeat(230)}.postman_collection.json`;
    for (const archived of archivePaths(path, 'backup', ORDERS)) {
      expect(Buffer.byteLength(archived.slice('backup/_archive/'.length))).toBeLessThanOrEqual(255);
      expect(archived).toMatch(/\.postman_collection\.json$/);
    }
  });

  it('cannot be left by way of an id', () => {
    expect(archivePaths('backup/a.json', 'backup', '../../../x').at(-1)).toBe('backup/_archive/a (x).json');
  });

  it.each([
    ['backup/_archive/a.json', 'backup', true],
    ['_archive/a.json', '', true],
    ['backup/a.json', 'backup', false],
    ['backup/x/_archive/a.json', 'backup', false],
    ['backup/_archive.json', 'backup', false],
  ])('holds %j of the directory %j: %j', (path, directory, expected) => {
    expect(isArchived(path, directory)).toBe(expected);
  });
});

describe('the manifest', () => {
  it('lies in the directory, which may be the root', () => {
    expect(manifestPath('a/b')).toBe('a/b/.postman-gitlab.json');
    expect(manifestPath('')).toBe('.postman-gitlab.json');
  });
});
