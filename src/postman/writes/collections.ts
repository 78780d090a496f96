/** Collections: `POST /collections` and `PUT /collections/{uid}` take them whole; the largest only part by part. */
import { isObject, type JsonObject } from '../../json.ts';
import type { ResourceRef } from '../../model.ts';
import { pathSegment } from '../path-segment.ts';
import { type Api, removeAt } from './api.ts';
import { createCollection } from './collection-create.ts';
import { updateCollection } from './collection-update.ts';
import { writeItemByItem } from './item-by-item.ts';
import type { KindWrites } from './kind-writes.ts';
import { withoutNulls } from './without-nulls.ts';

export const collections: KindWrites = {
  /** @throws IncompleteWrite when it is there and not whole; when its content was refused, nothing is left behind. */
  create(api, workspace, body) {
    const collection = plain(body);
    return createCollection(api, workspace, collection, {
      fill: (ref) => replace(api, ref, collection),
      remove: (ref) => remove(api, ref),
    });
  },
  /** @throws IncompleteWrite when it had to be written part by part, and not all of them were. */
  replace: (api, ref, body) => replace(api, ref, plain(body)),
  remove,
};

async function replace(api: Api, ref: ResourceRef, collection: JsonObject): Promise<void> {
  const refusedWhole = await updateCollection(api, ref, collection);
  if (refusedWhole !== undefined) {
    await writeItemByItem(api, ref, collection);
  }
}

function remove(api: Api, ref: ResourceRef): Promise<void> {
  return removeAt(api, `collections/${pathSegment(ref.uid)}`);
}

function plain(body: JsonObject): JsonObject {
  const collection = withoutNulls(body);
  return isObject(collection) ? collection : {};
}
