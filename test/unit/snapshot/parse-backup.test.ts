/** The files of a backup become a value, or it is said which of them is wrong, and how. */
import { describe, expect, it } from 'vitest';
import { KnownError } from '../../../src/errors.ts';
import type { Kind, Layout } from '../../../src/model.ts';
import { blobId } from '../../../src/object-id.ts';
import { isAsWritten, parseBackup, type Recorded } from '../../../src/snapshot/parse-backup.ts';
import { renderResource } from '../../../src/snapshot/render.ts';
import { ORDERS, ordersCollection, uuid } from './samples.ts';

const SPEC = uuid('5bec');
const spec = {
  ...{ id: SPEC, name: 'Pets', type: 'OPENAPI:3.0' },
  files: [
    { path: 'index.yaml', type: 'ROOT', content: 'openapi: 3.0.0\n' },
    { path: 'parts/pet.yaml', type: 'DEFAULT', content: 'type: object\n' },
  ],
};

/** @param change of what lies on the disk: path → content. */
async function recorded(
  about: { readonly kind: Kind; readonly uuid: string; readonly path: string; readonly layout?: Layout },
  body: unknown,
  change: (files: Map<string, Buffer>) => void = () => undefined,
): Promise<[Recorded, ReadonlyMap<string, Buffer>]> {
  const rules = { layout: about.layout ?? 'json', mode: 'redact', isAllowed: () => false } as const;
  const { resource } = await renderResource({ ...about, name: 'x' }, body, rules);
  const contents = new Map(resource.files.map(({ path, content }) => [path, content]));
  change(contents);
  const files = new Map([...contents].map(([path, content]) => [path, blobId(content)]));
  return [{ ...about, entry: { id: resource.id }, files }, contents];
}

function problemOf([one, contents]: [Recorded, ReadonlyMap<string, Buffer>]): string {
  try {
    parseBackup(one, contents);
  } catch (error) {
    return error instanceof KnownError ? error.message : String(error);
  }
  return 'none';
}

const orders = { kind: 'collections', uuid: ORDERS, path: 'p/Orders.postman_collection.json' } as const;
const pets = { kind: 'specs', uuid: SPEC, path: 'p/Pets.spec' } as const;
const tree = { ...orders, path: 'p/Orders.postman_collection', layout: 'tree' } as const;

describe('a resource of a backup', () => {
  it.each([
    [orders, ordersCollection()],
    [tree, ordersCollection()],
    [pets, spec],
  ])('is read when it is as it was written: $path', async (about, body) => {
    const [one, contents] = await recorded(about, body);

    expect(parseBackup(one, contents)).toMatchObject({});
    expect(isAsWritten(one, contents)).toBe(true);
  });

  it.each<[string, (files: Map<string, Buffer>) => void]>([
    ['"p/Orders.postman_collection.json" is missing.', (files) => files.clear()],
    ['is no JSON with an object in it.', (files) => files.set('', Buffer.from('[]'))],
    ['holds nothing of the kind collections.', (files) => files.set('', Buffer.from('{}'))],
    ['names no id, and the manifest', (files) => files.set('', Buffer.from('{"info":{},"item":[]}'))],
    [
      `has the id ${uuid('b')}, and the manifest says ${ORDERS}.`,
      (files) => files.set('', Buffer.from(`{"info":{"_postman_id":"${uuid('b')}"},"item":[]}`)),
    ],
  ])('is broken: %s', async (problem, change) => {
    expect(problemOf(await recorded(orders, ordersCollection(), change))).toContain(problem);
  });

  it('is broken when a file is missing that its index lists', async () => {
    const broken = await recorded(pets, spec, (files) => files.delete('parts/pet.yaml'));

    expect(problemOf(broken)).toBe('"p/Pets.spec/parts/pet.yaml" is missing.');
  });

  it('is whole when it is as it was written, although Postman gave no content of a file', async () => {
    const [root, { content: _, ...part }] = spec.files as [object, { content: string }];

    expect(problemOf(await recorded(pets, { ...spec, files: [root, part] }))).toBe('none');
  });

  it('is as it was written with the files of others beside its own, and not after an edit', async () => {
    const withGuest = await recorded(pets, spec, (files) => files.set('NOTES.md', Buffer.from('x')));
    const edited = await recorded(pets, spec, (files) => files.set('index.yaml', Buffer.from('x')));

    expect(isAsWritten(...withGuest)).toBe(true);
    expect(isAsWritten(...edited)).toBe(false);
    expect(problemOf(edited)).toBe('none');
  });
});
