/** Where each resource goes: stable, never shared, never on somebody else's file. */
import { posix } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Manifest, ManifestEntry, ResourceKey, ResourceRef, Workspace } from '../../../src/model.ts';
import { keyOf } from '../../../src/resource-key.ts';
import { assignPaths } from '../../../src/snapshot/assign-paths.ts';
import { collisionKey } from '../../../src/snapshot/file-name.ts';
import type { LayoutOptions } from '../../../src/snapshot/layout.ts';
import { payments, refTo, uuid } from './samples.ts';

const flat: LayoutOptions = { layout: 'json', directory: 'backup', flat: true };
const byWorkspace: LayoutOptions = { layout: 'json', directory: 'backup', flat: false };
const [A, B, C] = [uuid('a'), uuid('b'), uuid('c')];

function manifestOf(refs: readonly ResourceRef[], paths: ReadonlyMap<ResourceKey, string>): Manifest {
  return new Map(
    refs.flatMap((ref): [ResourceKey, ManifestEntry][] => {
      const path = paths.get(keyOf(ref));
      const { uid, name, workspace } = ref;
      return path === undefined
        ? []
        : [[keyOf(ref), { uid, name, workspace: workspace.id, path, id: 'f'.repeat(40) }]];
    }),
  );
}

/** File names by the first letter of the uuid, below `backup/`. */
function assign(
  refs: readonly ResourceRef[],
  occupied: { manifest?: Manifest; foreign?: readonly string[] } = {},
  options = flat,
): Record<string, string> {
  const paths = assignPaths(refs, { manifest: new Map(), foreign: [], ...occupied }, options);
  return Object.fromEntries(
    [...paths].map(([key, path]) => [
      key.slice(key.indexOf('/') + 1)[0] ?? '',
      path.replace(/^backup\//, '').replace(/\.postman_collection\.json$/, ''),
    ]),
  );
}

function committed(refs: readonly ResourceRef[], options = flat): Manifest {
  return manifestOf(refs, assignPaths(refs, { manifest: new Map(), foreign: [] }, options));
}

describe('equal names', () => {
  it('go, on a first run, to the smallest uuid; the others get eight of their digits', () => {
    expect(assign([refTo({ uuid: C }), refTo({ uuid: A }), refTo({ uuid: B, name: 'ORDERS' })])).toEqual({
      a: 'Orders',
      b: 'ORDERS (b0000000)',
      c: 'Orders (c0000000)',
    });
  });

  it('stay with whoever came first, even if a smaller uuid comes later', () => {
    const manifest = committed([refTo({ uuid: B })]);
    expect(assign([refTo({ uuid: A }), refTo({ uuid: B })], { manifest })).toEqual({
      a: 'Orders (a0000000)',
      b: 'Orders',
    });
  });

  it('leave the longer name where it is when the shorter one becomes free', () => {
    const manifest = committed([refTo({ uuid: A }), refTo({ uuid: B })]);
    expect(assign([refTo({ uuid: A, name: 'Other' }), refTo({ uuid: B })], { manifest })).toEqual({
      a: 'Other',
      b: 'Orders (b0000000)',
    });
  });

  it('are told apart by the whole uuid when eight digits do not', () => {
    const twins = ['1', '2', '3'].map((digit) => refTo({ uuid: A.slice(0, -1) + digit }));
    const paths = assignPaths(twins, { manifest: new Map(), foreign: [] }, flat);
    expect([...paths.values()][2]).toBe(`backup/Orders (${A.slice(0, -1)}3).postman_collection.json`);
  });

  it('are not equal when the kind differs', () => {
    const paths = assignPaths(
      [refTo({ uuid: A }), refTo({ uuid: B, kind: 'environments' })],
      { manifest: new Map(), foreign: [] },
      flat,
    );
    expect([...paths.values()]).toEqual([
      'backup/Orders.postman_collection.json',
      'backup/Orders.postman_environment.json',
    ]);
  });
});

describe('a rename', () => {
  it('changes the path, also when only the case changes', () => {
    const manifest = committed([refTo({ uuid: A })]);
    expect(assign([refTo({ uuid: A, name: 'orders' })], { manifest })).toEqual({ a: 'orders' });
  });

  it('may swap two names', () => {
    const [one, two] = [refTo({ uuid: A, name: 'One' }), refTo({ uuid: B, name: 'Two' })];
    const manifest = committed([one, two]);
    expect(
      assign(
        [
          { ...one, name: 'Two' },
          { ...two, name: 'One' },
        ],
        { manifest },
      ),
    ).toEqual({
      a: 'Two',
      b: 'One',
    });
  });
});

describe('a file that is not ours', () => {
  it('is never taken, also when only its case differs', () => {
    const foreign = ['backup/ORDERS.postman_collection.json'];
    expect(assign([refTo({ uuid: A })], { foreign })).toEqual({ a: 'Orders (a0000000)' });
  });

  it('may lie on every path that a resource could have: then it gets none', () => {
    const foreign = ['', ' (a0000000)', ` (${A})`].map(
      (end) => `backup/Orders${end}.postman_collection.json`,
    );
    expect(assign([refTo({ uuid: A })], { foreign })).toEqual({});
  });

  it('that leaves a resource where it is keeps others from going there', () => {
    const manifest = committed([refTo({ uuid: A, name: 'Old' })]);
    const foreign = ['', ' (a0000000)', ` (${A})`].map((end) => `backup/New${end}.postman_collection.json`);
    const refs = [refTo({ uuid: A, name: 'New' }), refTo({ uuid: B, name: 'Old' })];
    expect(assign(refs, { manifest, foreign })).toEqual({ b: 'Old (b0000000)' });
  });

  it('makes a workspace of its name go elsewhere', () => {
    const foreign = ['backup/payments'];
    expect(assign([refTo({ uuid: A })], { foreign }, byWorkspace)).toEqual({
      a: 'Payments (11111111)/Orders',
    });
  });
});

describe('a resource that gets no new path', () => {
  it('keeps the one it has', () => {
    const manifest = committed([refTo({ uuid: B })]);
    expect(assign([refTo({ uuid: A })], { manifest })).toEqual({ a: 'Orders (a0000000)' });
  });

  it('gives its path away to nobody, even when its file is archived', () => {
    const manifest = new Map(
      [...committed([refTo({ uuid: B })])].map(([key, entry]) => [
        key,
        { ...entry, path: 'backup/_archive/Orders.postman_collection.json' },
      ]),
    );
    expect(assign([refTo({ uuid: A })], { manifest })).toEqual({ a: 'Orders' });
    expect(assign([refTo({ uuid: B })], { manifest })).toEqual({ b: 'Orders' });
  });
});

describe('the folders of workspaces', () => {
  const other: Workspace = { id: uuid('9'), name: 'payments' };
  const inPayments = refTo({ uuid: A });
  const inOther = refTo({ uuid: B, workspace: other });

  it('are named like them; of equal names the smallest id goes without a suffix', () => {
    expect(assign([inOther, inPayments], {}, byWorkspace)).toEqual({
      a: 'Payments/Orders',
      b: 'payments (90000000)/Orders',
    });
  });

  it('stay with the workspace that came first', () => {
    const manifest = committed([inOther], byWorkspace);
    expect(assign([inPayments, inOther], { manifest }, byWorkspace)).toEqual({
      a: 'Payments (11111111)/Orders',
      b: 'payments/Orders',
    });
  });

  it('stay with a workspace that is not selected now', () => {
    const manifest = committed([inOther], byWorkspace);
    expect(assign([inPayments], { manifest }, byWorkspace)).toEqual({ a: 'Payments (11111111)/Orders' });
  });

  it('stay when the manifest was rebuilt from the files, which do not name their workspace', () => {
    const known = committed([inOther], byWorkspace);
    const manifest = new Map([...known].map(([key, entry]) => [key, { ...entry, workspace: '' }]));
    expect(assign([inPayments, inOther], { manifest }, byWorkspace)).toEqual({
      a: 'Payments (11111111)/Orders',
      b: 'payments/Orders',
    });
  });

  it('follow a rename also when it came only half-way in an earlier run', () => {
    const [first, second, late] = ['a', 'b', 'c'].map((start) => refTo({ uuid: uuid(start), name: start }));
    if (!first || !second || !late) {
      throw new Error('Three were made.');
    }
    const entry = { uid: '', workspace: payments.id, id: 'f'.repeat(40) };
    const manifest: Manifest = new Map([
      [keyOf(first), { ...entry, name: 'a', path: 'backup/Payments (11111111)/a.postman_collection.json' }],
      [keyOf(second), { ...entry, name: 'b', path: 'backup/Old/b.postman_collection.json' }],
    ]);
    expect(assign([first, second, late], { manifest }, byWorkspace)).toEqual({
      a: 'Payments (11111111)/a',
      b: 'Payments (11111111)/b',
      c: 'Payments (11111111)/c',
    });
  });

  it.each(['_archive', '_ARCHIVE', ' _archive '])('are never the archive: %j', (name) => {
    const workspace = { id: uuid('9'), name };
    const [folder] = (assign([refTo({ uuid: A, workspace })], {}, byWorkspace)['a'] ?? '').split('/');
    expect(folder).toMatch(/^_archive \(90000000\)$/i);
  });

  it('cannot leave the directory, whatever the name and the id are', () => {
    const workspaces = ['..', '../..', '/'].map((name, index) => ({ id: `../../${index}/..`, name }));
    const refs = workspaces.map((workspace, index) => refTo({ uuid: uuid(String(index)), workspace }));
    for (const path of assignPaths(refs, { manifest: new Map(), foreign: [] }, byWorkspace).values()) {
      expect(path).toMatch(/^backup\/[^/]+\/Orders\.postman_collection\.json$/);
      expect(posix.normalize(path)).toBe(path);
    }
  });
});

describe('a directory', () => {
  it('may be the root of the repository', () => {
    const paths = assignPaths(
      [refTo({ uuid: A })],
      { manifest: new Map(), foreign: [] },
      { ...flat, directory: '' },
    );
    expect([...paths.values()]).toEqual(['Orders.postman_collection.json']);
  });
});

describe('a file name that the user chose', () => {
  it.each([
    ['orders.json', 'orders (a0000000).json'],
    ['orders.JSON', 'orders (a0000000).JSON'],
  ])('is the name, and %j gets a suffix when a file of it is not ours', (filename, longer) => {
    const options = { ...flat, filename };
    const paths = (foreign: readonly string[]) => [
      ...assignPaths([refTo({ uuid: A })], { manifest: new Map(), foreign }, options).values(),
    ];
    expect(paths([])).toEqual([`backup/${filename}`]);
    expect(paths([`backup/${filename}`])).toEqual([`backup/${longer}`]);
  });
});

describe('the manifest', () => {
  it('lies where no resource may go', () => {
    const options = { ...flat, filename: '.postman-gitlab.json' };
    expect(assign([refTo({ uuid: A })], {}, options)).toEqual({ a: '.postman-gitlab (a0000000).json' });
  });
});

describe('any estate', () => {
  const names = fc.constantFrom(
    'Orders',
    'orders',
    'ORDERS ',
    'Orde/rs',
    'Orde:rs',
    '_archive',
    'Straße',
    'STRASSE',
  );
  const workspaces = fc.constantFrom(
    ...['Payments', 'payments', '_Archive', '', '../x', 'Orders.postman_collection.json'].map(
      (name, index) => ({
        ...{ name, id: uuid(`${index}`) },
      }),
    ),
  );
  const refs = fc.uniqueArray(
    fc
      .record({
        kind: fc.constantFrom('collections', 'environments'),
        uuid: fc.integer({ min: 0, max: 40 }).map((number) => uuid(String(number % 3).repeat(8) + number)),
        name: names,
        workspace: workspaces,
      })
      .map(refTo),
    { selector: keyOf, maxLength: 15 },
  );
  const options = fc.record({
    layout: fc.constantFrom('json', 'tree'),
    directory: fc.constantFrom('', 'backup', 'a/b'),
    flat: fc.boolean(),
  });
  const foreignNames = fc.array(
    fc
      .constantFrom('Orders', 'ORDERS', 'orders (00000000)', 'Straße')
      .map((name) => `${name}.postman_collection.json`),
  );

  it('has no two resources on one path, none on a foreign one and none outside the directory', () => {
    fc.assert(
      fc.property(refs, refs, foreignNames, options, (before, now, foreignFiles, layout) => {
        const foreign = foreignFiles.map((name) => posix.join(layout.directory, name));
        const manifest = manifestOf(before, assignPaths(before, { manifest: new Map(), foreign }, layout));
        const paths = assignPaths(now, { manifest, foreign }, layout);
        const kept = [...manifest].filter(([key]) => !paths.has(key)).map(([, { path }]) => path);
        const all = [...paths.values(), ...kept];
        const manifestFile = posix.join(layout.directory, '.postman-gitlab.json');
        const taken = new Set([...foreign, manifestFile].map(collisionKey));
        expect(all.filter((path) => taken.has(collisionKey(path)))).toEqual([]);
        expect(new Set(all.map(collisionKey)).size).toBe(all.length);
        for (const path of paths.values()) {
          expect(posix.relative(layout.directory, path)).not.toMatch(/^\.\./);
          expect(path.includes('/_archive/')).toBe(false);
        }
        const folders = new Set(
          all.flatMap((path) => path.split('/').map((_, i, s) => s.slice(0, i).join('/'))),
        );
        expect(all.filter((path) => folders.has(path))).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it('keeps every path when it is backed up again, also in another order', () => {
    fc.assert(
      fc.property(refs, foreignNames, options, (estate, foreignFiles, layout) => {
        const foreign = foreignFiles.map((name) => posix.join(layout.directory, name));
        const paths = assignPaths(estate, { manifest: new Map(), foreign }, layout);
        const again = assignPaths(
          estate.toReversed(),
          { manifest: manifestOf(estate, paths), foreign },
          layout,
        );
        expect(new Map([...again].sort())).toEqual(new Map([...paths].sort()));
      }),
      { numRuns: 500 },
    );
  });

  it('keeps every other path when one resource is renamed', () => {
    fc.assert(
      fc.property(refs, options, fc.nat(), names, (estate, layout, pick, name) => {
        const renamed = estate[pick % Math.max(1, estate.length)];
        if (renamed === undefined) {
          return;
        }
        const paths = assignPaths(estate, { manifest: new Map(), foreign: [] }, layout);
        const manifest = manifestOf(estate, paths);
        const after = estate.map((ref) => (ref === renamed ? { ...ref, name } : ref));
        const again = new Map(assignPaths(after, { manifest, foreign: [] }, layout));
        const expected = new Map(paths);
        again.delete(keyOf(renamed));
        expected.delete(keyOf(renamed));
        expect(new Map([...again].sort())).toEqual(new Map([...expected].sort()));
      }),
      { numRuns: 500 },
    );
  });
});
