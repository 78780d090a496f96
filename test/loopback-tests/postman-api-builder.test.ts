/** The API Builder of the stand-in for the Postman API, held against the facts that are known of the real one. */

import { afterEach, describe, expect, it } from 'vitest';
import { addApi, editApi, removeApi } from '../../demo/postman-api/estate-kinds.mjs';
import type { Estate, PostmanApi, PostmanApiOptions } from '../../demo/postman-api/types.d.mts';
import { ask, first, names, startKinds, V10 } from './call-postman.ts';

const NOWHERE = '00000000-0000-4000-a000-000000000000';

let running: PostmanApi | undefined;

afterEach(async () => {
  await running?.close();
  running = undefined;
});

type Started = { api: PostmanApi; estate: Estate; workspace: string };

async function start(options: Partial<PostmanApiOptions> = {}): Promise<Started> {
  running = await startKinds(options);
  const { estate } = running;
  return { api: running, estate, workspace: first(estate.workspaces).id };
}

describe('APIs of the API Builder', () => {
  it('are hidden from whoever does not send the header of v10', async () => {
    const { api, estate, workspace } = await start();
    expect((await ask(api, `/apis?workspaceId=${workspace}`)).status).toBe(422);
    const { status, json } = await ask(api, `/apis/${first(estate.apis).uuid}`);
    expect([status, json]).toEqual([400, expect.objectContaining({ name: 'instanceNotFoundError' })]);
  });

  it('are listed by cursor with their total, in a workspace that exists', async () => {
    const { api, estate, workspace } = await start({ maxPageSize: 1 });
    addApi(estate, workspace, { name: 'Second' });
    const one = await ask(api, `/apis?workspaceId=${workspace}`, V10);
    const cursor = encodeURIComponent(one.json.meta.nextCursor);
    const two = await ask(api, `/apis?workspaceId=${workspace}&cursor=${cursor}`, V10);
    expect(names([...one.json.apis, ...two.json.apis])).toEqual(['Reports', 'Second']);
    expect(two.json.meta).toEqual({ nextCursor: null, total: 2, limit: 1 });
    expect((await ask(api, '/apis', V10)).json.type).toBe('paramMissingError');
    expect((await ask(api, `/apis?workspaceId=${NOWHERE}`, V10)).status).toBe(404);
    expect((await ask(api, `/apis?workspaceId=${workspace}&cursor=x`, V10)).status).toBe(400);
  });

  it('show what is in them only when it is included, in either spelling', async () => {
    const { api, estate } = await start();
    const { uuid, owner, schemas, collections, versions } = first(estate.apis);
    const bare = (await ask(api, `/apis/${uuid}`, V10)).json;
    expect(bare).toMatchObject({ id: uuid, name: 'Reports', summary: 'Day by day' });
    expect(bare).not.toHaveProperty('schemas');
    const parts = { schemas: [{ id: first(schemas).id }], versions };
    expect((await ask(api, `/apis/${uuid}?include=schemas,versions`, V10)).json).toEqual({
      ...bare,
      ...parts,
    });
    expect((await ask(api, `/apis/${uuid}?include=schemas&include=versions`, V10)).json).toEqual({
      ...bare,
      ...parts,
    });
    const { json } = await ask(api, `/apis/${uuid}?include=collections`, V10);
    expect(json.collections).toEqual([{ id: `${owner}-${first(collections).uuid}` }]);
  });

  it('name the first file of a definition, list all of them by cursor, and give each', async () => {
    const { api, estate } = await start({ maxPageSize: 2 });
    const { uuid, schemas } = first(estate.apis);
    const path = `/apis/${uuid}/schemas/${first(schemas).id}`;
    const schema = (await ask(api, path, V10)).json;
    expect(schema).toMatchObject({ type: 'openapi:3', files: { data: [{ path: 'openapi.yaml' }] } });
    const one = (await ask(api, `${path}/files`, V10)).json;
    const cursor = encodeURIComponent(one.meta.nextCursor);
    const two = (await ask(api, `${path}/files?cursor=${cursor}`, V10)).json;
    const paths = [...one.files, ...two.files].map((file) => file.path);
    expect(paths).toEqual(['openapi.yaml', 'schemas/line.yaml', 'schemas/deep/sum.yaml']);
    for (const written of ['schemas/line.yaml', encodeURIComponent('schemas/line.yaml')]) {
      const { json } = await ask(api, `${path}/files/${written}`, V10);
      expect(json).toMatchObject({ path: 'schemas/line.yaml', content: '# schemas/line.yaml\n' });
    }
    expect((await ask(api, `${path}/files/none.yaml`, V10)).status).toBe(404);
    expect((await ask(api, `/apis/${uuid}/schemas/${NOWHERE}`, V10)).json.type).toBe('instanceNotFoundError');
  });

  it('lead by nextPath to the files that come after the first', async () => {
    const { api, estate } = await start();
    const { uuid, schemas } = first(estate.apis);
    const { json } = await ask(api, `/apis/${uuid}/schemas/${first(schemas).id}`, V10);
    const rest = (await ask(api, json.files.meta.nextPath, V10)).json.files;
    expect(rest.map((file) => file.path)).toEqual(['schemas/line.yaml', 'schemas/deep/sum.yaml']);
  });

  it('have collections of their own, which the workspace does not list, bare and without stamps', async () => {
    const { api, estate, workspace } = await start();
    const { uuid, owner, collections } = first(estate.apis);
    const { json } = await ask(api, `/apis/${uuid}/collections/${owner}-${first(collections).uuid}`, V10);
    expect(json).toEqual(first(collections).body);
    expect(json).toMatchObject({ info: { name: 'Reports' }, item: [{ id: expect.any(String) }, {}] });
    expect(names((await ask(api, `/collections?workspace=${workspace}`)).json.collections)).toEqual([
      'Ledger',
    ]);
    const missing = await ask(api, `/apis/${uuid}/collections/1-${NOWHERE}`, V10);
    expect([missing.status, missing.json.error]).toEqual([
      404,
      expect.objectContaining({ type: 'instanceNotFoundError' }),
    ]);
  });

  it('that are connected to git give their versions and where the rest lies, and refuse the rest', async () => {
    const { api, estate } = await start();
    const { uuid, schemas } = first(estate.apis);
    const gitInfo = {
      domain: null,
      organization: 'o',
      repository: 'r',
      schemaFolder: 's',
      collectionFolder: 'c',
    };
    editApi(estate, uuid, (edited) => Object.assign(edited, { gitInfo }));
    const { json } = await ask(api, `/apis/${uuid}?include=schemas,collections,versions,gitInfo`, V10);
    expect(json).toMatchObject({ gitInfo, versions: [{ name: 'v1' }] });
    expect(json).not.toHaveProperty('schemas');
    expect(json).not.toHaveProperty('collections');
    for (const part of [`schemas/${first(schemas).id}/files`, `collections/1-${NOWHERE}`]) {
      expect((await ask(api, `/apis/${uuid}/${part}`, V10)).status).toBe(422);
    }
    removeApi(estate, uuid);
    expect((await ask(api, `/apis/${uuid}`, V10)).status).toBe(404);
  });
});
