/** Real files of Postman, when they lie beside the project: restored through the stand-in, as copies and in place. */
import { expect, it } from 'vitest';
import { estateFromFiles } from '../../demo/postman-api/estate.mjs';
import type { StoredCollection, StoredEnvironment } from '../../demo/postman-api/types.d.mts';
import { isObject, type JsonObject } from '../../src/json.ts';
import type { Kind } from '../../src/model.ts';
import { formatOf } from '../../src/snapshot/kinds/registry.ts';
import { parseResource } from '../../src/snapshot/parse-resource.ts';
import { rebuildCopy, rebuildInPlace } from '../../src/snapshot/rebuild.ts';
import { normalizeResource, renderResource } from '../../src/snapshot/render.ts';
import { serialize } from '../../src/snapshot/serialize.ts';
import { startWriting } from '../bridges/postman/write-fixture.ts';
import { describeCorpus, readCorpus } from '../corpus.ts';

type Stored = StoredCollection | StoredEnvironment;
type Original = { readonly kind: Kind; readonly stored: Stored; readonly normalized: JsonObject };

describeCorpus('the corpus of real files', () => {
  it('comes back whole, out of either layout, as copies and in place', async () => {
    const estate = estateFromFiles((await readCorpus()).map(named));
    const originals = [
      ...estate.collections.map(of('collections')),
      ...estate.environments.map(of('environments')),
    ];
    const { target, workspace } = await startWriting({ estate });
    let restored = 0;
    for (const { kind, stored, normalized } of originals) {
      const before = comparable(kind, stored.body);
      const name = String(
        kind === 'collections' && isObject(normalized['info'])
          ? normalized['info']['name']
          : normalized['name'],
      );
      const { body, toFillIn } = rebuildCopy(kind, normalized, {});
      expect(toFillIn, name).toEqual([]);
      // Nothing writes what is older than format 2.
      if (kind === 'environments' || isObject(normalized['info'])) {
        expect(rebuildCopy(kind, await fromTree(kind, stored, normalized), {}).body, name).toEqual(body);
        const made = await target.create(kind, workspace, body);
        const copy = [...estate.collections, ...estate.environments].find(({ uuid }) => uuid === made.uuid);
        expect(comparable(kind, copy?.body), name).toBe(before);

        const ref = { kind, uuid: stored.uuid, uid: `${stored.owner}-${stored.uuid}`, name, workspace };
        await target.replace(ref, rebuildInPlace(kind, normalized, normalized).body);
        expect(comparable(kind, stored.body), name).toBe(before);
        restored += 1;
      }
    }
    expect(restored).toBeGreaterThan(100);
  }, 300_000);
});

/** An environment always has a name in Postman; one of the files has none. */
function named(file: object): object {
  return 'values' in file ? { name: 'Globals', ...file } : file;
}

function of(kind: Kind) {
  return (stored: Stored): Original => ({
    ...{ kind, stored },
    normalized: normalizeResource({ kind, uuid: stored.uuid, name: '' }, stored.body),
  });
}

async function fromTree(kind: Kind, { uuid, body }: Stored, normalized: JsonObject): Promise<unknown> {
  if (formatOf(kind, 'tree').folder === undefined) {
    return normalized;
  }
  const rules = { layout: 'tree', mode: 'keep', isAllowed: () => true } as const;
  const { resource } = await renderResource({ kind, uuid, name: '' }, body, rules);
  return parseResource(kind, new Map(resource.files.map(({ path, content }) => [path, content])));
}

/** What Postman has, but for ids and the nulls that it refuses. */
function comparable(kind: Kind, body: unknown): string {
  const uuid = '00000000-0000-4000-8000-000000000000';
  const { _postman_variable_scope: _ours, ...rest } = normalizeResource(
    { kind, uuid, name: '' },
    withoutIds(body),
  );
  return serialize(rest).content.toString();
}

function withoutIds(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) {
    return value.map((one) => withoutIds(one, key));
  }
  if (!isObject(value) || key === 'value') {
    return value;
  }
  if (key === 'variable' && value['key'] === undefined && value['id'] !== undefined) {
    // Format 2.0 names variables so, and copies name them as 2.1 does.
    return withoutIds({ ...value, key: value['id'] }, key);
  }
  const nullable = ['responseTime', 'header', 'description'];
  const entries = Object.entries(value)
    .filter(([name]) => !['id', 'uid', '_postman_id'].includes(name))
    .filter(([name, one]) => one !== null || !nullable.includes(name))
    .map(([name, one]) => [name, withoutIds(one, name)]);
  return Object.fromEntries(entries);
}
