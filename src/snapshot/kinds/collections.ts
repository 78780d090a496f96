/** Collections as files: Collection Format v2.1 as the API gives it, without what changes by itself. */
import { isObject, type JsonObject, mapKey, mapObjects, omit } from '../../json.ts';
import type { KindFormat } from './kind-format.ts';
import { textOf } from './text-of.ts';

// Postman adds these to the collection, each item and each saved response; a restore needs none of them.
const VOLATILE = new Set(['uid', 'owner', 'createdAt', 'updatedAt', 'lastUpdatedBy']);
// A script's id says nothing about the script.
const SCRIPT_IDENTITY = new Set(['id']);

export const collections: KindFormat = {
  suffix: '.postman_collection.json',
  /** Any schema version passes, but not half of a collection, nor what a troubled server may send instead. */
  isBody(collection) {
    if (isObject(collection['info'])) {
      return Array.isArray(collection['item']);
    }
    const holdsContent = Object.values(collection).some(
      (value) => typeof value === 'object' && value !== null,
    );
    return holdsContent && !Object.hasOwn(collection, 'error') && !Object.hasOwn(collection, 'errors');
  },
  uuidOf: (collection) =>
    isObject(collection['info']) ? textOf(collection['info'], '_postman_id') : textOf(collection, 'id'),
  nameOf: (collection) =>
    isObject(collection['info']) ? textOf(collection['info'], 'name') : textOf(collection, 'name'),
  /** Anything older than v2 passes through as it is: its fields are not ours to judge. */
  normalize(collection, { uuid }) {
    if (!isObject(collection['info'])) {
      return collection;
    }
    const info = { ...omit(collection['info'], VOLATILE), _postman_id: uuid };
    return normalizeNode({ ...collection, info });
  },
  countItems,
};

/** Requests and folders, at all levels. */
function countItems({ item }: JsonObject): number {
  let count = 0;
  for (const one of Array.isArray(item) ? item : []) {
    count += 1 + (isObject(one) ? countItems(one) : 0);
  }
  return count;
}

/** A node is the collection itself, a folder or a request. */
function normalizeNode(node: JsonObject): JsonObject {
  let normalized = omit(node, VOLATILE);
  normalized = mapKey(normalized, 'event', normalizeEvents);
  normalized = mapKey(normalized, 'response', (responses) => mapObjects(responses, (r) => omit(r, VOLATILE)));
  return mapKey(normalized, 'item', (items) => foldersFirst(mapObjects(items, normalizeNode)));
}

/** Postman emits folders before requests at each level; a file in another order would never come to rest. */
function foldersFirst(items: unknown): unknown {
  if (!Array.isArray(items)) {
    return items;
  }
  return [...items.filter(isFolder), ...items.filter((item) => !isFolder(item))];
}

/** Whether an item holds others. */
export function isFolder(item: unknown): boolean {
  return isObject(item) && Array.isArray(item['item']);
}

/** The order in which Postman lists a node's events is not stable; there is one of each at most. */
function normalizeEvents(events: unknown): unknown {
  const withoutIds = mapObjects(events, (event) =>
    mapKey(omit(event, SCRIPT_IDENTITY), 'script', (script) =>
      isObject(script) ? omit(script, SCRIPT_IDENTITY) : script,
    ),
  );
  return Array.isArray(withoutIds)
    ? withoutIds.sort((a, b) => compare(listenOf(a), listenOf(b)))
    : withoutIds;
}

function listenOf(event: unknown): string {
  return isObject(event) ? String(event['listen']) : '';
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
