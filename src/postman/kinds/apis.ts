/**
 * API Builder, which Postman v12 ended and v11 still has: an API with its definition and the collections attached to
 * it. The paths are gone from OpenAPI 1.45.0, their schemas and examples (getApi, getApiSchema, …) are still there.
 */
import * as z from 'zod';
import { KnownError } from '../../errors.ts';
import { printable } from '../../printable.ts';
import { readDefinitionFiles } from '../definition-files.ts';
import { translateAnswer } from '../errors.ts';
import { insistingOn } from '../insisting-on.ts';
import { listByCursor } from '../list-by-cursor.ts';
import { pathSegment } from '../path-segment.ts';
import type { Get } from '../source.ts';
import type { KindEndpoints } from './kind-endpoints.ts';

// Without it, the API answers "not found" (OpenAPI 1.45.0, v10HeaderMissing).
const V10 = { accept: 'application/vnd.api.v10+json' };
// The documented default; no maximum is documented.
const PAGE_SIZE = 10;
// An API that is connected to git has the last two only: the rest lies in that repository.
const INCLUDED = 'collections,schemas,versions,gitInfo';

const Linked = z.array(z.looseObject({ id: z.string() }));
const Api = z.looseObject({
  id: z.string(),
  schemas: Linked.nullish(),
  collections: Linked.nullish(),
});
// Here it comes without an envelope.
const Collection = z.looseObject({
  info: z.looseObject({ _postman_id: z.string().nullish() }),
  item: z.array(z.unknown()),
});
// Not every answer names itself; one that does has to name what was asked for.
const Schema = z.looseObject({
  id: z.string().optional(),
  type: z.string().optional(),
  // The first page of them (OpenAPI 1.45.0, getApiSchema).
  files: z
    .looseObject({ data: z.array(z.unknown()) })
    .optional()
    .catch(undefined),
});

export const apis: KindEndpoints = {
  optional: true,
  ended: true,
  list: (get, workspace) =>
    listByCursor(withV10(get), {
      kind: 'apis',
      workspace,
      query: { workspaceId: workspace.id, limit: String(PAGE_SIZE) },
    }),
  /** @returns the API; each of `schemas` with its `files`, each of `collections` with its `collection`. */
  async fetch(get, ref) {
    const getV10 = withV10(get);
    const path = `apis/${pathSegment(ref.uuid)}`;
    const answer = await getV10(`${path}?${new URLSearchParams({ include: INCLUDED })}`);
    const api = Api.safeParse(answer);
    if (!api.success) {
      throw translateAnswer(answer, 'id');
    }
    const schemas = [];
    for (const { id } of api.data.schemas ?? []) {
      schemas.push(await fetchSchema(getV10, `${path}/schemas/${pathSegment(id)}`, id));
    }
    const collections = [];
    for (const { id } of api.data.collections ?? []) {
      collections.push(await fetchCollection(getV10, `${path}/collections/${pathSegment(id)}`, id));
    }
    return { ...api.data, schemas, collections };
  },
};

async function fetchSchema(get: Get, path: string, id: string) {
  const schema = Schema.safeParse(await insistingOn(`the schema ${id}`, () => get(path))).data;
  const isSchema = schema?.type !== undefined || schema?.files !== undefined;
  if (!isSchema || (schema.id ?? id) !== id) {
    throw new KnownError(
      'RESOURCE_INVALID',
      `Postman answered with something else than schema ${printable(id)}`,
    );
  }
  const files = await readDefinitionFiles(get, `${path}/files`);
  if (files.length === 0 && schema.files?.data.length !== 0) {
    throw new KnownError('RESOURCE_INVALID', `Postman listed no file of schema ${printable(id)}`);
  }
  return { ...schema, id, files };
}

async function fetchCollection(get: Get, path: string, id: string) {
  const collection = Collection.safeParse(await insistingOn(`the collection ${id}`, () => get(path))).data;
  // The link may be a uid, with the owner's number before it. That both name the collection alike is taken from the
  // other endpoints: no example of these two belongs together.
  if (collection === undefined || !id.endsWith(collection.info._postman_id ?? '')) {
    throw new KnownError(
      'RESOURCE_INVALID',
      `Postman answered with something else than collection ${printable(id)}`,
    );
  }
  return { id, collection };
}

function withV10(get: Get): Get {
  return (path) => get(path, V10);
}
