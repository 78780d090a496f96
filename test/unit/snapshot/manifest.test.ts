/** The manifest: what is written is read again, and what cannot be believed is not. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Manifest, ManifestEntry, ResourceKey } from '../../../src/model.ts';
import { parseManifest, renderManifest } from '../../../src/snapshot/manifest.ts';
import { ORDERS, PRODUCTION, payments } from './samples.ts';

const entry: ManifestEntry = {
  ...{ uid: `42-${ORDERS}`, name: 'Orders', workspace: payments.id },
  ...{
    path: 'backup/Orders.postman_collection.json',
    id: 'a'.repeat(40),
    updatedAt: '2025-01-02T00:00:00.000Z',
  },
};
const { updatedAt: _, ...undated } = entry;
const manifest: Manifest = new Map([
  [`environments/${PRODUCTION}`, { ...undated, name: 'Production', path: 'backup/p.json' }],
  [`collections/${ORDERS}`, entry],
]);

/** The manifest as a file that somebody changed. */
function changed(change: (file: ReturnType<typeof fileOf>) => unknown): Buffer {
  return Buffer.from(JSON.stringify(change(fileOf())));
}

function fileOf() {
  return {
    version: 1 as unknown,
    resources: { collections: { [ORDERS]: entry as Record<string, unknown> } },
  };
}

function withEntry(change: Record<string, unknown>): Buffer {
  return changed(({ version }) => ({
    version,
    resources: { collections: { [ORDERS]: { ...entry, ...change } } },
  }));
}

describe('the manifest', () => {
  it('is read as it was written', () => {
    expect(parseManifest(renderManifest(manifest).content, 'backup')).toEqual(manifest);
  });

  it('is read as it was written, whatever the names are', () => {
    const entries = fc.uniqueArray(
      fc.record({ uuid: fc.uuid(), name: fc.string({ unit: 'binary' }), updatedAt: fc.option(fc.string()) }),
      { selector: ({ uuid }) => uuid },
    );
    fc.assert(
      fc.property(entries, fc.constantFrom('', 'a/b'), (list, directory) => {
        const written: Manifest = new Map(
          list.map(({ uuid, name, updatedAt }): [ResourceKey, ManifestEntry] => [
            `collections/${uuid}`,
            {
              ...{ ...undated, name, path: `${directory === '' ? '' : 'a/b/'}${uuid}.json` },
              ...(updatedAt === null ? {} : { updatedAt }),
            },
          ]),
        );
        expect(parseManifest(renderManifest(written).content, directory)).toEqual(written);
      }),
    );
  });

  it('is the same file in whatever order its entries came', () => {
    expect(renderManifest(new Map([...manifest].reverse())).id).toBe(renderManifest(manifest).id);
  });

  it('has a readable form, without a clock and without the version of a tool', () => {
    expect(renderManifest(new Map([[`collections/${ORDERS}`, undated]])).content.toString()).toBe(
      `{
  "resources": {
    "collections": {
      "${ORDERS}": {
        "id": "${'a'.repeat(40)}",
        "name": "Orders",
        "path": "backup/Orders.postman_collection.json",
        "uid": "42-${ORDERS}",
        "workspace": "${payments.id}"
      }
    }
  },
  "version": 1
}
`,
    );
  });

  it('may be empty', () => {
    expect(parseManifest(renderManifest(new Map()).content, 'backup')).toEqual(new Map());
  });

  it('keeps kinds that this version does not know', () => {
    const content = changed(({ version }) => ({ version, resources: { specs: { [ORDERS]: entry } } }));
    expect([...(parseManifest(content, 'backup') ?? [])]).toEqual([[`specs/${ORDERS}`, entry]]);
  });

  it.each([
    ['nothing', ''],
    ['no JSON', '{"version": 1,'],
    ['the marks of a merge conflict', '<<<<<<< HEAD\n{}\n=======\n{}\n>>>>>>> other\n'],
    ['another JSON file', '{"name": "x"}'],
    ['null', 'null'],
    ['a list', '[]'],
    ['bytes', '\0\ufffd'],
  ])('is not believed when it is %s', (_, text) => {
    expect(parseManifest(Buffer.from(text), 'backup')).toBeUndefined();
  });

  it.each([0, 2, '1', null])('is not believed when its version is %j', (version) => {
    expect(
      parseManifest(
        changed((file) => ({ ...file, version })),
        'backup',
      ),
    ).toBeUndefined();
  });

  it.each([
    'Orders.postman_collection.json',
    '../backup/Orders.json',
    'backup/../Orders.json',
    'backup/./Orders.json',
    'backup//Orders.json',
    '/backup/Orders.json',
    'backups/Orders.json',
    'backup',
    'backup/.postman-gitlab.json',
    '',
  ])('is not believed when it names a path that is not below its directory: %j', (path) => {
    expect(parseManifest(withEntry({ path }), 'backup')).toBeUndefined();
  });

  it.each(['/etc/passwd', `${process.cwd()}/x.json`, '../x', '.', '.postman-gitlab.json'])(
    'is not believed in the root of the repository either when it names %j',
    (path) => {
      expect(parseManifest(withEntry({ path }), '')).toBeUndefined();
    },
  );

  it.each([{ id: 'zz' }, { id: undefined }, { path: 7 }, { name: null }, { uid: undefined }])(
    'is not believed with an entry like %j',
    (change) => {
      expect(parseManifest(withEntry(change), 'backup')).toBeUndefined();
    },
  );

  it('is not believed when it names one path twice, as a merge of two branches may', () => {
    const twice = changed(({ version }) => ({
      ...{ version, resources: { collections: { [ORDERS]: entry, [PRODUCTION]: entry } } },
    }));
    expect(parseManifest(twice, 'backup')).toBeUndefined();
  });
});
