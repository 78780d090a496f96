/** An estate made of collection files as they are found: every one of them is listed and served. */

import { afterEach, expect, it } from 'vitest';
import { estateFromFiles } from '../../demo/postman-api/estate.mjs';
import type { PostmanApi } from '../../demo/postman-api/types.d.mts';
import { ask, names, SCHEMA, startSmall } from './call-postman.ts';

let running: PostmanApi | undefined;

afterEach(() => running?.close());

it('keeps an id that is a free uuid and gives the others one', async () => {
  const taken = '7a0e5a4c-5a7f-4d52-8f1c-6a3f2b9d1e01';
  const file = (name: string, id?: string) => ({
    info: { name, schema: SCHEMA, _postman_id: id },
    item: [],
  });
  const old = { id: 'not-a-uuid', name: 'Version one', requests: [], order: [] };
  const estate = estateFromFiles([
    file('A', taken),
    file('B', taken),
    file('C'),
    old,
    { name: 'E', values: [] },
  ]);
  const [a, b] = estate.collections;
  expect(a?.uuid).toBe(taken);
  expect(b?.uuid).not.toBe(taken);
  expect(b?.body.info?._postman_id).toBe(b?.uuid);
  const api = await startSmall({ estate });
  running = api;
  const { json } = await ask(api, '/collections');
  expect(names(json.collections)).toEqual(['A', 'B', 'C', 'Version one']);
  const versionOne = await ask(api, `/collections/${json.collections.at(-1)?.uid}`);
  expect(versionOne.json.collection).toEqual(old);
  expect(names((await ask(api, '/environments')).json.environments)).toEqual(['E']);
});
