/** A normalized resource becomes the body that the API takes (OpenAPI 1.45.0): some fields are called otherwise there. */
import { isObject, type JsonObject, mapKey, mapObjects, omit } from '../../json.ts';
import type { Kind } from '../../model.ts';
import { textOf } from '../kinds/text-of.ts';

const SCOPE = new Set(['_postman_variable_scope']);
// GET gives them as null, and PUT refuses that (github.com/postmanlabs/postman-app-support 4229, 4305, 4813).
const NULLABLE = new Set(['responseTime', 'header', 'description']);
const IDS = new Set(['id', 'uid', '_postman_id']);
// It names the collection that this one was forked from: a copy is no fork of it.
const FORK = new Set(['fork']);

type Links = ReadonlyMap<string, string>;

/** @param links uuid of another resource → the uid by which this one is to refer to it. */
export function apiBody(kind: Kind, normalized: JsonObject, links: Links): JsonObject {
  switch (kind) {
    case 'collections':
      return withoutNulls(normalized);
    case 'environments':
    case 'globals':
      return omit(normalized, SCOPE);
    case 'specs':
      return mapKey(normalized, 'files', filesAsList);
    case 'mocks':
      return mockBody(normalized, links);
    case 'monitors':
      return monitorBody(normalized, links);
    case 'apis':
    case 'workspaces':
      return normalized;
  }
}

/** @returns the body of a new resource; in `value`s, which are people's own, an `id` is theirs. */
export function withoutIds(kind: Kind, body: JsonObject): JsonObject {
  if (kind === 'monitors') {
    // The one that it was copied from may be at work still.
    return { ...omit(body, IDS), active: false };
  }
  if (kind !== 'collections') {
    return omit(body, kind === 'mocks' ? new Set([...IDS, 'config']) : IDS);
  }
  const bare = mapKey(body, 'info', (info) => (isObject(info) ? omit(info, FORK) : info));
  return withoutIdsIn(bare);
}

function withoutIdsIn(object: JsonObject): JsonObject {
  const entries = Object.entries(omit(object, IDS)).map(([key, value]) => {
    if (key === 'variable') {
      return [key, mapObjects(value, (variable) => withoutIdsIn(withKey(variable)))];
    }
    return [key, key === 'value' ? value : withoutIdsInAny(value)];
  });
  return Object.fromEntries(entries);
}

function withoutIdsInAny(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(withoutIdsInAny);
  }
  return isObject(value) ? withoutIdsIn(value) : value;
}

/** The format lets a variable be named by `id` in place of `key`. */
function withKey(variable: JsonObject): JsonObject {
  return Object.hasOwn(variable, 'key') || !Object.hasOwn(variable, 'id')
    ? variable
    : { key: variable['id'], ...variable };
}

function withoutNulls(node: JsonObject): JsonObject {
  let body = omitNulls(node);
  body = mapKey(body, 'info', (info) => (isObject(info) ? omitNulls(info) : info));
  body = mapKey(body, 'request', (request) => (isObject(request) ? omitNulls(request) : request));
  body = mapKey(body, 'response', (responses) => mapObjects(responses, omitNulls));
  return mapKey(body, 'item', (items) => mapObjects(items, withoutNulls));
}

function omitNulls(object: JsonObject): JsonObject {
  return omit(object, new Set([...NULLABLE].filter((key) => object[key] === null)));
}

function filesAsList(files: unknown): unknown {
  return isObject(files)
    ? Object.entries(files).map(([path, file]) => ({ path, ...(isObject(file) ? file : {}) }))
    : files;
}

function mockBody(mock: JsonObject, links: Links): JsonObject {
  const { isPublic, ...rest } = omit(mock, new Set(['mockUrl', 'deactivated']));
  const body = withLinks(rest, links);
  return typeof isPublic === 'boolean' ? { ...body, private: !isPublic } : body;
}

function monitorBody(monitor: JsonObject, links: Links): JsonObject {
  const { collectionUid, environmentUid, ...rest } = monitor;
  return withLinks({ ...rest, collection: collectionUid, environment: environmentUid }, links);
}

/** @returns uuids of the collection and the environment that a mock or a monitor refers to. */
export function linksOf(kind: Kind, normalized: JsonObject): readonly string[] {
  const keys = kind === 'mocks' ? ['collection', 'environment'] : ['collectionUid', 'environmentUid'];
  const isLinked = kind === 'mocks' || kind === 'monitors';
  return (isLinked ? keys : []).flatMap((key) => textOf(normalized, key) ?? []).filter((id) => id !== '');
}

function withLinks(body: JsonObject, links: Links): JsonObject {
  const { collection, environment, ...rest } = body;
  const linked = Object.entries({ collection, environment }).flatMap(([key, id]) =>
    typeof id === 'string' && id !== '' ? [[key, links.get(id) ?? id] as const] : [],
  );
  return { ...rest, ...Object.fromEntries(linked) };
}
