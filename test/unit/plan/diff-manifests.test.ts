/** What two manifests say has changed. */
import { describe, expect, it } from 'vitest';
import type { Manifest, ManifestEntry } from '../../../src/model.ts';
import { diffManifests } from '../../../src/plan/diff-manifests.ts';

const entry: ManifestEntry = { uid: '1-a', name: 'Orders', workspace: 'w1', path: 'p/Orders.json', id: '1' };
const manifest = (one?: ManifestEntry): Manifest =>
  new Map(one === undefined ? [] : [['collections/a', one]]);
const isArchived = (path: string) => path.startsWith('p/_archive/');

describe('a resource', () => {
  it.each<[string, ManifestEntry | undefined, ManifestEntry | undefined, readonly string[], string?]>([
    ['that is new', undefined, entry, ['added']],
    ['that is gone', entry, undefined, ['removed']],
    ['with other content', entry, { ...entry, id: '2' }, ['updated']],
    [
      'with another name',
      entry,
      { ...entry, name: 'X', path: 'p/X.json', id: '2' },
      ['renamed', 'updated'],
      'p/Orders.json',
    ],
    ['elsewhere', entry, { ...entry, path: 'q/Orders.json' }, ['moved'], 'p/Orders.json'],
    ['that is archived', entry, { ...entry, path: 'p/_archive/Orders.json' }, ['archived'], 'p/Orders.json'],
    [
      'that came back',
      { ...entry, path: 'p/_archive/Orders.json' },
      entry,
      ['restored'],
      'p/_archive/Orders.json',
    ],
  ])('%s is told', (_, before, after, changes, previous) => {
    expect(diffManifests(manifest(before), manifest(after), isArchived)).toEqual([
      {
        ...{ kind: 'collections', uuid: 'a', workspace: 'w1', status: 'changed', changes },
        ...{ name: (after ?? before)?.name, path: (after ?? before)?.path },
        ...(previous === undefined ? {} : { previous }),
      },
    ]);
  });

  it('of which only the time in the list differs is not', () => {
    expect(
      diffManifests(manifest(entry), manifest({ ...entry, updatedAt: 'now', items: 3 }), isArchived),
    ).toEqual([]);
  });
});
