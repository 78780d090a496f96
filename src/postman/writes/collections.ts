/** Collections: `POST /collections` and `PUT /collections/{uid}` take them whole; the largest only part by part. */
import { KnownError } from '../../errors.ts';
import { isObject, type JsonObject } from '../../json.ts';
import type { ResourceRef, Workspace } from '../../model.ts';
import { pathSegment } from '../path-segment.ts';
import { type Api, removeAt } from './api.ts';
import { LARGE_BYTES, sizeOf, updateCollection } from './collection-update.ts';
import type { Created } from './create-once.ts';
import { createResource } from './create-resource.ts';
import { IncompleteWrite } from './incomplete.ts';
import { writeItemByItem } from './item-by-item.ts';
import type { KindWrites } from './kind-writes.ts';
import { nameOf } from './name-of.ts';
import { allParts, partsOf } from './parts.ts';
import { pick } from './pick.ts';
import { withoutNulls } from './without-nulls.ts';

// The schema of POST knows no others; that of PUT knows jwt and asap, too (OpenAPI 1.45.0, `auth` and `auth-2`).
const POSTED_AUTH: ReadonlySet<unknown> = new Set([
  ...[
    'noauth',
    'basic',
    'bearer',
    'apikey',
    'digest',
    'oauth1',
    'oauth2',
    'hawk',
    'awsv4',
    'ntlm',
    'edgegrid',
  ],
]);

export const collections: KindWrites = {
  /** @throws IncompleteWrite when it is there and not whole; when its content was refused, nothing is left behind. */
  async create(api, workspace, body) {
    const collection = plain(body);
    const isWhole = sizeOf(collection) <= LARGE_BYTES && hasPostedAuth(collection);
    const { ref, isFound } = await post(api, workspace, isWhole ? collection : shellOf(collection));
    if (!isWhole || isFound) {
      await fill(api, ref, collection);
    }
    return ref;
  },
  /** @throws IncompleteWrite when it had to be written part by part, and not all of them were. */
  async replace(api, ref, body) {
    const collection = plain(body);
    const refusedWhole = await updateCollection(api, ref, collection);
    if (refusedWhole !== undefined) {
      await writeItemByItem(api, ref, collection);
    }
  },
  remove: (api, ref) => removeAt(api, `collections/${pathSegment(ref.uid)}`),
};

function post(api: Api, workspace: Workspace, collection: JsonObject): Promise<Created> {
  return createResource(api, {
    kind: 'collections',
    workspace,
    path: `collections?${new URLSearchParams({ workspace: workspace.id })}`,
    body: collection,
    envelope: 'collection',
    name: nameOf(collection['info'] ?? collection),
    sketch: (one) => [...allParts(partsOf(one))].map(({ label }) => label),
  });
}

async function fill(api: Api, ref: ResourceRef, collection: JsonObject): Promise<void> {
  try {
    await collections.replace(api, ref, collection);
  } catch (error) {
    if (!(error instanceof KnownError) || error instanceof IncompleteWrite) {
      throw error;
    }
    if (error.code === 'POSTMAN_WRITE_REFUSED') {
      await collections.remove(api, ref);
      throw error;
    }
    const missing = [...allParts(partsOf(collection))].map(({ label }) => ({ part: label }));
    throw new IncompleteWrite(ref, { present: [], missing }, error);
  }
}

function plain(body: JsonObject): JsonObject {
  const collection = withoutNulls(body);
  return isObject(collection) ? collection : {};
}

function shellOf({ info }: JsonObject): JsonObject {
  return { info: pick(isObject(info) ? info : {}, ['name', 'description', 'schema']), item: [] };
}

function hasPostedAuth(value: unknown): boolean {
  if (Array.isArray(value)) {
    return value.every(hasPostedAuth);
  }
  if (!isObject(value)) {
    return true;
  }
  return Object.entries(value).every(
    ([key, field]) =>
      (key !== 'auth' || !isObject(field) || POSTED_AUTH.has(field['type'])) && hasPostedAuth(field),
  );
}
