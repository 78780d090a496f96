/** A collection without some or all of its parts, and what it says of itself. */
import { isObject, isSameJson, type JsonObject, mapKey, mapObjects, omit } from '../../json.ts';
import type { ResourceRef } from '../../model.ts';
import { pathSegment } from '../path-segment.ts';
import type { Api, Done, Refused, Unclear } from './api.ts';
import { updateCollection } from './collection-update.ts';
import { pick } from './pick.ts';

const EXAMPLES = new Set(['response']);
const IDENTITY = new Set(['id']);

/**
 * Puts as much as Postman takes at once into an empty collection: all but the examples, which weigh most, or only the
 * folders. In this format nothing is lost, as the older one of the parts may.
 * @throws KnownError when not even the folders are taken.
 */
export async function fillShell(api: Api, ref: ResourceRef, collection: JsonObject): Promise<void> {
  const refused = await updateCollection(
    api,
    ref,
    mapItems(collection, (item) => [omit(item, EXAMPLES)]),
  );
  if (refused === undefined) {
    return;
  }
  const foldersOnly = mapItems(collection, (item) => (Array.isArray(item['item']) ? [item] : []));
  const stillRefused = await updateCollection(api, ref, foldersOnly);
  if (stillRefused !== undefined) {
    throw stillRefused;
  }
}

/**
 * `PATCH /collections/{uid}` knows nothing else of a collection, and no secret variables.
 * @returns nothing when it says that already.
 */
export async function writeHead(
  api: Api,
  ref: ResourceRef,
  current: unknown,
  wanted: JsonObject,
): Promise<Done | Refused | Unclear | undefined> {
  const before = headOf(isObject(current) ? current : {});
  const changed = Object.entries(headOf(wanted)).filter(([key, value]) => !isSameJson(before[key], value));
  if (changed.length === 0) {
    return undefined;
  }
  const path = `collections/${pathSegment(ref.uid)}`;
  return api.send({ method: 'PATCH', path, body: { collection: Object.fromEntries(changed) } });
}

function headOf({ info, variable, auth, event }: JsonObject): JsonObject {
  const variables = mapObjects(variable, (one) => omit(one, IDENTITY));
  const events = mapObjects(event, (one) =>
    mapKey(omit(one, IDENTITY), 'script', (script) => (isObject(script) ? omit(script, IDENTITY) : script)),
  );
  const head = {
    info: pick(isObject(info) ? info : {}, ['name', 'description']),
    variable: variables,
    auth,
    events,
  };
  return pick(head, ['info', 'variable', 'auth', 'events']);
}

/** Replaces each item, at any depth, by those that `change` makes of it. */
function mapItems(parent: JsonObject, change: (item: JsonObject) => readonly JsonObject[]): JsonObject {
  return mapKey(parent, 'item', (items) =>
    Array.isArray(items)
      ? items.filter(isObject).flatMap((item) => change(item).map((one) => mapItems(one, change)))
      : items,
  );
}
